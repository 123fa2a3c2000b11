/* SPDX-License-Identifier: BSD-2-Clause */
/* hooks/abi declares what Xen's public headers declare: every number, size and offset. */
#include "tests/unit/model/abi.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

/* Of 4.17's headers, written down by hand: that the two lists agree is not enough if both are wrong. */
static void test_sizes_of_the_calls(void **state)
{
	static const struct {
		const char *name;
		int64_t bytes;
	} known[] = {
	    {"xen_domctl", 144},
	    {"xen_domctl_getdomaininfo", 112},
	    {"xen_flask_op", 40},
	    {"gnttab_map_grant_ref", 32},
	    {"gnttab_unmap_grant_ref", 24},
	    {"gnttab_copy", 40},
	    {"evtchn_status", 24},
	    {"grant_entry_v1", 8},
	};
	size_t i, j, found = 0;

	(void)state;
	for (i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		for (j = 0; j < abi_ours_count; j++)
			if (abi_ours[j].kind == ABI_SIZE && !strcmp(abi_ours[j].name, known[i].name)) {
				assert_int_equal(abi_ours[j].value, known[i].bytes);
				found++;
			}
	assert_int_equal(found, sizeof(known) / sizeof(known[0]));
}

static void test_every_fact_is_xens(void **state)
{
	size_t differ = 0;
	size_t i;

	(void)state;
	assert_int_equal(abi_ours_count, abi_xens_count);
	for (i = 0; i < abi_ours_count; i++) {
		assert_string_equal(abi_ours[i].name, abi_xens[i].name);
		assert_string_equal(abi_ours[i].member, abi_xens[i].member);
		if (abi_ours[i].value == abi_xens[i].value && abi_ours[i].size == abi_xens[i].size)
			continue;
		differ++;
		print_error("%s %s: ours %lld (%zu bytes), Xen's %lld (%zu bytes)\n", abi_ours[i].name,
			    abi_ours[i].member, (long long)abi_ours[i].value, abi_ours[i].size,
			    (long long)abi_xens[i].value, abi_xens[i].size);
	}
	assert_int_equal(differ, 0);
	assert_true(abi_ours_count > 250);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_sizes_of_the_calls),
	    cmocka_unit_test(test_every_fact_is_xens),
	};

	return cmocka_run_group_tests_name("abi", tests, NULL, NULL);
}
