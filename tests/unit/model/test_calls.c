/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What must hold for every hypercall: its hooks are asked once each with the
 * right domains, a refusal changes nothing, the arguments are read once, and a
 * bad address is found before anything happens.
 */
#include "tests/unit/model/machine.h"

#include "hooks/abi/console.h"
#include "hooks/model/console.h"
#include "hooks/model/port_posix.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

struct asked {
	const char *hook; /* NULL: no more */
	hv_domid_t src, dst;
};

/* Made by d1 on the state of prepare(). */
struct call {
	const char *title;
	uint32_t number, cmd;
	const char *subop; /* as audit lines name it */
	const void *arg;
	size_t size;
	bool out; /* results go back */
	struct asked asked[2];
	int64_t denied; /* what the caller gets: an errno, or GNTST_* in its entry */
};

#define NONE	    RECORDER_NONE
#define ARG(...)    &(__VA_ARGS__), sizeof(__VA_ARGS__)
#define DOMCTL(...) ARG((struct xen_domctl){.interface_version = XEN_DOMCTL_INTERFACE_VERSION, __VA_ARGS__})

static const struct call calls[] = {
    {"create a domain",
     __HYPERVISOR_domctl,
     0,
     "createdomain",
     DOMCTL(.cmd = XEN_DOMCTL_createdomain, .u.createdomain.ssidref = 5),
     true,
     {{"domctl", 1, NONE}, {"domain_create", 1, 6}},
     -EACCES},
    {"destroy a domain",
     __HYPERVISOR_domctl,
     0,
     "destroydomain",
     DOMCTL(.cmd = XEN_DOMCTL_destroydomain, .domain = 2),
     false,
     {{"domctl", 1, 2}},
     -EACCES},
    {"pause a domain",
     __HYPERVISOR_domctl,
     0,
     "pausedomain",
     DOMCTL(.cmd = XEN_DOMCTL_pausedomain, .domain = 2),
     false,
     {{"domctl", 1, 2}},
     -EACCES},
    {"unpause a domain",
     __HYPERVISOR_domctl,
     0,
     "unpausedomain",
     DOMCTL(.cmd = XEN_DOMCTL_unpausedomain, .domain = 5),
     false,
     {{"domctl", 1, 5}},
     -EACCES},
    {"ask about a domain",
     __HYPERVISOR_domctl,
     0,
     "getdomaininfo",
     DOMCTL(.cmd = XEN_DOMCTL_getdomaininfo, .domain = 2),
     true,
     {{"getdomaininfo", 1, 2}},
     -EACCES},
    {"make a device model",
     __HYPERVISOR_domctl,
     0,
     "set_target",
     DOMCTL(.cmd = XEN_DOMCTL_set_target, .domain = 2, .u.set_target.target = 5),
     false,
     {{"domctl", 1, 2}, {"set_target", 1, 2}},
     -EACCES},
    {"allocate a port for another",
     __HYPERVISOR_event_channel_op,
     EVTCHNOP_alloc_unbound,
     "alloc_unbound",
     ARG((struct evtchn_alloc_unbound){.dom = 2, .remote_dom = 1}),
     true,
     {{"evtchn_unbound", 1, 2}},
     -EACCES},
    {"bind to a port",
     __HYPERVISOR_event_channel_op,
     EVTCHNOP_bind_interdomain,
     "bind_interdomain",
     ARG((struct evtchn_bind_interdomain){.remote_dom = 2, .remote_port = 2}),
     true,
     {{"evtchn_interdomain", 1, 2}},
     -EACCES},
    {"send",
     __HYPERVISOR_event_channel_op,
     EVTCHNOP_send,
     "send",
     ARG((struct evtchn_send){.port = 1}),
     false,
     {{"evtchn_send", 1, NONE}},
     -EACCES},
    {"ask about a port",
     __HYPERVISOR_event_channel_op,
     EVTCHNOP_status,
     "status",
     ARG((struct evtchn_status){.dom = 2, .port = 1}),
     true,
     {{"evtchn_status", 1, 2}},
     -EACCES},
    {"reset",
     __HYPERVISOR_event_channel_op,
     EVTCHNOP_reset,
     "reset",
     ARG((struct evtchn_reset){.dom = 5}),
     false,
     {{"evtchn_reset", 1, 5}},
     -EACCES},
    {"map a grant",
     __HYPERVISOR_grant_table_op,
     GNTTABOP_map_grant_ref,
     "map_grant_ref",
     ARG((struct gnttab_map_grant_ref){.host_addr = 0x11000, .flags = GNTMAP_host_map, .ref = 8, .dom = 2}),
     true,
     {{"grant_mapref", 1, 2}},
     GNTST_permission_denied},
    {"unmap a grant",
     __HYPERVISOR_grant_table_op,
     GNTTABOP_unmap_grant_ref,
     "unmap_grant_ref",
     ARG((struct gnttab_unmap_grant_ref){.host_addr = 0x10000, .handle = 0}),
     true,
     {{"grant_unmapref", 1, 2}},
     GNTST_permission_denied},
    {"copy",
     __HYPERVISOR_grant_table_op,
     GNTTABOP_copy,
     "copy",
     ARG((struct gnttab_copy){.source = {.u.ref = 8, .domid = 2},
			      .dest = {.u.gmfn = 7, .domid = DOMID_SELF},
			      .len = 16,
			      .flags = GNTCOPY_source_gref}),
     true,
     {{"grant_copy", 2, 1}},
     GNTST_permission_denied},
    {"write to the console",
     __HYPERVISOR_console_io,
     CONSOLEIO_write,
     "write",
     "a line\n",
     7,
     false,
     {{"console_io", 1, NONE}},
     -EACCES},
    {"read from the console",
     __HYPERVISOR_console_io,
     CONSOLEIO_read,
     "read",
     "room",
     4,
     true,
     {{"console_io", 1, NONE}},
     -EACCES},
};

