/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Constraint expressions on a policy built by hand: users 1..3, types 1..3;
 * role 1 is object_r and dominates nothing, 2 dominates itself, 3 dominates
 * itself and 2, 4 dominates itself.
 */
#include "tests/unit/ss/world.h"

#define MAX_NODES 9

static const struct bitmap_word bit0 = {0, 1}, bit1 = {0, 2}, bits12 = {0, 6}, bit3 = {0, 8};
static const struct bitmap_word second_word[] = {{0, 1}, {64, 1}};

static struct policy_role roles[] = {
    {.name = "object_r"},
    {.name = "low_r", .dominates = {1, &bit1}},
    {.name = "top_r", .dominates = {1, &bits12}},
    {.name = "other_r", .dominates = {1, &bit3}},
};
static const struct policy policy = {.nroles = 4, .roles = roles};

#define ATTR(what, op)                           \
	{                                        \
		NODE_ATTR, OP_##op, ATTR_##what, \
		{                                \
			0, NULL                  \
		}                                \
	}
#define SOURCE(what, op, set)                         \
	{                                             \
		NODE_NAMES, OP_##op, ATTR_##what, set \
	}
#define TARGET(what, op, set)                                       \
	{                                                           \
		NODE_NAMES, OP_##op, ATTR_##what | ATTR_TARGET, set \
	}
#define TASK(what, op, set)                                          \
	{                                                            \
		NODE_NAMES, OP_##op, ATTR_##what | ATTR_XTARGET, set \
	}
#define ONE              \
	{                \
		1, &bit0 \
	}
#define TWO              \
	{                \
		1, &bit1 \
	}
#define ONE_65                 \
	{                      \
		2, second_word \
	}
#define NOT                     \
	{                       \
		NODE_NOT, 0, 0, \
		{               \
			0, NULL \
		}               \
	}
#define AND                     \
	{                       \
		NODE_AND, 0, 0, \
		{               \
			0, NULL \
		}               \
	}
#define OR                      \
	{                       \
		NODE_OR, 0, 0,  \
		{               \
			0, NULL \
		}               \
	}
#define YES ATTR(TYPE, EQ)
#define NO  ATTR(TYPE, NEQ)

struct row {
	const char *what;
	struct who source, target, task;
	struct policy_node nodes[MAX_NODES]; /* ends at kind 0 */
	bool holds;
};

