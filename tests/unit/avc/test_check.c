/* SPDX-License-Identifier: BSD-2-Clause */
/* The permission check under tests/fixtures/module/hooks.te: answers, modes, lines, numbers. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "flask/avc/avc.h"
#include "hooks/model/port_posix.h"
#include "tests/support/blob.h"
#include "tests/support/log.h"

static const char *const xen_perms[] = {"settime", "tbufcontrol", "readconsole"};
static const struct ss_abi_class classes[] = {{"xen", 3, xen_perms}};
static const char *const initial_sids[] = {
    "null",	"xenboot", "xen",   "dom0", "domio",  "domxen", "unlabeled",
    "security", "ioport",  "iomem", "irq",  "device", "domU",	"domDM",
};
static const struct ss_config config = {
    .classes = classes,
    .nclasses = 1,
    .initial_sids = initial_sids,
    .ninitial_sids = 14,
    .unlabeled = 6,
    .before_policy = 2,
};

enum { XEN = 2, DOM0 = 3, SECURITY_SID = 7, A_T = 12 };
/* The hypervisor of this test knows one class; the others are the policy's alone. */
enum { CLASS_XEN = 1, CLASS_DOMAIN = SS_POLICY_CLASS + 3, CLASS_SECURITY = SS_POLICY_CLASS + 11, NO_CLASS = 14 };
enum { SETTIME = 1, READCONSOLE = 4, LOAD_POLICY = 0x10 };
#define CREATE 0x10u

#define CONTEXT(type) "system_u:system_r:" type
#define DENIED_A(perms) \
	"avc:  denied  { " perms " } for current=d1 scontext=" CONTEXT("a_t") " tcontext=" CONTEXT("xen_t") " "

static const struct audit_subject subject = {.current = {AUDIT_DOMAIN_ID, 1}};
static struct ss_server server;
static struct avc avc;

/* Loads the image; @unknown is or-ed to the header's flags: 4 = handle_unknown allow. */
static void load(uint8_t unknown)
{
	const char *fixtures = getenv("PORTCULLIS_FIXTURES");
	struct image_error error;
	struct ss_stage *stage;
	struct blob image;
	char path[1024];

	if (!fixtures)
		fail_msg("PORTCULLIS_FIXTURES is not set: run by `make check-unit`");
	snprintf(path, sizeof(path), "%s/module/hooks.30", fixtures);
	image = blob_read(path);
	image.bytes[20] |= unknown;
	assert_int_equal(ss_stage(&server, image.bytes, image.size, &stage, &error), 0);
	assert_int_equal(ss_commit(&server, stage), 0);
	blob_free(&image);
}

static void start(bool enforcing)
{
	ss_init(&server, &config);
	assert_int_equal(avc_init(&avc, &server, enforcing), 0);
	log_keep();
}

static void end(void)
{
	avc_fini(&avc);
	ss_fini(&server);
	port_posix_quiesce();
	assert_int_equal(port_posix_live_allocs(), 0);
}

static int a_on_xen(uint32_t perms)
{
	return avc_check(&avc, A_T, XEN, CLASS_XEN, perms, &subject);
}

static void an_allowed_request_is_silent(void **state)
{
	(void)state;
	start(true);
	load(0);
	assert_int_equal(avc_check(&avc, 1, DOM0, CLASS_DOMAIN, CREATE, &subject), 0);
	log_expect_none();
	end();
}

static void denials_are_numbered(void **state)
{
	(void)state;
	start(true);
	load(0);
	assert_int_equal(a_on_xen(SETTIME), -EACCES);
	assert_int_equal(a_on_xen(SETTIME), -EACCES);
	assert_int_equal(log_level(0), PORT_AUDIT);
	log_expect(DENIED_A("settime") "tclass=xen seq=1 permissive=0",
		   DENIED_A("settime") "tclass=xen seq=2 permissive=0");
	end();
}

static void a_dontaudit_takes_no_number(void **state)
{
	(void)state;
	start(true);
	load(0);
	assert_int_equal(a_on_xen(READCONSOLE), -EACCES);
	log_expect_none();
	/* One bit that is to be audited: the line names all that was refused. */
	assert_int_equal(a_on_xen(READCONSOLE | SETTIME), -EACCES);
	log_expect(DENIED_A("settime readconsole") "tclass=xen seq=1 permissive=0");
	end();
}