static const char page_of_d2[] = "sixteen bytes of d2";

static void do_call(struct domain *d, uint32_t number, uint32_t cmd, const void *arg, size_t size)
{
	assert_int_equal(machine_call(d, number, cmd, arg, size, 1), 0);
}

/*
 * d1 port 1 <-> d2 port 1; d2 port 2 waits for d1; d2 grants its frame 5 to d1 as
 * 8; d1 has it at 0x10000; d5 is paused and has a port; somebody
 * typed.
 */
static void prepare(void)
{
	struct grant_entry_v1 entry = {.flags = GTF_permit_access, .domid = 1, .frame = 5};
	struct hv_domain_config d5 = {.id = 5, .kind = HV_DOMAIN_ORDINARY, .pauses = 1};
	struct hv_memory *memory;
	struct domain *made;

	assert_int_equal(machine_start(NULL), 0);
	memory = &machine_domain(2)->memory;
	do_call(machine_domain(2), __HYPERVISOR_event_channel_op, EVTCHNOP_alloc_unbound,
		ARG((struct evtchn_alloc_unbound){.dom = DOMID_SELF, .remote_dom = 1}));
	do_call(machine_domain(1), __HYPERVISOR_event_channel_op, EVTCHNOP_bind_interdomain,
		ARG((struct evtchn_bind_interdomain){.remote_dom = 2, .remote_port = 1}));
	do_call(machine_domain(2), __HYPERVISOR_event_channel_op, EVTCHNOP_alloc_unbound,
		ARG((struct evtchn_alloc_unbound){.dom = DOMID_SELF, .remote_dom = 1}));
	assert_int_equal(hv_memory_write(memory, 0x5000, page_of_d2, sizeof(page_of_d2)), 0);
	assert_int_equal(hv_memory_write(memory, 0x1000 + 8 * 8, &entry, sizeof(entry)), 0);
	do_call(machine_domain(1), __HYPERVISOR_grant_table_op, GNTTABOP_map_grant_ref,
		ARG((struct gnttab_map_grant_ref){.host_addr = 0x10000, .flags = GNTMAP_host_map, .ref = 8, .dom = 2}));
	assert_int_equal(hv_domain_create(&d5, &made), 0);
	do_call(machine_domain(1), __HYPERVISOR_event_channel_op, EVTCHNOP_alloc_unbound,
		ARG((struct evtchn_alloc_unbound){.dom = 5, .remote_dom = 1}));
	assert_true(hv_console_type("typed", 5));
}

