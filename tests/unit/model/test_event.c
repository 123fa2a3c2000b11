/* SPDX-License-Identifier: BSD-2-Clause */
#include "hooks/model/event.h"

#include "tests/unit/model/machine.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static int64_t event_op(hv_domid_t caller, uint32_t cmd, void *arg, size_t size)
{
	struct domain *d = machine_domain(caller);
	int64_t rc = machine_call(d, __HYPERVISOR_event_channel_op, cmd, arg, size, 1);

	assert_int_equal(hv_memory_read(&d->memory, MACHINE_ARGS, arg, size), 0);
	return rc;
}

/* The new port, or -errno. */
static int64_t alloc_unbound(hv_domid_t caller, hv_domid_t dom, hv_domid_t remote)
{
	struct evtchn_alloc_unbound op = {.dom = dom, .remote_dom = remote};
	int64_t rc = event_op(caller, EVTCHNOP_alloc_unbound, &op, sizeof(op));

	return rc ? rc : (int64_t)op.port;
}

static int64_t bind(hv_domid_t caller, hv_domid_t remote, evtchn_port_t port)
{
	struct evtchn_bind_interdomain op = {.remote_dom = remote, .remote_port = port};
	int64_t rc = event_op(caller, EVTCHNOP_bind_interdomain, &op, sizeof(op));

	return rc ? rc : (int64_t)op.local_port;
}

static int64_t send(hv_domid_t caller, evtchn_port_t port)
{
	struct evtchn_send op = {.port = port};

	return event_op(caller, EVTCHNOP_send, &op, sizeof(op));
}

static int64_t close(hv_domid_t caller, evtchn_port_t port)
{
	struct evtchn_close op = {.port = port};

	return event_op(caller, EVTCHNOP_close, &op, sizeof(op));
}

static struct evtchn_status status(hv_domid_t d, evtchn_port_t port)
{
	struct evtchn_status op = {.dom = DOMID_SELF, .port = port, .u = {.interdomain = {77, 77}}};

	assert_int_equal(event_op(d, EVTCHNOP_status, &op, sizeof(op)), 0);
	return op;
}

static bool pending(hv_domid_t d, evtchn_port_t port)
{
	return hv_evtchn_is_pending(machine_domain(d), port);
}

static void test_a_channel_carries_both_ways(void **state)
{
	(void)state;
	assert_int_equal(alloc_unbound(1, DOMID_SELF, 2), 1);
	assert_int_equal(send(1, 1), 0); /* nobody there yet */
	assert_int_equal(bind(2, 1, 1), 1);
	assert_true(pending(2, 1)); /* a fresh end always is */
	assert_false(pending(1, 1));
	hv_evtchn_set_pending(machine_domain(2), 1, false);
	assert_int_equal(send(1, 1), 0);
	assert_true(pending(2, 1));
	assert_false(pending(1, 1));
	assert_int_equal(send(2, 1), 0);
	assert_true(pending(1, 1));
	assert_int_equal(status(1, 1).status, EVTCHNSTAT_interdomain);
	assert_int_equal(status(1, 1).u.interdomain.dom, 2);
	assert_int_equal(status(1, 1).u.interdomain.port, 1);
}

/* The bit lies where guests look: word port / 64 at offset 2048 of the shared page. */
static void test_pending_is_in_the_guests_memory(void **state)
{
	uint64_t word;
	unsigned int i;

	(void)state;
	for (i = 1; i <= 5; i++)
		assert_int_equal(alloc_unbound(1, DOMID_SELF, 2), i);
	assert_int_equal(bind(2, 1, 5), 1);
	assert_int_equal(send(2, 1), 0);
	assert_int_equal(hv_memory_read(&machine_domain(1)->memory, 2048, &word, sizeof(word)), 0);
	assert_int_equal(word, 1 << 5);
	word = 0;
	assert_int_equal(hv_memory_write(&machine_domain(1)->memory, 2048, &word, sizeof(word)), 0);
	assert_false(pending(1, 5));
}

static void test_only_the_named_domain_binds(void **state)
{
	(void)state;
	assert_int_equal(alloc_unbound(1, DOMID_SELF, 2), 1);
	assert_int_equal(bind(0, 1, 1), -EINVAL);
	assert_int_equal(bind(1, DOMID_SELF, 1), -EINVAL);
	assert_int_equal(bind(2, 1, 2), -EINVAL);
	assert_int_equal(bind(2, 1, 0), -EINVAL);
	assert_int_equal(bind(2, 1, HV_PORTS), -EINVAL);
	assert_int_equal(bind(2, 7, 1), -ESRCH);
	assert_int_equal(bind(2, 1, 1), 1);
	assert_int_equal(bind(2, 1, 1), -EINVAL); /* taken */
}

