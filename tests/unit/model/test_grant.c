/* SPDX-License-Identifier: BSD-2-Clause */
#include "tests/unit/model/machine.h"

#include "hooks/model/boot.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#define WINDOW(n) ((HV_FRAME_WINDOW + (uint64_t)(n)) * HV_PAGE_BYTES)

/* d2 writes an entry in its own grant table. */
static void grant(grant_ref_t ref, domid_t domid, uint32_t frame, uint16_t flags)
{
	struct grant_entry_v1 entry = {.flags = flags, .domid = domid, .frame = frame};

	assert_int_equal(
	    hv_memory_write(&machine_domain(2)->memory, 0x1000 + ref * sizeof(entry), &entry, sizeof(entry)), 0);
}

static uint16_t entry_flags(grant_ref_t ref)
{
	struct grant_entry_v1 entry;

	assert_int_equal(
	    hv_memory_read(&machine_domain(2)->memory, 0x1000 + ref * sizeof(entry), &entry, sizeof(entry)), 0);
	return entry.flags;
}

static int16_t map_by(hv_domid_t mapper, domid_t dom, grant_ref_t ref, uint64_t addr, uint32_t flags,
		      grant_handle_t *handle)
{
	struct gnttab_map_grant_ref op = {.host_addr = addr, .flags = flags, .ref = ref, .dom = dom, .status = 77};
	struct domain *d = machine_domain(mapper);

	assert_int_equal(machine_call(d, __HYPERVISOR_grant_table_op, GNTTABOP_map_grant_ref, &op, sizeof(op), 1), 0);
	assert_int_equal(hv_memory_read(&d->memory, MACHINE_ARGS, &op, sizeof(op)), 0);
	if (handle)
		*handle = op.handle;
	return op.status;
}

/* By d1. */
static int16_t map(grant_ref_t ref, uint64_t addr, uint32_t flags, grant_handle_t *handle)
{
	return map_by(1, 2, ref, addr, flags, handle);
}

static int16_t unmap(grant_handle_t handle, uint64_t addr, uint64_t dev)
{
	struct gnttab_unmap_grant_ref op = {.host_addr = addr, .dev_bus_addr = dev, .handle = handle, .status = 77};
	struct domain *d = machine_domain(1);

	assert_int_equal(machine_call(d, __HYPERVISOR_grant_table_op, GNTTABOP_unmap_grant_ref, &op, sizeof(op), 1), 0);
	assert_int_equal(hv_memory_read(&d->memory, MACHINE_ARGS, &op, sizeof(op)), 0);
	return op.status;
}

static int16_t copy(struct gnttab_copy op)
{
	struct domain *d = machine_domain(1);

	op.status = 77;
	assert_int_equal(machine_call(d, __HYPERVISOR_grant_table_op, GNTTABOP_copy, &op, sizeof(op), 1), 0);
	assert_int_equal(hv_memory_read(&d->memory, MACHINE_ARGS, &op, sizeof(op)), 0);
	return op.status;
}

