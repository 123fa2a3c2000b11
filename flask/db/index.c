/* SPDX-License-Identifier: BSD-2-Clause */
/* Sorting what is looked up by name or number; what stands twice shows here. */
#include "flask/base/sort.h"
#include "flask/db/parse.h"

/* Where the record of the name at @name starts. Only called for a name of this table. */
static uint32_t record_of(const struct draft_table *table, const char *name)
{
	uint32_t i = 0;

	while (table->symbols[i].name != name)
		i++;
	return table->symbols[i].at;
}

static void index_names(struct policy_draft *draft, enum draft_table_id id, const char *section, struct names *names)
{
	const struct draft_table *table = &draft->tables[id];
	const char *twice;
	uint32_t i;
	int rc;

	image_section(&draft->im, section);
	names->entries = draft_alloc(draft, table->count, sizeof(*names->entries));
	if (!names->entries)
		return;
	names->count = table->count;
	for (i = 0; i < table->count; i++) {
		const struct draft_symbol *symbol = &table->symbols[i];

		names_entry(&names->entries[i], symbol->name, (uint32_t)strlen(symbol->name), symbol->value);
	}
	rc = names_index(names, &twice);
	if (rc == -EEXIST)
		image_fail_name(&draft->im, record_of(table, twice), "the name stands twice:", twice);
	else if (rc)
		image_fail_memory(&draft->im);
}

/* Repeated permissions were refused while reading: only memory can fail. */
static void index_perms(struct policy_draft *draft)
{
	struct policy *policy = draft->policy;
	const char *twice;
	uint32_t i;

	image_section(&draft->im, "classes");
	for (i = 0; i < policy->nclasses && !draft->im.status; i++)
		if (names_index(&policy->classes[i].perms, &twice))
			image_fail_memory(&draft->im);
}

/* Xen: adds a type to its own attributes. @bit is not in @set. */
static void add_bit(struct policy_draft *draft, struct bitmap *set, uint32_t bit)
{
	struct bitmap_word *words = draft_alloc(draft, (size_t)set->nwords + 1, sizeof(*words));
	uint32_t i = 0, n;

	if (!words)
		return;
	for (; i < set->nwords && set->words[i].start < bit - bit % 64; i++)
		words[i] = set->words[i];
	n = i;
	words[n].start = bit - bit % 64;
	if (i < set->nwords && set->words[i].start == words[n].start)
		words[n].bits = set->words[i++].bits;
	words[n++].bits |= (uint64_t)1 << bit % 64;
	for (; i < set->nwords; i++)
		words[n++] = set->words[i];
	set->words = words;
	set->nwords = n;
}

static void index_attributes(struct policy_draft *draft)
{
	struct policy *policy = draft->policy;
	uint32_t i;

	image_section(&draft->im, "attribute map");
	for (i = 0; i < policy->ntypes && !draft->im.status; i++)
		if (policy->types[i].name && !bitmap_has(&policy->types[i].attrs, i))
			add_bit(draft, &policy->types[i].attrs, i);
}

/* Xen: goes by the numbers 3 and 5, having checked the names. */
static void find_domain_class(struct policy_draft *draft)
{
	struct policy *policy = draft->policy;
	uint32_t value, bit;

	policy->domain_class = POLICY_NO_CLASS;
	if (draft->im.status)
		return;
	value = names_find(&policy->class_names, "domain", strlen("domain"));
	if (!value)
		return;
	policy->domain_class = value;
	bit = names_find(&policy->classes[value - 1].perms, "transition", strlen("transition"));
	policy->transition_perm = bit ? 1u << (bit - 1) : 0;
}

int policy_index(struct policy_draft *draft)
{
	struct policy *policy = draft->policy;
	struct names unused = {0};

	index_names(draft, DRAFT_COMMONS, "commons", &unused);
	index_names(draft, DRAFT_CLASSES, "classes", &policy->class_names);
	index_perms(draft);
	find_domain_class(draft);
	index_names(draft, DRAFT_ROLES, "roles", &policy->role_names);
	index_names(draft, DRAFT_TYPES, "types", &policy->type_names);
	index_names(draft, DRAFT_USERS, "users", &policy->user_names);
	index_names(draft, DRAFT_BOOLS, "booleans", &policy->bool_names);
	index_names(draft, DRAFT_LEVELS, "sensitivities", &policy->sens_names);
	index_names(draft, DRAFT_CATEGORIES, "categories", &policy->cat_names);
	index_attributes(draft);
	policy_index_rules(draft);
	policy_index_range_trans(draft);
	policy_index_objects(draft);
	return draft->im.status;
}
