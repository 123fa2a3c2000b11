/* SPDX-License-Identifier: BSD-2-Clause */
/* Levels, ranges and the old target: what is refused, where, and what is read. */
#include "tests/unit/db/refuse.h"

#include "flask/db/level.h"

#define NO_SET	    "40000000 00000000 00000000"
#define BIT(digits) "40000000 40000000 01000000 00000000 " digits
#define MLS	    BUILDER_MLS

static const struct refusal levels[] = {
    {"the example with levels", MLS, {{0}}, NULL, 0, NULL},
    {"more sensitivities than bytes",
     MLS,
     {{0x233, 4, "ffffffff"}},
     "sensitivities",
     0x233,
     "more records than the bytes left can hold: 4294967295"},
    {"far more sensitivities than records",
     MLS,
     {{0x22f, 4, "04100000"}},
     "sensitivities",
     0x22f,
     "far more values than records: 4100"},
    {"sensitivity of value 0",
     MLS,
     {{0x241, 4, "00000000"}},
     "sensitivities",
     0x241,
     "the value is 0 or out of range, of `s0'"},
    {"sensitivity above nprim",
     MLS,
     {{0x267, 4, "04000000"}},
     "sensitivities",
     0x267,
     "the value is 0 or out of range, of `s1'"},
    {"two sensitivities of one value",
     MLS,
     {{0x267, 4, "01000000"}},
     "sensitivities",
     0x267,
     "the value is already taken, of `s1'"},
    {"two sensitivities of one name", MLS, {{0x265, 2, "7330"}}, "sensitivities", 0x25d, "the name stands twice: `s0'"},
    {"an alias with the name of a sensitivity",
     MLS,
     {{0x28b, 2, "7331"}},
     "sensitivities",
     0x283,
     "the name stands twice: `s1'"},
    {"a sensitivity that nobody declares, by an alias",
     MLS,
     {{0x28d, 4, "03000000"}},
     "sensitivities",
     0x28d,
     "sensitivity of an alias is not declared: value 3"},
    {"an alias out of range",
     MLS,
     {{0x28d, 4, "04000000"}},
     "sensitivities",
     0x28d,
     "the value is 0 or out of range, of `lo'"},
    {"any alias mark", MLS, {{0x287, 4, "ff000000"}}, NULL, 0, NULL},
    {"an alias mark above the low byte is none",
     MLS,
     {{0x287, 4, "00010000"}},
     "sensitivities",
     0x28d,
     "the value is already taken, of `lo'"},
    {"a sensitivity without a name", MLS, {{0x237, 4, "00000000"}}, "sensitivities", 0x23f, "empty name"},
    {"a sensitivity with a colon in its name",
     MLS,
     {{0x240, 1, "3a"}},
     "sensitivities",
     0x240,
     "space or colon in the name `s:'"},
    {"a sensitivity with a dash in its name",
     MLS,
     {{0x240, 1, "2d"}},
     "sensitivities",
     0x240,
     "dot, comma or dash in the name `s-'"},
    {"a sensitivity with category 3",
     MLS,
     {{0x27b, 1, "04"}},
     "sensitivities",
     0x26b,
     "categories of sensitivity `s1': not declared: value 3"},
    {"one category beyond the last",
     MLS,
     {{0x27b, 1, "0b"}},
     "sensitivities",
     0x26b,
     "categories of sensitivity `s1': not declared: value 4"},
    {"crooked categories of an alias",
     MLS,
     {{0x291, 4, "20000000"}},
     "sensitivities",
     0x291,
     "set unit must be 64, not 32"},
    {"other categories of an alias", MLS, {{0x2a1, 1, "80"}}, NULL, 0, NULL},

    {"category of value 0",
     MLS,
     {{0x2b5, 4, "00000000"}},
     "categories",
     0x2b5,
     "the value is 0 or out of range, of `c0'"},
    {"category above nprim",
     MLS,
     {{0x2c3, 4, "04000000"}},
     "categories",
     0x2c3,
     "the value is 0 or out of range, of `c1'"},
    {"a category with a dot in its name",
     MLS,
     {{0x2cc, 1, "2e"}},
     "categories",
     0x2cc,
     "dot, comma or dash in the name `c.'"},
    {"an alias of a category with a comma in its name",
     MLS,
     {{0x2da, 1, "2c"}},
     "categories",
     0x2da,
     "dot, comma or dash in the name `c,'"},
    {"two categories of one value",
     MLS,
     {{0x2c3, 4, "01000000"}},
     "categories",
     0x2c3,
     "the value is already taken, of `c1'"},
    {"two categories of one name", MLS, {{0x2cb, 2, "6330"}}, "categories", 0x2bf, "the name stands twice: `c0'"},
    {"a category that nobody declares, by an alias",
     MLS,
     {{0x2d1, 4, "03000000"}},
     "categories",
     0x2d1,
     "category of an alias is not declared: value 3"},
    {"an alias of no category",
     MLS,
     {{0x2d1, 4, "00000000"}},
     "categories",
     0x2d1,
     "the value is 0 or out of range, of `ca'"},
    {"4100 categories and three records",
     MLS,
     {{0x2a9, 4, "04100000"}},
     "categories",
     0x2a9,
     "far more values than records: 4100"},
};

