/* SPDX-License-Identifier: BSD-2-Clause */
/* Both sorts: ordered, stable, for every small size and for patterns that break quicksorts. */
#include "flask/base/sort.h"
#include "hooks/model/port_posix.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <cmocka.h>

#define MOST 1500u

struct item {
	uint32_t key, place;
	char pad[3]; /* an odd size */
};

static int item_compare(const void *a, const void *b)
{
	uint32_t x = ((const struct item *)a)->key, y = ((const struct item *)b)->key;

	return x < y ? -1 : x > y;
}

static uint32_t pattern(unsigned int kind, uint32_t i)
{
	switch (kind) {
	case 0:
		return i;
	case 1:
		return MOST - i;
	case 2:
		return 7;
	case 3:
		return i % 2;
	default:
		return i * 2654435761u;
	}
}

static void items_are_ordered_and_equal_ones_keep_their_order(void **state)
{
	static struct item items[MOST];
	uint32_t i, count;
	unsigned int kind;

	(void)state;
	for (kind = 0; kind < 5; kind++) {
		for (count = 0; count <= MOST; count += count < 40 ? 1 : 365) {
			for (i = 0; i < count; i++)
				items[i] = (struct item){pattern(kind, i) % 97, i, ""};
			assert_int_equal(sort_items(items, count, sizeof(*items), item_compare), 0);
			for (i = 1; i < count; i++) {
				assert_true(items[i - 1].key <= items[i].key);
				if (items[i - 1].key == items[i].key)
					assert_true(items[i - 1].place < items[i].place);
			}
		}
	}
}

/* Sixteen keys that differ in every byte, and in none. */
static uint64_t wide_key(unsigned int kind, uint32_t i)
{
	return (uint64_t)pattern(kind, i) * 0x9e3779b97f4a7c15ull;
}

static void keys_are_ordered_and_equal_ones_keep_their_order(void **state)
{
	static struct sort_key keys[MOST];
	uint32_t i, count;
	unsigned int kind;

	(void)state;
	for (kind = 0; kind < 5; kind++) {
		for (count = 0; count <= MOST; count += count < 40 ? 1 : 365) {
			for (i = 0; i < count; i++)
				keys[i] = (struct sort_key){wide_key(kind, i % 97), i};
			assert_int_equal(sort_keys(keys, count), 0);
			for (i = 1; i < count; i++) {
				assert_true(keys[i - 1].key <= keys[i].key);
				if (keys[i - 1].key == keys[i].key)
					assert_true(keys[i - 1].item < keys[i].item);
			}
		}
	}
}

static void every_byte_of_a_key_counts(void **state)
{
	struct sort_key keys[9];
	unsigned int byte;

	(void)state;
	for (byte = 0; byte < 8; byte++)
		keys[byte] = (struct sort_key){(uint64_t)1 << (7 - byte) * 8, byte};
	keys[8] = (struct sort_key){0, 8};
	assert_int_equal(sort_keys(keys, 9), 0);
	assert_int_equal(keys[0].item, 8);
	for (byte = 0; byte < 8; byte++)
		assert_int_equal(keys[byte + 1].item, 7 - byte);
}

static void nothing_is_lost(void **state)
{
	static bool seen[MOST];
	static struct sort_key keys[MOST];
	uint32_t i;

	(void)state;
	for (i = 0; i < MOST; i++)
		keys[i] = (struct sort_key){wide_key(4, i) % 1000, i};
	assert_int_equal(sort_keys(keys, MOST), 0);
	for (i = 0; i < MOST; i++) {
		assert_false(seen[keys[i].item]);
		seen[keys[i].item] = true;
		assert_true(keys[i].key == wide_key(4, keys[i].item) % 1000);
	}
}

static void without_memory_nothing_moves_and_nothing_leaks(void **state)
{
	struct item items[3] = {{3, 0, ""}, {1, 1, ""}, {2, 2, ""}};
	struct sort_key keys[3] = {{3, 0}, {1, 1}, {2, 2}};
	uint64_t live = port_posix_live_allocs();

	(void)state;
	port_posix_fail_alloc(1);
	assert_int_equal(sort_items(items, 3, sizeof(*items), item_compare), -ENOMEM);
	port_posix_fail_alloc(1);
	assert_int_equal(sort_keys(keys, 3), -ENOMEM);
	assert_int_equal(items[0].key, 3);
	assert_int_equal(items[1].key, 1);
	assert_true(keys[0].key == 3 && keys[1].key == 1);
	assert_int_equal(sort_items(items, 3, sizeof(*items), item_compare), 0);
	assert_int_equal(sort_keys(keys, 3), 0);
	assert_int_equal(items[0].key, 1);
	assert_true(keys[0].key == 1);
	assert_int_equal(port_posix_live_allocs(), live);
}

static void a_size_that_overflows_is_no_memory(void **state)
{
	struct sort_key key = {0, 0};

	(void)state;
	assert_int_equal(sort_items(&key, SIZE_MAX / 2, sizeof(key), item_compare), -ENOMEM);
	assert_int_equal(sort_keys(&key, SIZE_MAX / 2), -ENOMEM);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(items_are_ordered_and_equal_ones_keep_their_order),
	    cmocka_unit_test(keys_are_ordered_and_equal_ones_keep_their_order),
	    cmocka_unit_test(every_byte_of_a_key_counts),
	    cmocka_unit_test(nothing_is_lost),
	    cmocka_unit_test(without_memory_nothing_moves_and_nothing_leaks),
	    cmocka_unit_test(a_size_that_overflows_is_no_memory),
	};

	return cmocka_run_group_tests_name("base/sort", tests, NULL, NULL);
}
