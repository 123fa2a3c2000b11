/* SPDX-License-Identifier: BSD-2-Clause */
/* Sets: members at the edges of words, gaps between words, the empty set. */
#include "flask/base/bitmap.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

/* {0, 63}, a gap, {128, 190}, a long gap, the last word that fits. */
static const struct bitmap_word words[] = {
    {0, 0x8000000000000001ull},
    {128, 0x4000000000000001ull},
    {0xffffff80u, 0x8000000000000000ull},
};
static const uint32_t members[] = {0, 63, 128, 190, 0xffffffbfu};
static const struct bitmap sparse = {3, words};
static const struct bitmap empty = {0, NULL};

static void members_and_only_members_are_in_the_set(void **state)
{
	static const uint32_t others[] = {1,   62,  64,	 65,	      127,	   129,		189,
					  191, 192, 256, 0xffffff80u, 0xffffffbeu, 0xffffffc0u, 0xffffffffu};
	size_t i;

	(void)state;
	for (i = 0; i < PORT_ARRAY_SIZE(members); i++)
		assert_true(bitmap_has(&sparse, members[i]));
	for (i = 0; i < PORT_ARRAY_SIZE(others); i++)
		assert_false(bitmap_has(&sparse, others[i]));
	assert_false(bitmap_has(&empty, 0));
	assert_false(bitmap_has(&empty, 0xffffffffu));
}

static void a_walk_meets_every_member_once(void **state)
{
	uint32_t bit, met = 0;

	(void)state;
	for (bit = 0; bitmap_next(&sparse, &bit); bit++)
		assert_int_equal(bit, members[met++]);
	assert_int_equal(met, 5);
	bit = 0;
	assert_false(bitmap_next(&empty, &bit));
}

static void a_walk_may_start_anywhere(void **state)
{
	static const struct {
		uint32_t from;
		bool found;
		uint32_t next;
	} rows[] = {
	    {0, true, 0},
	    {1, true, 63},
	    {63, true, 63},
	    {64, true, 128},
	    {191, true, 0xffffffbfu},
	    {0xffffff80u, true, 0xffffffbfu},
	    {0xffffffc0u, false, 0},
	    {0xffffffffu, false, 0},
	};
	size_t i;

	(void)state;
	for (i = 0; i < PORT_ARRAY_SIZE(rows); i++) {
		uint32_t bit = rows[i].from;

		assert_int_equal(bitmap_next(&sparse, &bit), rows[i].found);
		if (rows[i].found)
			assert_int_equal(bit, rows[i].next);
	}
}

static void count_and_emptiness(void **state)
{
	(void)state;
	assert_int_equal(bitmap_count(&sparse), 5);
	assert_int_equal(bitmap_count(&empty), 0);
	assert_true(bitmap_is_empty(&empty));
	assert_false(bitmap_is_empty(&sparse));
}

static const struct bitmap_word bit0[] = {{0, 1}}, bits01[] = {{0, 3}}, bit64[] = {{64, 1}},
				bits0_64[] = {{0, 1}, {64, 1}}, bits01_64[] = {{0, 3}, {64, 1}};

#define SET(array)                            \
	{                                     \
		PORT_ARRAY_SIZE(array), array \
	}

static void equal_and_contains(void **state)
{
	static const struct {
		struct bitmap a, b;
		bool equal, a_contains_b;
	} rows[] = {
	    {{0, NULL}, {0, NULL}, true, true},		  {SET(bit0), {0, NULL}, false, true},
	    {{0, NULL}, SET(bit0), false, false},	  {SET(bit0), SET(bit0), true, true},
	    {SET(bits01), SET(bit0), false, true},	  {SET(bit0), SET(bits01), false, false},
	    {SET(bit0), SET(bit64), false, false},	  {SET(bit64), SET(bit0), false, false},
	    {SET(bits0_64), SET(bit64), false, true},	  {SET(bits0_64), SET(bits01), false, false},
	    {SET(bits01_64), SET(bits0_64), false, true}, {SET(bits0_64), SET(bits01_64), false, false},
	};
	size_t i;

	(void)state;
	for (i = 0; i < PORT_ARRAY_SIZE(rows); i++) {
		assert_int_equal(bitmap_equal(&rows[i].a, &rows[i].b), rows[i].equal);
		assert_int_equal(bitmap_equal(&rows[i].b, &rows[i].a), rows[i].equal);
		assert_int_equal(bitmap_contains(&rows[i].a, &rows[i].b), rows[i].a_contains_b);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(members_and_only_members_are_in_the_set),
	    cmocka_unit_test(a_walk_meets_every_member_once),
	    cmocka_unit_test(a_walk_may_start_anywhere),
	    cmocka_unit_test(count_and_emptiness),
	    cmocka_unit_test(equal_and_contains),
	};

	return cmocka_run_group_tests_name("base/bitmap", tests, NULL, NULL);
}
