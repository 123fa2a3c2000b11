/* SPDX-License-Identifier: BSD-2-Clause */
/* Constraints as they would be written, attributes replaced by their types as the compiler did. */
#include "policy/compiler/facts.h"

#include "tools/common/build_text.h"
#include "tools/common/output.h"

#include <stdlib.h>

static const char *op_text(uint8_t op)
{
	static const char *const ops[] = {
	    [OP_EQ] = " == ", [OP_NEQ] = " != ", [OP_DOM] = " dom ", [OP_DOMBY] = " domby ", [OP_INCOMP] = " incomp "};

	return ops[op];
}

static void put_levels(FILE *out, const struct policy_node *node)
{
	static const struct {
		uint16_t attr;
		const char *left, *right;
	} levels[] = {{ATTR_L1L2, "l1", "l2"}, {ATTR_L1H2, "l1", "h2"}, {ATTR_H1L2, "h1", "l2"},
		      {ATTR_H1H2, "h1", "h2"}, {ATTR_L1H1, "l1", "h1"}, {ATTR_L2H2, "l2", "h2"}};
	size_t i;

	for (i = 0; i < PORT_ARRAY_SIZE(levels); i++)
		if (node->attr == levels[i].attr)
			fprintf(out, "%s%s%s", levels[i].left, op_text(node->op), levels[i].right);
}

static const char *name_of(const struct policy *policy, uint16_t attr, uint32_t bit)
{
	if (attr & ATTR_USER)
		return bit < policy->nusers ? policy->users[bit].name : NULL;
	if (attr & ATTR_ROLE)
		return bit < policy->nroles ? policy->roles[bit].name : NULL;
	return bit < policy->ntypes ? policy->types[bit].name : NULL;
}

static int by_name(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Sorted by name; bits that nobody declared match nobody. */
static void put_names(FILE *out, const struct policy *policy, const struct policy_node *node)
{
	const char **names = allocate(bitmap_count(&node->names), sizeof(*names)), *name;
	size_t count = 0, i;
	uint32_t bit;

	for (bit = 0; bitmap_next(&node->names, &bit); bit++) {
		name = name_of(policy, node->attr, bit);
		if (name)
			names[count++] = name;
	}
	if (count)
		qsort(names, count, sizeof(*names), by_name);
	if (count != 1)
		fputs("{ ", out);
	for (i = 0; i < count; i++) {
		put_escaped(out, names[i], strlen(names[i]));
		if (count != 1)
			putc(' ', out);
	}
	if (count != 1)
		putc('}', out);
	free(names);
}

static void put_leaf(FILE *out, const struct policy *policy, const struct policy_node *node)
{
	const char *letter = node->attr & ATTR_USER ? "u" : node->attr & ATTR_ROLE ? "r" : "t";
	const char *side = node->attr & ATTR_TARGET ? "2" : node->attr & ATTR_XTARGET ? "3" : "1";

	if (!(node->attr & (ATTR_USER | ATTR_ROLE | ATTR_TYPE))) {
		put_levels(out, node);
		return;
	}
	if (node->kind == NODE_ATTR) {
		fprintf(out, "%s1%s%s2", letter, op_text(node->op), letter);
		return;
	}
	fprintf(out, "%s%s%s", letter, side, op_text(node->op));
	put_names(out, policy, node);
}

/* Infix text, owned by the caller. Depth and arity were proven when the policy was made. */
static char *expression_text(const struct policy *policy, const struct policy_constraint *constraint)
{
	char *stack[POLICY_CONSTRAINT_DEPTH] = {NULL};
	const struct policy_node *node;
	struct build_text text;
	uint32_t i, top = 0;

	for (i = 0; i < constraint->nnodes; i++) {
		node = &constraint->nodes[i];
		build_start(&text);
		if (node->kind == NODE_NOT) {
			PORT_BUG_ON(top < 1);
			fprintf(text.out, "not %s", stack[--top]);
			free(stack[top]);
		} else if (node->kind == NODE_AND || node->kind == NODE_OR) {
			PORT_BUG_ON(top < 2);
			top -= 2;
			fprintf(text.out, "(%s %s %s)", stack[top], node->kind == NODE_AND ? "and" : "or",
				stack[top + 1]);
			free(stack[top]);
			free(stack[top + 1]);
		} else {
			put_leaf(text.out, policy, node);
		}
		stack[top++] = build_finish(&text);
	}
	PORT_BUG_ON(top != 1);
	return stack[0];
}

/* "CLASS { PERM PERM } EXPRESSION"; validatetrans has no permissions. */
static void add(struct facts *facts, enum fact_section section, const struct policy *policy,
		const struct policy_class *tclass, const struct policy_constraint *constraint)
{
	char *expression = expression_text(policy, constraint);
	const struct name_entry *perm = tclass->perms.entries, *end = perm + tclass->perms.count;
	struct build_text text;

	build_start(&text);
	put_escaped(text.out, tclass->name, strlen(tclass->name));
	if (section == FACT_CONSTRAIN) {
		fputs(" {", text.out);
		for (; perm < end; perm++)
			if (constraint->perms & 1u << (perm->value - 1)) {
				putc(' ', text.out);
				put_escaped(text.out, perm->name, strlen(perm->name));
			}
		fputs(" }", text.out);
	}
	fprintf(text.out, " %s", expression);
	facts_add(facts, section, build_finish(&text), NULL);
	free(expression);
}

void facts_add_constraints(struct facts *facts, const struct policy *policy)
{
	const struct policy_class *tclass;
	uint32_t i, k;

	for (i = 0; i < policy->nclasses; i++) {
		tclass = &policy->classes[i];
		for (k = 0; k < tclass->nconstraints; k++)
			add(facts, FACT_CONSTRAIN, policy, tclass, &tclass->constraints[k]);
		for (k = 0; k < tclass->nvalidatetrans; k++)
			add(facts, FACT_VALIDATETRANS, policy, tclass, &tclass->validatetrans[k]);
	}
}
