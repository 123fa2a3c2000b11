/* SPDX-License-Identifier: BSD-2-Clause */
#include "tests/unit/model/machine.h"

#include "hooks/model/boot.h"
#include "hooks/model/port_posix.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

/* A domctl by dom0. */
static int64_t domctl(uint32_t cmd, domid_t domain, struct xen_domctl *op)
{
	struct xen_domctl local;
	int64_t rc;

	op = op ? op : &local;
	memset(&local, 0, sizeof(local));
	op->cmd = cmd;
	op->interface_version = XEN_DOMCTL_INTERFACE_VERSION;
	op->domain = domain;
	rc = machine_call(machine_domain(0), __HYPERVISOR_domctl, 0, op, sizeof(*op), 1);
	assert_int_equal(hv_memory_read(&machine_domain(0)->memory, MACHINE_ARGS, op, sizeof(*op)), 0);
	return rc;
}

static void test_boot_makes_the_first_domains(void **state)
{
	static const struct {
		hv_domid_t id;
		enum hv_domain_kind kind;
	} first[] = {
	    {DOMID_IDLE, HV_DOMAIN_IDLE},
	    {DOMID_XEN, HV_DOMAIN_XEN},
	    {DOMID_IO, HV_DOMAIN_IO},
	    {0, HV_DOMAIN_ORDINARY},
	};
	size_t i;

	(void)state;
	for (i = 0; i < PORT_ARRAY_SIZE(first); i++)
		assert_int_equal(hv_domain_kind(machine_domain(first[i].id)), first[i].kind);
	assert_ptr_equal(hv_current(), machine_domain(DOMID_IDLE));
	assert_true(hv_domain_is_privileged(machine_domain(0)));
	assert_true(hv_domain_is_running(machine_domain(0)));
	assert_false(hv_domain_is_privileged(machine_domain(1)));
	assert_false(hv_domain_is_privileged(machine_domain(DOMID_XEN)));
}

/* Guests name no system domain, and DOMID_SELF is the caller. */
static void test_pin(void **state)
{
	static const hv_domid_t none[] = {DOMID_IDLE, DOMID_XEN, DOMID_IO, DOMID_COW, DOMID_INVALID, 77, 0xffff};
	struct domain *d;
	size_t i;

	(void)state;
	for (i = 0; i < PORT_ARRAY_SIZE(none); i++)
		assert_null(hv_domain_pin(none[i]));
	assert_null(hv_domain_find(DOMID_COW));
	hv_set_current(machine_domain(2));
	d = hv_domain_pin(DOMID_SELF);
	assert_ptr_equal(d, machine_domain(2));
	assert_int_equal(d->pins, 2);
	hv_domain_unpin(d);
	assert_int_equal(d->pins, 1);
	hv_set_current(machine_domain(DOMID_IDLE));
}

static void test_boot_is_refused_when_dom0_is(void **state)
{
	uint64_t before;

	machine_stop(state);
	before = port_posix_live_allocs();
	recorder.deny = "domain_create";
	assert_int_equal(hv_boot(), -EACCES);
	assert_int_equal(recorder.count, 1);
	assert_int_equal(recorder.asked[0].src, DOMID_IDLE);
	assert_int_equal(recorder.asked[0].dst, 0);
	assert_null(hv_domain_find(DOMID_IDLE));
	assert_int_equal(port_posix_live_allocs(), before);
	machine_start(state);
}

static void test_boot_without_memory(void **state)
{
	uint64_t before, nth;
	int rc = -ENOMEM;

	machine_stop(state);
	before = port_posix_live_allocs();
	for (nth = 1; rc; nth += nth < 8 ? 1 : 97) {
		port_posix_fail_alloc(nth);
		rc = hv_boot();
		if (rc)
			assert_int_equal(port_posix_live_allocs(), before);
	}
	port_posix_fail_alloc(0);
	assert_true(nth > HV_DOM0_FRAMES);
	hv_shutdown();
	machine_start(state);
}

static void test_ids(void **state)
{
	struct xen_domctl op = {0};

	(void)state;
	assert_int_equal(domctl(XEN_DOMCTL_createdomain, 0, &op), 0);
	assert_int_equal(op.domain, 3);
	assert_int_equal(domctl(XEN_DOMCTL_createdomain, DOMID_SELF, &op), 0);
	assert_int_equal(op.domain, 4);
	assert_int_equal(domctl(XEN_DOMCTL_createdomain, DOMID_FIRST_RESERVED - 1, &op), 0);
	assert_int_equal(op.domain, DOMID_FIRST_RESERVED - 1);
	assert_int_equal(domctl(XEN_DOMCTL_createdomain, 2, &op), -EEXIST);
	/* Round to the first free one; 0 is never given to a guest. */
	assert_int_equal(domctl(XEN_DOMCTL_createdomain, 0, &op), 0);
	assert_int_equal(op.domain, 5);
	assert_int_equal(domctl(XEN_DOMCTL_destroydomain, 3, NULL), 0);
	assert_null(hv_domain_find(3));
	assert_int_equal(domctl(XEN_DOMCTL_createdomain, 0, &op), 0);
	assert_int_equal(op.domain, 6);
}

