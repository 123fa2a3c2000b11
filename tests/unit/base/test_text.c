/* SPDX-License-Identifier: BSD-2-Clause */
/* Text in a fixed buffer: numbers, escapes, and what happens at the end. */
#include "flask/base/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

static void numbers_are_written_without_leading_zeros(void **state)
{
	char buf[100];
	struct text text;

	(void)state;
	text_init(&text, buf, sizeof(buf));
	assert_string_equal(buf, "");
	text_add_u32(&text, 0);
	text_add(&text, " ");
	text_add_u32(&text, 4294967295u);
	text_add(&text, " ");
	text_add_hex(&text, 0);
	text_add(&text, " ");
	text_add_hex(&text, 0x1a2b);
	text_add(&text, " ");
	text_add_hex(&text, 0xffffffffffffffffull);
	assert_string_equal(buf, "0 4294967295 0x0 0x1a2b 0xffffffffffffffff");
	assert_int_equal(text.len, strlen(buf));
	assert_false(text.cut);
}

static void bytes_of_others_are_escaped(void **state)
{
	static const struct {
		const char *bytes;
		size_t len;
		const char *expect;
	} rows[] = {
	    {"plain text_0", 12, "plain text_0"},
	    {"a\nb", 3, "a\\x0ab"},
	    {"\0", 1, "\\x00"},
	    {"back\\slash", 10, "back\\x5cslash"},
	    {"\x1b[2J", 4, "\\x1b[2J"},
	    {"\x7f\x80\xff", 3, "\\x7f\\x80\\xff"},
	    {"~ ", 2, "~ "},
	    {"", 0, ""},
	};
	char buf[64];
	struct text text;
	size_t i;

	(void)state;
	for (i = 0; i < PORT_ARRAY_SIZE(rows); i++) {
		text_init(&text, buf, sizeof(buf));
		text_add_escaped(&text, rows[i].bytes, rows[i].len);
		assert_string_equal(buf, rows[i].expect);
		assert_false(text.cut);
	}
}

static void what_does_not_fit_is_cut_and_remembered(void **state)
{
	char buf[9] = "#########";
	struct text text;

	(void)state;
	text_init(&text, buf, 8);
	text_add(&text, "1234567");
	assert_false(text.cut);
	text_add(&text, "");
	assert_false(text.cut);
	text_add(&text, "8");
	assert_true(text.cut);
	assert_string_equal(buf, "1234567");
	assert_int_equal(text.len, 7);
	assert_int_equal(buf[8], '#');

	text_init(&text, buf, 8);
	assert_false(text.cut);
	text_add(&text, "12345");
	text_add_u32(&text, 6789);
	assert_true(text.cut);
	assert_string_equal(buf, "1234567");
	assert_int_equal(buf[8], '#');
}

static void one_byte_holds_the_empty_text(void **state)
{
	char buf[2] = "##";
	struct text text;

	(void)state;
	text_init(&text, buf, 1);
	text_add_hex(&text, 5);
	assert_string_equal(buf, "");
	assert_true(text.cut);
	assert_int_equal(text.len, 0);
	assert_int_equal(buf[1], '#');
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(numbers_are_written_without_leading_zeros),
	    cmocka_unit_test(bytes_of_others_are_escaped),
	    cmocka_unit_test(what_does_not_fit_is_cut_and_remembered),
	    cmocka_unit_test(one_byte_holds_the_empty_text),
	};

	return cmocka_run_group_tests_name("base/text", tests, NULL, NULL);
}
