/* SPDX-License-Identifier: BSD-2-Clause */
/* The cursor over untrusted bytes: what it reads, where it stops, what it says. */
#include "flask/db/image.h"
#include "hooks/model/port_posix.h"
#include "tests/support/image_builder.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

struct world {
	struct image_builder builder;
	struct image im;
	struct image_error error;
	struct arena arena;
};

static void begin(struct world *world, const char *hex)
{
	memset(world, 0, sizeof(*world));
	builder_hex(&world->builder, hex);
	image_init(&world->im, world->builder.bytes, world->builder.size, &world->error);
}

static void end(struct world *world)
{
	builder_free(&world->builder);
	arena_fini(&world->arena);
}

static void numbers_are_little_endian_and_unaligned(void **state)
{
	struct world world;

	(void)state;
	begin(&world, "ff 0102 01020384 0102030405060788");
	assert_non_null(image_bytes(&world.im, 1));
	assert_int_equal(image_u16(&world.im), 0x0201);
	assert_int_equal(image_u32(&world.im), 0x84030201u);
	assert_true(image_u64(&world.im) == 0x8807060504030201ull);
	assert_int_equal(image_left(&world.im), 0);
	assert_int_equal(image_status(&world.im), 0);
	end(&world);
}

static void the_first_failure_stays_and_the_cursor_stands_still(void **state)
{
	struct world world;

	(void)state;
	begin(&world, "01020304 05");
	image_section(&world.im, "types");
	assert_int_equal(image_u32(&world.im), 0x04030201u);
	assert_int_equal(image_u16(&world.im), 0);
	image_section(&world.im, "users");
	assert_int_equal(image_u32(&world.im), 0);
	assert_null(image_bytes(&world.im, 1));
	assert_int_equal(image_count(&world.im, 1), 0);
	assert_int_equal(image_fail(&world.im, "later"), -EINVAL);
	assert_int_equal(image_fail_memory(&world.im), -EINVAL);
	assert_int_equal(image_left(&world.im), 1);
	assert_string_equal(world.error.section, "types");
	assert_int_equal(world.error.offset, 4);
	assert_string_equal(world.error.reason, "the image ends inside this record");
	end(&world);
}

static void a_count_is_believed_when_the_records_can_follow(void **state)
{
	static const struct {
		const char *hex;
		size_t min_record;
		uint32_t count;
		const char *reason;
	} rows[] = {
	    {"02000000 0000 0000", 2, 2, ""},
	    {"03000000 0000 0000", 2, 0, "more records than the bytes left can hold: 3"},
	    {"02000000 0000 00", 2, 0, "more records than the bytes left can hold: 2"},
	    {"ffffffff 0000 0000", 2, 0, "more records than the bytes left can hold: 4294967295"},
	    {"00000000", 12, 0, ""},
	    {"000000", 12, 0, "the image ends inside this record"},
	};
	size_t i;

	(void)state;
	for (i = 0; i < PORT_ARRAY_SIZE(rows); i++) {
		struct world world;

		begin(&world, rows[i].hex);
		assert_int_equal(image_count(&world.im, rows[i].min_record), rows[i].count);
		assert_string_equal(world.error.reason, rows[i].reason);
		assert_int_equal(world.error.offset, 0);
		end(&world);
	}
}

static void names_are_clean_copies(void **state)
{
	static const struct {
		const char *hex;
		uint32_t len;
		const char *name;
		size_t offset;
		const char *reason;
	} rows[] = {
	    {"646f6d", 3, "dom", 0, ""},
	    {"646f6d", 2, "do", 0, ""},
	    {"c3a9", 2, "\xc3\xa9", 0, ""},
	    {"646f6d", 0, "", 0, "empty name"},
	    {"646f6d", 4, "", 0, "the image ends inside this record"},
	    {"646f6d", 0xffffffffu, "", 0, "name longer than 4096 bytes: 4294967295"},
	    {"646f6d", 4097, "", 0, "name longer than 4096 bytes: 4097"},
	    {"64006d", 3, "", 1, "control character in a name: code 0"},
	    {"646f0a", 3, "", 2, "control character in a name: code 10"},
	    {"7f6f64", 3, "", 0, "control character in a name: code 127"},
	};
	size_t i;

	(void)state;
	for (i = 0; i < PORT_ARRAY_SIZE(rows); i++) {
		struct world world;

		begin(&world, rows[i].hex);
		assert_string_equal(image_name(&world.im, &world.arena, rows[i].len), rows[i].name);
		assert_string_equal(world.error.reason, rows[i].reason);
		assert_int_equal(world.error.offset, rows[i].offset);
		end(&world);
	}
}

static void sets_are_read_in_canonical_form(void **state)
{
	struct world world;
	struct bitmap set;

	(void)state;
	begin(&world, "40000000 00010000 02000000 00000000 0100000000000080 c0000000 0200000000000000"
		      "40000000 00000000 00000000");
	image_bitmap(&world.im, &world.arena, &set);
	assert_int_equal(image_status(&world.im), 0);
	assert_int_equal(bitmap_count(&set), 3);
	assert_true(bitmap_has(&set, 0));
	assert_true(bitmap_has(&set, 63));
	assert_true(bitmap_has(&set, 193));
	image_bitmap(&world.im, &world.arena, &set);
	assert_int_equal(image_status(&world.im), 0);
	assert_true(bitmap_is_empty(&set));
	assert_int_equal(image_left(&world.im), 0);
	end(&world);
}

