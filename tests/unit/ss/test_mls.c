/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The order of levels, and how ranges read, print and are judged; vectors 3 to 7
 * are among the rows, answers by hand. Numbers as in test_vectors.c.
 */
#include "tests/unit/ss/world.h"

#include <stdio.h>

#include "flask/db/level.h"
#include "flask/ss/mls.h"

#define TEXT(s) s, sizeof(s) - 1

static const struct bitmap_word word_0[] = {{0, 1}}, word_1[] = {{0, 2}}, word_01[] = {{0, 3}}, word_64[] = {{64, 1}},
				word_1_64[] = {{0, 2}, {64, 1}};

#define NONE            \
	{               \
		0, NULL \
	}
#define C0                \
	{                 \
		1, word_0 \
	}
#define C1                \
	{                 \
		1, word_1 \
	}
#define C01                \
	{                  \
		1, word_01 \
	}
#define C64                \
	{                  \
		1, word_64 \
	}
#define C1_64                \
	{                    \
		2, word_1_64 \
	}

struct order_row {
	struct policy_level a, b;
	bool equal, dom, domby, incomp;
};

static const struct order_row order_rows[] = {
    {{1, NONE}, {1, NONE}, true, true, true, false},   {{1, C01}, {1, C01}, true, true, true, false},
    {{2, NONE}, {1, NONE}, false, true, false, false}, {{1, NONE}, {2, NONE}, false, false, true, false},
    {{1, C01}, {1, C1}, false, true, false, false},    {{1, C1}, {1, C01}, false, false, true, false},
    {{1, C0}, {1, C1}, false, false, false, true},     {{2, C0}, {1, C1}, false, false, false, true},
    {{2, NONE}, {1, C1}, false, false, false, true},   {{2, C1}, {1, NONE}, false, true, false, false},
    {{1, C1_64}, {1, C64}, false, true, false, false}, {{1, C1_64}, {1, C1}, false, true, false, false},
    {{1, C1_64}, {1, C0}, false, false, false, true},  {{1, C64}, {1, C1_64}, false, false, true, false},
    {{0, NONE}, {0, NONE}, true, true, true, false}, /* without MLS */
};

static void levels_are_ordered(void **test)
{
	const struct order_row *row;
	uint32_t i;

	(void)test;
	for (i = 0; i < PORT_ARRAY_SIZE(order_rows); i++) {
		row = &order_rows[i];
		if (policy_level_equal(&row->a, &row->b) != row->equal ||
		    policy_level_dominates(&row->a, &row->b) != row->dom ||
		    policy_level_dominates(&row->b, &row->a) != row->domby)
			fail_msg("row %u", i);
		if (mls_compare(OP_EQ, &row->a, &row->b) != row->equal ||
		    mls_compare(OP_NEQ, &row->a, &row->b) == row->equal ||
		    mls_compare(OP_DOM, &row->a, &row->b) != row->dom ||
		    mls_compare(OP_DOMBY, &row->a, &row->b) != row->domby ||
		    mls_compare(OP_INCOMP, &row->a, &row->b) != row->incomp)
			fail_msg("row %u, by operator", i);
	}
}

struct contains_row {
	struct policy_range outer, inner;
	bool contains;
};

static const struct contains_row contains_rows[] = {
    {{{1, NONE}, {2, C01}}, {{1, NONE}, {2, C01}}, true},   {{{1, NONE}, {2, C01}}, {{1, C0}, {2, C0}}, true},
    {{{1, NONE}, {2, C01}}, {{2, C01}, {2, C01}}, true},    {{{1, NONE}, {2, C0}}, {{1, NONE}, {2, C01}}, false},
    {{{1, C0}, {2, C01}}, {{1, NONE}, {2, C01}}, false},    {{{1, NONE}, {1, C01}}, {{1, NONE}, {2, NONE}}, false},
    {{{2, NONE}, {2, C01}}, {{1, NONE}, {2, NONE}}, false}, {{{1, NONE}, {2, C1_64}}, {{1, C64}, {1, C1_64}}, true},
};

static void ranges_contain_each_other(void **test)
{
	uint32_t i;

	(void)test;
	for (i = 0; i < PORT_ARRAY_SIZE(contains_rows); i++)
		if (policy_range_contains(&contains_rows[i].outer, &contains_rows[i].inner) !=
		    contains_rows[i].contains)
			fail_msg("row %u", i);
}

struct row {
	const char *bytes; /* behind sys_u:sys_r:x_t unless it holds a user */
	size_t len;
	const char *prints; /* NULL: refused */
};