static void forget(void)
{
	memset(&recorder, 0, sizeof(recorder));
}

/* What d1 gets: the result, or for grants the status of the entry. */
static int64_t answer(const struct call *call, int64_t rc)
{
	const struct hv_memory *memory = &machine_domain(1)->memory;
	size_t offset = offsetof(struct gnttab_copy, status);
	int16_t status;

	if (call->number != __HYPERVISOR_grant_table_op || rc)
		return rc;
	if (call->cmd == GNTTABOP_map_grant_ref)
		offset = offsetof(struct gnttab_map_grant_ref, status);
	if (call->cmd == GNTTABOP_unmap_grant_ref)
		offset = offsetof(struct gnttab_unmap_grant_ref, status);
	assert_int_equal(hv_memory_read(memory, MACHINE_ARGS + offset, &status, sizeof(status)), 0);
	return status;
}

static int64_t run(const struct call *call)
{
	struct domain *d1 = machine_domain(1);
	int64_t rc = machine_call(d1, call->number, call->cmd, call->arg, call->size, 1);

	return answer(call, rc);
}

static void expect_asked(const struct call *call, unsigned int count)
{
	unsigned int i;

	assert_int_equal(recorder.count, count);
	for (i = 0; i < count; i++) {
		assert_string_equal(recorder.asked[i].hook, call->asked[i].hook);
		assert_int_equal(recorder.asked[i].src, call->asked[i].src);
		assert_int_equal(recorder.asked[i].dst, call->asked[i].dst);
		assert_string_equal(recorder.asked[i].operation.subop, call->subop);
	}
	assert_null(hv_operation().hypercall);
}

static unsigned int hooks_of(const struct call *call)
{
	return call->asked[1].hook ? 2 : 1;
}

/* Asking, and calls that only tell something, change nothing that lasts. */
static bool changes(const struct call *call)
{
	return strcmp(call->subop, "getdomaininfo") != 0 && strcmp(call->subop, "status") != 0;
}

static void test_allowed_calls_ask_each_hook_once(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < PORT_ARRAY_SIZE(calls); i++) {
		uint64_t before;
		int64_t came;

		prepare();
		forget();
		before = machine_digest();
		came = run(&calls[i]);
		if (came < 0)
			fail_msg("%s: %lld", calls[i].title, (long long)came);
		expect_asked(&calls[i], hooks_of(&calls[i]));
		if ((machine_digest() != before) != changes(&calls[i]))
			fail_msg("%s: the effect is not what it should be", calls[i].title);
		machine_stop(NULL);
	}
}

static void test_denied_calls_change_nothing(void **state)
{
	unsigned int denied;
	size_t i;

	(void)state;
	for (i = 0; i < PORT_ARRAY_SIZE(calls); i++)
		for (denied = 0; denied < hooks_of(&calls[i]); denied++) {
			uint64_t before;

			prepare();
			forget();
			recorder.deny = calls[i].asked[denied].hook;
			before = machine_digest();
			assert_int_equal(run(&calls[i]), calls[i].denied);
			expect_asked(&calls[i], denied + 1);
			if (machine_digest() != before)
				fail_msg("%s: denied by %s, and yet something changed", calls[i].title, recorder.deny);
			machine_stop(NULL);
		}
}

/* A guest on another CPU that rewrites its arguments while they are judged. */
static void scribble(void *context)
{
	uint8_t noise[512];

	memset(noise, 0xa5, sizeof(noise));
	assert_int_equal(hv_memory_write(context, MACHINE_ARGS, noise, sizeof(noise)), 0);
}

/* console_io takes bytes, not a structure: what is written is read after the check. */
static bool has_structure(const struct call *call)
{
	return call->number != __HYPERVISOR_console_io;
}

static void test_arguments_are_read_once(void **state)
{
	uint64_t plain, scribbled;
	size_t i;

	(void)state;
	for (i = 0; i < PORT_ARRAY_SIZE(calls); i++) {
		if (!has_structure(&calls[i]))
			continue;
		prepare();
		assert_int_equal(run(&calls[i]), 0);
		plain = machine_digest();
		machine_stop(NULL);

		prepare();
		forget();
		recorder.during = scribble;
		recorder.context = &machine_domain(1)->memory;
		assert_int_equal(run(&calls[i]), 0);
		expect_asked(&calls[i], hooks_of(&calls[i]));
		scribbled = machine_digest();
		machine_stop(NULL);
		if (plain != scribbled)
			fail_msg("%s: acted on what was written after the check", calls[i].title);
	}
}

