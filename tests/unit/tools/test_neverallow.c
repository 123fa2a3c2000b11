/* SPDX-License-Identifier: BSD-2-Clause */
/* Neverallow statements: which rules they forbid, where they stand, what was said above them. */
#include "tests/unit/tools/toy.h"
#include "tools/audit/neverallow.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

static void parse(const char *text, struct neverallows *all)
{
	neverallows_parse("policy.conf", text, strlen(text), all);
}

/* Which of the three permissions of class grant the one statement in @text forbids. */
static uint32_t forbidden_by(const char *text, uint32_t source, uint32_t target)
{
	struct neverallows all;
	uint32_t forbidden = 0;

	parse(text, &all);
	assert_int_equal(all.count, 1);
	assert_int_equal(all.refused, 0);
	if (!neverallows_find(&all, toy(), source, target, GRANT, MAP_READ | MAP_WRITE | COPY, &forbidden))
		forbidden = 0;
	neverallows_free(&all);
	return forbidden;
}

static void forbids_what_it_says(void **state)
{
	static const struct {
		const char *text;
		uint32_t source, target, want;
	} rows[] = {
	    {"neverallow a_t b_t:grant copy;", A_T, B_T, COPY},
	    {"neverallow a_t b_t:grant copy;", B_T, A_T, 0},
	    {"neverallow a_t b_t:grant copy;", A_T, C_T, 0},
	    {"neverallow x_t b_t:grant copy;", A_T, B_T, COPY},
	    {"neverallow guests b_t : grant { map_read map_write };", A_T, B_T, MAP_READ | MAP_WRITE},
	    {"neverallow guests b_t:grant copy;", C_T, B_T, 0},
	    {"neverallow { guests -a_t } b_t:grant copy;", A_T, B_T, 0},
	    {"neverallow { guests -a_t } b_t:grant copy;", B_T, B_T, COPY},
	    {"neverallow { all -guests } b_t:grant copy;", C_T, B_T, COPY},
	    {"neverallow { all -guests } b_t:grant copy;", B_T, B_T, 0},
	    {"neverallow ~a_t b_t:grant copy;", A_T, B_T, 0},
	    {"neverallow ~a_t b_t:grant copy;", C_T, B_T, COPY},
	    {"neverallow ~{ a_t c_t } b_t:grant copy;", B_T, B_T, COPY},
	    {"neverallow ~{ guests -b_t } b_t:grant copy;", B_T, B_T, COPY},
	    {"neverallow ~{ guests -b_t } b_t:grant copy;", A_T, B_T, 0},
	    {"neverallow * *:grant *;", C_T, A_T, MAP_READ | MAP_WRITE | COPY},
	    {"neverallow { * -c_t } b_t:grant copy;", C_T, B_T, 0},
	    {"neverallow * b_t:grant ~copy;", C_T, B_T, MAP_READ | MAP_WRITE},
	    {"neverallow * b_t:grant ~{ copy map_read };", C_T, B_T, MAP_WRITE},
	    {"neverallow * self:grant copy;", A_T, A_T, COPY},
	    {"neverallow * self:grant copy;", A_T, B_T, 0},
	    {"neverallow b_t self:grant copy;", A_T, A_T, 0},
	    {"neverallow * { self c_t }:grant copy;", A_T, C_T, COPY},
	    {"neverallow * { self c_t }:grant copy;", B_T, B_T, COPY},
	    {"neverallow * { self c_t }:grant copy;", A_T, B_T, 0},
	    {"neverallow * b_t:{ xen grant } copy;", A_T, B_T, COPY},
	    {"neverallow * b_t:{ xen domain } copy;", A_T, B_T, 0},
	    {"neverallow { a_t { b_t { c_t } } } b_t:grant copy;", C_T, B_T, COPY},
	    {"neverallow nobody_t b_t:grant copy;", A_T, B_T, 0},
	    {"neverallow a_t b_t:grant nothing;", A_T, B_T, 0},
	};
	size_t i;

	(void)state;
	for (i = 0; i < PORT_ARRAY_SIZE(rows); i++)
		if (forbidden_by(rows[i].text, rows[i].source, rows[i].target) != rows[i].want)
			fail_msg("%s for %u %u", rows[i].text, rows[i].source, rows[i].target);
}

