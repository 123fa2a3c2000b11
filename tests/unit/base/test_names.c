/* SPDX-License-Identifier: BSD-2-Clause */
/* Names: found whole and exact, repeats refused, equal hashes told apart. */
#include "flask/base/names.h"
#include "hooks/model/port_posix.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <cmocka.h>

#define MANY 5000

static void fill(struct names *names, struct name_entry *entries, const char *const *texts, uint32_t count)
{
	names->count = count;
	names->entries = entries;
	while (count--)
		names_entry(&entries[count], texts[count], (uint32_t)strlen(texts[count]), count + 1);
}

static void a_name_is_found_whole_and_exact(void **state)
{
	static const char *const texts[] = {"domU_t", "dom0_t", "dom0", "xen_t", "d"};
	struct name_entry entries[5];
	struct names names;
	const char *twice;

	(void)state;
	fill(&names, entries, texts, 5);
	assert_int_equal(names_index(&names, &twice), 0);
	assert_int_equal(names_find(&names, "domU_t", 6), 1);
	assert_int_equal(names_find(&names, "dom0_t", 6), 2);
	assert_int_equal(names_find(&names, "dom0", 4), 3);
	assert_int_equal(names_find(&names, "xen_t", 5), 4);
	assert_int_equal(names_find(&names, "d", 1), 5);
	assert_int_equal(names_find(&names, "dom0_tx", 6), 2);
	assert_int_equal(names_find(&names, "DOM0_T", 6), 0);
	assert_int_equal(names_find(&names, "dom", 3), 0);
	assert_int_equal(names_find(&names, "dom0_t", 7), 0); /* the NUL is no part of it */
	assert_int_equal(names_find(&names, "", 0), 0);
}

static void an_empty_table_has_no_name(void **state)
{
	struct names names = {0};
	const char *twice;

	(void)state;
	assert_int_equal(names_index(&names, &twice), 0);
	assert_int_equal(names_find(&names, "x", 1), 0);
}

static void of_two_equal_names_the_later_is_told(void **state)
{
	static const char first[] = "same", second[] = "same";
	struct name_entry entries[3];
	struct names names = {3, entries};
	const char *twice = NULL;

	(void)state;
	names_entry(&entries[0], first, 4, 1);
	names_entry(&entries[1], "other", 5, 2);
	names_entry(&entries[2], second, 4, 3);
	assert_int_equal(names_index(&names, &twice), -EEXIST);
	assert_ptr_equal(twice, second);
}

static void equal_hashes_are_told_apart(void **state)
{
	static const char *const texts[] = {"b", "aa", "a", "ab"};
	struct name_entry entries[4];
	struct names names;
	const char *twice;
	uint32_t i;

	(void)state;
	fill(&names, entries, texts, 4);
	for (i = 1; i < 4; i++)
		entries[i].hash = entries[0].hash; /* as if all four met "b" */
	assert_int_equal(names_index(&names, &twice), 0);
	assert_int_equal(names_find(&names, "b", 1), 1);
	assert_string_equal(entries[0].name, "a");
	assert_string_equal(entries[1].name, "b");
	assert_string_equal(entries[2].name, "aa");
	assert_string_equal(entries[3].name, "ab");
}

static void many_alike_names_are_all_found(void **state)
{
	static struct name_entry entries[MANY];
	static char texts[MANY][16];
	struct names names = {MANY, entries};
	const char *twice;
	uint32_t i;

	(void)state;
	for (i = 0; i < MANY; i++) {
		snprintf(texts[i], sizeof(texts[i]), "guest_%u_t", (unsigned int)i);
		names_entry(&entries[i], texts[i], (uint32_t)strlen(texts[i]), i + 1);
	}
	assert_int_equal(names_index(&names, &twice), 0);
	for (i = 0; i < MANY; i++)
		assert_int_equal(names_find(&names, texts[i], strlen(texts[i])), i + 1);
}

static void without_memory_the_table_stays_as_it_was(void **state)
{
	static const char *const texts[] = {"b", "a"};
	struct name_entry entries[2];
	struct names names;
	const char *twice;

	(void)state;
	fill(&names, entries, texts, 2);
	port_posix_fail_alloc(1);
	assert_int_equal(names_index(&names, &twice), -ENOMEM);
	assert_string_equal(entries[0].name, "b");
	assert_string_equal(entries[1].name, "a");
	assert_int_equal(names_index(&names, &twice), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_name_is_found_whole_and_exact),
	    cmocka_unit_test(an_empty_table_has_no_name),
	    cmocka_unit_test(of_two_equal_names_the_later_is_told),
	    cmocka_unit_test(equal_hashes_are_told_apart),
	    cmocka_unit_test(many_alike_names_are_all_found),
	    cmocka_unit_test(without_memory_the_table_stays_as_it_was),
	};

	return cmocka_run_group_tests_name("base/names", tests, NULL, NULL);
}
