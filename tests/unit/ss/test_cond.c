/* SPDX-License-Identifier: BSD-2-Clause */
/* Conditions: every operator, order of operands, depth. */
#include "tests/unit/ss/world.h"

#define A                    \
	{                    \
		COND_BOOL, 1 \
	}
#define B                    \
	{                    \
		COND_BOOL, 2 \
	}
#define C                    \
	{                    \
		COND_BOOL, 3 \
	}
#define OP(op)               \
	{                    \
		COND_##op, 0 \
	}
#define MAX_NODES 21

struct row {
	const char *what;
	struct policy_cond_node nodes[MAX_NODES]; /* ends at op 0 */
	const char *truth;			  /* for cba = 000, 001, ... 111: a changes fastest */
};

static const struct row rows[] = {
    {"a", {A}, "01010101"},
    {"b", {B}, "00110011"},
    {"not a", {A, OP(NOT)}, "10101010"},
    {"a or b", {A, B, OP(OR)}, "01110111"},
    {"a and b", {A, B, OP(AND)}, "00010001"},
    {"a xor b", {A, B, OP(XOR)}, "01100110"},
    {"a == b", {A, B, OP(EQ)}, "10011001"},
    {"a != b", {A, B, OP(NEQ)}, "01100110"},
    {"a and not b", {A, B, OP(NOT), OP(AND)}, "01000100"},
    {"not a and b", {A, OP(NOT), B, OP(AND)}, "00100010"},
    {"(a or b) and c", {A, B, OP(OR), C, OP(AND)}, "00000111"},
    {"a or (b and c)", {A, B, C, OP(AND), OP(OR)}, "01010111"},
    {"ten deep: a on the stack nine times below c",
     {A, A, A, A, A, A, A, A, A, C, OP(AND), OP(AND), OP(AND), OP(AND), OP(AND), OP(AND), OP(AND), OP(AND), OP(AND)},
     "00000101"},
};

static uint32_t count_nodes(const struct policy_cond_node *nodes)
{
	uint32_t n = 0;

	while (n < MAX_NODES && nodes[n].op)
		n++;
	return n;
}

static void conditions_follow_their_truth_table(void **test)
{
	struct policy_cond conds[PORT_ARRAY_SIZE(rows)] = {0};
	struct policy policy = {.nbools = 3, .nconds = PORT_ARRAY_SIZE(rows), .conds = conds};
	uint8_t cond_true[PORT_ARRAY_SIZE(rows)];
	uint32_t i, values;
	bool bools[3];

	(void)test;
	for (i = 0; i < policy.nconds; i++) {
		conds[i].nodes = rows[i].nodes;
		conds[i].nnodes = count_nodes(rows[i].nodes);
	}
	for (values = 0; values < 8; values++) {
		bools[0] = values & 1;
		bools[1] = values & 2;
		bools[2] = values & 4;
		memset(cond_true, 0xff, sizeof(cond_true));
		cond_evaluate(&policy, bools, cond_true);
		for (i = 0; i < policy.nconds; i++)
			if (cond_true[i] != rows[i].truth[values] - '0')
				fail_msg("%s at %u: %u", rows[i].what, values, cond_true[i]);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(conditions_follow_their_truth_table),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
