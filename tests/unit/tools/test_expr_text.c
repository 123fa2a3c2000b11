/* SPDX-License-Identifier: BSD-2-Clause */
/* Constraints as text, and why they hold or not, between hand-made contexts. */
#include "tests/unit/tools/toy.h"
#include "tools/audit/expr_text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

#define NODES_MAX 40u

#define BIT(value) (UINT64_C(1) << ((value)-1))

/* Nodes as the compiler writes them. */
#define USERS(compare)                                                \
	{                                                             \
		.kind = NODE_ATTR, .attr = ATTR_USER, .op = (compare) \
	}
#define ROLES(compare)                                                \
	{                                                             \
		.kind = NODE_ATTR, .attr = ATTR_ROLE, .op = (compare) \
	}
#define TYPES(compare)                                                \
	{                                                             \
		.kind = NODE_ATTR, .attr = ATTR_TYPE, .op = (compare) \
	}
#define LEVELS(a, compare)                                      \
	{                                                       \
		.kind = NODE_ATTR, .attr = (a), .op = (compare) \
	}
#define IN(a, compare, set)                                                  \
	{                                                                    \
		.kind = NODE_NAMES, .attr = (a), .op = (compare), .names = { \
			1,                                                   \
			&(const struct bitmap_word){0, (set)}                \
		}                                                            \
	}
#define AND                      \
	{                        \
		.kind = NODE_AND \
	}
#define OR                      \
	{                       \
		.kind = NODE_OR \
	}
#define NOT                      \
	{                        \
		.kind = NODE_NOT \
	}

static const struct policy_context source = {.user = U1, .role = TOP_R, .type = A_T},
				   target = {.user = U2, .role = LOW_R, .type = B_T};

/* At file scope, so that the sets in it live as long as the program. */
static const struct {
	struct policy_node nodes[NODES_MAX];
	uint32_t count;
	const char *expression, *reason;
} rows[] = {
    {{USERS(OP_EQ)}, 1, "u1 == u2", "users differ (u1, u2)"},
    {{USERS(OP_NEQ)}, 1, "u1 != u2", "users differ (u1, u2)"},
    {{TYPES(OP_EQ)}, 1, "t1 == t2", "types differ (a_t, b_t)"},
    {{ROLES(OP_EQ)}, 1, "r1 == r2", "roles differ (top_r, low_r)"},
    {{ROLES(OP_DOM)}, 1, "r1 dom r2", "source role top_r dominates target role low_r"},
    {{ROLES(OP_DOMBY)}, 1, "r1 domby r2", "source role top_r is not dominated by target role low_r"},
    {{ROLES(OP_INCOMP)}, 1, "r1 incomp r2", "source role top_r is comparable to target role low_r"},
    {{IN(ATTR_TYPE, OP_EQ, BIT(C_T))}, 1, "t1 == c_t", "source type a_t is not c_t"},
    {{IN(ATTR_TYPE, OP_NEQ, BIT(A_T))}, 1, "t1 != a_t", "source type is a_t"},
    {{IN(ATTR_TYPE | ATTR_TARGET, OP_EQ, BIT(A_T) | BIT(C_T))},
     1,
     "t2 == { a_t c_t }",
     "target type b_t is not in { a_t c_t }"},
    /* The compiler expands an attribute to its types: it is named again. */
    {{IN(ATTR_TYPE | ATTR_TARGET, OP_NEQ, BIT(A_T) | BIT(B_T))}, 1, "t2 != guests", "target type b_t is in guests"},
    {{IN(ATTR_USER, OP_EQ, BIT(U2))}, 1, "u1 == u2", "source user u1 is not u2"},
    {{IN(ATTR_ROLE | ATTR_TARGET, OP_EQ, BIT(TOP_R))}, 1, "r2 == top_r", "target role low_r is not top_r"},
    {{LEVELS(ATTR_L1L2, OP_EQ)}, 1, "l1 == l2", "l1 == l2 holds"},
    {{LEVELS(ATTR_H1L2, OP_INCOMP)}, 1, "h1 incomp l2", "h1 incomp l2 does not hold"},
    {{USERS(OP_EQ), NOT}, 2, "not u1 == u2", "users differ (u1, u2)"},
    {{USERS(OP_EQ), TYPES(OP_EQ), OR, NOT},
     4,
     "not (u1 == u2 or t1 == t2)",
     "users differ (u1, u2) and types differ (a_t, b_t)"},
    /* or: both failed; one that holds settles it. */
    {{USERS(OP_EQ), TYPES(OP_EQ), OR}, 3, "u1 == u2 or t1 == t2", "users differ (u1, u2) and types differ (a_t, b_t)"},
    {{USERS(OP_EQ), TYPES(OP_NEQ), OR}, 3, "u1 == u2 or t1 != t2", "types differ (a_t, b_t)"},
    /* and: one that fails settles it. */
    {{USERS(OP_EQ), TYPES(OP_NEQ), AND}, 3, "u1 == u2 and t1 != t2", "users differ (u1, u2)"},
    {{USERS(OP_NEQ), TYPES(OP_NEQ), AND},
     3,
     "u1 != u2 and t1 != t2",
     "users differ (u1, u2) and types differ (a_t, b_t)"},
    {{USERS(OP_EQ), ROLES(OP_EQ), TYPES(OP_EQ), AND, AND},
     5,
     "u1 == u2 and r1 == r2 and t1 == t2",
     "users differ (u1, u2) and roles differ (top_r, low_r) and types differ (a_t, b_t)"},
    {{USERS(OP_EQ), ROLES(OP_EQ), AND, TYPES(OP_EQ), OR},
     5,
     "(u1 == u2 and r1 == r2) or t1 == t2",
     "users differ (u1, u2) and roles differ (top_r, low_r) and types differ (a_t, b_t)"},
    {{USERS(OP_EQ), USERS(OP_EQ), OR}, 3, "u1 == u2 or u1 == u2", "users differ (u1, u2)"},
};