static const struct refusal ranges[] = {
    {"a range of three levels", MLS, {{0x1da, 4, "03000000"}}, "users", 0x1da, "a range has at most 2 levels, not 3"},
    {"a range of no level",
     MLS,
     {{0x32f, 8, "00000000"}},
     "initial SIDs",
     0x32f,
     "a sensitivity is not declared: range of the context"},
    {"a user's low sensitivity 0",
     MLS,
     {{0x1de, 4, "00000000"}},
     "users",
     0x1da,
     "a sensitivity is not declared: range of user `su'"},
    {"a user's high sensitivity 3, a hole",
     MLS,
     {{0x1e2, 4, "03000000"}},
     "users",
     0x1da,
     "a sensitivity is not declared: range of user `su'"},
    {"a user's high sensitivity 4",
     MLS,
     {{0x1e2, 4, "04000000"}},
     "users",
     0x1da,
     "a sensitivity is not declared: range of user `su'"},
    {"a user's high level below the low one",
     MLS,
     {{0x1de, 8, "02000000 01000000"}, {0x202, 1, "01"}},
     "users",
     0x1da,
     "the high level does not dominate the low one: range of user `su'"},
    {"a user's high level without the categories of the low one",
     MLS,
     {{0x1e6, 12, BIT("0100000000000000")}, {0x202, 1, "02"}},
     "users",
     0x1da,
     "the high level does not dominate the low one: range of user `su'"},
    {"a category that the user's sensitivity does not have",
     MLS,
     {{0x1e6, 12, BIT("0200000000000000")}},
     "users",
     0x1da,
     "a category is not allowed with its sensitivity: range of user `su'"},
    {"a user's category 3",
     MLS,
     {{0x202, 1, "07"}},
     "users",
     0x1da,
     "a category is not allowed with its sensitivity: range of user `su'"},
    {"a default level of sensitivity 0",
     MLS,
     {{0x20a, 4, "00000000"}},
     "users",
     0x20a,
     "a sensitivity is not declared: default level of user `su'"},
    {"a default level with a category it may not have",
     MLS,
     {{0x20e, 12, BIT("0200000000000000")}},
     "users",
     0x20a,
     "a category is not allowed with its sensitivity: default level of user `su'"},
    {"a default level outside the range", MLS, {{0x1de, 4, "02000000"}, {0x333, 4, "02000000"}}, NULL, 0, NULL},

    {"a context outside its user's range",
     MLS,
     {{0x1de, 4, "02000000"}},
     "initial SIDs",
     0x32f,
     "the range of the context is outside the one of user `su'"},
    {"an object's context outside its user's range", MLS, {{0x1e2, 4, "01000000"}, {0x202, 1, "01"}}, NULL, 0, NULL},
    {"an object's context with a high level below the low one",
     MLS,
     {{0x367, 8, "02000000 01000000"}, {0x397, 1, "01"}},
     "iomem ranges",
     0x363,
     "the high level does not dominate the low one: range of the context"},
    {"an object's context whose high level lacks a category",
     MLS,
     {{0x397, 1, "02"}},
     "iomem ranges",
     0x363,
     "the high level does not dominate the low one: range of the context"},
    {"an object's context with a sensitivity that nobody declared",
     MLS,
     {{0x36b, 4, "03000000"}},
     "iomem ranges",
     0x363,
     "a sensitivity is not declared: range of the context"},
    {"levels without MLS mean nothing",
     MLS,
     {{0x14, 4, "00000000"}, {0x1de, 4, "00000000"}, {0x3a7, 64, "00000000"}},
     NULL,
     0,
     NULL},
    {"MLS without levels",
     24,
     {{0x14, 4, "01000000"}},
     "users",
     0x1da,
     "a sensitivity is not declared: range of user `su'"},
};

