/* SPDX-License-Identifier: BSD-2-Clause */
/* Which boolean states a policy is tried in, and repeatable random numbers for samples. */
#ifndef TESTS_ORACLE_STATES_H
#define TESTS_ORACLE_STATES_H

#include <stdbool.h>
#include <stdint.h>

#define STATES_EXHAUSTIVE_BOOLS 6u /* up to here every state is tried */
#define STATES_RANDOM		64u

struct states {
	const bool *defaults; /* by value - 1; borrowed */
	uint32_t nbools;
	uint64_t random; /* state of the generator */
};

void states_init(struct states *states, const bool *defaults, uint32_t nbools, uint64_t seed);

/*
 * Every state up to STATES_EXHAUSTIVE_BOOLS; else the defaults, each boolean
 * turned alone, each pair turned, and STATES_RANDOM random ones.
 */
uint32_t states_count(const struct states *states);

/* Fills @values with state @index (rising from 0: the random ones are drawn in that order). */
void states_get(struct states *states, uint32_t index, bool *values);

/* A splitmix64 step: the same numbers on each machine. */
uint64_t random_next(uint64_t *state);

#endif