static void explains(void **state)
{
	struct expr_text text;
	size_t i;

	(void)state;
	for (i = 0; i < PORT_ARRAY_SIZE(rows); i++) {
		const struct policy_constraint constraint = {.nnodes = rows[i].count, .nodes = rows[i].nodes};

		expr_explain(toy(), &constraint, &source, &target, &text);
		assert_string_equal(text.expression, rows[i].expression);
		assert_string_equal(text.reason, rows[i].reason);
	}
}

static void says_what_is_the_same(void **state)
{
	const struct policy_node nodes[] = {USERS(OP_NEQ)};
	const struct policy_constraint constraint = {.nnodes = 1, .nodes = nodes};
	struct expr_text text;

	(void)state;
	expr_explain(toy(), &constraint, &source, &source, &text);
	assert_string_equal(text.reason, "users are the same (u1)");
}

/* With MLS the two levels are named. */
static void says_which_levels(void **state)
{
	static const struct bitmap_word third[] = {{0, 4}}, first_two[] = {{0, 3}};
	static struct policy_sens sens[] = {{.name = "s0"}, {.name = "s1"}};
	static struct policy_category cats[] = {{"c0"}, {"c1"}, {"c2"}};
	static const struct {
		struct policy_node node;
		const char *expression, *reason;
	} levels[] = {
	    {LEVELS(ATTR_L1L2, OP_DOM), "l1 dom l2", "l1 dom l2 does not hold (s0, s0:c2)"},
	    {LEVELS(ATTR_L1H2, OP_DOMBY), "l1 domby h2", "l1 domby h2 holds (s0, s1:c2)"},
	    {LEVELS(ATTR_H1L2, OP_EQ), "h1 == l2", "h1 == l2 does not hold (s1:c0,c1, s0:c2)"},
	    {LEVELS(ATTR_H1H2, OP_INCOMP), "h1 incomp h2", "h1 incomp h2 holds (s1:c0,c1, s1:c2)"},
	    {LEVELS(ATTR_L1H1, OP_NEQ), "l1 != h1", "l1 != h1 holds (s0, s1:c0,c1)"},
	    {LEVELS(ATTR_L2H2, OP_DOM), "l2 dom h2", "l2 dom h2 does not hold (s0:c2, s1:c2)"},
	};
	struct policy policy = *toy();
	struct policy_context from = source, to = target;
	struct expr_text text;
	size_t i;

	(void)state;
	policy.mls = true;
	policy.sens = sens;
	policy.nsens = PORT_ARRAY_SIZE(sens);
	policy.cats = cats;
	policy.ncats = PORT_ARRAY_SIZE(cats);
	from.range = (struct policy_range){{1, {0, NULL}}, {2, {1, first_two}}};
	to.range = (struct policy_range){{1, {1, third}}, {2, {1, third}}};
	for (i = 0; i < PORT_ARRAY_SIZE(levels); i++) {
		const struct policy_constraint constraint = {.nnodes = 1, .nodes = &levels[i].node};

		expr_explain(&policy, &constraint, &from, &to, &text);
		assert_string_equal(text.expression, levels[i].expression);
		assert_string_equal(text.reason, levels[i].reason);
	}
}

/* The deepest stack that a policy may need. */
static void reaches_the_full_depth(void **state)
{
	const struct policy_node nodes[] = {
	    USERS(OP_EQ), ROLES(OP_EQ), TYPES(OP_EQ), USERS(OP_NEQ), TYPES(OP_NEQ), OR, OR, OR, OR};
	const struct policy_constraint constraint = {.nnodes = PORT_ARRAY_SIZE(nodes), .nodes = nodes};
	struct expr_text text;

	(void)state;
	expr_explain(toy(), &constraint, &source, &target, &text);
	assert_string_equal(text.expression, "u1 == u2 or r1 == r2 or t1 == t2 or u1 != u2 or t1 != t2");
}

/* An expression of any length keeps within its bounds, and says that it was cut. */
static void cuts_what_is_too_long(void **state)
{
	static struct policy_node nodes[2001];
	const struct policy_constraint constraint = {.nnodes = PORT_ARRAY_SIZE(nodes), .nodes = nodes};
	struct expr_text text;
	size_t i;

	(void)state;
	nodes[0] = (struct policy_node)USERS(OP_EQ);
	for (i = 1; i < PORT_ARRAY_SIZE(nodes); i += 2) {
		nodes[i] = (struct policy_node)TYPES(OP_EQ);
		nodes[i + 1] = (struct policy_node)OR;
	}
	expr_explain(toy(), &constraint, &source, &target, &text);
	assert_int_equal(strlen(text.expression), EXPR_TEXT_MAX - 1);
	assert_string_equal(text.expression + EXPR_TEXT_MAX - 4, "...");
	assert_int_equal(strlen(text.reason), EXPR_TEXT_MAX - 1);
	assert_string_equal(text.reason + EXPR_TEXT_MAX - 4, "...");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(explains),
	    cmocka_unit_test(says_what_is_the_same),
	    cmocka_unit_test(says_which_levels),
	    cmocka_unit_test(reaches_the_full_depth),
	    cmocka_unit_test(cuts_what_is_too_long),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