/* Makes the call with its structure at @address. */
static int64_t run_at(const struct call *call, uint64_t address)
{
	uint64_t arg[HV_ARGS] = {call->cmd, address, 1};

	if (call->number == __HYPERVISOR_domctl)
		arg[0] = address;
	if (call->number == __HYPERVISOR_console_io) {
		arg[1] = call->size;
		arg[2] = address;
	}
	return hv_hypercall(machine_domain(1), call->number, arg);
}

static void expect_fault(const struct call *call, uint64_t address)
{
	uint64_t before = machine_digest();

	forget();
	if (run_at(call, address) != -EFAULT || machine_digest() != before)
		fail_msg("%s: a bad address 0x%llx", call->title, (unsigned long long)address);
	if (has_structure(call))
		assert_int_equal(recorder.count, 0);
}

static void test_bad_addresses_fault_before_anything(void **state)
{
	static const uint64_t end = (uint64_t)HV_GUEST_FRAMES * HV_PAGE_BYTES;
	size_t i;

	(void)state;
	for (i = 0; i < PORT_ARRAY_SIZE(calls); i++) {
		prepare();
		expect_fault(&calls[i], end);
		expect_fault(&calls[i], end - 1);
		expect_fault(&calls[i], 0x12000);
		expect_fault(&calls[i], 0x10000 - 1 + HV_PAGE_BYTES);
		expect_fault(&calls[i], UINT64_MAX);
		expect_fault(&calls[i], UINT64_MAX - 3);
		expect_fault(&calls[i], UINT64_C(1) << 63);
		machine_stop(NULL);
	}
}

/* d1 maps frame 5 of d2 again, only to read it, at 0x13000. */
static void map_readonly(void)
{
	do_call(machine_domain(1), __HYPERVISOR_grant_table_op, GNTTABOP_map_grant_ref,
		ARG((struct gnttab_map_grant_ref){
		    .host_addr = 0x13000, .flags = GNTMAP_host_map | GNTMAP_readonly, .ref = 8, .dom = 2}));
	assert_false(hv_memory_is_writable(&machine_domain(1)->memory, 0x13000, 1));
}

static void test_results_need_a_place_before_anything_happens(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < PORT_ARRAY_SIZE(calls); i++) {
		if (!calls[i].out)
			continue;
		prepare();
		map_readonly();
		assert_int_equal(hv_memory_write(&machine_domain(2)->memory, 0x5000, calls[i].arg, calls[i].size), 0);
		expect_fault(&calls[i], 0x13000);
		machine_stop(NULL);
	}
}

static void test_a_structure_may_cross_pages(void **state)
{
	uint64_t address = 0x5000 - 4;
	size_t i;

	(void)state;
	for (i = 0; i < PORT_ARRAY_SIZE(calls); i++) {
		prepare();
		assert_int_equal(hv_memory_write(&machine_domain(1)->memory, address, calls[i].arg, calls[i].size), 0);
		assert_true(run_at(&calls[i], address) >= 0);
		machine_stop(NULL);
	}
}

static void test_a_domain_is_made_whole_or_not_at_all(void **state)
{
	const struct call *create = &calls[0];
	uint64_t nth, before, allocs;
	int64_t rc = -ENOMEM;

	(void)state;
	prepare();
	allocs = port_posix_live_allocs();
	before = machine_digest();
	for (nth = 1; rc == -ENOMEM; nth++) {
		forget();
		port_posix_fail_alloc(nth);
		rc = run(create);
		if (rc) {
			assert_int_equal(machine_digest(), before);
			assert_int_equal(port_posix_live_allocs(), allocs);
		}
	}
	port_posix_fail_alloc(0);
	assert_int_equal(rc, 0);
	/* The structure, the table of frames, 64 pages: each was refused once. */
	assert_int_equal(nth, 1 + 1 + 64 + 2);
	machine_stop(NULL);
}