static const struct row ctx_rows[] = {
    /* 3 */
    {TEXT(":s0"), ":s0"},
    {TEXT(":s0:c1,c0"), ":s0:c0,c1"},
    {TEXT(":s0:c0.c1"), ":s0:c0,c1"},
    {TEXT(":s0:c0,c1,c2"), ":s0:c0.c2"},
    {TEXT(":s1:c0.c3,c5"), ":s1:c0.c3,c5"},
    {TEXT(":s0-s0"), ":s0"},
    {TEXT(":lo"), ":s0"},
    {TEXT(":lo-s1"), ":s0-s1"},
    {TEXT(":s0-s1:c0"), ":s0-s1:c0"},
    {TEXT(":s0:one"), ":s0:c1"},
    {TEXT(":s0:c0.one"), ":s0:c0,c1"},
    {TEXT(":s0:one.c3"), ":s0:c1.c3"},
    {TEXT(":s0:c2.c3"), ":s0:c2,c3"},
    {TEXT(":s0:c1,c1,c1"), ":s0:c1"},
    {TEXT(":s1:c3,c0.c2,c5"), ":s1:c0.c3,c5"},
    {TEXT(":s1:c0,c2,c4"), ":s1:c0,c2,c4"},
    {TEXT(":s1:c0,c1,c3,c4"), ":s1:c0,c1,c3,c4"},
    {TEXT(":s0:c0-s0:c0"), ":s0:c0"},
    {TEXT(":s0:c0-s1:c0.c5"), ":s0:c0-s1:c0.c5"},
    {TEXT(":s0\0"), ":s0"}, /* one final NUL may be counted */
    {TEXT(":s0-s1:c0\0"), ":s0-s1:c0"},

    /* 4 */
    {TEXT(""), NULL}, /* no level */
    {TEXT(":"), NULL},
    {TEXT(":s0-"), NULL},
    {TEXT(":-s1"), NULL},
    {TEXT(":s0:"), NULL},
    {TEXT(":s1-s0"), NULL}, /* high below low */
    {TEXT(":s0:c0.c0"), NULL},
    {TEXT(":s0:c1.c0"), NULL},
    {TEXT(":s0:c4"), NULL}, /* not with s0 */
    {TEXT(":s0:c3.c4"), NULL},
    {TEXT(":s0:c0-s1"), NULL}, /* high lacks c0 */
    {TEXT(":s9"), NULL},
    {TEXT(":S0"), NULL},
    {TEXT(":s0-s1-s2"), NULL},
    {TEXT(":s0-s1-s1"), NULL},

    /* more that no list of items is */
    {TEXT(":s0:c0:c1"), NULL},
    {TEXT(":s0:c0..c2"), NULL},
    {TEXT(":s0:c0.c1.c2"), NULL},
    {TEXT(":s0:c0."), NULL},
    {TEXT(":s0:.c0"), NULL},
    {TEXT(":s0:."), NULL},
    {TEXT(":s0:c0,"), NULL},
    {TEXT(":s0:,c0"), NULL},
    {TEXT(":s0:c0,,c1"), NULL},
    {TEXT(":s0:c0 "), NULL},
    {TEXT(":s0 "), NULL},
    {TEXT(":s0:c6"), NULL},
    {TEXT(":s0:s0"), NULL},
    {TEXT(":c0"), NULL},
    {TEXT(":s0\0\0"), NULL},
    {TEXT(":s0\0x"), NULL},
    {TEXT(":s0\0:c0"), NULL},
    {TEXT(":s0:c0\0,c1"), NULL},

    /* 5: Xen takes what follows a `-' after the high level's categories; row 3 of the differences */
    {TEXT(":s0-s1:c0-garbage"), NULL},
    {TEXT(":s0-s1:c0-garbage:x\0"), NULL},
    {TEXT(":s0-s1:c0-"), NULL},
    {TEXT(":s0-s1:c0-s1"), NULL},
};

static const struct row user_rows[] = {
    /* 6 */
    {TEXT("uc:sys_r:x_t:s0"), NULL},
    {TEXT("uc:sys_r:x_t:s1"), NULL},
    {TEXT("uc:sys_r:x_t:s1:c1"), "uc:sys_r:x_t:s1:c1"},
    {TEXT("uc:sys_r:x_t:s1:c1,c2-s1:c1.c3"), "uc:sys_r:x_t:s1:c1,c2-s1:c1.c3"},
    {TEXT("uc:sys_r:x_t:s1:c1-s1:c1.c4"), NULL},
    {TEXT("uc:sys_r:x_t:s1:c1-s2:c1"), NULL},
    {TEXT("ub:object_r:x_t:s2"), "ub:object_r:x_t:s2"},
    {TEXT("ub:object_r:x_t:s1-s0"), NULL},
    {TEXT("ub:sys_r:x_t:s2"), NULL},
    {TEXT("ub:sys_r:x_t:s0:c2"), "ub:sys_r:x_t:s0:c2"},
};