static void test_what_cannot_be_mapped(void **state)
{
	static const uint32_t rw = GNTMAP_host_map;
	static const uint32_t ro = GNTMAP_host_map | GNTMAP_readonly;
	uint64_t before;

	(void)state;
	grant(8, 1, 5, GTF_permit_access);
	grant(9, 1, 5, GTF_permit_access | GTF_readonly);
	grant(10, 0, 5, GTF_permit_access);
	grant(11, 1, 5, GTF_invalid);
	grant(12, 1, 5, 2); /* a transfer */
	grant(13, 1, HV_GUEST_FRAMES, GTF_permit_access);
	grant(14, 1, HV_FRAME_WINDOW, GTF_permit_access);
	before = machine_digest();
	assert_int_equal(map(9, WINDOW(0), rw, NULL), GNTST_general_error);
	assert_int_equal(map(10, WINDOW(0), ro, NULL), GNTST_general_error);
	assert_int_equal(map(11, WINDOW(0), ro, NULL), GNTST_general_error);
	assert_int_equal(map(12, WINDOW(0), ro, NULL), GNTST_general_error);
	assert_int_equal(map(13, WINDOW(0), ro, NULL), GNTST_bad_page);
	assert_int_equal(map(14, WINDOW(0), ro, NULL), GNTST_bad_page);
	assert_int_equal(map(HV_GRANTS, WINDOW(0), ro, NULL), GNTST_bad_gntref);
	assert_int_equal(map(UINT32_MAX, WINDOW(0), ro, NULL), GNTST_bad_gntref);
	assert_int_equal(map(8, WINDOW(0) + 1, rw, NULL), GNTST_bad_virt_addr);
	assert_int_equal(map(8, 0x5000, rw, NULL), GNTST_bad_virt_addr);
	assert_int_equal(map(8, UINT64_MAX & ~UINT64_C(0xfff), rw, NULL), GNTST_bad_virt_addr);
	assert_int_equal(map(8, WINDOW(0), 0, NULL), GNTST_bad_gntref);
	assert_int_equal(map(8, WINDOW(0), rw | GNTMAP_device_map, NULL), GNTST_general_error);
	assert_int_equal(map(8, WINDOW(0), rw | GNTMAP_contains_pte, NULL), GNTST_general_error);
	assert_int_equal(map_by(1, 7, 8, WINDOW(0), rw, NULL), GNTST_bad_domain);
	assert_int_equal(map_by(1, DOMID_XEN, 8, WINDOW(0), rw, NULL), GNTST_bad_domain);
	assert_int_equal(machine_digest(), before);
}

static void test_uses_are_counted(void **state)
{
	grant_handle_t reader, writer;

	(void)state;
	grant(8, 1, 5, GTF_permit_access);
	assert_int_equal(map(8, WINDOW(0), GNTMAP_host_map | GNTMAP_readonly, &reader), GNTST_okay);
	assert_int_equal(entry_flags(8), GTF_permit_access | GTF_reading);
	assert_int_equal(map(8, WINDOW(1), GNTMAP_host_map, &writer), GNTST_okay);
	assert_int_equal(entry_flags(8), GTF_permit_access | GTF_reading | GTF_writing);
	assert_int_not_equal(reader, writer);
	assert_int_equal(unmap(writer, WINDOW(1), 0), GNTST_okay);
	assert_int_equal(entry_flags(8), GTF_permit_access | GTF_reading);
	assert_int_equal(unmap(reader, WINDOW(0), 0), GNTST_okay);
	assert_int_equal(entry_flags(8), GTF_permit_access);
}

/* The granter rewrites its entry while it is in use: the frame stays, nobody else gets in. */
static void test_an_entry_in_use_stands(void **state)
{
	grant_handle_t first, second;
	char came[4];

	(void)state;
	assert_int_equal(hv_memory_write(&machine_domain(2)->memory, 0x5000, "abc", 4), 0);
	grant(8, 1, 5, GTF_permit_access);
	assert_int_equal(map(8, WINDOW(0), GNTMAP_host_map, &first), GNTST_okay);
	grant(8, 1, 6, GTF_permit_access);
	assert_int_equal(map(8, WINDOW(1), GNTMAP_host_map, &second), GNTST_okay);
	assert_int_equal(hv_memory_read(&machine_domain(1)->memory, WINDOW(1), came, 4), 0);
	assert_string_equal(came, "abc");
	grant(8, 0, 6, GTF_permit_access);
	assert_int_equal(map_by(0, 2, 8, WINDOW(0), GNTMAP_host_map, NULL), GNTST_general_error);
	assert_int_equal(unmap(first, WINDOW(0), 0), GNTST_okay);
	assert_int_equal(unmap(second, WINDOW(1), 0), GNTST_okay);
	assert_int_equal(map_by(0, 2, 8, WINDOW(0), GNTMAP_host_map, NULL), GNTST_okay);
}

