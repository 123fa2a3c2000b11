/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * One image or more for each kind of mistake that other readers of policies made; docs/defects.md names the records.
 * That nothing is read twice, past its end or after it is gone shows under AddressSanitizer, and in the memory left
 * behind.
 */
#include "tests/unit/db/refuse.h"

#include <stdlib.h>

#define NO_SET	    "40000000 00000000 00000000 "
#define BIT(digits) "40000000 40000000 01000000 00000000 " digits

/* Refused when the record already has a place in the tables: what was built must go once, and nobody may look again. */
static const struct refusal use_after_free[] = {
    {"a class whose last field fails, its permission kept",
     24,
     {{0xdb, 4, "ffffffff"}},
     "classes",
     0xdb,
     "more records than the bytes left can hold: 4294967295"},
    {"a second class that takes the value of the first",
     24,
     {{0xb9, 4, "02000000"}},
     "classes",
     0xb9,
     "the value is already taken, of `xen'"},
    {"a second permission that takes the name of the first",
     24,
     {{0x74, 4, "06000000"}, {0x7c, 5, "637265617465"}},
     "classes",
     0x74,
     "permission stands twice: `create'"},
    {"a constraint on a type that goes out of range",
     24,
     {{0xa5, 8, "0800000000000000"}},
     "classes",
     0x95,
     "names in a constraint of `domain': not declared: value 4"},
    {"all is read but the last byte",
     24,
     {{0x312, 1, ""}},
     "attribute map",
     0x303,
     "more records than the bytes left can hold: 1"},
};

static const struct refusal over_read[] = {
    {"a name one byte longer than the rest of the image",
     24,
     {{0x48, 4, "b4020000"}},
     "classes",
     0x60,
     "the image ends inside this record"},
    {"the map ends inside the numbers of a set",
     24,
     {{0x307, 12, ""}},
     "attribute map",
     0x303,
     "more records than the bytes left can hold: 1"},
    {"an attribute in a word that the types do not have",
     24,
     {{0x2cb, 24, "40000000 80000000 02000000 00000000 0300000000000000 40000000 0100000000000000"}},
     "attribute map",
     0x2cb,
     "attributes of `vm_t': not declared: value 65"},
    {"a role in a word that the roles do not have",
     24,
     {{0x1c2, 24, "40000000 80000000 02000000 00000000 0200000000000000 40000000 0100000000000000"}},
     "users",
     0x1c2,
     "roles of user `su': not declared: value 65"},
    {"a path one byte longer than the rest of the image",
     30,
     {{0x317, 4, "01000000 51000000"}},
     "device tree nodes",
     0x31f,
     "the image ends inside this record"},
};

static const struct refusal index_past_count[] = {
    {"a rule whose source is 0, before the first type",
     24,
     {{0x227, 2, "0000"}},
     "rules",
     0x227,
     "source type of a rule is not declared: value 0"},
    {"a rule whose class is the greatest of 16 bits",
     24,
     {{0x22b, 2, "ffff"}},
     "rules",
     0x22b,
     "class of a rule is not declared: value 65535"},
    {"a transition to the greatest type of 32 bits",
     24,
     {{0x22d, 6, "1000 ffffffff"}},
     "rules",
     0x22f,
     "resulting type of a rule is not declared: value 4294967295"},
    {"a condition on the greatest boolean",
     24,
     {{0x243, 4, "ffffffff"}},
     "conditionals",
     0x243,
     "boolean of a condition is not declared: value 4294967295"},
    {"a role transition at the greatest type",
     24,
     {{0x25b, 4, "01000000 02000000 ffffffff 01000000"}},
     "role transitions",
     0x263,
     "type of a role transition is not declared: value 4294967295"},
    {"a role allow to the greatest role",
     24,
     {{0x25f, 4, "01000000 02000000 ffffffff"}},
     "role allows",
     0x267,
     "new role of an allow is not declared: value 4294967295"},
    {"a context of the greatest user",
     24,
     {{0x26b, 4, "ffffffff"}},
     "initial SIDs",
     0x26b,
     "user of the context is not declared: value 4294967295"},
    {"an alias of the greatest type",
     24,
     {{0x15f, 4, "ffffffff"}},
     "types",
     0x15f,
     "the value is 0 or out of range, of `u_t'"},
    {"a permissive type one past the types",
     24,
     {{0x2c, 12, BIT("1000000000000000")}},
     "permissive types",
     0x2c,
     "permissive type is not declared: value 4"},
};

