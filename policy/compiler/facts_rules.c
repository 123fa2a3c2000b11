/* SPDX-License-Identifier: BSD-2-Clause */
/* Rules that are not access vectors, and those that depend on booleans, as they would be written. */
#include "policy/compiler/facts.h"

#include "tools/common/build_text.h"
#include "tools/common/output.h"

#include <stdlib.h>

static const char *type_name(const struct policy *policy, uint32_t value)
{
	return policy->types[value - 1].name;
}

static const char *class_name(const struct policy *policy, uint32_t value)
{
	return policy->classes[value - 1].name;
}

static void put_name(FILE *out, const char *name)
{
	put_escaped(out, name, strlen(name));
}

static void add_type_rule(struct facts *facts, const struct policy *policy, const struct policy_type_rule *rule)
{
	enum fact_section section = rule->kind == RULE_TRANSITION ? FACT_TYPE_TRANSITION
				    : rule->kind == RULE_MEMBER	  ? FACT_TYPE_MEMBER
								  : FACT_TYPE_CHANGE;

	/* Keyed by exact types: a rule on an attribute never applies. */
	if (policy->types[rule->source - 1].attribute || policy->types[rule->target - 1].attribute)
		return;
	facts_add(facts, section,
		  facts_words(type_name(policy, rule->source), type_name(policy, rule->target),
			      class_name(policy, rule->tclass)),
		  facts_words(type_name(policy, rule->result)));
}

/* The first rule of a role and a type wins. */
static bool is_first(const struct policy *policy, uint32_t index)
{
	const struct policy_role_trans *rule = &policy->role_trans[index], *earlier = policy->role_trans;

	for (; earlier < rule; earlier++)
		if (earlier->role == rule->role && earlier->type == rule->type)
			return false;
	return true;
}

static void add_role_rules(struct facts *facts, const struct policy *policy)
{
	const struct policy_role_trans *rule;
	const struct policy_role_allow *allow;
	uint32_t i;

	for (i = 0; i < policy->nrole_trans; i++) {
		rule = &policy->role_trans[i];
		if (is_first(policy, i) && !policy->types[rule->type - 1].attribute)
			facts_add(facts, FACT_ROLE_TRANSITION,
				  facts_words(policy->roles[rule->role - 1].name, type_name(policy, rule->type)),
				  facts_words(policy->roles[rule->new_role - 1].name));
	}
	for (i = 0; i < policy->nrole_allows; i++) {
		allow = &policy->role_allows[i];
		facts_add(facts, FACT_ROLE_ALLOW,
			  facts_words(policy->roles[allow->role - 1].name, policy->roles[allow->new_role - 1].name),
			  NULL);
	}
}

static const char *op_text(uint32_t op)
{
	static const char *const ops[] = {
	    [COND_OR] = " || ", [COND_AND] = " && ", [COND_XOR] = " ^ ", [COND_EQ] = " == ", [COND_NEQ] = " != "};

	return ops[op];
}

/* Infix text, owned by the caller. Depth and arity were proven when the policy was made. */
static char *condition_text(const struct policy *policy, const struct policy_cond *cond)
{
	char *stack[POLICY_COND_DEPTH] = {NULL};
	const struct policy_cond_node *node;
	struct build_text text;
	uint32_t i, top = 0;

	for (i = 0; i < cond->nnodes; i++) {
		node = &cond->nodes[i];
		build_start(&text);
		if (node->op == COND_BOOL) {
			put_name(text.out, policy->bools[node->boolean - 1].name);
		} else if (node->op == COND_NOT) {
			PORT_BUG_ON(top < 1);
			fprintf(text.out, "!%s", stack[--top]);
			free(stack[top]);
		} else {
			PORT_BUG_ON(top < 2);
			top -= 2;
			fprintf(text.out, "(%s%s%s)", stack[top], op_text(node->op), stack[top + 1]);
			free(stack[top]);
			free(stack[top + 1]);
		}
		stack[top++] = build_finish(&text);
	}
	PORT_BUG_ON(top != 1);
	return stack[0];
}

static const char *kind_text(uint32_t kind)
{
	switch (kind) {
	case RULE_ALLOW:
		return "allow";
	case RULE_AUDITALLOW:
		return "auditallow";
	case RULE_AUDITDENY:
		return "dontaudit";
	case RULE_TRANSITION:
		return "type_transition";
	case RULE_MEMBER:
		return "type_member";
	}
	return "type_change";
}

/* By name, for bits stand in another order in another policy. */
static void put_perms(FILE *out, const struct policy_class *tclass, uint32_t perms)
{
	uint32_t i;

	fputs(" {", out);
	for (i = 0; i < tclass->perms.count; i++)
		if (perms & 1u << (tclass->perms.entries[i].value - 1)) {
			putc(' ', out);
			put_name(out, tclass->perms.entries[i].name);
		}
	fputs(" }", out);
}

static char *cond_rule_text(const struct policy *policy, const struct policy_cond_rule *rule, const char *condition)
{
	const struct policy_class *tclass = &policy->classes[rule->tclass - 1];
	struct build_text text;

	build_start(&text);
	fprintf(text.out, "if (%s) %s%s ", condition, rule->branch ? "" : "else ", kind_text(rule->kind));
	put_name(text.out, type_name(policy, rule->source));
	putc(' ', text.out);
	put_name(text.out, type_name(policy, rule->target));
	putc(':', text.out);
	put_name(text.out, tclass->name);
	if (rule->kind >= RULE_TRANSITION) {
		putc(' ', text.out);
		put_name(text.out, type_name(policy, rule->data));
	} else {
		put_perms(text.out, tclass, rule->kind == RULE_AUDITDENY ? ~rule->data : rule->data);
	}
	return build_finish(&text);
}

void facts_add_rules(struct facts *facts, const struct policy *policy)
{
	char **conditions = allocate(policy->nconds, sizeof(*conditions));
	uint32_t i;

	for (i = 0; i < policy->ntype_rules; i++)
		add_type_rule(facts, policy, &policy->type_rules[i]);
	add_role_rules(facts, policy);
	for (i = 0; i < policy->nconds; i++)
		conditions[i] = condition_text(policy, &policy->conds[i]);
	for (i = 0; i < policy->ncond_rules; i++)
		facts_add(facts, FACT_CONDITIONAL,
			  cond_rule_text(policy, &policy->cond_rules[i], conditions[policy->cond_rules[i].cond]), NULL);
	for (i = 0; i < policy->nconds; i++)
		free(conditions[i]);
	free(conditions);
}
