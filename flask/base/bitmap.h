/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Sets of small numbers, kept as the policy image keeps them: runs of 64 bits
 * with a start, ascending, none empty. Memory is proportional to the image.
 * Bits are bit numbers; a value of the policy is its bit + 1 (policy.h).
 */
#ifndef FLASK_BASE_BITMAP_H
#define FLASK_BASE_BITMAP_H

#include "hooks/port.h"

struct bitmap_word {
	uint32_t start; /* multiple of 64 */
	uint64_t bits;	/* never 0 */
};

struct bitmap {
	uint32_t nwords;
	const struct bitmap_word *words; /* ascending by start; borrowed from an arena */
};

bool bitmap_has(const struct bitmap *set, uint32_t bit);
bool bitmap_is_empty(const struct bitmap *set);
bool bitmap_equal(const struct bitmap *a, const struct bitmap *b);

/* Whether every bit of @inner is in @outer. */
bool bitmap_contains(const struct bitmap *outer, const struct bitmap *inner);

/* How many bits are set. */
uint32_t bitmap_count(const struct bitmap *set);

/*
 * Walks the set: finds the lowest bit >= *@bit, stores it there and returns
 * true; false when there is none. `for (b = 0; bitmap_next(s, &b); b++)`
 */
bool bitmap_next(const struct bitmap *set, uint32_t *bit);

#endif
