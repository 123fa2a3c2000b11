/* SPDX-License-Identifier: BSD-2-Clause */
#include "flask/base/bitmap.h"

/*
 * The index of the first word that ends behind @bit; nwords when there is none.
 * A set without gaps is found at once, any other by halving.
 */
static uint32_t word_at(const struct bitmap *set, uint32_t bit)
{
	uint32_t low = 0, high = set->nwords, direct = bit / 64;

	if (direct < high && set->words[direct].start == direct * 64)
		return direct;
	while (low < high) {
		uint32_t middle = low + (high - low) / 2;

		if (set->words[middle].start / 64 < bit / 64)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static uint32_t lowest_bit(uint64_t bits)
{
	return (uint32_t)__builtin_ctzll(bits);
}

bool bitmap_has(const struct bitmap *set, uint32_t bit)
{
	uint32_t i = word_at(set, bit);

	return i < set->nwords && set->words[i].start == bit - bit % 64 && (set->words[i].bits >> bit % 64 & 1);
}

bool bitmap_is_empty(const struct bitmap *set)
{
	return !set->nwords;
}

bool bitmap_equal(const struct bitmap *a, const struct bitmap *b)
{
	uint32_t i;

	if (a->nwords != b->nwords)
		return false;
	for (i = 0; i < a->nwords; i++)
		if (a->words[i].start != b->words[i].start || a->words[i].bits != b->words[i].bits)
			return false;
	return true;
}

/* The cost follows @inner: many small sets against one large one stay cheap. */
bool bitmap_contains(const struct bitmap *outer, const struct bitmap *inner)
{
	uint32_t i;

	for (i = 0; i < inner->nwords; i++) {
		const struct bitmap_word *word = &inner->words[i];
		uint32_t o = word_at(outer, word->start);

		if (o == outer->nwords || outer->words[o].start != word->start)
			return false;
		if (word->bits & ~outer->words[o].bits)
			return false;
	}
	return true;
}

uint32_t bitmap_count(const struct bitmap *set)
{
	uint32_t i, count = 0;
	uint64_t bits;

	for (i = 0; i < set->nwords; i++)
		for (bits = set->words[i].bits; bits; bits &= bits - 1)
			count++;
	return count;
}

bool bitmap_next(const struct bitmap *set, uint32_t *bit)
{
	uint32_t i = word_at(set, *bit);
	uint64_t bits;

	if (i == set->nwords)
		return false;
	bits = set->words[i].bits;
	if (set->words[i].start / 64 == *bit / 64)
		bits &= ~(uint64_t)0 << *bit % 64;
	if (!bits) {
		if (++i == set->nwords)
			return false;
		bits = set->words[i].bits;
	}
	*bit = set->words[i].start + lowest_bit(bits);
	return true;
}
