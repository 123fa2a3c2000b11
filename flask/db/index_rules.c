/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Rules in the order in which decisions ask for them: access rules by (class,
 * source, target) with the three kinds folded into one row, type rules by
 * (source, target, class, kind).
 */
#include "flask/base/sort.h"
#include "flask/db/parse.h"

static uint64_t pack(uint32_t first, uint32_t second, uint32_t third, uint32_t fourth)
{
	return (uint64_t)first << 48 | (uint64_t)second << 32 | (uint64_t)third << 16 | fourth;
}

static uint64_t access_key(const struct draft_rule *rule)
{
	return pack(rule->tclass, rule->source, rule->target, rule->kind);
}

static uint64_t type_key(const struct draft_rule *rule)
{
	return pack(rule->source, rule->target, rule->tclass, rule->kind);
}

/* The rules of @kinds, sorted by key; NULL after a failure. */
static struct sort_key *sorted_rules(struct policy_draft *draft, uint32_t kinds,
				     uint64_t (*key_of)(const struct draft_rule *rule), uint32_t *count)
{
	const struct draft_rules *rules = &draft->rules;
	struct sort_key *keys;
	uint32_t i, n = 0;

	for (i = 0; i < rules->count; i++)
		n += !!(rules->rules[i].kind & kinds);
	keys = draft_scratch(draft, n, sizeof(*keys));
	if (!keys)
		return NULL;
	*count = n;
	for (i = 0, n = 0; i < rules->count; i++)
		if (rules->rules[i].kind & kinds)
			keys[n++] = (struct sort_key){key_of(&rules->rules[i]), i};
	if (!sort_keys(keys, n))
		return keys;
	image_fail_memory(&draft->im);
	return NULL;
}

static void refuse_repeats(struct policy_draft *draft, const struct sort_key *keys, uint32_t count)
{
	const struct draft_rules *rules = &draft->rules;
	uint32_t i;

	for (i = 1; i < count; i++) {
		uint32_t item = keys[i].item;

		if (keys[i].key == keys[i - 1].key)
			image_fail_name(&draft->im, rules->at + (size_t)item * POLICY_RULE_SIZE,
					"the same rule stands twice, of source type",
					draft->policy->types[rules->rules[item].source - 1].name);
	}
}

/* Keys of one row differ in the kind only, keys of one group in target and kind. */
static bool same_row(const struct sort_key *keys, uint32_t i)
{
	return i && keys[i].key >> 16 == keys[i - 1].key >> 16;
}

static bool same_group(const struct sort_key *keys, uint32_t i)
{
	return i && keys[i].key >> 32 == keys[i - 1].key >> 32;
}

static bool alloc_access_rows(struct policy_draft *draft, const struct sort_key *keys, uint32_t count)
{
	struct policy *policy = draft->policy;
	uint32_t i, rows = 0, groups = 0;

	for (i = 0; i < count; i++) {
		rows += !same_row(keys, i);
		groups += !same_group(keys, i);
	}
	policy->av_rows = draft_alloc(draft, rows, sizeof(*policy->av_rows));
	policy->av_groups = draft_alloc(draft, groups, sizeof(*policy->av_groups));
	policy->av_class = draft_alloc(draft, (size_t)policy->nclasses + 1, sizeof(*policy->av_class));
	return !draft->im.status;
}

static void fold(struct policy_av_row *row, const struct draft_rule *rule)
{
	if (rule->kind == RULE_ALLOW)
		row->allow = rule->data;
	else if (rule->kind == RULE_AUDITALLOW)
		row->auditallow = rule->data;
	else
		row->auditdeny = rule->data;
}

/* Adds a rule of sorted order to the row it belongs to, starting rows and groups as keys change. */
static void add_access(struct policy *policy, const struct draft_rule *rule, bool new_row, bool new_group)
{
	if (new_group) {
		struct policy_av_group *group = &policy->av_groups[policy->nav_groups++];

		group->source = rule->source;
		group->first = policy->nav_rows;
		policy->av_class[rule->tclass]++;
	}
	if (new_row) {
		struct policy_av_row *row = &policy->av_rows[policy->nav_rows++];

		row->target = rule->target;
		row->auditdeny = UINT32_MAX;
		policy->av_groups[policy->nav_groups - 1].count++;
	}
	fold(&policy->av_rows[policy->nav_rows - 1], rule);
}

static void index_access(struct policy_draft *draft)
{
	struct policy *policy = draft->policy;
	uint32_t i, count = 0;
	struct sort_key *keys = sorted_rules(draft, POLICY_ACCESS_KINDS, access_key, &count);

	if (!keys)
		return;
	refuse_repeats(draft, keys, count);
	if (!alloc_access_rows(draft, keys, count))
		return;
	for (i = 0; i < count; i++)
		add_access(policy, &draft->rules.rules[keys[i].item], !same_row(keys, i), !same_group(keys, i));
	for (i = 1; i <= policy->nclasses; i++) /* from groups of a class to groups up to its end */
		policy->av_class[i] += policy->av_class[i - 1];
}

static void index_types(struct policy_draft *draft)
{
	struct policy *policy = draft->policy;
	uint32_t i, count = 0;
	struct sort_key *keys = sorted_rules(draft, POLICY_TYPE_KINDS, type_key, &count);

	if (!keys)
		return;
	refuse_repeats(draft, keys, count);
	policy->type_rules = draft_alloc(draft, count, sizeof(*policy->type_rules));
	if (!policy->type_rules)
		return;
	policy->ntype_rules = count;
	for (i = 0; i < count; i++) {
		const struct draft_rule *rule = &draft->rules.rules[keys[i].item];

		policy->type_rules[i] =
		    (struct policy_type_rule){rule->source, rule->target, rule->tclass, rule->kind, rule->data};
	}
}

static int role_allow_compare(const void *left, const void *right)
{
	const struct policy_role_allow *a = left, *b = right;

	if (a->role != b->role)
		return a->role < b->role ? -1 : 1;
	return a->new_role < b->new_role ? -1 : a->new_role > b->new_role;
}

static void index_role_allows(struct policy_draft *draft)
{
	struct policy *policy = draft->policy;

	image_section(&draft->im, "role allows");
	if (!draft->im.status &&
	    sort_items(policy->role_allows, policy->nrole_allows, sizeof(*policy->role_allows), role_allow_compare))
		image_fail_memory(&draft->im);
}

void policy_index_rules(struct policy_draft *draft)
{
	image_section(&draft->im, "rules");
	index_access(draft);
	index_types(draft);
	policy_index_conditionals(draft);
	index_role_allows(draft);
}