static void test_what_cannot_be_unmapped(void **state)
{
	grant_handle_t handle;
	uint64_t before;

	(void)state;
	grant(8, 1, 5, GTF_permit_access);
	assert_int_equal(map(8, WINDOW(0), GNTMAP_host_map, &handle), GNTST_okay);
	before = machine_digest();
	assert_int_equal(unmap(handle + 1, WINDOW(0), 0), GNTST_bad_handle);
	assert_int_equal(unmap(HV_HANDLES, WINDOW(0), 0), GNTST_bad_handle);
	assert_int_equal(unmap(UINT32_MAX, WINDOW(0), 0), GNTST_bad_handle);
	assert_int_equal(unmap(handle, WINDOW(1), 0), GNTST_general_error);
	assert_int_equal(unmap(handle, WINDOW(0), 0x1000), GNTST_bad_dev_addr);
	assert_int_equal(unmap(handle, 0, 0), GNTST_okay); /* nothing was asked for */
	assert_int_equal(machine_digest(), before);
	assert_int_equal(unmap(handle, WINDOW(0), 0), GNTST_okay);
}

static void test_handles_run_out(void **state)
{
	grant_handle_t handle;
	uint32_t n;

	(void)state;
	grant(8, 1, 5, GTF_permit_access);
	for (n = 0; n < HV_HANDLES; n++)
		assert_int_equal(map(8, WINDOW(n), GNTMAP_host_map, &handle), GNTST_okay);
	assert_int_equal(map(8, WINDOW(0), GNTMAP_host_map, NULL), GNTST_no_space);
	assert_int_equal(unmap(handle, WINDOW(HV_HANDLES - 1), 0), GNTST_okay);
	assert_int_equal(map(8, WINDOW(0), GNTMAP_host_map, NULL), GNTST_bad_virt_addr);
	assert_int_equal(map(8, WINDOW(HV_HANDLES - 1), GNTMAP_host_map, NULL), GNTST_okay);
}

static void test_copies_stay_in_the_page(void **state)
{
	struct gnttab_copy base = {
	    .source = {.u.gmfn = 4, .domid = DOMID_SELF}, .dest = {.u.gmfn = 5, .domid = DOMID_SELF}, .len = 16};
	struct gnttab_copy op;
	uint64_t before = machine_digest();

	(void)state;
	op = base;
	op.source.offset = HV_PAGE_BYTES - 15;
	assert_int_equal(copy(op), GNTST_bad_copy_arg);
	op = base;
	op.dest.offset = 0xffff;
	op.len = 0xffff;
	assert_int_equal(copy(op), GNTST_bad_copy_arg);
	op = base;
	op.source.u.gmfn = HV_FRAME_WINDOW;
	assert_int_equal(copy(op), GNTST_bad_page);
	op.source.u.gmfn = UINT64_MAX;
	assert_int_equal(copy(op), GNTST_bad_page);
	op = base;
	op.dest.domid = 2;
	assert_int_equal(copy(op), GNTST_permission_denied);
	op = base;
	op.flags = GNTCOPY_source_gref;
	op.source.domid = 7;
	assert_int_equal(copy(op), GNTST_bad_domain);
	assert_int_equal(machine_digest(), before);

	op = base;
	op.source.offset = op.dest.offset = HV_PAGE_BYTES - 16;
	assert_int_equal(hv_memory_write(&machine_domain(1)->memory, 0x4ff0, "0123456789abcdef", 16), 0);
	assert_int_equal(copy(op), GNTST_okay);
	assert_int_not_equal(machine_digest(), before);
}

/* Two ends in one page may overlap. */
static void test_a_copy_may_overlap(void **state)
{
	char came[9];

	(void)state;
	assert_int_equal(hv_memory_write(&machine_domain(1)->memory, 0x4000, "abcdefgh", 9), 0);
	assert_int_equal(copy((struct gnttab_copy){.source = {.u.gmfn = 4, .domid = DOMID_SELF},
						   .dest = {.u.gmfn = 4, .domid = DOMID_SELF, .offset = 2},
						   .len = 6}),
			 GNTST_okay);
	assert_int_equal(hv_memory_read(&machine_domain(1)->memory, 0x4000, came, 9), 0);
	assert_string_equal(came, "ababcdef");
}

