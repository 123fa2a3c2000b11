/* SPDX-License-Identifier: BSD-2-Clause */
#include "tests/oracle/ranges.h"

#include <err.h>
#include <stdlib.h>

#include "tests/oracle/states.h"

#define SEED	      7u
#define RANDOM_RANGES 12u
#define MAX_PER_KIND  16u /* of ranges by sensitivity or by user */

static bool level_equal(const struct label_level *a, const struct label_level *b)
{
	return a->sens == b->sens && !memcmp(a->cats, b->cats, sizeof(a->cats));
}

bool label_equal(const struct label *a, const struct label *b)
{
	return a->user == b->user && a->role == b->role && a->type == b->type && level_equal(&a->low, &b->low) &&
	       level_equal(&a->high, &b->high);
}

static struct label_level level_from(const struct policy_level *level)
{
	struct label_level out = {.sens = level->sens};
	uint32_t i;

	for (i = 0; i < level->cats.nwords; i++) {
		if (level->cats.words[i].start / 64 >= LABEL_WORDS)
			errx(1, "more categories than the oracle has room for");
		out.cats[level->cats.words[i].start / 64] = level->cats.words[i].bits;
	}
	return out;
}

struct label label_from(const struct policy_context *c)
{
	return (struct label){c->user, c->role, c->type, level_from(&c->range.low), level_from(&c->range.high)};
}

static struct policy_level level_to(const struct label_level *level, struct bitmap_word *words)
{
	struct policy_level out = {level->sens, {0, words}};
	uint32_t i;

	for (i = 0; i < LABEL_WORDS; i++)
		if (level->cats[i])
			words[out.cats.nwords++] = (struct bitmap_word){i * 64, level->cats[i]};
	return out;
}

struct policy_context label_to(const struct label *label, struct bitmap_word *words)
{
	return (struct policy_context){label->user,
				       label->role,
				       label->type,
				       {level_to(&label->low, words), level_to(&label->high, words + LABEL_WORDS)}};
}

static void add(struct ranges *ranges, const struct label_level *low, const struct label_level *high)
{
	struct bitmap_word *words = calloc(2 * LABEL_WORDS, sizeof(*words));

	ranges->items = realloc(ranges->items, (ranges->count + 1) * sizeof(*ranges->items));
	if (!words || !ranges->items)
		errx(1, "no memory");
	ranges->items[ranges->count++] =
	    (struct policy_range){level_to(low, words), level_to(high, words + LABEL_WORDS)};
}

void ranges_free(struct ranges *ranges)
{
	while (ranges->count)
		free((void *)ranges->items[--ranges->count].low.cats.words);
	free(ranges->items);
	*ranges = (struct ranges){0};
}

/* The sensitivity at @value with all that it may have. */
static struct label_level full(const struct policy *policy, uint32_t value)
{
	const struct policy_level level = {value, policy->sens[value - 1].cats};

	return level_from(&level);
}

static struct label_level bare(uint32_t value)
{
	return (struct label_level){.sens = value};
}

/* A random part of @of, and of what @besides has too. */
static struct label_level part(const struct label_level *of, const struct label_level *besides, uint64_t *random)
{
	struct label_level out = *of;
	uint32_t i;

	for (i = 0; i < LABEL_WORDS; i++)
		out.cats[i] &= besides->cats[i] & random_next(random) & random_next(random);
	return out;
}

static struct label_level lowest_category(const struct label_level *of)
{
	struct label_level out = bare(of->sens);
	uint32_t i;

	for (i = 0; i < LABEL_WORDS && !of->cats[i]; i++)
		;
	if (i < LABEL_WORDS)
		out.cats[i] = of->cats[i] & -of->cats[i];
	return out;
}

static void add_of_sensitivity(struct ranges *ranges, const struct policy *policy, uint32_t value)
{
	struct label_level none = bare(value), all = full(policy, value), one = lowest_category(&all);

	add(ranges, &none, &none);
	add(ranges, &one, &one);
	add(ranges, &none, &all);
	add(ranges, &all, &all);
}

static void add_of_user(struct ranges *ranges, const struct policy_user *user)
{
	struct label_level low = level_from(&user->range.low), high = level_from(&user->range.high);

	add(ranges, &low, &high);
	add(ranges, &low, &low);
	add(ranges, &high, &high);
}

/* Declared sensitivities, as many as there are; returns how many. */
static uint32_t declared(const struct policy *policy, uint32_t *values)
{
	uint32_t i, count = 0;

	for (i = 0; i < policy->nsens; i++)
		if (policy->sens[i].name)
			values[count++] = i + 1;
	return count;
}

/* High dominates low more often than not. */
static void add_random(struct ranges *ranges, const struct policy *policy, const uint32_t *values, uint32_t count,
		       uint64_t *random)
{
	uint32_t a = values[random_next(random) % count], b = values[random_next(random) % count];
	struct label_level low = full(policy, a < b ? a : b), high = full(policy, a < b ? b : a);
	uint32_t i;

	low = part(&low, &high, random);
	high = part(&high, &high, random);
	for (i = 0; i < LABEL_WORDS; i++)
		if (random_next(random) % 8)
			high.cats[i] |= low.cats[i];
	add(ranges, &low, &high);
}

static void add_invalid(struct ranges *ranges, const struct policy *policy, uint32_t lowest, uint32_t highest)
{
	struct label_level none = bare(0), beyond = bare(policy->nsens + 1), low = bare(lowest), high = bare(highest);
	struct label_level stray = bare(highest);

	add(ranges, &none, &none);
	add(ranges, &low, &beyond);
	add(ranges, &high, &low);
	if (policy->ncats < LABEL_WORDS * 64) {
		stray.cats[policy->ncats / 64] = (uint64_t)1 << policy->ncats % 64;
		add(ranges, &low, &stray);
	}
}

struct ranges ranges_of(const struct policy *policy)
{
	struct ranges ranges = {0};
	struct label_level low = {0}, high;
	uint64_t random = SEED;
	uint32_t *values, count, i;

	if (!policy->mls) {
		add(&ranges, &low, &low);
		return ranges;
	}
	values = calloc(policy->nsens + 1, sizeof(*values));
	if (!values)
		errx(1, "no memory");
	count = declared(policy, values);
	for (i = 0; i < count && i < MAX_PER_KIND; i++)
		add_of_sensitivity(&ranges, policy, values[i]);
	for (i = 0; i < policy->nusers && i < MAX_PER_KIND; i++)
		if (policy->users[i].name)
			add_of_user(&ranges, &policy->users[i]);
	for (i = 0; count && i < RANDOM_RANGES; i++)
		add_random(&ranges, policy, values, count, &random);
	if (count) {
		low = bare(values[0]);
		high = full(policy, values[count - 1]);
		add(&ranges, &low, &high);
		add_invalid(&ranges, policy, values[0], values[count - 1]);
	}
	free(values);
	return ranges;
}
