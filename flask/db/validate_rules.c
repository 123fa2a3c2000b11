/* SPDX-License-Identifier: BSD-2-Clause */
/* Every type, class, role and boolean that a rule names is proven here. */
#include "flask/db/parse.h"

#define COND_NODE_SIZE 8u

static void validate_rule(struct policy_draft *draft, const struct draft_rule *rule, size_t at)
{
	draft_require(draft, DRAFT_TYPES, rule->source, at, "source type of a rule");
	draft_require(draft, DRAFT_TYPES, rule->target, at + 2, "target type of a rule");
	draft_require(draft, DRAFT_CLASSES, rule->tclass, at + 4, "class of a rule");
	if (rule->kind & POLICY_TYPE_KINDS)
		draft_require(draft, DRAFT_TYPES, rule->data, at + 8, "resulting type of a rule");
}

static void validate_rule_list(struct policy_draft *draft, const struct draft_rules *rules)
{
	uint32_t i;

	for (i = 0; i < rules->count && !draft->im.status; i++)
		validate_rule(draft, &rules->rules[i], rules->at + (size_t)i * POLICY_RULE_SIZE);
}

/* Operators carry a number too: as in Xen it must be 0 or in range, and means nothing. */
static void validate_cond_node(struct policy_draft *draft, const struct policy_cond_node *node, size_t at)
{
	if (node->op == COND_BOOL)
		draft_require(draft, DRAFT_BOOLS, node->boolean, at + 4, "boolean of a condition");
	else if (node->boolean > draft->policy->nbools)
		image_fail_number(&draft->im, at + 4, "boolean of an operator is out of range:", node->boolean);
}

static void validate_conditionals(struct policy_draft *draft)
{
	const struct policy *policy = draft->policy;
	uint32_t i, n;

	for (i = 0; i < policy->nconds && !draft->im.status; i++) {
		const struct draft_cond *cond = &draft->conds[i];

		for (n = 0; n < policy->conds[i].nnodes && !draft->im.status; n++)
			validate_cond_node(draft, &policy->conds[i].nodes[n],
					   cond->nodes_at + (size_t)n * COND_NODE_SIZE);
		validate_rule_list(draft, &cond->list[true]);
		validate_rule_list(draft, &cond->list[false]);
	}
}

static void validate_role_trans(struct policy_draft *draft)
{
	const struct policy *policy = draft->policy;
	bool has_class = policy->version == 30;
	size_t at = draft->role_trans_at;
	uint32_t i;

	for (i = 0; i < policy->nrole_trans && !draft->im.status; i++) {
		const struct policy_role_trans *trans = &policy->role_trans[i];

		draft_require(draft, DRAFT_ROLES, trans->role, at, "role of a transition");
		draft_require(draft, DRAFT_TYPES, trans->type, at + 4, "type of a role transition");
		draft_require(draft, DRAFT_ROLES, trans->new_role, at + 8, "new role of a transition");
		if (has_class)
			draft_require(draft, DRAFT_CLASSES, trans->tclass, at + 12, "class of a role transition");
		at += has_class ? 16 : 12;
	}
}

static void validate_role_allows(struct policy_draft *draft)
{
	const struct policy *policy = draft->policy;
	size_t at = draft->role_allows_at;
	uint32_t i;

	for (i = 0; i < policy->nrole_allows && !draft->im.status; i++, at += 8) {
		draft_require(draft, DRAFT_ROLES, policy->role_allows[i].role, at, "role of an allow");
		draft_require(draft, DRAFT_ROLES, policy->role_allows[i].new_role, at + 4, "new role of an allow");
	}
}

void policy_validate_rules(struct policy_draft *draft)
{
	image_section(&draft->im, "rules");
	validate_rule_list(draft, &draft->rules);
	image_section(&draft->im, "conditionals");
	validate_conditionals(draft);
	image_section(&draft->im, "role transitions");
	validate_role_trans(draft);
	image_section(&draft->im, "role allows");
	validate_role_allows(draft);
}
