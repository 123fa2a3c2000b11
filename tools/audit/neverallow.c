/* SPDX-License-Identifier: BSD-2-Clause */
#include "tools/audit/neverallow.h"

#include "tools/audit/policy_words.h"
#include "tools/common/file.h"
#include "tools/common/output.h"

#include <stdlib.h>

#define SOURCE_MAX (1u << 30) /* bytes of an expanded policy */
#define NEST_MAX   16u	      /* braces in braces */

static char *copy(const struct slice *slice)
{
	char *text = allocate(slice->len + 1, 1);

	memcpy(text, slice->text, slice->len);
	return text;
}

static bool is_name(const struct slice *word)
{
	char first;

	if (!word->text)
		return false;
	first = word->text[0];
	return (first >= 'a' && first <= 'z') || (first >= 'A' && first <= 'Z') || first == '_';
}

/* False for what we would get wrong: self taken away or complemented. */
static bool add_word(struct name_set *set, const struct slice *word, bool excluded)
{
	if (!is_name(word))
		return false;
	if (slice_is(word, "self")) {
		set->self = true;
		return !excluded && !set->complement;
	}
	set->words = make_room(set->words, set->count, sizeof(*set->words));
	set->words[set->count++] = (struct set_word){copy(word), excluded};
	return true;
}

/* The inside of `{ ... }', its opening brace taken already. */
static bool parse_braces(struct policy_words *words, struct name_set *set)
{
	uint32_t depth = 1;
	struct policy_word word;
	bool excluded = false;

	while (depth) {
		word = policy_words_next(words);
		if (slice_is(&word.text, "-") && !excluded) {
			excluded = true;
			continue;
		}
		if (slice_is(&word.text, "{") && !excluded && depth < NEST_MAX)
			depth++;
		else if (slice_is(&word.text, "}") && !excluded)
			depth--;
		else if (slice_is(&word.text, "*") && !excluded)
			set->everything = true;
		else if (!add_word(set, &word.text, excluded))
			return false;
		excluded = false;
	}
	return set->count || set->everything || set->self;
}

/* NAME, *, { ... }, or one of them after ~. */
static bool parse_set(struct policy_words *words, struct name_set *set)
{
	struct policy_word word = policy_words_next(words);

	if (slice_is(&word.text, "~")) {
		set->complement = true;
		word = policy_words_next(words);
	}
	if (slice_is(&word.text, "*")) {
		set->everything = true;
		return true;
	}
	if (slice_is(&word.text, "{"))
		return parse_braces(words, set);
	return add_word(set, &word.text, false);
}

static bool parse_mark(struct policy_words *words, const char *mark)
{
	struct policy_word word = policy_words_next(words);

	return slice_is(&word.text, mark);
}

static bool parse_statement(struct policy_words *words, struct neverallow *rule)
{
	return parse_set(words, &rule->source) && parse_set(words, &rule->target) && parse_mark(words, ":") &&
	       parse_set(words, &rule->classes) && parse_set(words, &rule->perms) && parse_mark(words, ";");
}

static void free_set(struct name_set *set)
{
	size_t i;

	for (i = 0; i < set->count; i++)
		free(set->words[i].name);
	free(set->words);
}

static void free_rule(struct neverallow *rule)
{
	free(rule->file);
	free(rule->comment);
	free_set(&rule->source);
	free_set(&rule->target);
	free_set(&rule->classes);
	free_set(&rule->perms);
}

static void take_statement(struct policy_words *words, const struct policy_word *first, struct neverallows *all)
{
	struct neverallow rule = {.file = copy(&first->file), .line = first->line};

	rule.comment = policy_comment_text(&first->comment);
	if (!parse_statement(words, &rule)) {
		free_rule(&rule);
		all->refused++;
		return;
	}
	all->items = make_room(all->items, all->count, sizeof(*all->items));
	all->items[all->count++] = rule;
}

void neverallows_parse(const char *path, const char *text, size_t len, struct neverallows *all)
{
	struct policy_words words;
	struct policy_word word;

	*all = (struct neverallows){0};
	policy_words_init(&words, path, text, len);
	for (word = policy_words_next(&words); word.text.text; word = policy_words_next(&words)) {
		if (slice_is(&word.text, "neverallow"))
			take_statement(&words, &word, all);
		else if (slice_is(&word.text, "neverallowxperm"))
			all->refused++;
	}
}

int neverallows_read(const char *path, struct neverallows *all)
{
	struct file_bytes source;

	if (file_read(path, SOURCE_MAX, &source))
		return -1;
	neverallows_parse(path, source.bytes, source.size, all);
	file_free(&source);
	return 0;
}

/* What a set is asked about. */
struct asked {
	const struct policy *policy; /* with a type value, or NULL with */
	uint32_t type;
	const char *name; /* the name of a class or permission */
};

/* Whether @word names it: a type as itself, by an alias or by an attribute. */
static bool names(const char *word, const struct asked *asked)
{
	uint32_t value;

	if (!asked->policy)
		return !strcmp(word, asked->name);
	value = names_find(&asked->policy->type_names, word, strlen(word));
	if (!value || value == asked->type)
		return value != 0;
	return asked->policy->types[value - 1].attribute &&
	       bitmap_has(&asked->policy->types[asked->type - 1].attrs, value - 1);
}

static bool set_has(const struct name_set *set, const struct asked *asked)
{
	bool in = set->everything, out = false;
	size_t i;

	for (i = 0; i < set->count; i++)
		if (names(set->words[i].name, asked))
			*(set->words[i].excluded ? &out : &in) = true;
	return (in && !out) != set->complement;
}

static bool has_type(const struct name_set *set, const struct policy *policy, uint32_t type)
{
	return set_has(set, &(struct asked){.policy = policy, .type = type});
}

static bool has_name(const struct name_set *set, const char *name)
{
	return set_has(set, &(struct asked){.name = name});
}

static bool has_target(const struct neverallow *rule, const struct policy *policy, uint32_t source, uint32_t target)
{
	if (rule->target.self && source == target)
		return true;
	return (rule->target.count || rule->target.everything) && has_type(&rule->target, policy, target);
}

static uint32_t forbidden_perms(const struct neverallow *rule, const struct policy_class *tclass, uint32_t perms)
{
	uint32_t forbidden = 0, bit;

	for (bit = 0; bit < tclass->nperms; bit++)
		if (perms & 1u << bit && tclass->perm_names[bit] && has_name(&rule->perms, tclass->perm_names[bit]))
			forbidden |= 1u << bit;
	return forbidden;
}

const struct neverallow *neverallows_find(const struct neverallows *all, const struct policy *policy, uint32_t source,
					  uint32_t target, uint32_t tclass, uint32_t perms, uint32_t *forbidden)
{
	const struct policy_class *of = &policy->classes[tclass - 1];
	const struct neverallow *rule;
	size_t i;

	for (i = 0; i < all->count; i++) {
		rule = &all->items[i];
		if (!has_type(&rule->source, policy, source) || !has_target(rule, policy, source, target) ||
		    !has_name(&rule->classes, of->name))
			continue;
		*forbidden = forbidden_perms(rule, of, perms);
		if (*forbidden)
			return rule;
	}
	return NULL;
}

void neverallows_free(struct neverallows *all)
{
	size_t i;

	for (i = 0; i < all->count; i++)
		free_rule(&all->items[i]);
	free(all->items);
	*all = (struct neverallows){0};
}