static const struct row wide_rows[] = {
    /* 7, and every way a run can meet the end of a word */
    {TEXT(":s0:c62,c63,c128"), ":s0:c62,c63,c128"},
    {TEXT(":s0:c60.c63,c130"), ":s0:c60.c63,c130"},
    {TEXT(":s0:c62.c64"), ":s0:c62.c64"},
    {TEXT(":s0:c63,c64"), ":s0:c63,c64"},
    {TEXT(":s0:c63.c64"), ":s0:c63,c64"},
    {TEXT(":s0:c64.c127"), ":s0:c64.c127"},
    {TEXT(":s0:c0.c199"), ":s0:c0.c199"},
    {TEXT(":s0:c0.c63,c65.c127,c129.c199"), ":s0:c0.c63,c65.c127,c129.c199"},
    {TEXT(":s0:c199"), ":s0:c199"},
    {TEXT(":s0:c127-s0:c127,c128"), ":s0:c127-s0:c127,c128"},
    {TEXT(":s0:c0.c200"), NULL},
};

static void expect_row(const struct policy *policy, const struct row *row)
{
	struct policy_context context = {.user = 77};
	struct bitmap_word words[16];
	const char *base = strchr(row->bytes, ':') == row->bytes || !row->len ? "sys_u:sys_r:x_t" : "";
	size_t len = strlen(base);
	char bytes[128], printed[128], wanted[128];
	struct text text;
	int rc;

	assert_in_range(context_words(policy), 1, PORT_ARRAY_SIZE(words));
	memcpy(bytes, base, len);
	memcpy(bytes + len, row->bytes, row->len);
	rc = context_parse(policy, bytes, len + row->len, words, &context);
	if (rc != (row->prints ? 0 : -EINVAL))
		fail_msg("`%.*s': %d", (int)(len + row->len), bytes, rc);
	if (rc) {
		assert_int_equal(context.user, 77);
		return;
	}
	text_init(&text, printed, sizeof(printed));
	context_print(policy, &context, &text);
	text_init(&text, wanted, sizeof(wanted));
	text_add(&text, base);
	text_add(&text, row->prints);
	assert_string_equal(printed, wanted);

	/* What is printed reads as the same. */
	context.user = 77;
	assert_int_equal(context_create(policy, printed, strlen(printed), &context), 0);
	text_init(&text, bytes, sizeof(bytes));
	context_print(policy, &context, &text);
	assert_string_equal(bytes, printed);
	context_fini(&context);
}

static void expect_rows(const char *name, const struct row *rows, size_t count)
{
	struct policy *policy = world_policy(name);
	size_t i;

	for (i = 0; i < count; i++)
		expect_row(policy, &rows[i]);
	policy_destroy(policy);
}

static void texts_are_taken_as_written_or_refused(void **test)
{
	(void)test;
	expect_rows("mlsctx", ctx_rows, PORT_ARRAY_SIZE(ctx_rows));
	expect_rows("mlsuser", user_rows, PORT_ARRAY_SIZE(user_rows));
	expect_rows("mlswide", wide_rows, PORT_ARRAY_SIZE(wide_rows));
}

static void contexts_are_equal_by_their_levels_too(void **test)
{
	struct policy *policy = world_policy("mlswide");
	struct policy_context a = world_context(policy, "sys_u:sys_r:x_t:s0:c1-s0:c1,c128"), b;

	(void)test;
	b = world_context(policy, "sys_u:sys_r:x_t:s0:c1-s0:c1,c128");
	assert_true(context_equal(&a, &b));
	b = world_context(policy, "sys_u:sys_r:x_t:s0:c1-s0:c1,c129");
	assert_false(context_equal(&a, &b));
	b = world_context(policy, "sys_u:sys_r:x_t:s0-s0:c1,c128");
	assert_false(context_equal(&a, &b));
	b = world_context(policy, "sys_u:sys_r:x_t:s0:c1,c128");
	assert_false(context_equal(&a, &b));
	policy_destroy(policy);
}

static void a_copy_owns_its_categories(void **test)
{
	static const char *const texts[] = {"s0", "s0:c1", "s0-s0:c1", "s0:c1-s0:c1,c70,c140"};
	uint64_t before = port_posix_live_allocs();
	struct policy *policy = world_policy("mlswide");
	struct policy_context borrowed, own;
	struct bitmap_word words[16];
	char text[64];
	uint32_t i;

	(void)test;
	for (i = 0; i < PORT_ARRAY_SIZE(texts); i++) {
		snprintf(text, sizeof(text), "sys_u:sys_r:x_t:%s", texts[i]);
		assert_int_equal(context_parse(policy, text, strlen(text), words, &borrowed), 0);
		assert_int_equal(context_copy(&borrowed, &own), 0);
		assert_true(context_equal(&borrowed, &own));
		memset(words, 0xff, sizeof(words));
		assert_int_equal(context_parse(policy, text, strlen(text), words, &borrowed), 0);
		assert_true(context_equal(&borrowed, &own));
		context_fini(&own);
		assert_int_equal(context_used_words(&own), 0);
		context_fini(&own);
	}
	policy_destroy(policy);
	assert_int_equal(port_posix_live_allocs(), before);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(levels_are_ordered),
	    cmocka_unit_test(ranges_contain_each_other),
	    cmocka_unit_test(texts_are_taken_as_written_or_refused),
	    cmocka_unit_test(contexts_are_equal_by_their_levels_too),
	    cmocka_unit_test(a_copy_owns_its_categories),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
