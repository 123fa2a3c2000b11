/* SPDX-License-Identifier: BSD-2-Clause */
/* Constraint expressions: postfix over two contexts, for validatetrans over three. */
#include "flask/ss/decide.h"
#include "flask/ss/mls.h"

static uint32_t part(const struct policy_context *context, uint16_t attr)
{
	if (attr & ATTR_USER)
		return context->user;
	return attr & ATTR_ROLE ? context->role : context->type;
}

static bool role_dominates(const struct policy *policy, uint32_t role, uint32_t other)
{
	return bitmap_has(&policy->roles[role - 1].dominates, other - 1);
}

/* Equality for users, types and roles; dominance for roles only (validated). */
static bool parts_compare(const struct policy *policy, uint8_t op, uint32_t source, uint32_t target)
{
	switch (op) {
	case OP_EQ:
		return source == target;
	case OP_NEQ:
		return source != target;
	case OP_DOM:
		return role_dominates(policy, source, target);
	case OP_DOMBY:
		return role_dominates(policy, target, source);
	case OP_INCOMP:
		return !role_dominates(policy, source, target) && !role_dominates(policy, target, source);
	}
	port_panic("Flask: a constraint has an operator that validation let through");
}

/* 1 is the source, 2 the target; l the low level, h the high one. Without MLS all levels are equal. */
static bool levels_hold(const struct policy_node *node, const struct policy_range *source,
			const struct policy_range *target)
{
	switch (node->attr) {
	case ATTR_L1L2:
		return mls_compare(node->op, &source->low, &target->low);
	case ATTR_L1H2:
		return mls_compare(node->op, &source->low, &target->high);
	case ATTR_H1L2:
		return mls_compare(node->op, &source->high, &target->low);
	case ATTR_H1H2:
		return mls_compare(node->op, &source->high, &target->high);
	case ATTR_L1H1:
		return mls_compare(node->op, &source->low, &source->high);
	case ATTR_L2H2:
		return mls_compare(node->op, &target->low, &target->high);
	}
	port_panic("Flask: a constraint compares what validation let through");
}

static bool attr_holds(const struct policy *policy, const struct policy_node *node, const struct policy_context *source,
		       const struct policy_context *target)
{
	if (!(node->attr & (ATTR_USER | ATTR_ROLE | ATTR_TYPE)))
		return levels_hold(node, &source->range, &target->range);
	return parts_compare(policy, node->op, part(source, node->attr), part(target, node->attr));
}

static bool names_hold(const struct policy_node *node, const struct policy_context *source,
		       const struct policy_context *target, const struct policy_context *task)
{
	const struct policy_context *side = source;

	if (node->attr & ATTR_TARGET)
		side = target;
	else if (node->attr & ATTR_XTARGET)
		side = task;
	return bitmap_has(&node->names, part(side, node->attr) - 1) == (node->op == OP_EQ);
}

/*
 * Depth and arity were proven when the policy was made: the stack neither
 * under- nor overflows, and one value remains.
 */
bool constraint_holds(const struct policy *policy, const struct policy_constraint *constraint,
		      const struct policy_context *source, const struct policy_context *target,
		      const struct policy_context *task)
{
	bool stack[POLICY_CONSTRAINT_DEPTH] = {false};
	const struct policy_node *node;
	uint32_t i, top = 0;

	for (i = 0; i < constraint->nnodes; i++) {
		node = &constraint->nodes[i];
		switch (node->kind) {
		case NODE_NOT:
			stack[top - 1] = !stack[top - 1];
			break;
		case NODE_AND:
			top--;
			stack[top - 1] = stack[top - 1] && stack[top];
			break;
		case NODE_OR:
			top--;
			stack[top - 1] = stack[top - 1] || stack[top];
			break;
		case NODE_ATTR:
			stack[top++] = attr_holds(policy, node, source, target);
			break;
		case NODE_NAMES:
			stack[top++] = names_hold(node, source, target, task);
			break;
		}
	}
	return stack[0];
}
