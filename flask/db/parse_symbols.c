/* SPDX-License-Identifier: BSD-2-Clause */
/* The eight symbol tables. What a class holds: parse_classes.c. */
#include "flask/db/parse.h"

#define TYPE_PRIMARY   1u
#define TYPE_ATTRIBUTE 2u

/*
 * Reads the two counts of a table and makes room for its names. Every record
 * may name one value; the values that no record names are bounded too, so that
 * what is allocated stays in proportion to the image.
 */
static uint32_t table_begin(struct policy_draft *draft, enum draft_table_id id, const char *section, size_t min_record)
{
	struct draft_table *table = &draft->tables[id];
	struct image *im = &draft->im;
	uint32_t at, count;

	image_section(im, section);
	at = draft_at(draft);
	table->nprim = image_u32(im);
	count = image_count(im, min_record);
	if (table->nprim > (uint64_t)count + POLICY_SYMTAB_SLACK)
		image_fail_number(im, at, "far more values than records:", table->nprim);
	if ((id == DRAFT_TYPES || id == DRAFT_CLASSES) && table->nprim > POLICY_NUMBER_MAX)
		image_fail_number(im, at, "more than 65535 values:", table->nprim);
	table->symbols = draft_scratch(draft, (size_t)count + 1, sizeof(*table->symbols)); /* object_r may join */
	table->declared = draft_scratch(draft, table->nprim / 64 + 1, sizeof(*table->declared));
	return count;
}

/* Commons are read and forgotten: no class may use one. */
static void parse_common(struct policy_draft *draft)
{
	struct image *im = &draft->im;
	struct draft_symbol symbol = {.at = draft_at(draft)};
	uint32_t len = image_u32(im);
	struct policy_class unused;
	struct draft_perms perms;

	symbol.value = image_u32(im);
	policy_read_perm_counts(draft, &perms);
	symbol.name = draft_read_name(draft, len);
	if (!draft_add_symbol(draft, DRAFT_COMMONS, &symbol, symbol.at + 4))
		return;
	memset(&unused, 0, sizeof(unused));
	unused.name = symbol.name;
	policy_parse_perms(draft, &unused, &perms);
}

static void parse_role(struct policy_draft *draft)
{
	struct image *im = &draft->im;
	struct draft_symbol symbol = {.at = draft_at(draft)};
	uint32_t len = image_u32(im), bounds;
	bool is_object_r;
	struct policy_role *role;

	symbol.value = image_u32(im);
	bounds = image_u32(im);
	symbol.name = draft_read_name(draft, len);
	is_object_r = !strcmp(symbol.name, "object_r");
	if (is_object_r && symbol.value != POLICY_OBJECT_R)
		image_fail_number(im, symbol.at + 4, "object_r must have value 1, not", symbol.value);
	if (!is_object_r && symbol.value == POLICY_OBJECT_R)
		image_fail_name(im, symbol.at + 4, "value 1 belongs to object_r, not to", symbol.name);
	if (!draft_add_symbol(draft, DRAFT_ROLES, &symbol, symbol.at + 4))
		return;
	role = &draft->policy->roles[symbol.value - 1];
	role->name = symbol.name;
	if (is_object_r) { /* as in Xen: only its name counts, it holds and dominates nothing */
		draft_skip_set(draft);
		draft_skip_set(draft);
		return;
	}
	role->bounds = bounds;
	draft_read_set(draft, &role->dominates, DRAFT_ROLES, "roles dominated by", role->name);
	draft_read_set(draft, &role->types, DRAFT_TYPES, "types of role", role->name);
}

/* The record of object_r may be left out, its value may not. */
static void supply_object_r(struct policy_draft *draft)
{
	static const struct draft_symbol object_r = {.name = "object_r", .value = POLICY_OBJECT_R};

	if (draft->im.status || draft_declared(draft, DRAFT_ROLES, POLICY_OBJECT_R))
		return;
	if (draft_add_symbol(draft, DRAFT_ROLES, &object_r, draft_at(draft)))
		draft->policy->roles[POLICY_OBJECT_R - 1].name = object_r.name;
}

/* An alias is a name only: its bounds must be in range and mean nothing. */
static void parse_type(struct policy_draft *draft)
{
	struct image *im = &draft->im;
	struct draft_symbol symbol = {.at = draft_at(draft)};
	uint32_t len = image_u32(im), properties, bounds;
	struct policy_type *type;

	symbol.value = image_u32(im);
	properties = image_u32(im);
	bounds = image_u32(im);
	symbol.name = draft_read_name(draft, len);
	symbol.alias = !(properties & TYPE_PRIMARY);
	if (bounds > draft->tables[DRAFT_TYPES].nprim)
		image_fail_name(im, symbol.at + 12, "bounding type out of range, of", symbol.name);
	if (!draft_add_symbol(draft, DRAFT_TYPES, &symbol, symbol.at + 4) || symbol.alias)
		return;
	type = &draft->policy->types[symbol.value - 1];
	type->name = symbol.name;
	type->attribute = properties & TYPE_ATTRIBUTE;
	type->bounds = bounds;
}

static void parse_user(struct policy_draft *draft)
{
	struct image *im = &draft->im;
	struct draft_symbol symbol = {.at = draft_at(draft)};
	uint32_t len = image_u32(im), bounds;
	struct policy_user *user;

	symbol.value = image_u32(im);
	bounds = image_u32(im);
	symbol.name = draft_read_name(draft, len);
	if (!draft_add_symbol(draft, DRAFT_USERS, &symbol, symbol.at + 4))
		return;
	user = &draft->policy->users[symbol.value - 1];
	user->name = symbol.name;
	user->bounds = bounds;
	draft_read_set(draft, &user->roles, DRAFT_ROLES, "roles of user", user->name);
	draft_read_range(draft, &user->range, "range of user", user->name);
	draft_read_level(draft, &user->level, "default level of user", user->name);
}