#define FIVE(node) node node node node node
#define TEN(node)  FIVE(node) FIVE(node)

#define TRUE_NODE  "01000000 01000000 "
#define NOT_NODE   "02000000 00000000 "
#define AND_NODE   "04000000 00000000 "
#define SAME_USERS "04000000 01000000 01000000 "

/* The readers of others keep these in arrays of a fixed length; the count in the image is not that length. */
static const struct refusal fixed_arrays[] = {
    {"as many symbol tables as 32 bits count",
     24,
     {{0x18, 4, "ffffffff"}},
     "header",
     0x18,
     "number of symbol tables must be 8, not 4294967295"},
    {"as many kinds of object contexts",
     24,
     {{0x1c, 4, "ffffffff"}},
     "header",
     0x1c,
     "number of object context kinds does not fit target and version: 4294967295"},
    {"a target name longer than its buffer",
     24,
     {{4, 4, "ffffffff"}},
     "header",
     4,
     "length of the target name must be 8, not 4294967295"},
    {"a class of 33 permissions",
     24,
     {{0x54, 4, "21000000"}},
     "classes",
     0x54,
     "more than 32 permission bits in `domain'"},
    {"a permission that is the 33rd bit",
     24,
     {{0x54, 4, "20000000"}, {0x78, 4, "21000000"}},
     "classes",
     0x78,
     "the value is 0 or out of range, of permission `pause'"},
    {"a condition of twenty values on the stack",
     24,
     {{0x23b, 12, "14000000" TEN(TRUE_NODE) TEN(TRUE_NODE)}},
     "conditionals",
     0x28f,
     "condition needs more than 10 values on the stack"},
    {"a constraint of ten values on the stack",
     24,
     {{0x85, 40, "0a000000" TEN(SAME_USERS)}},
     "classes",
     0xc5,
     "constraint needs more than 5 values on the stack"},
};

/* What points up, or in a circle, is followed step by step; an expression is walked, however long. */
static const struct refusal recursion[] = {
    {"two roles that bound each other",
     24,
     {{0xdf, 8, "03000000 03000000"},
      {0xef, 4, "03000000"},
      {0x153, 0, "01000000 03000000 02000000 72" NO_SET BIT("0500000000000000")}},
     "roles",
     0xef,
     "more than 3 bounds in a row, or a loop, above `vm_r'"},
    {"a type that bounds itself",
     24,
     {{0x1a3, 4, "03000000"}},
     "types",
     0x1a3,
     "more than 3 bounds in a row, or a loop, above `xen_t'"},
    {"a user that bounds itself",
     24,
     {{0x1bc, 4, "01000000"}},
     "users",
     0x1bc,
     "more than 3 bounds in a row, or a loop, above `su'"},
    {"a hundred nots", 24, {{0x23b, 12, "65000000" TRUE_NODE TEN(TEN(NOT_NODE))}}, NULL, 0, NULL},
    {"a hundred nots, and a value more",
     24,
     {{0x23b, 12, "66000000" TRUE_NODE TEN(TEN(NOT_NODE)) TRUE_NODE}},
     "conditionals",
     0x23b,
     "condition does not end with one value"},
    {"a hundred nots of nothing",
     24,
     {{0x23b, 12, "64000000" TEN(TEN(NOT_NODE))}},
     "conditionals",
     0x23f,
     "condition operator without operands"},
};

#define ALL_ONES "ffffffff"