static const struct refusal transitions[] = {
    {"a range transition without MLS",
     MLS,
     {{0x14, 4, "00000000"}},
     "range transitions",
     0x3a7,
     "range transitions without MLS; there are 1"},
    {"more range transitions than bytes",
     MLS,
     {{0x3a7, 4, "ffffff00"}},
     "range transitions",
     0x3a7,
     "more records than the bytes left can hold: 16777215"},
    {"source 0",
     MLS,
     {{0x3ab, 4, "00000000"}},
     "range transitions",
     0x3ab,
     "source type of a range transition is not declared: value 0"},
    {"source 65537",
     MLS,
     {{0x3ab, 4, "01000100"}},
     "range transitions",
     0x3ab,
     "source type of a range transition is not declared: value 65537"},
    {"target 4",
     MLS,
     {{0x3af, 4, "04000000"}},
     "range transitions",
     0x3af,
     "target type of a range transition is not declared: value 4"},
    {"class 3",
     MLS,
     {{0x3b3, 4, "03000000"}},
     "range transitions",
     0x3b3,
     "class of a range transition is not declared: value 3"},
    {"class 0",
     MLS,
     {{0x3b3, 4, "00000000"}},
     "range transitions",
     0x3b3,
     "class of a range transition is not declared: value 0"},
    {"no level",
     MLS,
     {{0x3b7, 48, "00000000" NO_SET}},
     "range transitions",
     0x3b7,
     "a sensitivity is not declared: range of a transition"},
    {"a category that the low level may not have",
     MLS,
     {{0x3c3, 12, BIT("0200000000000000")}},
     "range transitions",
     0x3b7,
     "a category is not allowed with its sensitivity: range of a transition"},
    {"a high level that is none",
     MLS,
     {{0x3bf, 4, "01000000"}},
     "range transitions",
     0x3b7,
     "a category is not allowed with its sensitivity: range of a transition"},
    {"one high level below the low one",
     MLS,
     {{0x3bb, 8, "02000000 01000000"}, {0x3cf, 24, NO_SET}},
     "range transitions",
     0x3b7,
     "the high level does not dominate the low one: range of a transition"},
};

/* The example at 24 as the old target has it: no labels but those of initial SIDs. */
#define OLD(lists)                                       \
	{8, 8, "5345204c696e7578"}, {28, 4, "07000000"}, \
	{                                                \
		0x28b, 0x38, lists                       \
	}
#define NIL "00000000 "

static const struct refusal old_target[] = {
    {"the old target", 24, {OLD(NIL NIL NIL NIL NIL NIL)}, NULL, 0, NULL},
    {"the old target at 30",
     30,
     {{8, 8, "5345204c696e7578"}, {28, 4, "07000000"}},
     "header",
     16,
     "version for target `SE Linux' must be 24, not 30"},
    {"the old target at 31",
     30,
     {{8, 8, "5345204c696e7578"}, {16, 4, "1f000000"}},
     "header",
     16,
     "version must be 24 or 30, not 31"},
    {"the old target with five kinds",
     24,
     {{8, 8, "5345204c696e7578"}},
     "header",
     28,
     "number of object context kinds does not fit target and version: 5"},
    {"a file system",
     24,
     {OLD("01000000" NIL NIL NIL NIL NIL)},
     "file systems",
     0x28b,
     "labels of another kernel's objects; there are 1"},
    {"ports",
     24,
     {OLD(NIL "02000000" NIL NIL NIL NIL)},
     "network ports",
     0x28f,
     "labels of another kernel's objects; there are 2"},
    {"an interface",
     24,
     {OLD(NIL NIL "01000000" NIL NIL NIL)},
     "network interfaces",
     0x293,
     "labels of another kernel's objects; there are 1"},
    {"a node",
     24,
     {OLD(NIL NIL NIL "01000000" NIL NIL)},
     "nodes",
     0x297,
     "labels of another kernel's objects; there are 1"},
    {"a file system use",
     24,
     {OLD(NIL NIL NIL NIL "01000000" NIL)},
     "file system uses",
     0x29b,
     "labels of another kernel's objects; there are 1"},
    {"an IPv6 node",
     24,
     {OLD(NIL NIL NIL NIL NIL "ffffffff")},
     "IPv6 nodes",
     0x29f,
     "labels of another kernel's objects; there are 4294967295"},
};

