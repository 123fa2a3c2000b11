/* SPDX-License-Identifier: BSD-2-Clause */
/* Questions that decisions ask; each is a binary search in an array. */
#include "flask/db/level.h"

const struct policy_av_group *policy_av_group(const struct policy *policy, uint32_t source, uint32_t tclass)
{
	const struct policy_av_group *first;
	uint32_t count;

	if (!tclass || tclass > policy->nclasses)
		return NULL;
	first = policy->av_groups + policy->av_class[tclass - 1];
	count = policy->av_class[tclass] - policy->av_class[tclass - 1];
	while (count) {
		const struct policy_av_group *middle = first + count / 2;

		if (middle->source == source)
			return middle;
		if (middle->source < source) {
			first = middle + 1;
			count -= count / 2 + 1;
		} else {
			count /= 2;
		}
	}
	return NULL;
}

const struct policy_av_row *policy_av_row(const struct policy *policy, const struct policy_av_group *group,
					  uint32_t target)
{
	const struct policy_av_row *first = policy->av_rows + group->first;
	uint32_t count = group->count;

	while (count) {
		const struct policy_av_row *middle = first + count / 2;

		if (middle->target == target)
			return middle;
		if (middle->target < target) {
			first = middle + 1;
			count -= count / 2 + 1;
		} else {
			count /= 2;
		}
	}
	return NULL;
}

/* Values that do not fit would make another key; no rule has them. */
static bool key_fits(uint32_t source, uint32_t target, uint32_t tclass, uint32_t kind)
{
	return (source | target | tclass | kind) <= UINT16_MAX;
}

static uint64_t key_of(uint32_t source, uint32_t target, uint32_t tclass, uint32_t kind)
{
	return (uint64_t)source << 48 | (uint64_t)target << 32 | (uint64_t)tclass << 16 | kind;
}

const struct policy_type_rule *policy_type_rule(const struct policy *policy, uint32_t source, uint32_t target,
						uint32_t tclass, uint32_t kind)
{
	uint32_t low = 0, high = policy->ntype_rules;
	uint64_t wanted = key_of(source, target, tclass, kind);

	if (!key_fits(source, target, tclass, kind))
		return NULL;
	while (low < high) {
		uint32_t middle = low + (high - low) / 2;
		const struct policy_type_rule *rule = &policy->type_rules[middle];
		uint64_t key = key_of(rule->source, rule->target, rule->tclass, rule->kind);

		if (key == wanted)
			return rule;
		if (key < wanted)
			low = middle + 1;
		else
			high = middle;
	}
	return NULL;
}

/* The first conditional rule whose key is not below @wanted. */
static uint32_t cond_rule_from(const struct policy *policy, uint64_t wanted)
{
	uint32_t low = 0, high = policy->ncond_rules;

	while (low < high) {
		uint32_t middle = low + (high - low) / 2;
		const struct policy_cond_rule *rule = &policy->cond_rules[middle];

		if (key_of(rule->source, rule->target, rule->tclass, rule->kind) < wanted)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

const struct policy_cond_rule *policy_cond_rules(const struct policy *policy, uint32_t source, uint32_t target,
						 uint32_t tclass, uint32_t *count)
{
	uint32_t first, end;

	*count = 0;
	if (!policy->ncond_rules || !key_fits(source, target, tclass, 0))
		return NULL;
	first = cond_rule_from(policy, key_of(source, target, tclass, 0));
	end = cond_rule_from(policy, key_of(source, target, tclass, UINT16_MAX)); /* above every kind */
	*count = end - first;
	return *count ? &policy->cond_rules[first] : NULL;
}

bool policy_role_allowed(const struct policy *policy, uint32_t role, uint32_t new_role)
{
	uint32_t low = 0, high = policy->nrole_allows;

	while (low < high) {
		uint32_t middle = low + (high - low) / 2;
		const struct policy_role_allow *allow = &policy->role_allows[middle];

		if (allow->role == role && allow->new_role == new_role)
			return true;
		if (allow->role < role || (allow->role == role && allow->new_role < new_role))
			low = middle + 1;
		else
			high = middle;
	}
	return false;
}

const struct policy_range *policy_range_rule(const struct policy *policy, uint32_t source, uint32_t target,
					     uint32_t tclass)
{
	uint32_t low = 0, high = policy->nrange_trans, middle;
	uint64_t wanted = key_of(source, target, tclass, 0);
	const struct policy_range_trans *trans;

	if (!key_fits(source, target, tclass, 0))
		return NULL;
	while (low < high) { /* to the first that is not below */
		middle = low + (high - low) / 2;
		trans = &policy->range_trans[middle];
		if (key_of(trans->source, trans->target, trans->tclass, 0) < wanted)
			low = middle + 1;
		else
			high = middle;
	}
	if (low == policy->nrange_trans)
		return NULL;
	trans = &policy->range_trans[low];
	return key_of(trans->source, trans->target, trans->tclass, 0) == wanted ? &trans->range : NULL;
}

bool policy_context_is_valid(const struct policy *policy, const struct policy_context *context)
{
	uint32_t user = context->user - 1, role = context->role - 1,
		 type = context->type - 1; /* 0 wraps out of range */

	if (role >= policy->nroles || user >= policy->nusers || type >= policy->ntypes)
		return false;
	if (!policy->roles[role].name || !policy->users[user].name || !policy->types[type].name)
		return false;
	if (policy->mls && !policy_range_is_valid(policy, &context->range))
		return false;
	if (context->role == POLICY_OBJECT_R)
		return true;
	if (!bitmap_has(&policy->roles[role].types, type) || !bitmap_has(&policy->users[user].roles, role))
		return false;
	return !policy->mls || policy_range_contains(&policy->users[user].range, &context->range);
}
