/* SPDX-License-Identifier: BSD-2-Clause */
#include "flask/ss/mls.h"

#include "flask/db/level.h"

#define WORD_BITS 64u

bool mls_compare(uint8_t op, const struct policy_level *left, const struct policy_level *right)
{
	switch (op) {
	case OP_EQ:
		return policy_level_equal(left, right);
	case OP_NEQ:
		return !policy_level_equal(left, right);
	case OP_DOM:
		return policy_level_dominates(left, right);
	case OP_DOMBY:
		return policy_level_dominates(right, left);
	case OP_INCOMP:
		return !policy_level_dominates(left, right) && !policy_level_dominates(right, left);
	}
	port_panic("Flask: a constraint compares levels by an operator that validation let through");
}

/* At least one: the words of the two levels lie apart even in a policy without categories. */
static size_t level_words(const struct policy *policy)
{
	return (size_t)policy->ncats / WORD_BITS + 1;
}

size_t mls_range_words(const struct policy *policy)
{
	return 2 * level_words(policy);
}

/* A set in the making has a word for every 64 categories of the policy, empty ones too. */
static void set_begin(const struct policy *policy, struct bitmap_word *words)
{
	size_t i, count = level_words(policy);

	for (i = 0; i < count; i++) {
		words[i].start = (uint32_t)(i * WORD_BITS);
		words[i].bits = 0;
	}
}

/* Adds the categories @first..@last, by value. */
static void set_add(struct bitmap_word *words, uint32_t first, uint32_t last)
{
	uint32_t low = first - 1, high = last - 1, i;

	for (i = low / WORD_BITS; i <= high / WORD_BITS; i++) {
		uint64_t bits = ~(uint64_t)0;

		if (i == low / WORD_BITS)
			bits &= ~(uint64_t)0 << low % WORD_BITS;
		if (i == high / WORD_BITS)
			bits &= ~(uint64_t)0 >> (WORD_BITS - 1 - high % WORD_BITS);
		words[i].bits |= bits;
	}
}

static struct bitmap set_end(const struct policy *policy, struct bitmap_word *words)
{
	struct bitmap set = {0, words};
	size_t i, count = level_words(policy);

	for (i = 0; i < count; i++)
		if (words[i].bits)
			words[set.nwords++] = words[i];
	return set;
}

/* What is left of a text. */
struct rest {
	const char *at;
	size_t len;
};

static void skip(struct rest *rest, size_t len)
{
	rest->at += len;
	rest->len -= len;
}

/* The bytes before the first @one or @other. */
static size_t length_to(const struct rest *rest, char one, char other)
{
	size_t i;

	for (i = 0; i < rest->len && rest->at[i] != one && rest->at[i] != other; i++)
		;
	return i;
}

/* `category' or `first.last', the first dot divides. */
static bool parse_item(const struct policy *policy, const struct rest *item, struct bitmap_word *words)
{
	size_t dot = length_to(item, '.', '.');
	uint32_t first = names_find(&policy->cat_names, item->at, dot), last = first;

	if (dot < item->len) {
		last = names_find(&policy->cat_names, item->at + dot + 1, item->len - dot - 1);
		if (last <= first)
			return false;
	}
	if (!first)
		return false;
	set_add(words, first, last);
	return true;
}

/* Stands at the colon; stops behind the last item. */
static bool parse_items(const struct policy *policy, struct rest *rest, struct bitmap_word *words)
{
	struct rest item;

	do {
		skip(rest, 1);
		item = *rest;
		item.len = length_to(rest, ',', '-');
		if (!parse_item(policy, &item, words))
			return false;
		skip(rest, item.len);
	} while (rest->len && *rest->at == ',');
	return true;
}

/* A low level ends at a `-', a high one only at the end of the text. */
static bool parse_level(const struct policy *policy, struct rest *rest, bool high, struct bitmap_word *words,
			struct policy_level *level)
{
	size_t len = length_to(rest, ':', high ? ':' : '-');

	level->sens = names_find(&policy->sens_names, rest->at, len);
	if (!level->sens)
		return false;
	skip(rest, len);
	set_begin(policy, words);
	if (rest->len && *rest->at == ':' && !parse_items(policy, rest, words))
		return false;
	level->cats = set_end(policy, words);
	return true;
}

/* Xen: forgets a `-' after the categories of the high level, and all that follows; here it is refused. */
int mls_range_parse(const struct policy *policy, const char *bytes, size_t len, struct bitmap_word *words,
		    struct policy_range *range)
{
	struct rest rest = {bytes, len};
	struct policy_range parsed;

	if (!parse_level(policy, &rest, false, words, &parsed.low))
		return -EINVAL;
	parsed.high = parsed.low;
	if (rest.len) {
		skip(&rest, 1);
		if (!parse_level(policy, &rest, true, words + level_words(policy), &parsed.high) || rest.len)
			return -EINVAL;
	}
	*range = parsed;
	return 0;
}

/* One category by name, two with a comma, more as first and last. */
static void print_run(const struct policy *policy, uint32_t first, uint32_t last, struct text *text)
{
	text_add(text, policy->cats[first].name);
	if (last == first)
		return;
	text_add(text, last == first + 1 ? "," : ".");
	text_add(text, policy->cats[last].name);
}

static void print_level(const struct policy *policy, const struct policy_level *level, struct text *text)
{
	const char *before = ":";
	uint32_t first, last;

	text_add(text, policy->sens[level->sens - 1].name);
	for (first = 0; bitmap_next(&level->cats, &first); first = last + 1) {
		for (last = first; bitmap_has(&level->cats, last + 1); last++)
			;
		text_add(text, before);
		print_run(policy, first, last, text);
		before = ",";
	}
}

void mls_range_print(const struct policy *policy, const struct policy_range *range, struct text *text)
{
	print_level(policy, &range->low, text);
	if (policy_level_equal(&range->low, &range->high))
		return;
	text_add(text, "-");
	print_level(policy, &range->high, text);
}

static bool convert_level(const struct policy *from, const struct policy *to, const struct policy_level *old,
			  struct bitmap_word *words, struct policy_level *level)
{
	const char *name = from->sens[old->sens - 1].name;
	uint32_t bit, found;

	level->sens = names_find(&to->sens_names, name, strlen(name));
	if (!level->sens)
		return false;
	set_begin(to, words);
	for (bit = 0; bitmap_next(&old->cats, &bit); bit++) {
		name = from->cats[bit].name;
		found = names_find(&to->cat_names, name, strlen(name));
		if (!found)
			return false;
		set_add(words, found, found);
	}
	level->cats = set_end(to, words);
	return true;
}

int mls_range_convert(const struct policy *from, const struct policy *to, const struct policy_range *old,
		      struct bitmap_word *words, struct policy_range *range)
{
	struct policy_range found;

	if (!convert_level(from, to, &old->low, words, &found.low) ||
	    !convert_level(from, to, &old->high, words + level_words(to), &found.high))
		return -EINVAL;
	*range = found;
	return 0;
}
