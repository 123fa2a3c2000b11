/* SPDX-License-Identifier: BSD-2-Clause */
/* The SID table: numbers, search, holes, lost labels, taking back, limits, memory. */
#include "tests/unit/ss/world.h"

#include <stdlib.h>

static struct policy_context context(uint32_t user, uint32_t role, uint32_t type)
{
	struct policy_context made = {.user = user, .role = role, .type = type};

	return made;
}

static flask_sid_t append(struct sidtab *table, uint32_t type)
{
	struct policy_context made = context(1, 2, type);

	assert_int_equal(sidtab_reserve(table, 1), 0);
	return sidtab_append(table, &made);
}

static flask_sid_t find(const struct sidtab *table, uint32_t type)
{
	struct policy_context wanted = context(1, 2, type);

	return sidtab_find_context(table, &wanted);
}

static char *owned(const char *text)
{
	char *copy = port_alloc(strlen(text) + 1);

	assert_non_null(copy);
	memcpy(copy, text, strlen(text));
	return copy;
}

static void an_empty_table_knows_nothing(void **test)
{
	struct sidtab *table = sidtab_create();

	(void)test;
	assert_int_equal(sidtab_count(table), 0);
	assert_null(sidtab_find(table, 0));
	assert_null(sidtab_find(table, 1));
	assert_null(sidtab_find(table, UINT32_MAX));
	assert_int_equal(find(table, 1), 0);
	assert_int_equal(sidtab_room(table), -ENOMEM);
	sidtab_destroy(table);
	sidtab_destroy(NULL);
}

static void numbers_rise_and_lead_to_contexts_and_back(void **test)
{
	struct sidtab *table = sidtab_create();
	const struct sid_entry *entry;
	uint32_t i;

	(void)test;
	for (i = 1; i <= 3000; i++)
		assert_int_equal(append(table, i), i);
	for (i = 1; i <= 3000; i++) {
		entry = sidtab_find(table, i);
		assert_non_null(entry);
		assert_int_equal(entry->state, SID_LIVE);
		assert_int_equal(entry->context.type, i);
		assert_int_equal(find(table, i), i);
	}
	assert_null(sidtab_find(table, 3001));
	assert_int_equal(find(table, 3001), 0);
	sidtab_destroy(table);
}

static void every_part_of_a_context_counts(void **test)
{
	struct policy_context all[] = {context(1, 2, 3), context(3, 2, 1), context(2, 1, 3), context(1, 2, 2)};
	struct policy_context absent = context(2, 2, 3);
	struct sidtab *table = sidtab_create();
	uint32_t i;

	(void)test;
	assert_int_equal(sidtab_reserve(table, 4), 0);
	for (i = 0; i < 4; i++)
		sidtab_append(table, &all[i]);
	for (i = 0; i < 4; i++)
		assert_int_equal(sidtab_find_context(table, &all[i]), i + 1);
	assert_int_equal(sidtab_find_context(table, &absent), 0);
	sidtab_destroy(table);
}

static void the_lowest_of_equal_contexts_is_found(void **test)
{
	struct sidtab *table = sidtab_create();

	(void)test;
	append(table, 7);
	append(table, 9);
	append(table, 7);
	append(table, 9);
	assert_int_equal(find(table, 7), 1);
	assert_int_equal(find(table, 9), 2);
	sidtab_destroy(table);
}

static void holes_and_lost_labels_have_numbers_but_no_context(void **test)
{
	struct sidtab *table = sidtab_create();
	struct policy_context zero = context(0, 0, 0);
	const struct sid_entry *entry;

	(void)test;
	append(table, 1);
	assert_int_equal(sidtab_reserve(table, 2), 0);
	sidtab_append_hole(table);
	assert_int_equal(sidtab_append_lost(table, owned("u:r:gone_t")), 3);
	assert_int_equal(append(table, 2), 4);

	assert_null(sidtab_find(table, 2));
	entry = sidtab_find(table, 3);
	assert_int_equal(entry->state, SID_LOST);
	assert_string_equal(entry->lost_text, "u:r:gone_t");
	assert_int_equal(sidtab_find_context(table, &zero), 0);
	assert_int_equal(find(table, 2), 4);
	sidtab_destroy(table);
}