/* Each count and each number of values as it would be after an overflow, or just before one. */
static const struct refusal saturated_counts[] = {
    {"values of classes", 24, {{0x40, 4, ALL_ONES}}, "classes", 0x40, "far more values than records: 4294967295"},
    {"classes", 24, {{0x44, 4, ALL_ONES}}, "classes", 0x44, "more records than the bytes left can hold: 4294967295"},
    {"permission bits", 24, {{0x54, 4, ALL_ONES}}, "classes", 0x54, "more than 32 permission bits in `domain'"},
    {"permissions",
     24,
     {{0x58, 4, ALL_ONES}},
     "classes",
     0x58,
     "more records than the bytes left can hold: 4294967295"},
    {"constraints",
     24,
     {{0x5c, 4, ALL_ONES}},
     "classes",
     0x5c,
     "more records than the bytes left can hold: 4294967295"},
    {"nodes of a constraint",
     24,
     {{0x85, 4, ALL_ONES}},
     "classes",
     0x85,
     "more records than the bytes left can hold: 4294967295"},
    {"values of roles", 24, {{0xdf, 4, ALL_ONES}}, "roles", 0xdf, "far more values than records: 4294967295"},
    {"roles", 24, {{0xe3, 4, ALL_ONES}}, "roles", 0xe3, "more records than the bytes left can hold: 4294967295"},
    {"values of types", 24, {{0x153, 4, ALL_ONES}}, "types", 0x153, "far more values than records: 4294967295"},
    {"types", 24, {{0x157, 4, ALL_ONES}}, "types", 0x157, "more records than the bytes left can hold: 4294967295"},
    {"values of users", 24, {{0x1ac, 4, ALL_ONES}}, "users", 0x1ac, "far more values than records: 4294967295"},
    {"users", 24, {{0x1b0, 4, ALL_ONES}}, "users", 0x1b0, "more records than the bytes left can hold: 4294967295"},
    {"words of a set",
     24,
     {{0x1ca, 4, ALL_ONES}},
     "users",
     0x1ca,
     "more records than the bytes left can hold: 4294967295"},
    {"values of booleans", 24, {{0x1fe, 4, ALL_ONES}}, "booleans", 0x1fe, "far more values than records: 4294967295"},
    {"booleans",
     24,
     {{0x202, 4, ALL_ONES}},
     "booleans",
     0x202,
     "more records than the bytes left can hold: 4294967295"},
    {"levels",
     24,
     {{0x217, 4, ALL_ONES}},
     "sensitivities",
     0x217,
     "more records than the bytes left can hold: 4294967295"},
    {"categories",
     24,
     {{0x21f, 4, ALL_ONES}},
     "categories",
     0x21f,
     "more records than the bytes left can hold: 4294967295"},
    {"rules", 24, {{0x223, 4, ALL_ONES}}, "rules", 0x223, "more records than the bytes left can hold: 4294967295"},
    {"conditionals",
     24,
     {{0x233, 4, ALL_ONES}},
     "conditionals",
     0x233,
     "more records than the bytes left can hold: 4294967295"},
    {"nodes of a condition",
     24,
     {{0x23b, 4, ALL_ONES}},
     "conditionals",
     0x23b,
     "more records than the bytes left can hold: 4294967295"},
    {"rules of a true list",
     24,
     {{0x247, 4, ALL_ONES}},
     "conditionals",
     0x247,
     "more records than the bytes left can hold: 4294967295"},
    {"rules of a false list",
     24,
     {{0x257, 4, ALL_ONES}},
     "conditionals",
     0x257,
     "more records than the bytes left can hold: 4294967295"},
    {"role transitions",
     24,
     {{0x25b, 4, ALL_ONES}},
     "role transitions",
     0x25b,
     "more records than the bytes left can hold: 4294967295"},
    {"role allows",
     24,
     {{0x25f, 4, ALL_ONES}},
     "role allows",
     0x25f,
     "more records than the bytes left can hold: 4294967295"},
    {"initial SIDs",
     24,
     {{0x263, 4, ALL_ONES}},
     "initial SIDs",
     0x263,
     "more records than the bytes left can hold: 4294967295"},
    {"iomem ranges",
     24,
     {{0x293, 4, ALL_ONES}},
     "iomem ranges",
     0x293,
     "more records than the bytes left can hold: 4294967295"},
    {"device tree nodes",
     30,
     {{0x317, 4, ALL_ONES}},
     "device tree nodes",
     0x317,
     "more records than the bytes left can hold: 4294967295"},
};

/* 0x80 is neverallow, which no compiler writes into an image; 0x700 are the extended kinds. */
static const struct refusal rule_specifiers[] = {
    {"none at all", 24, {{0x22d, 2, "0000"}}, "rules", 0x22d, "not exactly one kind of rule: 0"},
    {"all of them", 24, {{0x22d, 2, "ffff"}}, "rules", 0x22d, "not exactly one kind of rule: 65535"},
    {"allow and transition", 24, {{0x22d, 2, "1100"}}, "rules", 0x22d, "not exactly one kind of rule: 17"},
    {"neverallow", 24, {{0x22d, 2, "8000"}}, "rules", 0x22d, "not exactly one kind of rule: 128"},
    {"extended neverallow", 24, {{0x22d, 2, "0008"}}, "rules", 0x22d, "not exactly one kind of rule: 2048"},
    {"nothing but enabled", 24, {{0x251, 2, "0080"}}, "conditionals", 0x251, "not exactly one kind of rule: 32768"},
    {"all of them, under a condition",
     24,
     {{0x251, 2, "ffff"}},
     "conditionals",
     0x251,
     "not exactly one kind of rule: 65535"},
};

