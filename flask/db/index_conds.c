/* SPDX-License-Identifier: BSD-2-Clause */
/* The rules of all conditionals in one table, sorted as type rules are. */
#include "flask/base/sort.h"
#include "flask/db/parse.h"

/* A rule of a list, before it is sorted. */
struct cond_source {
	const struct draft_rule *rule;
	uint32_t at;
	uint32_t cond;
	bool branch;
};

static uint32_t flatten_list(const struct draft_rules *list, uint32_t cond, bool branch, struct cond_source *sources)
{
	uint32_t i;

	for (i = 0; i < list->count; i++)
		sources[i] = (struct cond_source){&list->rules[i], list->at + i * POLICY_RULE_SIZE, cond, branch};
	return list->count;
}

/* Every rule of every conditional, in the order of the file; NULL after a failure. */
static struct cond_source *flatten(struct policy_draft *draft, uint32_t *count)
{
	const struct policy *policy = draft->policy;
	struct cond_source *sources;
	uint32_t i, n = 0;

	for (i = 0; i < policy->nconds; i++)
		n += policy->conds[i].ntrue + policy->conds[i].nfalse; /* bounded by the image */
	sources = draft_scratch(draft, n, sizeof(*sources));
	if (!sources)
		return NULL;
	*count = n;
	for (i = 0, n = 0; i < policy->nconds; i++) {
		n += flatten_list(&draft->conds[i].list[true], i, true, sources + n);
		n += flatten_list(&draft->conds[i].list[false], i, false, sources + n);
	}
	return sources;
}

/* Sorted keys over @sources; equal keys stay in file order. NULL after a failure. */
static struct sort_key *sort_sources(struct policy_draft *draft, const struct cond_source *sources, uint32_t count)
{
	struct sort_key *keys = draft_scratch(draft, count, sizeof(*keys));
	uint32_t i;

	if (!keys)
		return NULL;
	for (i = 0; i < count; i++) {
		const struct draft_rule *rule = sources[i].rule;

		keys[i] = (struct sort_key){(uint64_t)rule->source << 48 | (uint64_t)rule->target << 32 |
						(uint64_t)rule->tclass << 16 | rule->kind,
					    i};
	}
	if (!sort_keys(keys, count))
		return keys;
	image_fail_memory(&draft->im);
	return NULL;
}

static const char *source_name(const struct policy *policy, const struct draft_rule *rule)
{
	return policy->types[rule->source - 1].name;
}

/*
 * A type rule must give one answer for its key: it may stand once in each list
 * of one conditional, and then nowhere else.
 */
static void check_type_rule(struct policy_draft *draft, const struct cond_source *source,
			    const struct cond_source *before)
{
	const struct policy *policy = draft->policy;
	const struct draft_rule *rule = source->rule;

	if (policy_type_rule(policy, rule->source, rule->target, rule->tclass, rule->kind))
		image_fail_name(&draft->im, source->at, "the type rule also stands without a condition, of source type",
				source_name(policy, rule));
	if (!before)
		return;
	if (before->cond != source->cond)
		image_fail_name(&draft->im, source->at,
				"the type rule also stands in another conditional, of source type",
				source_name(policy, rule));
	if (before->branch == source->branch)
		image_fail_name(&draft->im, source->at, "the type rule stands twice in one list, of source type",
				source_name(policy, rule));
}

static void check_type_rules(struct policy_draft *draft, const struct cond_source *sources, const struct sort_key *keys,
			     uint32_t count)
{
	uint32_t i;

	for (i = 0; i < count; i++) {
		bool repeated = i && keys[i].key == keys[i - 1].key;

		if (sources[keys[i].item].rule->kind & POLICY_TYPE_KINDS)
			check_type_rule(draft, &sources[keys[i].item], repeated ? &sources[keys[i - 1].item] : NULL);
	}
}

static void fill_cond_rules(struct policy *policy, const struct cond_source *sources, const struct sort_key *keys)
{
	uint32_t i;

	for (i = 0; i < policy->ncond_rules; i++) {
		const struct cond_source *source = &sources[keys[i].item];
		const struct draft_rule *rule = source->rule;

		policy->cond_rules[i] = (struct policy_cond_rule){rule->source, rule->target, rule->tclass,  rule->kind,
								  rule->data,	source->cond, source->branch};
	}
}

void policy_index_conditionals(struct policy_draft *draft)
{
	struct policy *policy = draft->policy;
	struct cond_source *sources;
	struct sort_key *keys;
	uint32_t count = 0;

	image_section(&draft->im, "conditionals");
	sources = flatten(draft, &count);
	keys = sources ? sort_sources(draft, sources, count) : NULL;
	if (!keys)
		return;
	check_type_rules(draft, sources, keys, count);
	policy->cond_rules = draft_alloc(draft, count, sizeof(*policy->cond_rules));
	if (!policy->cond_rules)
		return;
	policy->ncond_rules = count;
	fill_cond_rules(policy, sources, keys);
}