static void counts_what_it_does_not_understand(void **state)
{
	static const char *const texts[] = {
	    "neverallow",
	    "neverallow ;",
	    "neverallow a_t",
	    "neverallow a_t b_t",
	    "neverallow a_t b_t:",
	    "neverallow a_t b_t grant copy;",
	    "neverallow a_t b_t:grant copy",
	    "neverallow { a_t b_t:grant copy;",
	    "neverallow {} b_t:grant copy;",
	    "neverallow a_t { b_t -self }:grant copy;",
	    "neverallow a_t ~self:grant copy;",
	    "neverallow a_t ~{ self b_t }:grant copy;",
	    "neverallow { - - a_t } b_t:grant copy;",
	    "neverallow { a_t - } b_t:grant copy;",
	    "neverallow a_t - b_t c_t:grant copy;",
	    "neverallow 1 b_t:grant copy;",
	    "neverallowxperm a_t b_t:grant ioctl 1;",
	    "neverallow {{{{{{{{{{{{{{{{{ a_t }}}}}}}}}}}}}}}}} b_t:grant copy;",
	};
	struct neverallows all;
	size_t i;

	(void)state;
	for (i = 0; i < PORT_ARRAY_SIZE(texts); i++) {
		parse(texts[i], &all);
		if (all.count || all.refused != 1)
			fail_msg("%s: %zu understood, %zu not", texts[i], all.count, all.refused);
		neverallows_free(&all);
	}
	parse("neverallow ;\nneverallow a_t b_t:grant copy;\nneverallow a_t self;\nallow a_t b_t:grant copy;", &all);
	assert_int_equal(all.count, 1);
	assert_int_equal(all.refused, 2);
	assert_int_equal(all.items[0].line, 2);
	neverallows_free(&all);
}

static void knows_its_place(void **state)
{
	static const char text[] = "#line 1 \"modules/xen.te\"\n" /* m4 -s says where it is ... */
				   "type a_t;\n"
				   "neverallow a_t a_t:grant copy;\n"
				   "#line 40\n" /* ... names no file that stays the same ... */
				   "\n"
				   "type b_t; neverallow\n"
				   "  b_t b_t:grant copy;\n"
				   "#line 7 \"modules/domU.te\"\n"
				   "neverallow c_t c_t:grant copy;\n";
	struct neverallows all;

	(void)state;
	parse(text, &all);
	assert_int_equal(all.count, 3);
	assert_string_equal(all.items[0].file, "modules/xen.te");
	assert_int_equal(all.items[0].line, 2);
	assert_string_equal(all.items[1].file, "modules/xen.te");
	assert_int_equal(all.items[1].line, 41);
	assert_string_equal(all.items[2].file, "modules/domU.te");
	assert_int_equal(all.items[2].line, 7);
	neverallows_free(&all);
	parse("\n\nneverallow a_t a_t:grant copy;", &all);
	assert_string_equal(all.items[0].file, "policy.conf");
	assert_int_equal(all.items[0].line, 3);
	neverallows_free(&all);
}

static void carries_the_comment_above(void **state)
{
	static const struct {
		const char *text, *want;
	} rows[] = {
	    {"# one line\nneverallow a_t a_t:grant copy;", "one line"},
	    {"#one\n#   two\t \n##three\nneverallow a_t a_t:grant copy;", "one two three"},
	    {"# above\n#line 9\nneverallow a_t a_t:grant copy;", "above"},
	    {"# far\n\nneverallow a_t a_t:grant copy;", ""},
	    {"# far\n\n# near\nneverallow a_t a_t:grant copy;", "near"},
	    {"# of another\ntype a_t;\nneverallow a_t a_t:grant copy;", ""},
	    {"type a_t; # beside\nneverallow a_t a_t:grant copy;", ""},
	    {"# of another\ntype a_t; neverallow a_t a_t:grant copy;", ""},
	    {"neverallow a_t a_t:grant copy; # behind", ""},
	    {"#\nneverallow a_t a_t:grant copy;", ""},
	    {"  # indented\n  neverallow a_t a_t:grant copy;", "indented"},
	};
	struct neverallows all;
	size_t i;

	(void)state;
	for (i = 0; i < PORT_ARRAY_SIZE(rows); i++) {
		parse(rows[i].text, &all);
		assert_int_equal(all.count, 1);
		assert_string_equal(all.items[0].comment, rows[i].want);
		neverallows_free(&all);
	}
}

/* A word is a neverallow only where it is a word. */
static void sees_no_others(void **state)
{
	struct neverallows all;

	(void)state;
	parse(
	    "# neverallow a_t a_t:grant copy;\n\"neverallow a_t\" my_neverallow neverallow_t neverallow.x neverallow-x",
	    &all);
	assert_int_equal(all.count + all.refused, 0);
	neverallows_free(&all);
}

static void the_first_that_forbids_counts(void **state)
{
	struct neverallows all;
	const struct neverallow *rule;
	uint32_t forbidden;

	(void)state;
	parse("neverallow a_t b_t:grant map_read;\nneverallow * *:grant { map_read copy };", &all);
	rule = neverallows_find(&all, toy(), A_T, B_T, GRANT, COPY, &forbidden);
	assert_int_equal(rule->line, 2);
	assert_int_equal(forbidden, COPY);
	rule = neverallows_find(&all, toy(), A_T, B_T, GRANT, MAP_READ | COPY, &forbidden);
	assert_int_equal(rule->line, 1);
	assert_int_equal(forbidden, MAP_READ);
	assert_null(neverallows_find(&all, toy(), A_T, B_T, GRANT, MAP_WRITE, &forbidden));
	neverallows_free(&all);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(forbids_what_it_says), cmocka_unit_test(counts_what_it_does_not_understand),
	    cmocka_unit_test(knows_its_place),	    cmocka_unit_test(carries_the_comment_above),
	    cmocka_unit_test(sees_no_others),	    cmocka_unit_test(the_first_that_forbids_counts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