#define TABLE_TEST(name)                                      \
	static void name##_rows(void **state)                 \
	{                                                     \
		(void)state;                                  \
		expect_refusals(name, PORT_ARRAY_SIZE(name)); \
	}

TABLE_TEST(levels)
TABLE_TEST(ranges)
TABLE_TEST(transitions)
TABLE_TEST(old_target)

static struct policy *load(struct image_builder *builder)
{
	struct image_error error;
	struct policy *policy;

	if (policy_create(builder->bytes, builder->size, &policy, &error))
		fail_msg("%s at byte %zu: %s", error.section, error.offset, error.reason);
	builder_free(builder);
	return policy;
}

static void expect_level(const struct policy_level *level, uint32_t sens, uint64_t cats)
{
	assert_int_equal(level->sens, sens);
	assert_int_equal(level->cats.nwords, cats != 0);
	if (cats)
		assert_int_equal(level->cats.words[0].bits, cats);
}

static void every_level_of_the_example_is_read(void **state)
{
	struct image_builder builder = {0};
	const struct policy_range *range;
	struct policy *policy;

	(void)state;
	builder_example(&builder, MLS);
	assert_int_equal(builder.size, 1071);
	policy = load(&builder);
	assert_true(policy->mls);
	assert_int_equal(policy->target, POLICY_TARGET_XEN);
	assert_int_equal(policy->nsens, 3);
	assert_string_equal(policy->sens[0].name, "s0");
	assert_string_equal(policy->sens[1].name, "s1");
	assert_null(policy->sens[2].name);
	assert_int_equal(policy->sens[0].cats.words[0].bits, 1);
	assert_int_equal(policy->sens[1].cats.words[0].bits, 3);
	assert_int_equal(names_find(&policy->sens_names, "lo", 2), 1);
	assert_int_equal(names_find(&policy->sens_names, "s1", 2), 2);
	assert_int_equal(policy->ncats, 3);
	assert_string_equal(policy->cats[0].name, "c0");
	assert_string_equal(policy->cats[1].name, "c1");
	assert_int_equal(names_find(&policy->cat_names, "ca", 2), 1);

	expect_level(&policy->users[0].range.low, 1, 0);
	expect_level(&policy->users[0].range.high, 2, 3);
	expect_level(&policy->users[0].level, 1, 0);
	range = &policy->ocons[OCON_ISID][0].context.range; /* one level stands for both */
	expect_level(&range->low, 1, 0);
	expect_level(&range->high, 1, 0);
	range = &policy->ocons[OCON_IOMEM][0].context.range;
	expect_level(&range->low, 1, 1);
	expect_level(&range->high, 2, 3);

	assert_int_equal(policy->nrange_trans, 1);
	range = policy_range_rule(policy, 3, 1, 2);
	assert_non_null(range);
	expect_level(&range->low, 1, 0);
	expect_level(&range->high, 2, 2);
	assert_null(policy_range_rule(policy, 1, 3, 2));
	assert_null(policy_range_rule(policy, 3, 1, 1));
	assert_null(policy_range_rule(policy, 3, 1, 3));
	assert_null(policy_range_rule(policy, 3, 1, 0x10002));
	policy_destroy(policy);
}

static void without_mls_levels_are_not_kept(void **state)
{
	struct image_builder builder = {0};
	struct policy *policy;

	(void)state;
	builder_example(&builder, MLS);
	builder_splice(&builder, 0x3a7, 64, "00000000");
	builder_splice(&builder, 0x14, 4, "00000000");
	policy = load(&builder);
	assert_false(policy->mls);
	expect_level(&policy->users[0].range.high, 0, 0);
	expect_level(&policy->users[0].level, 0, 0);
	expect_level(&policy->ocons[OCON_IOMEM][0].context.range.high, 0, 0);
	policy_destroy(policy);
}