static const struct row rows[] = {
    {"u1 == u2, same user", {1, 2, 1}, {1, 4, 2}, {0, 0, 0}, {ATTR(USER, EQ)}, true},
    {"u1 == u2, other user", {1, 2, 1}, {2, 2, 1}, {0, 0, 0}, {ATTR(USER, EQ)}, false},
    {"u1 != u2, other user", {1, 2, 1}, {2, 2, 1}, {0, 0, 0}, {ATTR(USER, NEQ)}, true},
    {"u1 != u2, same user", {2, 2, 1}, {2, 4, 1}, {0, 0, 0}, {ATTR(USER, NEQ)}, false},
    {"t1 == t2, same type", {1, 2, 3}, {2, 4, 3}, {0, 0, 0}, {ATTR(TYPE, EQ)}, true},
    {"t1 == t2, other type", {1, 2, 3}, {1, 2, 1}, {0, 0, 0}, {ATTR(TYPE, EQ)}, false},
    {"t1 != t2, other type", {1, 2, 3}, {1, 2, 1}, {0, 0, 0}, {ATTR(TYPE, NEQ)}, true},
    {"r1 == r2, same role", {1, 2, 1}, {2, 2, 2}, {0, 0, 0}, {ATTR(ROLE, EQ)}, true},
    {"r1 == r2, other role", {1, 2, 1}, {1, 3, 1}, {0, 0, 0}, {ATTR(ROLE, EQ)}, false},
    {"r1 != r2, other role", {1, 2, 1}, {1, 3, 1}, {0, 0, 0}, {ATTR(ROLE, NEQ)}, true},
    {"r1 dom r2, above", {1, 3, 1}, {1, 2, 1}, {0, 0, 0}, {ATTR(ROLE, DOM)}, true},
    {"r1 dom r2, below", {1, 2, 1}, {1, 3, 1}, {0, 0, 0}, {ATTR(ROLE, DOM)}, false},
    {"r1 dom r2, itself", {1, 2, 1}, {1, 2, 1}, {0, 0, 0}, {ATTR(ROLE, DOM)}, true},
    {"r1 domby r2, below", {1, 2, 1}, {1, 3, 1}, {0, 0, 0}, {ATTR(ROLE, DOMBY)}, true},
    {"r1 domby r2, above", {1, 3, 1}, {1, 2, 1}, {0, 0, 0}, {ATTR(ROLE, DOMBY)}, false},
    {"r1 incomp r2, unrelated", {1, 2, 1}, {1, 4, 1}, {0, 0, 0}, {ATTR(ROLE, INCOMP)}, true},
    {"r1 incomp r2, above", {1, 3, 1}, {1, 2, 1}, {0, 0, 0}, {ATTR(ROLE, INCOMP)}, false},
    {"r1 incomp r2, below", {1, 2, 1}, {1, 3, 1}, {0, 0, 0}, {ATTR(ROLE, INCOMP)}, false},
    {"object_r does not dominate itself", {1, 1, 1}, {1, 1, 1}, {0, 0, 0}, {ATTR(ROLE, DOM)}, false},
    {"object_r is not below itself", {1, 1, 1}, {1, 1, 1}, {0, 0, 0}, {ATTR(ROLE, DOMBY)}, false},
    {"object_r is unrelated to itself", {1, 1, 1}, {1, 1, 1}, {0, 0, 0}, {ATTR(ROLE, INCOMP)}, true},

    {"levels are equal: ==", {1, 2, 1}, {2, 3, 2}, {0, 0, 0}, {ATTR(L1L2, EQ)}, true},
    {"levels are equal: dom", {1, 2, 1}, {2, 3, 2}, {0, 0, 0}, {ATTR(H1H2, DOM)}, true},
    {"levels are equal: domby", {1, 2, 1}, {2, 3, 2}, {0, 0, 0}, {ATTR(L1H1, DOMBY)}, true},
    {"levels are equal: !=", {1, 2, 1}, {2, 3, 2}, {0, 0, 0}, {ATTR(L1H2, NEQ)}, false},
    {"levels are equal: incomp", {1, 2, 1}, {2, 3, 2}, {0, 0, 0}, {ATTR(L2H2, INCOMP)}, false},

    {"u1 == {1}", {1, 2, 2}, {2, 2, 2}, {0, 0, 0}, {SOURCE(USER, EQ, ONE)}, true},
    {"u1 == {1}, is 2", {2, 1, 1}, {1, 1, 1}, {0, 0, 0}, {SOURCE(USER, EQ, ONE)}, false},
    {"u1 != {1}, is 2", {2, 1, 1}, {1, 1, 1}, {0, 0, 0}, {SOURCE(USER, NEQ, ONE)}, true},
    {"r2 == {2}", {1, 1, 1}, {1, 2, 1}, {0, 0, 0}, {TARGET(ROLE, EQ, TWO)}, true},
    {"r2 == {2}, is 1", {2, 2, 2}, {2, 1, 2}, {0, 0, 0}, {TARGET(ROLE, EQ, TWO)}, false},
    {"t2 != {1}, is 1", {2, 2, 2}, {2, 2, 1}, {0, 0, 0}, {TARGET(TYPE, NEQ, ONE)}, false},
    {"t2 == {1,65}, is 65", {1, 2, 1}, {1, 2, 65}, {0, 0, 0}, {TARGET(TYPE, EQ, ONE_65)}, true},
    {"t2 == {1,65}, is 64", {1, 2, 1}, {1, 2, 64}, {0, 0, 0}, {TARGET(TYPE, EQ, ONE_65)}, false},
    {"t3 == {2}", {1, 2, 1}, {1, 2, 1}, {1, 2, 2}, {TASK(TYPE, EQ, TWO)}, true},
    {"t3 == {2}, is 1", {1, 2, 2}, {1, 2, 2}, {2, 2, 1}, {TASK(TYPE, EQ, TWO)}, false},
    {"u3 == {2}", {1, 2, 1}, {1, 2, 1}, {2, 1, 1}, {TASK(USER, EQ, TWO)}, true},

    {"not yes", {1, 2, 1}, {1, 2, 1}, {0, 0, 0}, {YES, NOT}, false},
    {"not no", {1, 2, 1}, {1, 2, 1}, {0, 0, 0}, {NO, NOT}, true},
    {"yes and no", {1, 2, 1}, {1, 2, 1}, {0, 0, 0}, {YES, NO, AND}, false},
    {"no and yes", {1, 2, 1}, {1, 2, 1}, {0, 0, 0}, {NO, YES, AND}, false},
    {"yes and yes", {1, 2, 1}, {1, 2, 1}, {0, 0, 0}, {YES, YES, AND}, true},
    {"yes or no", {1, 2, 1}, {1, 2, 1}, {0, 0, 0}, {YES, NO, OR}, true},
    {"no or yes", {1, 2, 1}, {1, 2, 1}, {0, 0, 0}, {NO, YES, OR}, true},
    {"no or no", {1, 2, 1}, {1, 2, 1}, {0, 0, 0}, {NO, NO, OR}, false},
    {"(yes or yes) and no", {1, 2, 1}, {1, 2, 1}, {0, 0, 0}, {YES, YES, OR, NO, AND}, false},
    {"yes or (yes and no)", {1, 2, 1}, {1, 2, 1}, {0, 0, 0}, {YES, YES, NO, AND, OR}, true},
    {"five deep", {1, 2, 1}, {1, 2, 1}, {0, 0, 0}, {NO, YES, YES, YES, YES, AND, AND, AND, OR}, true},
    {"five deep, no", {1, 2, 1}, {1, 2, 1}, {0, 0, 0}, {NO, YES, YES, NO, YES, AND, AND, AND, OR}, false},
};

static void expressions_hold_as_written(void **test)
{
	struct policy_context source, target, task;
	struct policy_constraint constraint = {0};
	const struct row *row;
	uint32_t i;
	bool holds;

	(void)test;
	for (i = 0; i < PORT_ARRAY_SIZE(rows); i++) {
		row = &rows[i];
		constraint.nodes = row->nodes;
		for (constraint.nnodes = 0; constraint.nnodes < MAX_NODES; constraint.nnodes++)
			if (!row->nodes[constraint.nnodes].kind)
				break;
		source = world_who(&row->source);
		target = world_who(&row->target);
		task = world_who(&row->task);
		holds = constraint_holds(&policy, &constraint, &source, &target, &task);
		if (holds != row->holds)
			fail_msg("%s: %d", row->what, holds);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(expressions_hold_as_written),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
