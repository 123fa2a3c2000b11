/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What libsepol has no word for, as tables with answers written by hand, under
 * a policy in which no number is the hypervisor's (tests/fixtures/drift):
 * what the policy does not know, permissive types, role allow.
 */
#include "tests/unit/module/world.h"
#include "flask/module/check.h"
#include "flask/module/hooks.h"
#include "hooks/abi/flask_op.h"

#include <stdio.h>

#define GRANT_LINE \
	"Flask: the policy does not know the class grant { map_read map_write unmap transfer setup copy query }"
#define EVENT_LINE "Flask: the policy does not know event { send }"
#define REASON	   "the policy wants to be rejected where it does not know a permission: event { send }"
#define BOOTED	   " types, 12 classes, 177 permissions, "

/* handle_unknown x mode: whether the machine boots, and by which lines. */
static const struct boot_row {
	const char *policy;
	enum flask_mode mode;
	bool refused, loaded;
	const char *lines[5];
} boots[] = {
    {"drift-deny",
     FLASK_MODE_ENFORCING,
     false,
     true,
     {EVENT_LINE ": denied", GRANT_LINE ": denied", BOOTED "enforcing"}},
    {"drift-deny",
     FLASK_MODE_PERMISSIVE,
     false,
     true,
     {EVENT_LINE ": denied", GRANT_LINE ": denied", BOOTED "permissive"}},
    {"drift-allow",
     FLASK_MODE_ENFORCING,
     false,
     true,
     {EVENT_LINE ": allowed", GRANT_LINE ": allowed", BOOTED "enforcing"}},
    {"drift-allow",
     FLASK_MODE_PERMISSIVE,
     false,
     true,
     {EVENT_LINE ": allowed", GRANT_LINE ": allowed", BOOTED "permissive"}},
    {"drift-reject",
     FLASK_MODE_ENFORCING,
     true,
     false,
     {EVENT_LINE ": rejected", GRANT_LINE ": rejected",
      "Flask: policy refused: hypervisor at byte 0: " REASON "; enforcing mode does not boot without a policy"}},
    {"drift-reject",
     FLASK_MODE_PERMISSIVE,
     false,
     false,
     {EVENT_LINE ": rejected", GRANT_LINE ": rejected",
      "Flask: policy refused: hypervisor at byte 0: " REASON "; permissive mode boots without a policy",
      "Flask: NO POLICY: every check passes"}},
};

/* Each kept line ends so; how many types there are is not of interest. */
static void expect_ends(const char *const *ends)
{
	unsigned int i;

	for (i = 0; ends[i]; i++) {
		size_t len = strlen(log_line(i)), end = strlen(ends[i]);

		if (len < end || strcmp(log_line(i) + len - end, ends[i]) != 0)
			fail_msg("line %u: %s", i, log_line(i));
	}
	assert_int_equal(log_count(), i);
	log_forget();
}

static void booting_with_a_drifted_policy(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < PORT_ARRAY_SIZE(boots); i++) {
		struct blob image = world_image_of(boots[i].policy);
		struct flask_boot options = {boots[i].mode, image.bytes, image.size};
		bool refused = !boots[i].refused;

		print_message("  %s, %s\n", boots[i].policy,
			      boots[i].mode == FLASK_MODE_ENFORCING ? "enforcing" : "permissive");
		log_keep();
		flask_init(&options, &refused);
		assert_int_equal(refused, boots[i].refused);
		expect_ends(boots[i].lines);
		if (!refused) {
			assert_int_equal(ss_is_loaded(&flask.server), boots[i].loaded);
			flask_fini();
		}
		port_posix_quiesce();
		blob_free(&image);
	}
}

/* The three kinds of unknown things, and beside them one that is known and refused, one that is known and allowed. */
static int missing_class(void)
{
	return flask_grant_mapref(&a, &b, 0);
}

static int missing_permission(void)
{
	struct evtchn channel = {.label = world_sid("a_chan_t"), .state = HV_EVTCHN_INTERDOMAIN};

	return flask_evtchn_send(&a, &channel);
}

static int unknown_operation(void)
{
	return flask_domctl(&a, 4000, 0);
}

static int known_and_refused(void)
{
	return flask_evtchn_reset(&a, &b);
}