static void test_pauses_are_counted(void **state)
{
	unsigned int i;

	(void)state;
	for (i = 0; i < 255; i++)
		assert_int_equal(domctl(XEN_DOMCTL_pausedomain, 1, NULL), 0);
	assert_int_equal(domctl(XEN_DOMCTL_pausedomain, 1, NULL), -EUSERS);
	for (i = 0; i < 255; i++) {
		assert_false(hv_domain_is_running(machine_domain(1)));
		assert_int_equal(domctl(XEN_DOMCTL_unpausedomain, 1, NULL), 0);
	}
	assert_true(hv_domain_is_running(machine_domain(1)));
	assert_int_equal(domctl(XEN_DOMCTL_unpausedomain, 1, NULL), -EINVAL);
	assert_int_equal(domctl(XEN_DOMCTL_pausedomain, 0, NULL), -EINVAL);
}

static void test_getdomaininfo_tells_what_is(void **state)
{
	struct xen_domctl op = {.u.createdomain = {.handle = "fifteen chars..", .flags = XEN_DOMCTL_CDF_xs_domain}};
	const struct xen_domctl_getdomaininfo *info = &op.u.getdomaininfo;

	(void)state;
	assert_int_equal(domctl(XEN_DOMCTL_createdomain, 9, &op), 0);
	memset(&op, 0xff, sizeof(op));
	assert_int_equal(domctl(XEN_DOMCTL_getdomaininfo, 9, &op), 0);
	assert_int_equal(info->domain, 9);
	assert_int_equal(info->flags, XEN_DOMINF_paused | XEN_DOMINF_xs_domain);
	assert_int_equal(info->tot_pages, HV_GUEST_FRAMES - HV_FRAME_WINDOW_COUNT);
	assert_int_equal(info->nr_online_vcpus, 0);
	assert_int_equal(info->max_vcpu_id, XEN_INVALID_MAX_VCPU_ID);
	assert_string_equal((const char *)info->handle, "fifteen chars..");
	assert_int_equal(info->outstanding_pages, 0);
	assert_int_equal(domctl(XEN_DOMCTL_getdomaininfo, 0, &op), 0);
	assert_int_equal(info->flags, XEN_DOMINF_running);
	assert_int_equal(domctl(XEN_DOMCTL_getdomaininfo, DOMID_XEN, &op), -ESRCH);
}

static void test_a_pinned_domain_stays_dying(void **state)
{
	struct domain *d = hv_domain_pin(1);

	(void)state;
	assert_int_equal(domctl(XEN_DOMCTL_destroydomain, 1, NULL), 0);
	assert_ptr_equal(hv_domain_find(1), d);
	assert_true(d->dying);
	assert_int_equal(d->memory.count, 0);
	/* Once more is no error and no harm. */
	assert_int_equal(domctl(XEN_DOMCTL_destroydomain, 1, NULL), 0);
	assert_int_equal(d->pins, 1);
	assert_int_equal(domctl(XEN_DOMCTL_createdomain, 1, NULL), -EEXIST);
	hv_domain_unpin(d);
	assert_null(hv_domain_find(1));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(test_boot_makes_the_first_domains, machine_start, machine_stop),
	    cmocka_unit_test_setup_teardown(test_pin, machine_start, machine_stop),
	    cmocka_unit_test_setup_teardown(test_boot_is_refused_when_dom0_is, machine_start, machine_stop),
	    cmocka_unit_test_setup_teardown(test_boot_without_memory, machine_start, machine_stop),
	    cmocka_unit_test_setup_teardown(test_ids, machine_start, machine_stop),
	    cmocka_unit_test_setup_teardown(test_pauses_are_counted, machine_start, machine_stop),
	    cmocka_unit_test_setup_teardown(test_getdomaininfo_tells_what_is, machine_start, machine_stop),
	    cmocka_unit_test_setup_teardown(test_a_pinned_domain_stays_dying, machine_start, machine_stop),
	};

	return cmocka_run_group_tests_name("domain", tests, NULL, NULL);
}