static void destroy(domid_t id)
{
	struct xen_domctl op = {
	    .cmd = XEN_DOMCTL_destroydomain, .interface_version = XEN_DOMCTL_INTERFACE_VERSION, .domain = id};

	assert_int_equal(machine_call(machine_domain(0), __HYPERVISOR_domctl, 0, &op, sizeof(op), 1), 0);
}

static void test_a_granter_that_dies(void **state)
{
	grant_handle_t handle;
	char came[4];

	(void)state;
	assert_int_equal(hv_memory_write(&machine_domain(2)->memory, 0x5000, "abc", 4), 0);
	grant(8, 1, 5, GTF_permit_access);
	assert_int_equal(map(8, WINDOW(0), GNTMAP_host_map, &handle), GNTST_okay);
	destroy(2);
	assert_true(machine_domain(2)->dying);
	assert_int_equal(hv_memory_read(&machine_domain(1)->memory, WINDOW(0), came, 4), 0);
	assert_string_equal(came, "abc");
	assert_int_equal(map(8, WINDOW(1), GNTMAP_host_map, NULL), GNTST_bad_gntref);
	assert_int_equal(unmap(handle, WINDOW(0), 0), GNTST_okay);
	assert_null(hv_domain_find(2));
}

static void test_a_mapper_that_dies(void **state)
{
	(void)state;
	grant(8, 1, 5, GTF_permit_access);
	assert_int_equal(map(8, WINDOW(0), GNTMAP_host_map, NULL), GNTST_okay);
	assert_int_equal(machine_domain(2)->pins, 2);
	destroy(1);
	assert_null(hv_domain_find(1));
	assert_int_equal(machine_domain(2)->pins, 1);
	assert_int_equal(entry_flags(8), GTF_permit_access);
}

/* Both map each other and one of them itself: the end of all is orderly (machine_stop() counts memory). */
static void test_knots_are_undone(void **state)
{
	struct grant_entry_v1 entry = {.flags = GTF_permit_access, .domid = 2, .frame = 6};

	(void)state;
	grant(8, 1, 5, GTF_permit_access);
	grant(9, 2, 5, GTF_permit_access);
	assert_int_equal(hv_memory_write(&machine_domain(1)->memory, 0x1000, &entry, sizeof(entry)), 0);
	assert_int_equal(map(8, WINDOW(0), GNTMAP_host_map, NULL), GNTST_okay);
	assert_int_equal(map_by(2, 1, 0, WINDOW(0), GNTMAP_host_map, NULL), GNTST_okay);
	assert_int_equal(map_by(2, DOMID_SELF, 9, WINDOW(1), GNTMAP_host_map, NULL), GNTST_okay);
	destroy(2);
	assert_true(machine_domain(2)->dying);
	destroy(1);
	assert_null(hv_domain_find(1));
	assert_null(hv_domain_find(2));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(test_what_cannot_be_mapped, machine_start, machine_stop),
	    cmocka_unit_test_setup_teardown(test_uses_are_counted, machine_start, machine_stop),
	    cmocka_unit_test_setup_teardown(test_an_entry_in_use_stands, machine_start, machine_stop),
	    cmocka_unit_test_setup_teardown(test_what_cannot_be_unmapped, machine_start, machine_stop),
	    cmocka_unit_test_setup_teardown(test_handles_run_out, machine_start, machine_stop),
	    cmocka_unit_test_setup_teardown(test_copies_stay_in_the_page, machine_start, machine_stop),
	    cmocka_unit_test_setup_teardown(test_a_copy_may_overlap, machine_start, machine_stop),
	    cmocka_unit_test_setup_teardown(test_a_granter_that_dies, machine_start, machine_stop),
	    cmocka_unit_test_setup_teardown(test_a_mapper_that_dies, machine_start, machine_stop),
	    cmocka_unit_test_setup_teardown(test_knots_are_undone, machine_start, machine_stop),
	};

	return cmocka_run_group_tests_name("grant", tests, NULL, NULL);
}