static void taking_back_leaves_the_rest_as_it_was(void **test)
{
	uint64_t before = port_posix_live_allocs();
	struct sidtab *table = sidtab_create();
	uint32_t i;

	(void)test;
	for (i = 1; i <= 2000; i++)
		append(table, i % 1500 + 1);
	assert_int_equal(sidtab_reserve(table, 2), 0);
	sidtab_append_lost(table, owned("u:r:gone_t"));
	sidtab_append_hole(table);
	sidtab_truncate(table, 700);

	assert_int_equal(sidtab_count(table), 700);
	assert_null(sidtab_find(table, 701));
	for (i = 1; i <= 700; i++) {
		assert_int_equal(find(table, i % 1500 + 1), i);
		assert_in_range(sidtab_find(table, i)->next, 0, 700);
	}
	for (i = 701; i < 1500; i++)
		assert_int_equal(find(table, i + 1), 0);
	for (i = 701; i <= 2000; i++)
		assert_int_equal(append(table, i + 5000), i);
	for (i = 701; i <= 2000; i++)
		assert_int_equal(find(table, i + 5000), i);
	sidtab_destroy(table);
	assert_int_equal(port_posix_live_allocs(), before);
}

static void room_is_brought_or_reserved(void **test)
{
	struct sidtab *table = sidtab_create();
	struct policy_context made = context(1, 1, 1);
	struct sid_entry *room;
	uint32_t i;

	(void)test;
	assert_int_equal(sidtab_room(table), -ENOMEM);
	room = sidtab_room_create();
	assert_non_null(room);
	sidtab_add_room(table, room);
	for (i = 1; i <= SIDTAB_CHUNK; i++) {
		assert_int_equal(sidtab_room(table), 0);
		assert_int_equal(sidtab_append(table, &made), i);
	}
	assert_int_equal(sidtab_room(table), -ENOMEM);
	assert_int_equal(sidtab_reserve(table, 3 * SIDTAB_CHUNK), 0);
	for (i = 0; i < 3 * SIDTAB_CHUNK; i++) {
		assert_int_equal(sidtab_room(table), 0);
		sidtab_append(table, &made);
	}
	assert_int_equal(sidtab_room(table), -ENOMEM);
	sidtab_destroy(table);
}

static void the_table_ends_at_its_limit(void **test)
{
	struct sidtab *table = sidtab_create();
	uint32_t i;

	(void)test;
	assert_int_equal(sidtab_reserve(table, SIDTAB_MAX + 1), -ENOSPC);
	assert_int_equal(sidtab_reserve(table, UINT32_MAX), -ENOSPC);
	for (i = 1; i <= SIDTAB_MAX; i++)
		assert_int_equal(append(table, i), i);
	assert_int_equal(sidtab_room(table), -ENOSPC);
	assert_int_equal(sidtab_reserve(table, 1), -ENOSPC);
	assert_int_equal(sidtab_reserve(table, 0), 0);
	assert_int_equal(find(table, SIDTAB_MAX), SIDTAB_MAX);
	assert_int_equal(sidtab_find(table, SIDTAB_MAX)->context.type, SIDTAB_MAX);
	assert_null(sidtab_find(table, SIDTAB_MAX + 1));
	sidtab_destroy(table);
}

static void without_memory_nothing_is_reserved_or_lost(void **test)
{
	uint64_t before = port_posix_live_allocs();
	struct sidtab *table;
	uint32_t n;

	(void)test;
	port_posix_fail_alloc(1);
	assert_null(sidtab_create());
	table = sidtab_create();
	for (n = 1; n <= 4; n++) {
		port_posix_fail_alloc(1);
		assert_int_equal(sidtab_reserve(table, n * SIDTAB_CHUNK), -ENOMEM);
		assert_int_equal(sidtab_reserve(table, n * SIDTAB_CHUNK), 0);
		assert_int_equal(sidtab_count(table), 0);
	}
	assert_int_equal(append(table, 5), 1);
	sidtab_destroy(table);
	assert_int_equal(port_posix_live_allocs(), before);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(an_empty_table_knows_nothing),
	    cmocka_unit_test(numbers_rise_and_lead_to_contexts_and_back),
	    cmocka_unit_test(every_part_of_a_context_counts),
	    cmocka_unit_test(the_lowest_of_equal_contexts_is_found),
	    cmocka_unit_test(holes_and_lost_labels_have_numbers_but_no_context),
	    cmocka_unit_test(taking_back_leaves_the_rest_as_it_was),
	    cmocka_unit_test(room_is_brought_or_reserved),
	    cmocka_unit_test(the_table_ends_at_its_limit),
	    cmocka_unit_test(without_memory_nothing_is_reserved_or_lost),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