#define VM_CONTEXT "01000000 01000000 01000000 01000000 00000000 " NO_SET

/* A path of a device tree is printed when a node is denied: nothing of it may end the line or reach a terminal. */
static const struct refusal control_in_paths[] = {
    {"a new line",
     30,
     {{0x317, 4, "01000000 03000000 2f0a61" VM_CONTEXT}},
     "device tree nodes",
     0x320,
     "control character in a name: code 10"},
    {"a NUL, behind which the path would go on",
     30,
     {{0x317, 4, "01000000 03000000 2f6100" VM_CONTEXT}},
     "device tree nodes",
     0x321,
     "control character in a name: code 0"},
    {"an escape of a terminal",
     30,
     {{0x317, 4, "01000000 03000000 1b5b4a" VM_CONTEXT}},
     "device tree nodes",
     0x31f,
     "control character in a name: code 27"},
    {"a delete",
     30,
     {{0x317, 4, "01000000 03000000 2f617f" VM_CONTEXT}},
     "device tree nodes",
     0x321,
     "control character in a name: code 127"},
    {"a space and letters above ASCII", 30, {{0x317, 4, "01000000 04000000 2f20c3a9" VM_CONTEXT}}, NULL, 0, NULL},
};

static const struct refusal initial_sid_index[] = {
    {"before the table", 24, {{0x267, 4, "00000000"}}, "initial SIDs", 0x267, "initial SID must be 1..1024, not 0"},
    {"one past the table",
     24,
     {{0x267, 4, "01040000"}},
     "initial SIDs",
     0x267,
     "initial SID must be 1..1024, not 1025"},
    {"the sign bit",
     24,
     {{0x267, 4, "00000080"}},
     "initial SIDs",
     0x267,
     "initial SID must be 1..1024, not 2147483648"},
    {"the greatest", 24, {{0x267, 4, ALL_ONES}}, "initial SIDs", 0x267, "initial SID must be 1..1024, not 4294967295"},
};

#define TABLE_TEST(name)                                      \
	static void name##_rows(void **state)                 \
	{                                                     \
		(void)state;                                  \
		expect_refusals(name, PORT_ARRAY_SIZE(name)); \
	}

TABLE_TEST(use_after_free)

/* The builder keeps bytes to spare. Here the image ends where its memory ends, so that AddressSanitizer sees one byte
 * more. */
static void expect_refusal_at_the_edge(const struct refusal *row)
{
	struct image_builder builder = {0};
	struct image_error error;
	struct policy *policy = NULL;
	unsigned char *exact;
	int rc;

	build_edited(&builder, row);
	exact = malloc(builder.size);
	assert_non_null(exact);
	memcpy(exact, builder.bytes, builder.size);
	rc = policy_create(exact, builder.size, &policy, &error);
	free(exact);
	builder_free(&builder);
	assert_int_equal(rc, -EINVAL);
	assert_null(policy);
	assert_int_equal(error.offset, row->offset);
	assert_string_equal(error.reason, row->reason);
}

static void over_read_rows(void **state)
{
	size_t i;

	(void)state;
	expect_refusals(over_read, PORT_ARRAY_SIZE(over_read));
	for (i = 0; i < PORT_ARRAY_SIZE(over_read); i++)
		expect_refusal_at_the_edge(&over_read[i]);
}

TABLE_TEST(index_past_count)
TABLE_TEST(fixed_arrays)
TABLE_TEST(recursion)
TABLE_TEST(saturated_counts)
TABLE_TEST(rule_specifiers)
TABLE_TEST(control_in_paths)
TABLE_TEST(initial_sid_index)

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(use_after_free_rows),    cmocka_unit_test(over_read_rows),
	    cmocka_unit_test(index_past_count_rows),  cmocka_unit_test(fixed_arrays_rows),
	    cmocka_unit_test(recursion_rows),	      cmocka_unit_test(saturated_counts_rows),
	    cmocka_unit_test(rule_specifiers_rows),   cmocka_unit_test(control_in_paths_rows),
	    cmocka_unit_test(initial_sid_index_rows),
	};

	return cmocka_run_group_tests_name("db/defects", tests, NULL, NULL);
}