/* Two rules of one key, with others around them in no order: the first of the file wins. */
static void the_first_range_transition_wins(void **state)
{
	struct image_builder builder = {0};
	struct policy *policy;

	(void)state;
	builder_example(&builder, MLS);
	builder_splice(&builder, 0x3a7, 4, "05000000");
	builder_splice(&builder, 0x3e7, 0,
		       "03000000 01000000 01000000 01000000 02000000" NO_SET /* xen_t vm_t:xen s1 */
		       "01000000 03000000 02000000 01000000 01000000" NO_SET /* vm_t xen_t:domain s0 */
		       "03000000 01000000 02000000 01000000 01000000" NO_SET /* the first again, at s0 */
		       "03000000 01000000 01000000 01000000 01000000" NO_SET /* the second again, at s0 */);
	policy = load(&builder);
	assert_int_equal(policy->nrange_trans, 5);
	expect_level(&policy_range_rule(policy, 3, 1, 2)->high, 2, 2);
	expect_level(&policy_range_rule(policy, 3, 1, 1)->high, 2, 0);
	expect_level(&policy_range_rule(policy, 1, 3, 2)->high, 1, 0);
	policy_destroy(policy);
}

static void contexts_are_judged_by_their_range_too(void **state)
{
	static const struct bitmap_word word_1[] = {{0, 1}}, word_2[] = {{0, 2}}, word_3[] = {{0, 3}};
	static const struct {
		uint32_t role, low, high;
		struct bitmap low_cats, high_cats;
		bool valid;
	} rows[] = {
	    {2, 1, 1, {0, NULL}, {0, NULL}, true},	{2, 1, 2, {0, NULL}, {1, word_3}, true},
	    {2, 2, 2, {1, word_2}, {1, word_2}, true},	{2, 2, 1, {0, NULL}, {0, NULL}, false},
	    {2, 0, 1, {0, NULL}, {0, NULL}, false},	{2, 1, 0, {0, NULL}, {0, NULL}, false},
	    {2, 3, 3, {0, NULL}, {0, NULL}, false},	{2, 1, 1, {1, word_2}, {1, word_2}, false},
	    {2, 1, 2, {1, word_1}, {1, word_2}, false}, {1, 0, 0, {0, NULL}, {0, NULL}, false},
	    {1, 2, 1, {0, NULL}, {0, NULL}, false},	{1, 1, 2, {1, word_1}, {1, word_3}, true},
	};
	struct image_builder builder = {0};
	struct policy *policy;
	size_t i;

	(void)state;
	builder_example(&builder, MLS);
	policy = load(&builder);
	for (i = 0; i < PORT_ARRAY_SIZE(rows); i++) {
		const struct policy_context context = {
		    .user = 1,
		    .role = rows[i].role,
		    .type = 3,
		    .range = {{rows[i].low, rows[i].low_cats}, {rows[i].high, rows[i].high_cats}}};

		if (policy_context_is_valid(policy, &context) != rows[i].valid)
			fail_msg("row %zu", i);
	}
	policy_destroy(policy);
}

/* Every shorter image is refused, and nothing is left behind. */
static void every_truncation_is_refused(void **state)
{
	uint64_t live = port_posix_live_allocs();
	struct image_builder builder = {0};
	struct image_error error;
	struct policy *policy;
	size_t size;

	(void)state;
	builder_example(&builder, MLS);
	for (size = 0; size < builder.size; size++) {
		assert_int_equal(policy_create(builder.bytes, size, &policy, &error), -EINVAL);
		assert_int_equal(port_posix_live_allocs(), live);
	}
	builder_free(&builder);
}

/* With each allocation failing in turn: no policy, nothing left behind. */
static void every_allocation_may_fail(void **state)
{
	uint64_t live = port_posix_live_allocs();
	struct image_builder builder = {0};
	struct image_error error;
	struct policy *policy;
	uint32_t n = 0;
	int rc;

	(void)state;
	builder_example(&builder, MLS);
	do {
		port_posix_fail_alloc(++n);
		rc = policy_create(builder.bytes, builder.size, &policy, &error);
		port_posix_fail_alloc(0);
		assert_true(!rc || rc == -ENOMEM);
		assert_int_equal(port_posix_live_allocs() != live, !rc);
	} while (rc);
	assert_true(n > 3);
	policy_destroy(policy);
	builder_free(&builder);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(levels_rows),
	    cmocka_unit_test(ranges_rows),
	    cmocka_unit_test(transitions_rows),
	    cmocka_unit_test(old_target_rows),
	    cmocka_unit_test(every_level_of_the_example_is_read),
	    cmocka_unit_test(without_mls_levels_are_not_kept),
	    cmocka_unit_test(the_first_range_transition_wins),
	    cmocka_unit_test(contexts_are_judged_by_their_range_too),
	    cmocka_unit_test(every_truncation_is_refused),
	    cmocka_unit_test(every_allocation_may_fail),
	};

	return cmocka_run_group_tests_name("db/parse_levels", tests, NULL, NULL);
}