static void any_other_form_of_a_set_is_refused(void **state)
{
	static const struct {
		const char *what, *hex;
		size_t offset;
		const char *reason;
	} rows[] = {
	    {"unit 32", "20000000 00000000 00000000", 0, "set unit must be 64, not 32"},
	    {"highbit without words", "40000000 40000000 00000000", 4, "set does not end where its high bit says: 64"},
	    {"words without highbit", "40000000 00000000 01000000 00000000 0100000000000000", 4,
	     "set does not end where its high bit says: 0"},
	    {"highbit not a multiple of 64", "40000000 01000000 01000000 00000000 0100000000000000", 4,
	     "set does not end where its high bit says: 1"},
	    {"highbit inflated", "40000000 80000000 01000000 00000000 0100000000000000", 4,
	     "set does not end where its high bit says: 128"},
	    {"highbit wraps", "40000000 00000000 01000000 c0ffffff 0100000000000000", 4,
	     "set does not end where its high bit says: 0"},
	    {"crooked start", "40000000 41000000 01000000 01000000 0100000000000000", 12,
	     "set word does not start at a multiple of 64 but at 1"},
	    {"start twice", "40000000 40000000 02000000 00000000 0100000000000000 00000000 0200000000000000", 24,
	     "set words not in rising order at start 0"},
	    {"falling", "40000000 40000000 02000000 40000000 0100000000000000 00000000 0100000000000000", 24,
	     "set words not in rising order at start 0"},
	    {"empty word", "40000000 40000000 01000000 00000000 0000000000000000", 16, "empty word in a set"},
	    {"count beyond the end", "40000000 40000000 02000000 00000000 0100000000000000", 8,
	     "more records than the bytes left can hold: 2"},
	    {"cut in a word", "40000000 40000000 01000000 00000000 01000000000000", 8,
	     "more records than the bytes left can hold: 1"},
	};
	size_t i;

	(void)state;
	for (i = 0; i < PORT_ARRAY_SIZE(rows); i++) {
		struct world world;
		struct bitmap set;

		begin(&world, rows[i].hex);
		image_bitmap(&world.im, &world.arena, &set);
		if (strcmp(world.error.reason, rows[i].reason) || world.error.offset != rows[i].offset)
			fail_msg("%s: at %zu: %s", rows[i].what, world.error.offset, world.error.reason);
		assert_int_equal(image_status(&world.im), -EINVAL);
		assert_true(bitmap_is_empty(&set));
		end(&world);
	}
}

static void reasons_carry_names_and_numbers(void **state)
{
	struct world world;
	char longest[300];

	(void)state;
	begin(&world, "00");
	assert_int_equal(image_fail_name(&world.im, 7, "no type", "a\nb"), -EINVAL);
	assert_string_equal(world.error.reason, "no type `a\\x0ab'");
	assert_int_equal(world.error.offset, 7);
	end(&world);

	begin(&world, "00");
	assert_int_equal(image_fail_number(&world.im, 9, "not", 4294967295u), -EINVAL);
	assert_string_equal(world.error.reason, "not 4294967295");
	end(&world);

	memset(longest, 'x', sizeof(longest) - 1);
	longest[sizeof(longest) - 1] = '\0';
	begin(&world, "00");
	assert_int_equal(image_fail_name(&world.im, 0, "name", longest), -EINVAL);
	assert_int_equal(strlen(world.error.reason), sizeof(world.error.reason) - 1);
	end(&world);
}

static void no_memory_is_told_apart_from_a_bad_image(void **state)
{
	struct world world;
	struct bitmap set;

	(void)state;
	begin(&world, "40000000 40000000 01000000 00000000 0100000000000000");
	image_section(&world.im, "roles");
	port_posix_fail_alloc(1);
	image_bitmap(&world.im, &world.arena, &set);
	assert_int_equal(image_status(&world.im), -ENOMEM);
	assert_string_equal(world.error.section, "roles");
	assert_string_equal(world.error.reason, "out of memory");
	end(&world);

	begin(&world, "6162");
	port_posix_fail_alloc(1);
	assert_string_equal(image_name(&world.im, &world.arena, 2), "");
	assert_int_equal(image_status(&world.im), -ENOMEM);
	end(&world);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(numbers_are_little_endian_and_unaligned),
	    cmocka_unit_test(the_first_failure_stays_and_the_cursor_stands_still),
	    cmocka_unit_test(a_count_is_believed_when_the_records_can_follow),
	    cmocka_unit_test(names_are_clean_copies),
	    cmocka_unit_test(sets_are_read_in_canonical_form),
	    cmocka_unit_test(any_other_form_of_a_set_is_refused),
	    cmocka_unit_test(reasons_carry_names_and_numbers),
	    cmocka_unit_test(no_memory_is_told_apart_from_a_bad_image),
	};

	return cmocka_run_group_tests_name("db/image", tests, NULL, NULL);
}
