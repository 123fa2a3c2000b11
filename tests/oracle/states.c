/* SPDX-License-Identifier: BSD-2-Clause */
#include "tests/oracle/states.h"

#include <string.h>

uint64_t random_next(uint64_t *state)
{
	uint64_t z = *state += 0x9e3779b97f4a7c15u;

	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
	return z ^ (z >> 31);
}

void states_init(struct states *states, const bool *defaults, uint32_t nbools, uint64_t seed)
{
	*states = (struct states){defaults, nbools, seed};
}

static uint32_t pair_count(uint32_t n)
{
	return n * (n - 1) / 2;
}

uint32_t states_count(const struct states *states)
{
	uint32_t n = states->nbools;

	return n <= STATES_EXHAUSTIVE_BOOLS ? 1u << n : 1 + n + pair_count(n) + STATES_RANDOM;
}

/* Turns the two booleans of pair @index, pairs ordered by their higher number. */
static void turn_pair(bool *values, uint32_t index)
{
	uint32_t high = 1;

	while (pair_count(high + 1) <= index)
		high++;
	values[high] = !values[high];
	index -= pair_count(high);
	values[index] = !values[index];
}

void states_get(struct states *states, uint32_t index, bool *values)
{
	uint32_t n = states->nbools, i;

	if (n <= STATES_EXHAUSTIVE_BOOLS) {
		for (i = 0; i < n; i++)
			values[i] = index >> i & 1;
		return;
	}
	memcpy(values, states->defaults, n * sizeof(*values));
	if (!index)
		return;
	if (index <= n)
		values[index - 1] = !values[index - 1];
	else if (index <= n + pair_count(n))
		turn_pair(values, index - n - 1);
	else
		for (i = 0; i < n; i++)
			values[i] = random_next(&states->random) & 1;
}