static void test_loopback(void **state)
{
	(void)state;
	assert_int_equal(alloc_unbound(1, DOMID_SELF, DOMID_SELF), 1);
	assert_int_equal(bind(1, DOMID_SELF, 1), 2);
	hv_evtchn_set_pending(machine_domain(1), 2, false);
	assert_int_equal(send(1, 2), 0);
	assert_true(pending(1, 1));
	assert_int_equal(close(1, 1), 0);
	assert_int_equal(status(1, 2).status, EVTCHNSTAT_unbound);
	assert_int_equal(status(1, 2).u.unbound.dom, 1);
}

static void test_closing_unbinds_the_other_end(void **state)
{
	(void)state;
	assert_int_equal(alloc_unbound(1, DOMID_SELF, 2), 1);
	assert_int_equal(bind(2, 1, 1), 1);
	assert_int_equal(close(2, 1), 0);
	assert_false(pending(2, 1));
	assert_int_equal(close(2, 1), -EINVAL);
	assert_int_equal(status(2, 1).status, EVTCHNSTAT_closed);
	assert_int_equal(status(2, 1).u.interdomain.port, 0);
	assert_int_equal(status(1, 1).status, EVTCHNSTAT_unbound);
	assert_int_equal(status(1, 1).u.unbound.dom, 2);
	assert_int_equal(send(2, 1), -EINVAL);
	assert_int_equal(send(1, 1), 0);
	assert_false(pending(2, 1));
	assert_int_equal(bind(2, 1, 1), 1);
}

static void test_ports_run_out(void **state)
{
	unsigned int port;

	(void)state;
	for (port = 1; port < HV_PORTS; port++)
		assert_int_equal(alloc_unbound(1, DOMID_SELF, 2), port);
	assert_int_equal(alloc_unbound(1, DOMID_SELF, 2), -ENOSPC);
	assert_int_equal(alloc_unbound(2, DOMID_SELF, 1), 1);
	assert_int_equal(bind(1, 2, 1), -ENOSPC);
	assert_int_equal(close(1, 33), 0);
	assert_int_equal(bind(1, 2, 1), 33);
}

static void test_reset_of_another_needs_it_paused(void **state)
{
	struct evtchn_reset op = {.dom = 1};

	(void)state;
	assert_int_equal(alloc_unbound(1, DOMID_SELF, 2), 1);
	assert_int_equal(bind(2, 1, 1), 1);
	assert_int_equal(event_op(0, EVTCHNOP_reset, &op, sizeof(op)), -EINVAL);
	assert_int_equal(status(1, 1).status, EVTCHNSTAT_interdomain);
	machine_domain(1)->pauses++;
	assert_int_equal(event_op(0, EVTCHNOP_reset, &op, sizeof(op)), 0);
	machine_domain(1)->pauses--;
	assert_int_equal(status(1, 1).status, EVTCHNSTAT_closed);
	assert_int_equal(status(2, 1).status, EVTCHNSTAT_unbound);
}

static void test_destroy_closes_channels(void **state)
{
	struct xen_domctl op = {
	    .cmd = XEN_DOMCTL_destroydomain, .interface_version = XEN_DOMCTL_INTERFACE_VERSION, .domain = 2};

	(void)state;
	assert_int_equal(alloc_unbound(1, DOMID_SELF, 2), 1);
	assert_int_equal(bind(2, 1, 1), 1);
	assert_int_equal(machine_call(machine_domain(0), __HYPERVISOR_domctl, 0, &op, sizeof(op), 1), 0);
	assert_null(hv_domain_find(2));
	assert_int_equal(status(1, 1).status, EVTCHNSTAT_unbound);
	assert_int_equal(status(1, 1).u.unbound.dom, 2);
	assert_int_equal(send(1, 1), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(test_a_channel_carries_both_ways, machine_start, machine_stop),
	    cmocka_unit_test_setup_teardown(test_pending_is_in_the_guests_memory, machine_start, machine_stop),
	    cmocka_unit_test_setup_teardown(test_only_the_named_domain_binds, machine_start, machine_stop),
	    cmocka_unit_test_setup_teardown(test_loopback, machine_start, machine_stop),
	    cmocka_unit_test_setup_teardown(test_closing_unbinds_the_other_end, machine_start, machine_stop),
	    cmocka_unit_test_setup_teardown(test_ports_run_out, machine_start, machine_stop),
	    cmocka_unit_test_setup_teardown(test_reset_of_another_needs_it_paused, machine_start, machine_stop),
	    cmocka_unit_test_setup_teardown(test_destroy_closes_channels, machine_start, machine_stop),
	};

	return cmocka_run_group_tests_name("event", tests, NULL, NULL);
}