static void parse_bool(struct policy_draft *draft)
{
	struct image *im = &draft->im;
	struct draft_symbol symbol = {.at = draft_at(draft)};
	uint32_t state, len;
	struct policy_bool *boolean;

	symbol.value = image_u32(im);
	state = image_u32(im);
	len = image_u32(im);
	symbol.name = draft_read_name(draft, len);
	if (state > 1)
		image_fail_name(im, symbol.at + 4, "state must be 0 or 1, of boolean", symbol.name);
	if (!draft_add_symbol(draft, DRAFT_BOOLS, &symbol, symbol.at))
		return;
	boolean = &draft->policy->bools[symbol.value - 1];
	boolean->name = symbol.name;
	boolean->state = state;
}

/*
 * Xen: takes them, and prints labels that say something else: a category named
 * `c0.c5' would read as six.
 */
static const char *read_mls_name(struct policy_draft *draft, uint32_t len)
{
	uint32_t i, at = draft_at(draft);
	const char *name = draft_read_name(draft, len);

	for (i = 0; name[i]; i++)
		if (name[i] == '.' || name[i] == ',' || name[i] == '-')
			image_fail_name(&draft->im, at + i, "dot, comma or dash in the name", name);
	return name;
}

/* The level of an alias is a copy of the level it names: only its sensitivity counts. */
static void parse_level(struct policy_draft *draft)
{
	struct image *im = &draft->im;
	struct draft_symbol symbol = {.at = draft_at(draft)};
	struct policy_sens *sens;
	uint32_t len = image_u32(im), value_at;

	symbol.alias = image_u32(im) & 0xff;
	symbol.name = read_mls_name(draft, len);
	value_at = draft_at(draft);
	symbol.value = image_u32(im);
	if (!draft_add_symbol(draft, DRAFT_LEVELS, &symbol, value_at))
		return;
	if (symbol.alias) {
		draft_skip_set(draft);
		return;
	}
	sens = &draft->policy->sens[symbol.value - 1];
	sens->name = symbol.name;
	draft_read_set(draft, &sens->cats, DRAFT_CATEGORIES, "categories of sensitivity", sens->name);
}

static void parse_category(struct policy_draft *draft)
{
	struct image *im = &draft->im;
	struct draft_symbol symbol = {.at = draft_at(draft)};
	uint32_t len = image_u32(im);

	symbol.value = image_u32(im);
	symbol.alias = image_u32(im) & 0xff;
	symbol.name = read_mls_name(draft, len);
	if (draft_add_symbol(draft, DRAFT_CATEGORIES, &symbol, symbol.at + 4) && !symbol.alias)
		draft->policy->cats[symbol.value - 1].name = symbol.name;
}

static void parse_records(struct policy_draft *draft, uint32_t count, void (*record)(struct policy_draft *draft))
{
	while (count-- && !draft->im.status)
		record(draft);
}

void policy_parse_symbols(struct policy_draft *draft)
{
	struct policy *policy = draft->policy;
	struct draft_table *tables = draft->tables;
	uint32_t count;

	count = table_begin(draft, DRAFT_COMMONS, "commons", 16);
	parse_records(draft, count, parse_common);

	count = table_begin(draft, DRAFT_CLASSES, "classes", policy->version == 30 ? 44 : 28);
	policy->nclasses = tables[DRAFT_CLASSES].nprim;
	policy->classes = draft_alloc(draft, policy->nclasses, sizeof(*policy->classes));
	parse_records(draft, count, policy_parse_class);

	count = table_begin(draft, DRAFT_ROLES, "roles", 36);
	policy->nroles = tables[DRAFT_ROLES].nprim;
	policy->roles = draft_alloc(draft, policy->nroles, sizeof(*policy->roles));
	parse_records(draft, count, parse_role);
	supply_object_r(draft);

	count = table_begin(draft, DRAFT_TYPES, "types", 16);
	policy->ntypes = tables[DRAFT_TYPES].nprim;
	policy->types = draft_alloc(draft, policy->ntypes, sizeof(*policy->types));
	parse_records(draft, count, parse_type);

	count = table_begin(draft, DRAFT_USERS, "users", 56);
	policy->nusers = tables[DRAFT_USERS].nprim;
	policy->users = draft_alloc(draft, policy->nusers, sizeof(*policy->users));
	parse_records(draft, count, parse_user);

	count = table_begin(draft, DRAFT_BOOLS, "booleans", 12);
	policy->nbools = tables[DRAFT_BOOLS].nprim;
	policy->bools = draft_alloc(draft, policy->nbools, sizeof(*policy->bools));
	parse_records(draft, count, parse_bool);

	count = table_begin(draft, DRAFT_LEVELS, "sensitivities", 24);
	policy->nsens = tables[DRAFT_LEVELS].nprim;
	policy->sens = draft_alloc(draft, policy->nsens, sizeof(*policy->sens));
	parse_records(draft, count, parse_level);

	count = table_begin(draft, DRAFT_CATEGORIES, "categories", 12);
	policy->ncats = tables[DRAFT_CATEGORIES].nprim;
	policy->cats = draft_alloc(draft, policy->ncats, sizeof(*policy->cats));
	parse_records(draft, count, parse_category);
}
