/* SPDX-License-Identifier: BSD-2-Clause */
/* Rules, conditionals with their rules, role transitions and role allows. */
#include "flask/db/parse.h"

#define COND_NODE_SIZE 8u

static bool kind_is_known(uint32_t kind)
{
	return kind && !(kind & (kind - 1)) && (kind & (POLICY_ACCESS_KINDS | POLICY_TYPE_KINDS));
}

/*
 * Xen: takes further bits beside one known kind, and never applies such a rule.
 * Whether a conditional rule is enabled is computed from the booleans, so that
 * bit is read and not believed.
 */
static void parse_rule(struct image *im, struct draft_rule *rule, uint32_t allowed_bits)
{
	size_t at = im->pos;
	uint16_t specified;

	rule->source = image_u16(im);
	rule->target = image_u16(im);
	rule->tclass = image_u16(im);
	specified = image_u16(im);
	rule->data = image_u32(im);
	rule->kind = (uint16_t)(specified & ~allowed_bits);
	if (!kind_is_known(rule->kind))
		image_fail_number(im, at + 6, "not exactly one kind of rule:", specified);
}

static void parse_rule_list(struct policy_draft *draft, struct draft_rules *rules, uint32_t allowed_bits)
{
	struct image *im = &draft->im;
	uint32_t i;

	rules->count = image_count(im, POLICY_RULE_SIZE);
	rules->at = draft_at(draft);
	rules->rules = draft_scratch(draft, rules->count, sizeof(*rules->rules));
	for (i = 0; i < rules->count && !im->status; i++)
		parse_rule(im, &rules->rules[i], allowed_bits);
}

/* @depth: values on the stack of the evaluator before this node. */
static void parse_cond_node(struct image *im, struct policy_cond_node *node, uint32_t *depth)
{
	size_t at = im->pos;
	uint32_t needs = 2;

	node->op = image_u32(im);
	node->boolean = image_u32(im);
	if (node->op < COND_BOOL || node->op > COND_NEQ)
		image_fail_number(im, at, "unknown kind of condition node:", node->op);
	if (node->op == COND_BOOL)
		needs = 0;
	if (node->op == COND_NOT)
		needs = 1;
	if (*depth < needs)
		image_fail_at(im, at, "condition operator without operands");
	*depth = *depth - needs + 1;
	if (*depth > POLICY_COND_DEPTH)
		image_fail_at(im, at, "condition needs more than 10 values on the stack");
}

/* Xen: loads a malformed condition, whose rules are then off for ever. */
static void parse_cond(struct policy_draft *draft, struct policy_cond *cond, struct draft_cond *lists)
{
	struct image *im = &draft->im;
	struct policy_cond_node *nodes;
	uint32_t i, depth = 0;
	size_t at = im->pos;
	uint32_t state = image_u32(im);

	if (state > 1)
		image_fail_number(im, at, "state of a condition must be 0 or 1, not", state);
	cond->nnodes = image_count(im, COND_NODE_SIZE);
	lists->nodes_at = draft_at(draft);
	cond->nodes = nodes = draft_alloc(draft, cond->nnodes, sizeof(*nodes));
	for (i = 0; i < cond->nnodes && !im->status; i++)
		parse_cond_node(im, &nodes[i], &depth);
	if (depth != 1)
		image_fail_at(im, at + 4, "condition does not end with one value");
	parse_rule_list(draft, &lists->list[true], POLICY_RULE_ENABLED);
	parse_rule_list(draft, &lists->list[false], POLICY_RULE_ENABLED);
	cond->ntrue = lists->list[true].count;
	cond->nfalse = lists->list[false].count;
}

static void parse_conditionals(struct policy_draft *draft)
{
	struct policy *policy = draft->policy;
	struct image *im = &draft->im;
	uint32_t i;

	image_section(im, "conditionals");
	policy->nconds = image_count(im, 16);
	policy->conds = draft_alloc(draft, policy->nconds, sizeof(*policy->conds));
	draft->conds = draft_scratch(draft, policy->nconds, sizeof(*draft->conds));
	for (i = 0; i < policy->nconds && !im->status; i++)
		parse_cond(draft, &policy->conds[i], &draft->conds[i]);
}

static void parse_role_trans(struct policy_draft *draft)
{
	struct policy *policy = draft->policy;
	struct image *im = &draft->im;
	bool has_class = policy->version == 30;
	uint32_t i;

	image_section(im, "role transitions");
	policy->nrole_trans = image_count(im, has_class ? 16 : 12);
	draft->role_trans_at = draft_at(draft);
	policy->role_trans = draft_alloc(draft, policy->nrole_trans, sizeof(*policy->role_trans));
	for (i = 0; i < policy->nrole_trans && !im->status; i++) {
		struct policy_role_trans *trans = &policy->role_trans[i];

		trans->role = image_u32(im);
		trans->type = image_u32(im);
		trans->new_role = image_u32(im);
		trans->tclass = has_class ? image_u32(im) : 0;
	}
}

static void parse_role_allows(struct policy_draft *draft)
{
	struct policy *policy = draft->policy;
	struct image *im = &draft->im;
	uint32_t i;

	image_section(im, "role allows");
	policy->nrole_allows = image_count(im, 8);
	draft->role_allows_at = draft_at(draft);
	policy->role_allows = draft_alloc(draft, policy->nrole_allows, sizeof(*policy->role_allows));
	for (i = 0; i < policy->nrole_allows && !im->status; i++) {
		policy->role_allows[i].role = image_u32(im);
		policy->role_allows[i].new_role = image_u32(im);
	}
}

void policy_parse_rules(struct policy_draft *draft)
{
	struct image *im = &draft->im;
	uint32_t named;
	size_t at;

	image_section(im, "rules");
	at = im->pos;
	parse_rule_list(draft, &draft->rules, 0);
	draft->policy->nrules = draft->rules.count;
	if (!draft->rules.count)
		image_fail_at(im, at, "no rules at all");
	parse_conditionals(draft);
	parse_role_trans(draft);
	parse_role_allows(draft);
	if (draft->policy->version == 24)
		return;
	image_section(im, "file name transitions");
	at = im->pos;
	named = image_u32(im);
	if (named)
		image_fail_number(im, at, "file name transitions mean nothing to a hypervisor; there are", named);
}