static int known_and_allowed(void)
{
	return flask_check_labels(world_sid("xenboot_t"), world_sid("dom0_t"), SECCLASS_DOMAIN, DOMAIN__CREATE);
}

#define A_B  " for source=d1 target=d2 scontext=system_u:system_r:a_t tcontext=system_u:system_r:b_t tclass="
#define A_CH " for current=d0 scontext=system_u:system_r:a_t tcontext=system_u:system_r:a_chan_t tclass="

static const struct unknown_row {
	const char *policy;
	enum flask_mode mode;
	const char *what;
	int (*ask)(void);
	int rc;
	const char *line;
} unknowns[] = {
    {"drift-deny", FLASK_MODE_ENFORCING, "missing class", missing_class, -EACCES,
     "avc:  denied  { map_read map_write }" A_B "grant seq=1 permissive=0"},
    {"drift-deny", FLASK_MODE_ENFORCING, "missing permission", missing_permission, -EACCES,
     "avc:  denied  { send }" A_CH "event seq=1 permissive=0"},
    {"drift-deny", FLASK_MODE_ENFORCING, "unknown operation", unknown_operation, -EPERM,
     "Flask: Denying unknown domctl: 4000."},
    {"drift-deny", FLASK_MODE_ENFORCING, "known and refused", known_and_refused, -EACCES,
     "avc:  denied  { reset }" A_B "event seq=1 permissive=0"},
    {"drift-deny", FLASK_MODE_ENFORCING, "known and allowed", known_and_allowed, 0, NULL},

    {"drift-deny", FLASK_MODE_PERMISSIVE, "missing class", missing_class, 0,
     "avc:  denied  { map_read map_write }" A_B "grant seq=1 permissive=1"},
    {"drift-deny", FLASK_MODE_PERMISSIVE, "missing permission", missing_permission, 0,
     "avc:  denied  { send }" A_CH "event seq=1 permissive=1"},
    {"drift-deny", FLASK_MODE_PERMISSIVE, "unknown operation", unknown_operation, 0,
     "Flask: Allowing unknown domctl: 4000."},
    {"drift-deny", FLASK_MODE_PERMISSIVE, "known and refused", known_and_refused, 0,
     "avc:  denied  { reset }" A_B "event seq=1 permissive=1"},
    {"drift-deny", FLASK_MODE_PERMISSIVE, "known and allowed", known_and_allowed, 0, NULL},

    {"drift-allow", FLASK_MODE_ENFORCING, "missing class", missing_class, 0, NULL},
    {"drift-allow", FLASK_MODE_ENFORCING, "missing permission", missing_permission, 0, NULL},
    {"drift-allow", FLASK_MODE_ENFORCING, "unknown operation", unknown_operation, 0,
     "Flask: Allowing unknown domctl: 4000."},
    {"drift-allow", FLASK_MODE_ENFORCING, "known and refused", known_and_refused, -EACCES,
     "avc:  denied  { reset }" A_B "event seq=1 permissive=0"},
    {"drift-allow", FLASK_MODE_ENFORCING, "known and allowed", known_and_allowed, 0, NULL},

    {"drift-allow", FLASK_MODE_PERMISSIVE, "missing class", missing_class, 0, NULL},
    {"drift-allow", FLASK_MODE_PERMISSIVE, "missing permission", missing_permission, 0, NULL},
    {"drift-allow", FLASK_MODE_PERMISSIVE, "unknown operation", unknown_operation, 0,
     "Flask: Allowing unknown domctl: 4000."},
    {"drift-allow", FLASK_MODE_PERMISSIVE, "known and refused", known_and_refused, 0,
     "avc:  denied  { reset }" A_B "event seq=1 permissive=1"},
    {"drift-allow", FLASK_MODE_PERMISSIVE, "known and allowed", known_and_allowed, 0, NULL},
};

static void what_the_policy_does_not_know(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < PORT_ARRAY_SIZE(unknowns); i++) {
		print_message("  %s, %s, %s\n", unknowns[i].policy,
			      unknowns[i].mode == FLASK_MODE_ENFORCING ? "enforcing" : "permissive", unknowns[i].what);
		world_with_policy(unknowns[i].mode, unknowns[i].policy);
		assert_int_equal(unknowns[i].ask(), unknowns[i].rc);
		log_expect(unknowns[i].line);
		world_end();
	}
}

