/* SPDX-License-Identifier: BSD-2-Clause */
/* Levels: sensitivities by their order, which categories go with them, ranges of users and of new objects. */
#include "policy/compiler/facts.h"

#include "flask/ss/mls.h"
#include "tools/common/output.h"

#include <stdlib.h>

/* Twice: first to see how long it is. */
static char *range_text(const struct policy *policy, const struct policy_range *range)
{
	char none[1], *buf, *escaped;
	struct text text;
	size_t size;

	text_init(&text, none, sizeof(none));
	mls_range_print(policy, range, &text);
	size = text.wanted + 1;
	buf = allocate(size, 1);
	text_init(&text, buf, size);
	mls_range_print(policy, range, &text);
	escaped = facts_words(buf);
	free(buf);
	return escaped;
}

/* Order is meaning here: each says which one it stands above. */
static void add_sensitivities(struct facts *facts, const struct policy *policy)
{
	const char *below = NULL, *name;
	uint32_t i, bit;

	for (i = 0; i < policy->nsens; i++) {
		name = policy->sens[i].name;
		if (!name)
			continue;
		facts_add(facts, FACT_SENSITIVITY, facts_words(name),
			  below ? facts_words("above", below) : facts_words("lowest"));
		below = name;
		for (bit = 0; bitmap_next(&policy->sens[i].cats, &bit); bit++)
			if (bit < policy->ncats && policy->cats[bit].name)
				facts_add(facts, FACT_LEVEL, facts_words(name, policy->cats[bit].name), NULL);
	}
}

/* Their order matters where one writes a first and a last one. */
static void add_categories(struct facts *facts, const struct policy *policy)
{
	const char *before = NULL, *name;
	uint32_t i;

	for (i = 0; i < policy->ncats; i++) {
		name = policy->cats[i].name;
		if (!name)
			continue;
		facts_add(facts, FACT_CATEGORY, facts_words(name),
			  before ? facts_words("after", before) : facts_words("first"));
		before = name;
	}
}

static void add_alias(struct facts *facts, const char *what, const struct name_entry *entry, const char *primary)
{
	if (strcmp(entry->name, primary) != 0)
		facts_add(facts, FACT_ALIAS, facts_words(what, entry->name), facts_words(primary));
}

static void add_aliases(struct facts *facts, const struct policy *policy)
{
	const struct name_entry *entry;

	for (entry = policy->sens_names.entries; entry < policy->sens_names.entries + policy->sens_names.count; entry++)
		add_alias(facts, "sensitivity", entry, policy->sens[entry->value - 1].name);
	for (entry = policy->cat_names.entries; entry < policy->cat_names.entries + policy->cat_names.count; entry++)
		add_alias(facts, "category", entry, policy->cats[entry->value - 1].name);
}

/* Rules of one key stand together, and the first of them wins; a rule on an attribute never applies. */
static void add_range_rules(struct facts *facts, const struct policy *policy)
{
	const struct policy_range_trans *rule;
	uint32_t i;

	for (i = 0; i < policy->nrange_trans; i++) {
		const struct policy_type *source, *target;

		rule = &policy->range_trans[i];
		source = &policy->types[rule->source - 1];
		target = &policy->types[rule->target - 1];
		if (source->attribute || target->attribute ||
		    policy_range_rule(policy, rule->source, rule->target, rule->tclass) != &rule->range)
			continue;
		facts_add(facts, FACT_RANGE_TRANSITION,
			  facts_words(source->name, target->name, policy->classes[rule->tclass - 1].name),
			  range_text(policy, &rule->range));
	}
}

void facts_add_levels(struct facts *facts, const struct policy *policy)
{
	uint32_t i;

	if (!policy->mls)
		return;
	add_sensitivities(facts, policy);
	add_categories(facts, policy);
	add_aliases(facts, policy);
	add_range_rules(facts, policy);
	for (i = 0; i < policy->nusers; i++)
		if (policy->users[i].name)
			facts_add(facts, FACT_USER_RANGE, facts_words(policy->users[i].name),
				  range_text(policy, &policy->users[i].range));
}
