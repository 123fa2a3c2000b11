/* SPDX-License-Identifier: BSD-2-Clause */
#include "hooks/model/memory.h"
#include "hooks/model/port_posix.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#define FRAMES 60u
#define END    ((uint64_t)FRAMES * HV_PAGE_BYTES)
#define WINDOW ((uint64_t)HV_FRAME_WINDOW * HV_PAGE_BYTES)

static int setup(void **state)
{
	static struct hv_memory memory;

	*state = &memory;
	return hv_memory_init(&memory, FRAMES);
}

static int teardown(void **state)
{
	hv_memory_fini(*state);
	assert_int_equal(port_posix_live_allocs(), 0);
	return 0;
}

static void test_bytes_come_back(void **state)
{
	struct hv_memory *m = *state;
	uint8_t wrote[3 * HV_PAGE_BYTES], came[sizeof(wrote)];
	size_t i;

	for (i = 0; i < sizeof(wrote); i++)
		wrote[i] = (uint8_t)(i * 7 + i / HV_PAGE_BYTES);
	assert_int_equal(hv_memory_write(m, 0x2ff0, wrote, sizeof(wrote)), 0);
	assert_int_equal(hv_memory_read(m, 0x2ff0, came, sizeof(came)), 0);
	assert_memory_equal(wrote, came, sizeof(wrote));
	assert_int_equal(m->owned, FRAMES - HV_FRAME_WINDOW_COUNT);
}

static void test_what_is_not_there_faults_whole(void **state)
{
	static const struct {
		uint64_t addr;
		size_t bytes;
	} bad[] = {
	    {END, 1},
	    {END - 1, 2},
	    {WINDOW, 1},
	    {WINDOW - 1, 2},
	    {WINDOW + HV_FRAME_WINDOW_COUNT * HV_PAGE_BYTES - 1, 2},
	    {UINT64_MAX, 1},
	    {UINT64_MAX, 2},
	    {UINT64_MAX - 7, 8},
	    {UINT64_MAX - 7, 9},
	    {0, SIZE_MAX},
	    {END - 1, SIZE_MAX},
	};
	struct hv_memory *m = *state;
	static const uint8_t noise[16] = {1, 2, 3, 4, 5, 6, 7, 8};
	uint8_t byte = 0x5a;
	size_t i;

	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		assert_int_equal(hv_memory_read(m, bad[i].addr, &byte, bad[i].bytes), -EFAULT);
		assert_int_equal(hv_memory_write(m, bad[i].addr, noise, bad[i].bytes), -EFAULT);
		assert_false(hv_memory_is_writable(m, bad[i].addr, bad[i].bytes));
	}
	assert_int_equal(byte, 0x5a);
	assert_int_equal(hv_memory_read(m, END - 1, &byte, 1), 0);
	assert_int_equal(byte, 0);
	assert_int_equal(hv_memory_read(m, UINT64_MAX, &byte, 0), 0);
}

static void test_a_mapped_page_is_the_page(void **state)
{
	struct hv_memory *m = *state;
	struct hv_page *page = hv_memory_own_page(m, 5);
	char came[4];

	assert_int_equal(hv_memory_map(m, WINDOW, page, true), 0);
	assert_true(hv_memory_maps(m, WINDOW, page));
	assert_int_equal(page->refs, 2);
	assert_int_equal(hv_memory_write(m, WINDOW + 8, "abc", 4), 0);
	assert_int_equal(hv_memory_read(m, 0x5008, came, 4), 0);
	assert_string_equal(came, "abc");

	/* What is mapped is not the domain's own, and its place is taken. */
	assert_null(hv_memory_own_page(m, HV_FRAME_WINDOW));
	assert_false(hv_memory_can_map(m, WINDOW));
	assert_int_equal(hv_memory_map(m, WINDOW, page, true), -EINVAL);

	hv_memory_unmap(m, WINDOW, page);
	assert_int_equal(page->refs, 1);
	assert_false(hv_memory_maps(m, WINDOW, page));
	assert_int_equal(hv_memory_read(m, WINDOW, came, 1), -EFAULT);
}

static void test_readonly_is_only_read(void **state)
{
	struct hv_memory *m = *state;
	struct hv_page *page = hv_memory_own_page(m, 5);
	char came[2];

	assert_int_equal(hv_memory_map(m, WINDOW, page, false), 0);
	assert_int_equal(hv_memory_read(m, WINDOW, came, 2), 0);
	assert_int_equal(hv_memory_write(m, WINDOW, "x", 1), -EFAULT);
	assert_int_equal(hv_memory_write(m, 0x5000, "x", 1), 0);
}

static void test_only_the_window_takes_mappings(void **state)
{
	static const uint64_t bad[] = {
	    0,	 0x5000,     WINDOW - HV_PAGE_BYTES, WINDOW + 1, WINDOW + HV_FRAME_WINDOW_COUNT * HV_PAGE_BYTES,
	    END, UINT64_MAX,
	};
	struct hv_memory *m = *state;
	struct hv_page *page = hv_memory_own_page(m, 5);
	size_t i;

	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_int_equal(hv_memory_map(m, bad[i], page, true), -EINVAL);
	assert_int_equal(page->refs, 1);
	assert_null(hv_memory_own_page(m, FRAMES));
	assert_null(hv_memory_own_page(m, UINT64_MAX));
}

static void test_a_page_outlives_its_owner(void **state)
{
	struct hv_memory other;
	struct hv_page *page;
	char came[4];

	assert_int_equal(hv_memory_init(&other, FRAMES), 0);
	page = hv_memory_own_page(&other, 5);
	assert_int_equal(hv_memory_write(&other, 0x5000, "abc", 4), 0);
	assert_int_equal(hv_memory_map(*state, WINDOW, page, true), 0);
	hv_memory_fini(&other);
	assert_int_equal(hv_memory_read(*state, WINDOW, came, 4), 0);
	assert_string_equal(came, "abc");
}

static void test_no_memory_leaves_nothing(void **state)
{
	uint64_t before = port_posix_live_allocs();
	struct hv_memory other;
	uint64_t nth;
	int rc;

	(void)state;
	for (nth = 1, rc = -ENOMEM; rc; nth++) {
		port_posix_fail_alloc(nth);
		rc = hv_memory_init(&other, FRAMES);
		if (rc)
			assert_int_equal(port_posix_live_allocs(), before);
	}
	port_posix_fail_alloc(0);
	/* The table and each page were refused once. */
	assert_int_equal(nth - 2, 1 + FRAMES - HV_FRAME_WINDOW_COUNT);
	hv_memory_fini(&other);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(test_bytes_come_back, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_what_is_not_there_faults_whole, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_a_mapped_page_is_the_page, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_readonly_is_only_read, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_only_the_window_takes_mappings, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_a_page_outlives_its_owner, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_no_memory_leaves_nothing, setup, teardown),
	};

	return cmocka_run_group_tests_name("memory", tests, NULL, NULL);
}