/* A policy that would be rejected knows all of this hypervisor's: then reject is as deny for unknown operations. */
static void reject_with_nothing_missing(void **state)
{
	struct blob image = world_image();
	struct flask_boot options = {FLASK_MODE_ENFORCING, image.bytes, image.size};
	bool refused;

	(void)state;
	image.bytes[20] |= 2;
	log_keep();
	assert_non_null(flask_init(&options, &refused));
	expect_ends((const char *const[]){" types, 13 classes, 177 permissions, enforcing", NULL});
	assert_int_equal(avc_unknown_operation(&flask.avc, "domctl", 4000), -EPERM);
	avc_set_enforcing(&flask.avc, false);
	assert_int_equal(avc_unknown_operation(&flask.avc, "domctl", 4000), 0);
	flask_fini();
	blob_free(&image);
}

#define LENIENT "system_u:system_r:lenient_t"
#define TO_XEN	" tcontext=system_u:system_r:xen_t tclass="

static const struct permissive_row {
	const char *what, *policy, *source, *target;
	uint32_t tclass, perms;
	int rc;
	const char *line;
} permissive_rows[] = {
    {"a known permission", "drift-deny", "lenient_t", "xen_t", SECCLASS_XEN, XEN__SETTIME, 0,
     "avc:  denied  { settime } for current=d0 scontext=" LENIENT TO_XEN "xen seq=1 permissive=1"},
    {"a permission that the policy lacks", "drift-deny", "lenient_t", "xen_t", SECCLASS_EVENT, EVENT__SEND, 0,
     "avc:  denied  { send } for current=d0 scontext=" LENIENT TO_XEN "event seq=1 permissive=1"},
    {"a class that the policy lacks", "drift-deny", "lenient_t", "xen_t", SECCLASS_GRANT, GRANT__COPY, 0,
     "avc:  denied  { copy } for current=d0 scontext=" LENIENT TO_XEN "grant seq=1 permissive=1"},
    {"unknown ones are allowed", "drift-allow", "lenient_t", "xen_t", SECCLASS_GRANT, GRANT__COPY, 0, NULL},
    {"unknown and known together", "drift-allow", "lenient_t", "xen_t", SECCLASS_EVENT, EVENT__SEND | EVENT__BIND, 0,
     "avc:  denied  { bind } for current=d0 scontext=" LENIENT TO_XEN "event seq=1 permissive=1"},
    {"no class at all", "drift-deny", "lenient_t", "xen_t", 99, 1, -EINVAL,
     "avc:  denied  { 0x1 } for current=d0 scontext=" LENIENT TO_XEN "99 seq=1 permissive=0"},
    {"only the target is permissive", "drift-deny", "a_t", "lenient_t", SECCLASS_XEN, XEN__SETTIME, -EACCES,
     "avc:  denied  { settime } for current=d0 scontext=system_u:system_r:a_t tcontext=" LENIENT
     " tclass=xen seq=1 permissive=0"},
    {"an object of the type acts", "drift-deny", "system_u:object_r:lenient_t", "xen_t", SECCLASS_XEN, XEN__SETTIME, 0,
     "avc:  denied  { settime } for current=d0 scontext=system_u:object_r:lenient_t" TO_XEN "xen seq=1 permissive=1"},
};

static void permissive_types(void **state)
{
	const struct permissive_row *row;
	size_t i;

	(void)state;
	for (i = 0; i < PORT_ARRAY_SIZE(permissive_rows); i++) {
		row = &permissive_rows[i];
		print_message("  %s\n", row->what);
		world_with_policy(FLASK_MODE_ENFORCING, row->policy);
		assert_int_equal(
		    flask_check_labels(world_sid(row->source), world_sid(row->target), row->tclass, row->perms),
		    row->rc);
		log_expect(row->line);
		world_end();
	}
	/* An operation that Flask does not know has no type to be permissive for. */
	world_with_policy(FLASK_MODE_ENFORCING, "drift-deny");
	assert_int_equal(flask_domctl(&a, 4000, 0), -EPERM);
	world_end();
}

#define CREATE	   DOMAIN__CREATE
#define TRANSITION DOMAIN__TRANSITION

