/* SPDX-License-Identifier: BSD-2-Clause */
#include "flask/base/sort.h"

/* Merges the neighbours [left, middle) and [middle, right) of @from into the same place of @to. */
static void merge(char *to, const char *from, size_t left, size_t middle, size_t right, size_t size,
		  int (*compare)(const void *a, const void *b))
{
	size_t a = left, b = middle, out = left;

	while (a < middle && b < right) {
		size_t *taken = compare(from + a * size, from + b * size) <= 0 ? &a : &b;

		memcpy(to + out++ * size, from + (*taken)++ * size, size);
	}
	memcpy(to + out * size, from + a * size, (middle - a) * size);
	out += middle - a;
	memcpy(to + out * size, from + b * size, (right - b) * size);
}

static size_t smaller(size_t a, size_t b)
{
	return a < b ? a : b;
}

int sort_items(void *items, size_t count, size_t size, int (*compare)(const void *a, const void *b))
{
	char *from = items, *spare, *to;
	size_t run, left;

	if (count < 2)
		return 0;
	if (count > SIZE_MAX / size)
		return -ENOMEM;
	spare = port_alloc(count * size);
	if (!spare)
		return -ENOMEM;
	to = spare;
	for (run = 1; run<count; run = run> count / 2 ? count : run * 2) {
		char *swap = from;

		for (left = 0; left < count; left += smaller(2 * run, count - left)) {
			size_t middle = left + smaller(run, count - left);

			merge(to, from, left, middle, middle + smaller(run, count - middle), size, compare);
		}
		from = to;
		to = swap;
	}
	if (from == spare)
		memcpy(items, spare, count * size);
	port_free(spare);
	return 0;
}

#define DIGITS	     8u /* of a key, lowest first */
#define DIGIT_VALUES 256u

static uint32_t digit_of(uint64_t key, uint32_t digit)
{
	return (uint32_t)(key >> digit * 8) & (DIGIT_VALUES - 1);
}

struct radix {
	size_t starts[DIGITS][DIGIT_VALUES];
	struct sort_key spare[];
};

/* Counts how often each value of each digit occurs. */
static void count_digits(struct radix *radix, const struct sort_key *keys, size_t count)
{
	uint32_t digit;
	size_t i;

	for (i = 0; i < count; i++)
		for (digit = 0; digit < DIGITS; digit++)
			radix->starts[digit][digit_of(keys[i].key, digit)]++;
}

/* Turns counts into the place of the first key with each value. */
static void place_digit(size_t *starts)
{
	size_t place = 0;
	uint32_t value;

	for (value = 0; value < DIGIT_VALUES; value++) {
		size_t here = starts[value];

		starts[value] = place;
		place += here;
	}
}

int sort_keys(struct sort_key *keys, size_t count)
{
	struct sort_key *from = keys, *to;
	struct radix *radix;
	uint32_t digit;
	size_t i;

	if (count < 2)
		return 0;
	if (count > (SIZE_MAX - sizeof(*radix)) / sizeof(*keys))
		return -ENOMEM;
	radix = port_alloc(sizeof(*radix) + count * sizeof(*keys));
	if (!radix)
		return -ENOMEM;
	to = radix->spare;
	count_digits(radix, keys, count);
	for (digit = 0; digit < DIGITS; digit++) {
		size_t *starts = radix->starts[digit];
		struct sort_key *swap = from;

		if (starts[digit_of(keys[0].key, digit)] == count)
			continue; /* all alike: nothing to move */
		place_digit(starts);
		for (i = 0; i < count; i++)
			to[starts[digit_of(from[i].key, digit)]++] = from[i];
		from = to;
		to = swap;
	}
	if (from != keys)
		memcpy(keys, from, count * sizeof(*keys));
	port_free(radix);
	return 0;
}
