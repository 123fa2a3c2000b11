/* SPDX-License-Identifier: BSD-2-Clause */
/* The default decisions, row by row, and the choice of the module. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "hooks/abi/console.h"
#include "hooks/xsm.h"
#include "tests/unit/module/fake_hv.h"

static struct domain dom0 = {.id = 0, .privileged = true};
static struct domain guest = {.id = 1};
static struct domain other = {.id = 2};
static struct domain model = {.id = 3, .target = &other}; /* the device model of other */
static struct domain speaker = {.id = 4, .console = true};
static struct domain idle = {.id = 0x7fff, .kind = HV_DOMAIN_IDLE, .privileged = true};
static struct evtchn chn, remote_chn;

/* The hooks with the current domain as the subject and @object as the object. */
static int domain_create(struct domain *object)
{
	return xsm_domain_create(object, 0);
}

static int domctl(struct domain *object)
{
	return xsm_domctl(object, 3, 0);
}

static int getdomaininfo(struct domain *object)
{
	return xsm_getdomaininfo(object);
}

static int evtchn_unbound(struct domain *object)
{
	return xsm_evtchn_unbound(object, &chn, 2);
}

static int evtchn_interdomain(struct domain *object)
{
	return xsm_evtchn_interdomain(fake_current, &chn, object, &remote_chn);
}

static int evtchn_send(struct domain *object)
{
	(void)object;
	return xsm_evtchn_send(fake_current, &chn);
}

static int evtchn_status(struct domain *object)
{
	return xsm_evtchn_status(object, &chn);
}

static int evtchn_reset(struct domain *object)
{
	return xsm_evtchn_reset(fake_current, object);
}

static int grant_mapref(struct domain *object)
{
	return xsm_grant_mapref(fake_current, object, 0);
}

static int grant_unmapref(struct domain *object)
{
	return xsm_grant_unmapref(fake_current, object);
}

static int grant_copy(struct domain *object)
{
	return xsm_grant_copy(fake_current, object);
}

static int console_read(struct domain *object)
{
	(void)object;
	return xsm_console_io(fake_current, CONSOLEIO_read);
}

static int console_write(struct domain *object)
{
	(void)object;
	return xsm_console_io(fake_current, CONSOLEIO_write);
}

static void decisions_are_by_privilege(void **state)
{
	static const struct {
		const char *name;
		int (*hook)(struct domain *object);
		int dom0_on_other, guest_on_self, guest_on_other, model_on_other, speaker_on_other;
	} rows[] = {
	    {"domain_create", domain_create, 0, 0, 0, 0, 0},
	    {"domctl", domctl, 0, -EPERM, -EPERM, -EPERM, -EPERM},
	    {"getdomaininfo", getdomaininfo, 0, -EPERM, -EPERM, 0, -EPERM},
	    {"evtchn_unbound", evtchn_unbound, 0, 0, -EPERM, 0, -EPERM},
	    {"evtchn_interdomain", evtchn_interdomain, 0, 0, 0, 0, 0},
	    {"evtchn_send", evtchn_send, 0, 0, 0, 0, 0},
	    {"evtchn_status", evtchn_status, 0, 0, -EPERM, 0, -EPERM},
	    {"evtchn_reset", evtchn_reset, 0, 0, -EPERM, 0, -EPERM},
	    {"grant_mapref", grant_mapref, 0, 0, 0, 0, 0},
	    {"grant_unmapref", grant_unmapref, 0, 0, 0, 0, 0},
	    {"grant_copy", grant_copy, 0, 0, 0, 0, 0},
	    {"console_io read", console_read, 0, -EPERM, -EPERM, -EPERM, 0},
	    {"console_io write", console_write, 0, -EPERM, -EPERM, -EPERM, 0},
	};
	size_t i;

	(void)state;
	for (i = 0; i < PORT_ARRAY_SIZE(rows); i++) {
		print_message("  %s\n", rows[i].name);
		fake_current = &dom0;
		assert_int_equal(rows[i].hook(&other), rows[i].dom0_on_other);
		fake_current = &guest;
		assert_int_equal(rows[i].hook(&guest), rows[i].guest_on_self);
		assert_int_equal(rows[i].hook(&other), rows[i].guest_on_other);
		fake_current = &model;
		assert_int_equal(rows[i].hook(&other), rows[i].model_on_other);
		fake_current = &speaker;
		assert_int_equal(rows[i].hook(&other), rows[i].speaker_on_other);
	}
}

static void a_domctl_without_domain_is_for_control_domains(void **state)
{
	(void)state;
	fake_current = &dom0;
	assert_int_equal(xsm_domctl(NULL, 1, 0), 0);
	fake_current = &model;
	assert_int_equal(xsm_domctl(NULL, 1, 0), -EPERM);
}

static void it_has_no_labels_and_no_hypercall(void **state)
{
	(void)state;
	assert_int_equal(xsm_do_xsm_op(FAKE_BASE), -ENOSYS);
	assert_int_equal(xsm_alloc_security_domain(&guest), 0);
	assert_int_equal(xsm_domain_sid(&guest), 0);
	assert_int_equal(xsm_free_security_domain(&guest), 0);
	assert_null(guest.label.value);
	assert_int_equal(xsm_alloc_security_evtchn(&chn), 0);
	assert_int_equal(xsm_evtchn_close_post(&chn), 0);
	assert_int_equal(chn.label, 0);
}

static void idle_gives_up_its_privilege(void **state)
{
	(void)state;
	fake_current = &dom0;
	assert_int_equal(xsm_set_system_active(), -EPERM);
	assert_true(dom0.privileged);
	fake_current = &idle;
	assert_int_equal(xsm_set_system_active(), 0);
	assert_false(idle.privileged);
}

/* Whether choosing @ops stops the machine. */
static bool choosing_panics(const struct xsm_ops *ops)
{
	int status;
	pid_t child = fork();

	if (!child) {
		fclose(stderr);
		xsm_choose(ops);
		_exit(0);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	return WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT;
}

static int refuse_copy(struct domain *from, struct domain *to)
{
	(void)from;
	(void)to;
	return -EACCES;
}

static void a_module_is_chosen_whole(void **state)
{
	struct xsm_ops ops = dummy_ops;

	(void)state;
	assert_ptr_equal(xsm_ops, &dummy_ops);
	ops.grant_copy = NULL;
	assert_true(choosing_panics(&ops));
	ops.grant_copy = refuse_copy;
	ops.domain_sid = NULL;
	assert_true(choosing_panics(&ops));
	assert_true(choosing_panics(NULL));

	ops.domain_sid = dummy_ops.domain_sid;
	assert_false(choosing_panics(&ops));
	xsm_choose(&ops);
	assert_int_equal(xsm_grant_copy(&dom0, &guest), -EACCES);
	xsm_choose(&dummy_ops);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(decisions_are_by_privilege),
	    cmocka_unit_test(a_domctl_without_domain_is_for_control_domains),
	    cmocka_unit_test(it_has_no_labels_and_no_hypercall),
	    cmocka_unit_test(idle_gives_up_its_privilege),
	    cmocka_unit_test(a_module_is_chosen_whole),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