/* allow system_r guest_r; mover_t may create and become anything. */
static const struct role_row {
	const char *source, *target;
	uint32_t perms;
	int rc;
	const char *denied; /* what the line names */
} role_rows[] = {
    {"system_r", "guest_r", TRANSITION, 0, NULL},
    {"system_r", "guest_r", CREATE | TRANSITION, 0, NULL},
    {"guest_r", "system_r", TRANSITION, -EACCES, "transition"},
    {"guest_r", "system_r", CREATE | TRANSITION, -EACCES, "transition"},
    {"guest_r", "system_r", CREATE, 0, NULL},
    {"guest_r", "other_r", TRANSITION, -EACCES, "transition"},
    {"system_r", "other_r", TRANSITION, -EACCES, "transition"},
    {"system_r", "system_r", TRANSITION, 0, NULL},
    {"other_r", "other_r", TRANSITION, 0, NULL},
    {"system_r", "object_r", TRANSITION, -EACCES, "transition"}, /* no exemption */
    {"system_r", "object_r", CREATE, 0, NULL},
    {"object_r", "system_r", TRANSITION, -EACCES, "transition"},
    {"object_r", "object_r", TRANSITION, 0, NULL},
};

static void role_allow(void **state)
{
	const struct role_row *row;
	char source[64], target[64], line[256];
	size_t i;

	(void)state;
	world_with_policy(FLASK_MODE_ENFORCING, "drift-deny");
	for (i = 0; i < PORT_ARRAY_SIZE(role_rows); i++) {
		row = &role_rows[i];
		print_message("  %s to %s\n", row->source, row->target);
		snprintf(source, sizeof(source), "system_u:%s:mover_t", row->source);
		snprintf(target, sizeof(target), "system_u:%s:a_t", row->target);
		assert_int_equal(flask_check_labels(world_sid(source), world_sid(target), SECCLASS_DOMAIN, row->perms),
				 row->rc);
		if (!row->denied) {
			log_expect_none();
			continue;
		}
		snprintf(line, sizeof(line),
			 "avc:  denied  { %s } for current=d0 scontext=%s tcontext=%s tclass=domain", row->denied,
			 source, target);
		assert_int_equal(log_count(), 1);
		assert_memory_equal(log_line(0), line, strlen(line));
		log_forget();
	}
	world_end();
}

/* FLASK_ACCESS: classes by the hypervisor's numbers, those of the policy alone above 4096, all else refused. */
static void classes_of_flask_op(void **state)
{
	static const struct {
		uint32_t tclass;
		int rc;
		uint32_t allowed;
	} rows[] = {
	    {SECCLASS_DOMAIN, 0, 0x3fffffff},
	    {SECCLASS_GRANT, 0, 0},
	    {SECCLASS_ARGO, 0, 0},
	    {SECCLASS_ARGO + 1, -EINVAL, 0},
	    {1024, -EINVAL, 0},
	    {4096 + 1, -EINVAL, 0},
	    {4096 + 12, -EINVAL, 0},
	    {4096 + 13, -EINVAL, 0},
	    {0, -EINVAL, 0},
	    {0x10000 + SECCLASS_DOMAIN, -EINVAL, 0},
	};
	struct xen_flask_op op;
	size_t i;

	(void)state;
	world_with_policy(FLASK_MODE_ENFORCING, "drift-deny");
	world_set("open", true);
	for (i = 0; i < PORT_ARRAY_SIZE(rows); i++) {
		print_message("  class %u\n", rows[i].tclass);
		memset(&op, 0, sizeof(op));
		op.cmd = FLASK_ACCESS;
		op.interface_version = XEN_FLASK_INTERFACE_VERSION;
		op.u.access.ssid = world_sid("system_u:system_r:mover_t");
		op.u.access.tsid = world_sid("system_u:guest_r:b_t");
		op.u.access.tclass = rows[i].tclass;
		memcpy(fake_memory, &op, sizeof(op));
		assert_int_equal(flask_do_xsm_op(FAKE_BASE), rows[i].rc);
		memcpy(&op, fake_memory, sizeof(op));
		assert_int_equal(op.u.access.allowed, rows[i].allowed);
	}
	world_end();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(booting_with_a_drifted_policy),
	    cmocka_unit_test(what_the_policy_does_not_know),
	    cmocka_unit_test(reject_with_nothing_missing),
	    cmocka_unit_test(permissive_types),
	    cmocka_unit_test(role_allow),
	    cmocka_unit_test(classes_of_flask_op),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
