/* SPDX-License-Identifier: BSD-2-Clause */
/* Contenders of one task, run in turn within each round, so that a busy machine slows them alike. */
#ifndef TESTS_BENCH_MEASURE_H
#define TESTS_BENCH_MEASURE_H

#include <stdint.h>

#define MEASURE_ROUNDS 21u
#define MEASURE_MAX    3u

struct contender {
	const char *name;
	void (*run)(void *context, uint64_t times);
	double min, median; /* ns for one time, over the rounds */
};

/* Chooses how often a contender runs in a round so that it takes about @round_ms, and fills the figures. */
void measure(struct contender *contenders, unsigned int count, void *context, double round_ms);

/*
 * "TASK POLICY  A min/median  B min/median  ratio R (goal <= G)" for each of the
 * first @count - 1 contenders against the last; the ratio is of the minima.
 * @goal 0: none stated.
 */
void measure_print(const char *task, const char *policy, const struct contender *contenders, unsigned int count,
		   double goal);

#endif
