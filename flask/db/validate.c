/* SPDX-License-Identifier: BSD-2-Clause */
/* Every reference of the tables, sets and contexts is proven here. */
#include "flask/base/text.h"
#include "flask/db/parse.h"

/* The first member of the set that nobody declared; false when there is none. */
static bool first_undeclared(const struct draft_table *table, const struct bitmap *set, uint32_t *bit)
{
	uint32_t i, nwords = table->nprim / 64 + 1; /* bits from nprim on are never declared */

	for (i = 0; i < set->nwords; i++) {
		const struct bitmap_word *word = &set->words[i];
		uint64_t bits = word->bits;

		if (word->start / 64 < nwords)
			bits &= ~table->declared[word->start / 64];
		if (bits) {
			*bit = word->start + (uint32_t)__builtin_ctzll(bits);
			return true;
		}
	}
	return false;
}

static void refuse_set(struct policy_draft *draft, const struct draft_set *noted, uint32_t bit)
{
	char reason[120];
	struct text text;

	text_init(&text, reason, sizeof(reason));
	text_add(&text, noted->what);
	text_add(&text, " `");
	text_add_escaped(&text, noted->owner, strlen(noted->owner));
	text_add(&text, "': not declared: value");
	image_fail_number(&draft->im, noted->at, reason, bit + 1);
}

static void validate_sets(struct policy_draft *draft)
{
	const struct draft_set *noted;
	uint32_t bit;

	for (noted = draft->sets; noted && !draft->im.status; noted = noted->next) {
		image_section(&draft->im, noted->section);
		if (first_undeclared(&draft->tables[noted->table], noted->set, &bit))
			refuse_set(draft, noted, bit);
	}
}

/* In this one set the bit is the value itself. */
static void validate_permissive(struct policy_draft *draft)
{
	uint32_t value;

	image_section(&draft->im, "permissive types");
	for (value = 0; bitmap_next(&draft->policy->permissive, &value) && !draft->im.status; value++)
		draft_require(draft, DRAFT_TYPES, value, draft->permissive_at, "permissive type");
}

static void validate_aliases(struct policy_draft *draft, enum draft_table_id id, const char *section, const char *what)
{
	const struct draft_table *table = &draft->tables[id];
	uint32_t i;

	image_section(&draft->im, section);
	for (i = 0; i < table->count && !draft->im.status; i++)
		if (table->symbols[i].alias)
			draft_require(draft, id, table->symbols[i].value, table->symbols[i].value_at, what);
}

static uint32_t bounds_of(const struct policy *policy, enum draft_table_id id, uint32_t value)
{
	if (id == DRAFT_ROLES)
		return policy->roles[value - 1].bounds;
	if (id == DRAFT_TYPES)
		return policy->types[value - 1].bounds;
	return policy->users[value - 1].bounds;
}

/* What is wrong with @upper as an ancestor of @lower, or NULL. */
static const char *bounds_fault(const struct policy *policy, enum draft_table_id id, uint32_t lower, uint32_t upper)
{
	if (id == DRAFT_ROLES)
		return bitmap_contains(&policy->roles[upper - 1].types, &policy->roles[lower - 1].types)
			   ? NULL
			   : "a bounding role lacks types of role";
	if (id == DRAFT_TYPES)
		return policy->types[upper - 1].attribute ? "a bounding type is an attribute, above type" : NULL;
	return bitmap_contains(&policy->users[upper - 1].roles, &policy->users[lower - 1].roles)
		   ? NULL
		   : "a bounding user lacks roles of user";
}

/* Every ancestor is looked at, and there are at most three: loops end here. */
static void validate_bounds_of(struct policy_draft *draft, enum draft_table_id id, const struct draft_symbol *symbol)
{
	size_t at = symbol->at + (id == DRAFT_TYPES ? 12 : 8);
	uint32_t upper = bounds_of(draft->policy, id, symbol->value), steps;
	const char *fault;

	for (steps = 1; upper; steps++) {
		if (steps > POLICY_BOUNDS_DEPTH)
			image_fail_name(&draft->im, at, "more than 3 bounds in a row, or a loop, above", symbol->name);
		draft_require(draft, id, upper, at, "bound");
		if (draft->im.status)
			return;
		fault = bounds_fault(draft->policy, id, symbol->value, upper);
		if (fault)
			image_fail_name(&draft->im, at, fault, symbol->name);
		upper = bounds_of(draft->policy, id, upper);
	}
}

static void validate_bounds(struct policy_draft *draft, enum draft_table_id id, const char *section)
{
	const struct draft_table *table = &draft->tables[id];
	uint32_t i;

	image_section(&draft->im, section);
	for (i = 0; i < table->count && !draft->im.status; i++)
		if (!table->symbols[i].alias)
			validate_bounds_of(draft, id, &table->symbols[i]);
}

static void validate_context(struct policy_draft *draft, const struct policy_context *context, size_t at)
{
	const struct policy *policy = draft->policy;

	draft_require(draft, DRAFT_USERS, context->user, at, "user of the context");
	draft_require(draft, DRAFT_ROLES, context->role, at + 4, "role of the context");
	draft_require(draft, DRAFT_TYPES, context->type, at + 8, "type of the context");
	if (draft->im.status || policy_context_is_valid(policy, context))
		return;
	if (!bitmap_has(&policy->roles[context->role - 1].types, context->type - 1))
		image_fail_name(&draft->im, at + 8, "the role of the context may not have its type",
				policy->types[context->type - 1].name);
	else if (!bitmap_has(&policy->users[context->user - 1].roles, context->role - 1))
		image_fail_name(&draft->im, at + 4, "the user of the context may not have its role",
				policy->roles[context->role - 1].name);
	else
		image_fail_name(&draft->im, at + 12, "the range of the context is outside the one of user",
				policy->users[context->user - 1].name);
}

static void validate_ocons(struct policy_draft *draft)
{
	const struct policy *policy = draft->policy;
	enum policy_ocon_kind kind;
	uint32_t i;

	for (kind = OCON_ISID; kind < OCON_KINDS; kind++) {
		image_section(&draft->im, policy_ocon_section(kind));
		for (i = 0; i < policy->nocons[kind] && !draft->im.status; i++)
			validate_context(draft, &policy->ocons[kind][i].context, draft->ocons[kind][i].context_at);
	}
}

int policy_validate(struct policy_draft *draft)
{
	validate_permissive(draft);
	validate_aliases(draft, DRAFT_TYPES, "types", "type of an alias");
	validate_aliases(draft, DRAFT_LEVELS, "sensitivities", "sensitivity of an alias");
	validate_aliases(draft, DRAFT_CATEGORIES, "categories", "category of an alias");
	validate_sets(draft);
	policy_validate_ranges(draft);
	validate_bounds(draft, DRAFT_ROLES, "roles");
	validate_bounds(draft, DRAFT_TYPES, "types");
	validate_bounds(draft, DRAFT_USERS, "users");
	policy_validate_rules(draft);
	policy_validate_range_trans(draft);
	validate_ocons(draft);
	return draft->im.status;
}
