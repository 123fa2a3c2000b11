/* SPDX-License-Identifier: BSD-2-Clause */
/* The arena: zeroed, aligned, never two objects in one place, nothing left behind. */
#include "flask/base/arena.h"
#include "hooks/model/port_posix.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

#define OBJECTS 2000

static bool is_zero(const uint8_t *bytes, size_t size)
{
	while (size--)
		if (bytes[size])
			return false;
	return true;
}

/* Sizes that fit a chunk, need a new one, and need one of their own. */
static size_t size_of_object(unsigned int i)
{
	if (i % 100 == 99)
		return 300000;
	return i % 50 == 49 ? 9000 : 1 + i % 61;
}

static void objects_are_zeroed_aligned_and_apart(void **state)
{
	static uint8_t *objects[OBJECTS];
	struct arena arena = {0};
	unsigned int i;

	(void)state;
	for (i = 0; i < OBJECTS; i++) {
		objects[i] = arena_alloc(&arena, 1, size_of_object(i));
		assert_non_null(objects[i]);
		assert_int_equal((uintptr_t)objects[i] % 8, 0);
		assert_true(is_zero(objects[i], size_of_object(i)));
		memset(objects[i], (int)(i % 251 + 1), size_of_object(i));
	}
	for (i = 0; i < OBJECTS; i++) {
		assert_int_equal(objects[i][0], i % 251 + 1);
		assert_int_equal(objects[i][size_of_object(i) - 1], i % 251 + 1);
	}
	arena_fini(&arena);
}

static void fini_gives_everything_back_and_the_arena_is_usable(void **state)
{
	uint64_t live = port_posix_live_allocs();
	struct arena arena;

	(void)state;
	arena_init(&arena);
	assert_non_null(arena_alloc(&arena, 100, 1000));
	assert_non_null(arena_alloc(&arena, 1, 8));
	assert_true(port_posix_live_allocs() > live);
	assert_int_equal(arena.used, 100008);
	arena_fini(&arena);
	assert_int_equal(port_posix_live_allocs(), live);
	assert_int_equal(arena.used, 0);
	assert_int_equal(arena.reserved, 0);
	assert_non_null(arena_alloc(&arena, 1, 8));
	arena_fini(&arena);
	assert_int_equal(port_posix_live_allocs(), live);
}

static void a_product_that_overflows_is_refused(void **state)
{
	struct arena arena = {0};

	(void)state;
	assert_null(arena_alloc(&arena, SIZE_MAX, 2));
	assert_null(arena_alloc(&arena, SIZE_MAX, 1));
	assert_null(arena_alloc(&arena, 2, SIZE_MAX - 8));
	assert_null(arena_text(&arena, "x", SIZE_MAX));
	assert_int_equal(arena.reserved, 0);
}

static void nothing_has_a_place_too(void **state)
{
	struct arena arena = {0};
	void *first = arena_alloc(&arena, 0, 100), *second = arena_alloc(&arena, 100, 0);

	(void)state;
	assert_non_null(first);
	assert_non_null(second);
	assert_ptr_not_equal(first, second);
	arena_fini(&arena);
}

static void a_failed_allocation_leaves_the_arena_as_it_was(void **state)
{
	uint64_t live = port_posix_live_allocs();
	struct arena arena = {0};
	char *text = arena_text(&arena, "kept", 4);
	size_t used = arena.used, reserved = arena.reserved;

	(void)state;
	port_posix_fail_alloc(1);
	assert_null(arena_alloc(&arena, 1, 1000000));
	assert_int_equal(arena.used, used);
	assert_int_equal(arena.reserved, reserved);
	assert_string_equal(text, "kept");
	assert_non_null(arena_alloc(&arena, 1, 1000000));
	arena_fini(&arena);
	assert_int_equal(port_posix_live_allocs(), live);
}

static void a_large_object_does_not_cost_the_room_of_the_chunk(void **state)
{
	struct arena arena = {0};
	char *before = arena_alloc(&arena, 1, 8);
	char *after;

	(void)state;
	assert_non_null(arena_alloc(&arena, 1, 1000000));
	after = arena_alloc(&arena, 1, 8);
	assert_ptr_equal(after, before + 8);
	arena_fini(&arena);
}

static void texts_are_terminated_copies(void **state)
{
	struct arena arena = {0};
	char source[] = "domain_t";
	char *copy = arena_text(&arena, source, 6);

	(void)state;
	source[0] = 'X';
	assert_string_equal(copy, "domain");
	assert_string_equal(arena_text(&arena, NULL, 0), "");
	arena_fini(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(objects_are_zeroed_aligned_and_apart),
	    cmocka_unit_test(fini_gives_everything_back_and_the_arena_is_usable),
	    cmocka_unit_test(a_product_that_overflows_is_refused),
	    cmocka_unit_test(nothing_has_a_place_too),
	    cmocka_unit_test(a_failed_allocation_leaves_the_arena_as_it_was),
	    cmocka_unit_test(a_large_object_does_not_cost_the_room_of_the_chunk),
	    cmocka_unit_test(texts_are_terminated_copies),
	};

	return cmocka_run_group_tests_name("base/arena", tests, NULL, NULL);
}