static void a_granted_request_is_logged_when_asked_for(void **state)
{
	(void)state;
	start(true);
	load(0);
	assert_int_equal(avc_check(&avc, DOM0, SECURITY_SID, CLASS_SECURITY, LOAD_POLICY, &subject), 0);
	log_expect("avc:  granted  { 0x10 } for current=d1 scontext=" CONTEXT("dom0_t") " tcontext=" CONTEXT(
	    "security_t") " tclass=4107");
	/* A refusal beside it hides the grant. */
	avc_set_enforcing(&avc, false);
	assert_int_equal(avc_check(&avc, DOM0, SECURITY_SID, CLASS_SECURITY, LOAD_POLICY | 1, &subject), 0);
	log_expect("avc:  denied  { 0x1 } for current=d1 scontext=" CONTEXT("dom0_t") " tcontext=" CONTEXT(
	    "security_t") " tclass=4107 seq=1 permissive=1");
	end();
}

static void modes(void **state)
{
	(void)state;
	start(true);
	load(0);
	assert_true(avc_enforcing(&avc));
	avc_set_enforcing(&avc, false);
	assert_false(avc_enforcing(&avc));
	assert_int_equal(a_on_xen(SETTIME), 0);
	log_expect(DENIED_A("settime") "tclass=xen seq=1 permissive=1");
	avc_set_enforcing(&avc, true);
	assert_int_equal(a_on_xen(SETTIME), -EACCES);
	log_expect(DENIED_A("settime") "tclass=xen seq=2 permissive=0");
	end();
}

static void a_permissive_type_is_let_through(void **state)
{
	static const char lenient[] = CONTEXT("lenient_t");
	flask_sid_t sid;

	(void)state;
	start(true);
	load(0);
	assert_int_equal(ss_context_to_sid(&server, lenient, strlen(lenient), &sid), 0);
	assert_int_equal(avc_check(&avc, sid, XEN, CLASS_XEN, SETTIME, &subject), 0);
	log_expect("avc:  denied  { settime } for current=d1 scontext=" CONTEXT("lenient_t") " tcontext=" CONTEXT(
	    "xen_t") " tclass=xen seq=1 permissive=1");
	end();
}

static void an_unknown_class_fails_in_every_mode(void **state)
{
	(void)state;
	start(true);
	load(0);
	assert_int_equal(avc_check(&avc, A_T, XEN, NO_CLASS, 3, &subject), -EINVAL);
	avc_set_enforcing(&avc, false);
	assert_int_equal(avc_check(&avc, A_T, XEN, NO_CLASS, 3, &subject), -EINVAL);
	log_expect(DENIED_A("0x3") "tclass=14 seq=1 permissive=0", DENIED_A("0x3") "tclass=14 seq=2 permissive=0");
	end();
}

static void before_a_policy_everything_passes(void **state)
{
	(void)state;
	start(true);
	assert_int_equal(a_on_xen(0xffffffff), 0);
	log_expect_none();
	end();
}

static void unknown_operations(void **state)
{
	(void)state;
	start(true);
	/* Before a policy they are refused: nothing says otherwise. */
	assert_int_equal(avc_unknown_operation(&avc, "domctl", 86), -EPERM);
	assert_int_equal(log_level(0), PORT_ERROR);
	load(0);
	assert_int_equal(avc_unknown_operation(&avc, "domctl", 4294967295u), -EPERM);
	avc_set_enforcing(&avc, false);
	assert_int_equal(avc_unknown_operation(&avc, "console_io", 7), 0);
	assert_int_equal(log_level(2), PORT_WARNING);
	log_expect("Flask: Denying unknown domctl: 86.", "Flask: Denying unknown domctl: 4294967295.",
		   "Flask: Allowing unknown console_io: 7.");
	end();

	start(true);
	load(4);
	assert_int_equal(avc_unknown_operation(&avc, "domctl", 86), 0);
	log_expect("Flask: Allowing unknown domctl: 86.");
	end();
}

static void a_check_allocates_nothing(void **state)
{
	(void)state;
	start(true);
	load(0);
	port_posix_fail_alloc(1);
	assert_int_equal(avc_check(&avc, 1, DOM0, CLASS_DOMAIN, CREATE, &subject), 0);
	assert_int_equal(a_on_xen(SETTIME), -EACCES);
	assert_int_equal(avc_unknown_operation(&avc, "domctl", 86), -EPERM);
	/* The first allocation since is this one. */
	assert_null(port_alloc(1));
	end();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(an_allowed_request_is_silent),
	    cmocka_unit_test(denials_are_numbered),
	    cmocka_unit_test(a_dontaudit_takes_no_number),
	    cmocka_unit_test(a_granted_request_is_logged_when_asked_for),
	    cmocka_unit_test(modes),
	    cmocka_unit_test(a_permissive_type_is_let_through),
	    cmocka_unit_test(an_unknown_class_fails_in_every_mode),
	    cmocka_unit_test(before_a_policy_everything_passes),
	    cmocka_unit_test(unknown_operations),
	    cmocka_unit_test(a_check_allocates_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
