/* SPDX-License-Identifier: BSD-2-Clause */
#include "policy/compiler/facts.h"

#include "tools/common/build_text.h"
#include "tools/common/output.h"

#include <stdlib.h>

const char *facts_word(enum fact_section section)
{
	static const char *const words[] = {
#define SECTION(name, word) [FACT_##name] = (word),
#include "policy/compiler/facts.def"
	};

	return words[section];
}

char *facts_join(const char *const *words)
{
	const char *blank = "";
	struct build_text text;

	build_start(&text);
	for (; *words; words++) {
		fputs(blank, text.out);
		blank = " ";
		put_escaped(text.out, *words, strlen(*words));
	}
	return build_finish(&text);
}

void facts_add(struct facts *facts, enum fact_section section, char *name, char *value)
{
	facts->items = make_room(facts->items, facts->count, sizeof(*facts->items));
	facts->items[facts->count++] = (struct fact){section, name, value};
}

int facts_compare(const struct fact *a, const struct fact *b)
{
	if (a->section != b->section)
		return a->section < b->section ? -1 : 1;
	return strcmp(a->name, b->name);
}

static int by_all(const void *a, const void *b)
{
	const struct fact *left = a, *right = b;
	int order = facts_compare(left, right);

	if (order || !left->value || !right->value)
		return order;
	return strcmp(left->value, right->value);
}

/* A constraint may be written twice. */
static void drop_repeats(struct facts *facts)
{
	size_t i, kept = 0;

	for (i = 0; i < facts->count; i++) {
		if (kept && !by_all(&facts->items[kept - 1], &facts->items[i])) {
			free(facts->items[i].name);
			free(facts->items[i].value);
			continue;
		}
		facts->items[kept++] = facts->items[i];
	}
	facts->count = kept;
}

struct facts facts_of_policy(const struct policy *policy)
{
	struct facts facts = {0};

	facts_add_symbols(&facts, policy);
	facts_add_levels(&facts, policy);
	facts_add_rules(&facts, policy);
	facts_add_constraints(&facts, policy);
	facts_add_contexts(&facts, policy);
	qsort(facts.items, facts.count, sizeof(*facts.items), by_all);
	drop_repeats(&facts);
	return facts;
}

void facts_free(struct facts *facts)
{
	size_t i;

	for (i = 0; i < facts->count; i++) {
		free(facts->items[i].name);
		free(facts->items[i].value);
	}
	free(facts->items);
	*facts = (struct facts){0};
}
