/* SPDX-License-Identifier: BSD-2-Clause */
/* Conditions over booleans. */
#include "flask/ss/decide.h"

static bool combine(uint32_t op, bool left, bool right)
{
	switch (op) {
	case COND_OR:
		return left || right;
	case COND_AND:
		return left && right;
	case COND_XOR:
	case COND_NEQ:
		return left != right;
	case COND_EQ:
		return left == right;
	}
	port_panic("Flask: a condition has an operator that validation let through");
}

/* Depth and arity were proven when the policy was made: one value remains, at the bottom. */
static bool expression_value(const struct policy_cond *cond, const bool *bools)
{
	bool stack[POLICY_COND_DEPTH] = {false};
	uint32_t i, top = 0;

	for (i = 0; i < cond->nnodes; i++) {
		switch (cond->nodes[i].op) {
		case COND_BOOL:
			stack[top++] = bools[cond->nodes[i].boolean - 1];
			break;
		case COND_NOT:
			stack[top - 1] = !stack[top - 1];
			break;
		default:
			top--;
			stack[top - 1] = combine(cond->nodes[i].op, stack[top - 1], stack[top]);
		}
	}
	return stack[0];
}

void cond_evaluate(const struct policy *policy, const bool *bools, uint8_t *cond_true)
{
	uint32_t i;

	for (i = 0; i < policy->nconds; i++)
		cond_true[i] = expression_value(&policy->conds[i], bools);
}