static void test_unknown_numbers(void **state)
{
	static const struct {
		uint32_t number, cmd;
	} unknown[] = {
	    {0, 0}, {99, 0}, {UINT32_MAX, 0}, {__HYPERVISOR_event_channel_op, 99}, {__HYPERVISOR_grant_table_op, 99},
	};
	static const uint8_t zeros[144];
	struct xen_domctl domctl = {.cmd = 999, .interface_version = XEN_DOMCTL_INTERFACE_VERSION, .domain = 2};
	uint64_t before;
	size_t i;

	(void)state;
	prepare();
	forget();
	before = machine_digest();
	for (i = 0; i < PORT_ARRAY_SIZE(unknown); i++)
		assert_int_equal(
		    machine_call(machine_domain(1), unknown[i].number, unknown[i].cmd, zeros, sizeof(zeros), 1),
		    -ENOSYS);
	assert_int_equal(recorder.count, 0);

	/* These have a hook to ask, which has a rule for the unknown. */
	assert_int_equal(machine_call(machine_domain(1), __HYPERVISOR_domctl, 0, &domctl, sizeof(domctl), 1), -ENOSYS);
	assert_int_equal(machine_call(machine_domain(1), __HYPERVISOR_console_io, 7, "x", 1, 1), -ENOSYS);
	assert_int_equal(recorder.count, 2);
	assert_string_equal(recorder.asked[0].hook, "domctl");
	assert_int_equal(recorder.asked[0].dst, 2);
	assert_null(recorder.asked[0].operation.subop);
	recorder.deny = "domctl";
	assert_int_equal(machine_call(machine_domain(1), __HYPERVISOR_domctl, 0, &domctl, sizeof(domctl), 1), -EACCES);

	domctl.interface_version++;
	recorder.count = 0;
	assert_int_equal(machine_call(machine_domain(1), __HYPERVISOR_domctl, 0, &domctl, sizeof(domctl), 1), -EACCES);
	assert_int_equal(recorder.count, 0);
	assert_int_equal(machine_digest(), before);
	machine_stop(NULL);
}

/* An array is worked off until its first address that is none; a count is no promise. */
static void test_arrays(void **state)
{
	struct gnttab_copy copy = {
	    .source = {.u.gmfn = 4, .domid = DOMID_SELF}, .dest = {.u.gmfn = 6, .domid = DOMID_SELF}, .len = 4};
	struct domain *d1;
	uint64_t last;

	(void)state;
	prepare();
	forget();
	d1 = machine_domain(1);
	assert_int_equal(machine_call(d1, __HYPERVISOR_grant_table_op, GNTTABOP_copy, &copy, sizeof(copy), 0), 0);
	assert_int_equal(recorder.count, 0);
	assert_int_equal(machine_call(d1, __HYPERVISOR_grant_table_op, GNTTABOP_copy, &copy, sizeof(copy), UINT32_MAX),
			 -EINVAL);
	assert_int_equal(recorder.count, 0);

	last = (uint64_t)HV_GUEST_FRAMES * HV_PAGE_BYTES - sizeof(copy);
	assert_int_equal(hv_memory_write(&d1->memory, last, &copy, sizeof(copy)), 0);
	assert_int_equal(
	    hv_hypercall(d1, __HYPERVISOR_grant_table_op, (const uint64_t[HV_ARGS]){GNTTABOP_copy, last, INT32_MAX}),
	    -EFAULT);
	assert_int_equal(recorder.count, 1);
	machine_stop(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_allowed_calls_ask_each_hook_once),
	    cmocka_unit_test(test_denied_calls_change_nothing),
	    cmocka_unit_test(test_arguments_are_read_once),
	    cmocka_unit_test(test_bad_addresses_fault_before_anything),
	    cmocka_unit_test(test_results_need_a_place_before_anything_happens),
	    cmocka_unit_test(test_a_structure_may_cross_pages),
	    cmocka_unit_test(test_a_domain_is_made_whole_or_not_at_all),
	    cmocka_unit_test(test_unknown_numbers),
	    cmocka_unit_test(test_arrays),
	};

	return cmocka_run_group_tests_name("calls", tests, NULL, NULL);
}
