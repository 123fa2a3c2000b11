/* SPDX-License-Identifier: BSD-2-Clause */
/* What is declared: names, who belongs to whom, bounds, presets. */
#include "policy/compiler/facts.h"

#include "tools/common/build_text.h"
#include "tools/common/output.h"

static void add(struct facts *facts, enum fact_section section, const char *first, const char *second)
{
	facts_add(facts, section, facts_words(first, second), NULL);
}

static void add_value(struct facts *facts, enum fact_section section, char *name, const char *value)
{
	facts_add(facts, section, name, facts_words(value));
}

static void add_properties(struct facts *facts, const struct policy *policy)
{
	static const char *const unknown[] = {
	    [POLICY_UNKNOWN_DENY] = "deny", [POLICY_UNKNOWN_REJECT] = "reject", [POLICY_UNKNOWN_ALLOW] = "allow"};
	struct build_text text;
	uint32_t bit;

	add_value(facts, FACT_PROPERTY, facts_words("handle_unknown"), unknown[policy->unknown]);
	add_value(facts, FACT_PROPERTY, facts_words("MLS"), policy->mls ? "yes" : "no");
	add_value(facts, FACT_PROPERTY, facts_words("target"),
		  policy->target == POLICY_TARGET_XEN ? "XenFlask" : "SE Linux");
	for (bit = 0; bitmap_next(&policy->capabilities, &bit); bit++) {
		build_start(&text);
		fprintf(text.out, "capability %u", bit);
		facts_add(facts, FACT_PROPERTY, build_finish(&text), NULL);
	}
}

static void add_classes(struct facts *facts, const struct policy *policy)
{
	const struct policy_class *tclass;
	uint32_t i, bit;

	for (i = 0; i < policy->nclasses; i++) {
		tclass = &policy->classes[i];
		if (!tclass->name)
			continue;
		add(facts, FACT_CLASS, tclass->name, NULL);
		for (bit = 0; bit < tclass->nperms; bit++)
			if (tclass->perm_names[bit])
				add(facts, FACT_PERMISSION, tclass->name, tclass->perm_names[bit]);
	}
}

static void add_attributes_of(struct facts *facts, const struct policy *policy, const struct policy_type *type)
{
	uint32_t bit;

	for (bit = 0; bitmap_next(&type->attrs, &bit); bit++)
		if (bit < policy->ntypes && policy->types[bit].name && policy->types[bit].attribute)
			add(facts, FACT_MEMBER, policy->types[bit].name, type->name);
}

static void add_types(struct facts *facts, const struct policy *policy)
{
	const struct policy_type *type;
	uint32_t i;

	for (i = 0; i < policy->ntypes; i++) {
		type = &policy->types[i];
		if (!type->name)
			continue;
		add(facts, type->attribute ? FACT_ATTRIBUTE : FACT_TYPE, type->name, NULL);
		if (!type->attribute)
			add_attributes_of(facts, policy, type);
		if (type->bounds)
			add_value(facts, FACT_BOUND, facts_words("type", type->name),
				  policy->types[type->bounds - 1].name);
		if (bitmap_has(&policy->permissive, i + 1))
			add(facts, FACT_PERMISSIVE, type->name, NULL);
	}
}

static void add_aliases(struct facts *facts, const struct policy *policy)
{
	const struct name_entry *entry;
	const char *primary;
	uint32_t i;

	for (i = 0; i < policy->type_names.count; i++) {
		entry = &policy->type_names.entries[i];
		primary = policy->types[entry->value - 1].name;
		if (strcmp(entry->name, primary) != 0)
			add_value(facts, FACT_ALIAS, facts_words(entry->name), primary);
	}
}

static void add_roles(struct facts *facts, const struct policy *policy)
{
	const struct policy_role *role;
	uint32_t i, bit;

	for (i = 0; i < policy->nroles; i++) {
		role = &policy->roles[i];
		if (!role->name)
			continue;
		add(facts, FACT_ROLE, role->name, NULL);
		for (bit = 0; bitmap_next(&role->types, &bit); bit++)
			if (bit < policy->ntypes && policy->types[bit].name)
				add(facts, FACT_ROLE_TYPE, role->name, policy->types[bit].name);
		for (bit = 0; bitmap_next(&role->dominates, &bit); bit++)
			if (bit != i && bit < policy->nroles && policy->roles[bit].name)
				add(facts, FACT_DOMINANCE, role->name, policy->roles[bit].name);
		if (role->bounds)
			add_value(facts, FACT_BOUND, facts_words("role", role->name),
				  policy->roles[role->bounds - 1].name);
	}
}

static void add_users(struct facts *facts, const struct policy *policy)
{
	const struct policy_user *user;
	uint32_t i, bit;

	for (i = 0; i < policy->nusers; i++) {
		user = &policy->users[i];
		if (!user->name)
			continue;
		add(facts, FACT_USER, user->name, NULL);
		for (bit = 0; bitmap_next(&user->roles, &bit); bit++)
			if (bit < policy->nroles && policy->roles[bit].name)
				add(facts, FACT_USER_ROLE, user->name, policy->roles[bit].name);
		if (user->bounds)
			add_value(facts, FACT_BOUND, facts_words("user", user->name),
				  policy->users[user->bounds - 1].name);
	}
}

void facts_add_symbols(struct facts *facts, const struct policy *policy)
{
	uint32_t i;

	add_properties(facts, policy);
	add_classes(facts, policy);
	add_types(facts, policy);
	add_aliases(facts, policy);
	add_roles(facts, policy);
	add_users(facts, policy);
	for (i = 0; i < policy->nbools; i++)
		if (policy->bools[i].name)
			add_value(facts, FACT_BOOLEAN, facts_words(policy->bools[i].name),
				  policy->bools[i].state ? "true" : "false");
}
