/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The model with the real module and the sample policy while memory runs out:
 * each allocation fails in turn, and either all is done or nothing is.
 */
#include "flask/flask.h"
#include "hooks/abi/flask_op.h"
#include "hooks/model/boot.h"
#include "hooks/model/port_posix.h"
#include "tests/support/blob.h"
#include "tests/support/log.h"
#include "tests/unit/model/machine.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

static struct blob policy;
static uint64_t allocs_before;

static int read_policy(void **state)
{
	const char *path = getenv("PORTCULLIS_POLICY");

	(void)state;
	if (!path)
		return -1;
	policy = blob_read(path);
	return 0;
}

static int free_policy(void **state)
{
	(void)state;
	blob_free(&policy);
	return 0;
}

/* Boots as far as it goes: 0, or what refused. */
static int boot(void)
{
	struct flask_boot how = {.mode = FLASK_MODE_ENFORCING, .policy = policy.bytes, .policy_size = policy.size};
	const struct xsm_ops *ops;
	bool refused;
	int rc;

	log_keep();
	ops = flask_init(&how, &refused);
	if (!ops) {
		assert_true(refused);
		return -ENOMEM;
	}
	xsm_choose(ops);
	rc = hv_boot();
	if (rc)
		flask_fini();
	return rc;
}

static void expect_nothing_left(void)
{
	port_posix_quiesce();
	assert_int_equal(port_posix_live_allocs(), allocs_before);
}

static void shut_down(void)
{
	port_posix_fail_alloc(0);
	hv_shutdown();
	flask_fini();
	expect_nothing_left();
}

/* Dozens of allocations are the module's; those of dom0's memory, a thousand, are tried in steps. */
static void test_boot(void **state)
{
	uint64_t nth;
	int rc = -ENOMEM;

	(void)state;
	allocs_before = port_posix_live_allocs();
	for (nth = 1; rc; nth += nth < 100 ? 1 : 101) {
		port_posix_fail_alloc(nth);
		rc = boot();
		port_posix_fail_alloc(0);
		if (rc)
			expect_nothing_left();
	}
	assert_true(nth > HV_DOM0_FRAMES);
	shut_down();
}

/* An xsm_op by @d whose buffer holds @bytes. */
static int64_t flask_op(struct domain *d, struct xen_flask_op *op, const void *bytes, size_t count)
{
	int64_t rc;

	op->interface_version = XEN_FLASK_INTERFACE_VERSION;
	assert_int_equal(hv_memory_write(&d->memory, 0x30000, bytes, count), 0);
	assert_int_equal(hv_memory_write(&d->memory, MACHINE_ARGS, op, sizeof(*op)), 0);
	rc = hv_hypercall(d, __HYPERVISOR_xsm_op, (const uint64_t[HV_ARGS]){MACHINE_ARGS});
	assert_int_equal(hv_memory_read(&d->memory, MACHINE_ARGS, op, sizeof(*op)), 0);
	return rc;
}

static int64_t load(void)
{
	struct xen_flask_op op = {.cmd = FLASK_LOAD, .u.load = {.buffer = 0x30000, .size = (uint32_t)policy.size}};

	return flask_op(machine_domain(0), &op, policy.bytes, policy.size);
}

static int64_t domctl(hv_domid_t caller, uint32_t cmd, domid_t id, uint32_t ssidref)
{
	struct xen_domctl op = {.cmd = cmd, .interface_version = XEN_DOMCTL_INTERFACE_VERSION, .domain = id};

	if (cmd == XEN_DOMCTL_createdomain)
		op.u.createdomain.ssidref = ssidref;
	return machine_call(machine_domain(caller), __HYPERVISOR_domctl, 0, &op, sizeof(op), 1);
}

static uint32_t label(const char *context)
{
	struct xen_flask_op op = {.cmd = FLASK_CONTEXT_TO_SID,
				  .u.sid_context = {.context = 0x30000, .size = (uint32_t)strlen(context)}};

	assert_int_equal(flask_op(machine_domain(0), &op, context, strlen(context)), 0);
	return op.u.sid_context.sid;
}

/* The policy decides as it should: dom0 manages the guest, the guest does not manage dom0. */
static void expect_rules(hv_domid_t guest)
{
	assert_int_equal(domctl(0, XEN_DOMCTL_pausedomain, guest, 0), 0);
	assert_int_equal(domctl(0, XEN_DOMCTL_unpausedomain, guest, 0), 0);
	assert_int_equal(domctl(guest, XEN_DOMCTL_pausedomain, 0, 0), -EACCES);
	assert_true(hv_domain_is_running(machine_domain(0)));
}

/* The numbers are those of the initial SIDs: xen, domxen, domio, dom0. */
static void test_labels_of_the_boot(void **state)
{
	(void)state;
	allocs_before = port_posix_live_allocs();
	assert_int_equal(boot(), 0);
	assert_int_equal(xsm_domain_sid(machine_domain(DOMID_IDLE)), 2);
	assert_int_equal(xsm_domain_sid(machine_domain(DOMID_XEN)), 5);
	assert_int_equal(xsm_domain_sid(machine_domain(DOMID_IO)), 4);
	assert_int_equal(xsm_domain_sid(machine_domain(0)), 3);
	assert_false(hv_domain_is_privileged(machine_domain(DOMID_IDLE)));
	shut_down();
}

static void test_create(void **state)
{
	uint64_t nth, before;
	uint32_t isolated;
	int64_t rc = -ENOMEM;

	(void)state;
	allocs_before = port_posix_live_allocs();
	assert_int_equal(boot(), 0);
	isolated = label("system_u:system_r:isolated_domU_t");
	log_forget();
	before = machine_digest();
	for (nth = 1; rc == -ENOMEM; nth++) {
		port_posix_fail_alloc(nth);
		rc = domctl(0, XEN_DOMCTL_createdomain, 1, isolated);
		port_posix_fail_alloc(0);
		log_forget();
		if (rc)
			assert_int_equal(machine_digest(), before);
	}
	assert_int_equal(rc, 0);
	assert_true(nth > HV_GUEST_FRAMES - HV_FRAME_WINDOW_COUNT);
	assert_int_equal(domctl(0, XEN_DOMCTL_unpausedomain, 1, 0), 0);
	expect_rules(1);
	shut_down();
}

static void test_reload(void **state)
{
	int64_t rc = -ENOMEM;
	uint32_t domU;
	uint64_t nth;

	(void)state;
	allocs_before = port_posix_live_allocs();
	assert_int_equal(boot(), 0);
	domU = label("system_u:system_r:domU_t");
	assert_int_equal(domctl(0, XEN_DOMCTL_createdomain, 1, domU), 0);
	assert_int_equal(domctl(0, XEN_DOMCTL_unpausedomain, 1, 0), 0);
	for (nth = 1; rc == -ENOMEM; nth++) {
		port_posix_fail_alloc(nth);
		rc = load();
		port_posix_fail_alloc(0);
		expect_rules(1);
		assert_int_equal(label("system_u:system_r:domU_t"), domU);
		log_forget();
	}
	assert_int_equal(rc, 0);
	assert_true(nth > 10);
	expect_rules(1);
	shut_down();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_boot),
	    cmocka_unit_test(test_labels_of_the_boot),
	    cmocka_unit_test(test_create),
	    cmocka_unit_test(test_reload),
	};

	return cmocka_run_group_tests_name("flask", tests, read_policy, free_policy);
}
