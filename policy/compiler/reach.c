/* SPDX-License-Identifier: BSD-2-Clause */
#include "policy/compiler/reach.h"

#include "tools/common/output.h"

#include <stdlib.h>

static bool is_type(const struct policy *policy, uint32_t index)
{
	return policy->types[index].name && !policy->types[index].attribute;
}

/* Turns the map type -> attributes around. Bits beyond the types stand for nothing. */
static void index_members(struct reach *reach)
{
	const struct policy *policy = reach->policy;
	uint32_t *next = allocate(policy->ntypes + 1u, sizeof(*next));
	uint32_t i, bit;

	reach->first_member = allocate(policy->ntypes + 1u, sizeof(*reach->first_member));
	for (i = 0; i < policy->ntypes; i++)
		for (bit = 0; is_type(policy, i) && bitmap_next(&policy->types[i].attrs, &bit); bit++)
			if (bit < policy->ntypes)
				reach->first_member[bit + 1]++;
	for (i = 0; i < policy->ntypes; i++)
		reach->first_member[i + 1] += reach->first_member[i];
	reach->members = allocate(reach->first_member[policy->ntypes], sizeof(*reach->members));
	memcpy(next, reach->first_member, policy->ntypes * sizeof(*next));
	for (i = 0; i < policy->ntypes; i++)
		for (bit = 0; is_type(policy, i) && bitmap_next(&policy->types[i].attrs, &bit); bit++)
			if (bit < policy->ntypes)
				reach->members[next[bit]++] = i + 1;
	free(next);
}

static void index_conds(struct reach *reach)
{
	const struct policy *policy = reach->policy;
	uint32_t i;

	reach->first_cond = allocate(policy->ntypes + 1u, sizeof(*reach->first_cond));
	for (i = 0; i < policy->ncond_rules; i++)
		reach->first_cond[policy->cond_rules[i].source]++;
	for (i = 0; i < policy->ntypes; i++)
		reach->first_cond[i + 1] += reach->first_cond[i];
}

void reach_init(struct reach *reach, const struct policy *policy)
{
	reach->policy = policy;
	index_members(reach);
	index_conds(reach);
	reach->targets = allocate(policy->ntypes, sizeof(*reach->targets));
	reach->pairs = allocate((size_t)policy->ntypes * policy->nclasses, sizeof(*reach->pairs));
}

void reach_fini(struct reach *reach)
{
	free(reach->first_member);
	free(reach->members);
	free(reach->first_cond);
	free(reach->targets);
	free(reach->pairs);
}

static void mark(struct reach *reach, uint32_t target, uint32_t tclass)
{
	uint32_t i;

	for (i = reach->first_member[target - 1]; i < reach->first_member[target]; i++) {
		uint32_t type = reach->members[i] - 1;

		reach->targets[type] = true;
		reach->pairs[(size_t)type * reach->policy->nclasses + tclass - 1] = true;
	}
}

/* Rules whose source is exactly @value, a type or an attribute. */
static void mark_rules_of(struct reach *reach, uint32_t value)
{
	const struct policy *policy = reach->policy;
	const struct policy_av_group *group;
	uint32_t tclass, i;

	for (tclass = 1; tclass <= policy->nclasses; tclass++) {
		group = policy_av_group(policy, value, tclass);
		for (i = 0; group && i < group->count; i++)
			mark(reach, policy->av_rows[group->first + i].target, tclass);
	}
	for (i = reach->first_cond[value - 1]; i < reach->first_cond[value]; i++)
		mark(reach, policy->cond_rules[i].target, policy->cond_rules[i].tclass);
}

void reach_mark(struct reach *reach, uint32_t source)
{
	const struct policy *policy = reach->policy;
	uint32_t i, bit;

	for (i = 0; i < policy->ntypes; i++) {
		if (reach->targets[i])
			memset(&reach->pairs[(size_t)i * policy->nclasses], 0,
			       policy->nclasses * sizeof(*reach->pairs));
		reach->targets[i] = false;
	}
	for (bit = 0; bitmap_next(&policy->types[source - 1].attrs, &bit); bit++)
		if (bit < policy->ntypes)
			mark_rules_of(reach, bit + 1);
}
