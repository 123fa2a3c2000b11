/* SPDX-License-Identifier: BSD-2-Clause */
/* What the passes share: memory, symbols, sets, and whether a value is declared. */
#include "flask/base/text.h"
#include "flask/db/parse.h"

void *draft_alloc(struct policy_draft *draft, size_t count, size_t size)
{
	void *memory = draft->im.status ? NULL : arena_alloc(&draft->policy->arena, count, size);

	if (!memory)
		image_fail_memory(&draft->im);
	return memory;
}

void *draft_scratch(struct policy_draft *draft, size_t count, size_t size)
{
	void *memory = draft->im.status ? NULL : arena_alloc(&draft->scratch, count, size);

	if (!memory)
		image_fail_memory(&draft->im);
	return memory;
}

uint32_t draft_at(const struct policy_draft *draft)
{
	return (uint32_t)draft->im.pos;
}

/*
 * Xen: takes spaces and colons. A label in text ends its parts at a colon and
 * an audit field ends at a space, so such a name could only mislead.
 */
const char *draft_read_name(struct policy_draft *draft, uint32_t len)
{
	uint32_t i, at = draft_at(draft);
	const char *name = image_name(&draft->im, &draft->policy->arena, len);

	for (i = 0; name[i]; i++)
		if (name[i] == ' ' || name[i] == ':')
			image_fail_name(&draft->im, at + i, "space or colon in the name", name);
	return name;
}

bool draft_declared(const struct policy_draft *draft, enum draft_table_id id, uint32_t value)
{
	const struct draft_table *table = &draft->tables[id];
	uint32_t bit = value - 1; /* value 0 wraps out of range */

	return bit < table->nprim && (table->declared[bit / 64] >> bit % 64 & 1);
}

bool draft_add_symbol(struct policy_draft *draft, enum draft_table_id id, const struct draft_symbol *symbol,
		      uint32_t value_at)
{
	struct draft_table *table = &draft->tables[id];
	uint32_t bit = symbol->value - 1;

	if (draft->im.status)
		return false;
	if (bit >= table->nprim)
		return !image_fail_name(&draft->im, value_at, "the value is 0 or out of range, of", symbol->name);
	table->symbols[table->count] = *symbol;
	table->symbols[table->count++].value_at = value_at;
	if (symbol->alias)
		return true;
	if (draft_declared(draft, id, symbol->value))
		return !image_fail_name(&draft->im, value_at, "the value is already taken, of", symbol->name);
	table->declared[bit / 64] |= (uint64_t)1 << bit % 64;
	return true;
}

void draft_read_set(struct policy_draft *draft, struct bitmap *set, enum draft_table_id table, const char *what,
		    const char *owner)
{
	uint32_t at = draft_at(draft);
	struct draft_set *noted;

	image_bitmap(&draft->im, &draft->policy->arena, set);
	if (bitmap_is_empty(set))
		return;
	noted = draft_scratch(draft, 1, sizeof(*noted));
	if (!noted)
		return;
	noted->set = set;
	noted->table = table;
	noted->at = at;
	noted->section = draft->im.section;
	noted->what = what;
	noted->owner = owner;
	*draft->sets_end = noted;
	draft->sets_end = &noted->next;
}

void draft_skip_set(struct policy_draft *draft)
{
	struct bitmap ignored;

	image_bitmap(&draft->im, &draft->scratch, &ignored);
}

void draft_require(struct policy_draft *draft, enum draft_table_id table, uint32_t value, size_t at, const char *what)
{
	char reason[64];
	struct text text;

	if (draft_declared(draft, table, value))
		return;
	text_init(&text, reason, sizeof(reason));
	text_add(&text, what);
	text_add(&text, " is not declared: value");
	image_fail_number(&draft->im, at, reason, value);
}
