/* SPDX-License-Identifier: BSD-2-Clause */
/* The label of a new object: defaults, type rules, role and range transitions. */
#include "flask/ss/decide.h"

/* The first conditional type rule of this kind that is switched on; 0: none. */
static uint32_t cond_type(const struct policy_state *state, uint32_t source, uint32_t target, uint32_t tclass,
			  uint32_t kind)
{
	const struct policy_cond_rule *rules;
	uint32_t i, count = 0;

	rules = policy_cond_rules(state->policy, source, target, tclass, &count);
	for (i = 0; rules && i < count; i++)
		if (rules[i].kind == kind && state->cond_true[rules[i].cond] == rules[i].branch)
			return rules[i].data;
	return 0;
}

/* The type that a rule of exactly this key names (attributes are not tried); 0: no rule. */
static uint32_t ruled_type(const struct policy_state *state, const struct policy_context *source,
			   const struct policy_context *target, uint32_t tclass, uint32_t kind)
{
	const struct policy_type_rule *rule;

	rule = policy_type_rule(state->policy, source->type, target->type, tclass, kind);
	if (rule)
		return rule->result;
	return cond_type(state, source->type, target->type, tclass, kind);
}

/*
 * The role of a new domain. Xen: only the class domain has role transitions,
 * whatever class stands in the rule, and the target's own type is what counts.
 */
static uint32_t new_role(const struct policy *policy, uint32_t role, uint32_t type)
{
	uint32_t i;

	for (i = 0; i < policy->nrole_trans; i++)
		if (policy->role_trans[i].role == role && policy->role_trans[i].type == type)
			return policy->role_trans[i].new_role;
	return role;
}

/* A domain's own range, an object's from the low level of its maker, unless a rule says otherwise. */
static struct policy_range new_range(const struct policy *policy, const struct policy_context *source,
				     const struct policy_context *target, uint32_t tclass, enum policy_rule_kind kind)
{
	const struct policy_range *rule = NULL;
	struct policy_range range = source->range;

	if (kind == RULE_TRANSITION)
		rule = policy_range_rule(policy, source->type, target->type, tclass);
	if (rule)
		return *rule;
	if (tclass != policy->domain_class || kind == RULE_MEMBER)
		range.high = range.low;
	return range;
}

struct policy_context decide_label(const struct policy_state *state, const struct policy_context *source,
				   const struct policy_context *target, uint32_t tclass, enum policy_rule_kind kind)
{
	bool domain = tclass == state->policy->domain_class;
	struct policy_context label;
	uint32_t type;

	label.user = kind == RULE_MEMBER ? target->user : source->user;
	label.role = domain ? source->role : POLICY_OBJECT_R;
	label.type = domain ? source->type : target->type;

	type = ruled_type(state, source, target, tclass, kind);
	if (type)
		label.type = type;
	if (domain && kind == RULE_TRANSITION)
		label.role = new_role(state->policy, source->role, target->type);
	label.range = new_range(state->policy, source, target, tclass, kind);
	return label;
}
