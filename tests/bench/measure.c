/* SPDX-License-Identifier: BSD-2-Clause */
#include "tests/bench/measure.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static double now_ns(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

static double time_run(const struct contender *c, void *context, uint64_t times)
{
	double start = now_ns();

	c->run(context, times);
	return (now_ns() - start) / (double)times;
}

/* Doubles until a run takes a tenth of the round, then scales. */
static uint64_t calibrate(const struct contender *c, void *context, double round_ns)
{
	uint64_t times = 1;
	double each;

	while ((each = time_run(c, context, times)) * (double)times < round_ns / 10)
		times *= 2;
	return (uint64_t)(round_ns / each) + 1;
}

static int by_value(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

void measure(struct contender *contenders, unsigned int count, void *context, double round_ms)
{
	double figures[MEASURE_MAX][MEASURE_ROUNDS];
	uint64_t times[MEASURE_MAX];
	unsigned int i, round;

	for (i = 0; i < count; i++)
		times[i] = calibrate(&contenders[i], context, round_ms * 1e6);
	for (round = 0; round < MEASURE_ROUNDS; round++)
		for (i = 0; i < count; i++)
			figures[i][round] = time_run(&contenders[i], context, times[i]);
	for (i = 0; i < count; i++) {
		qsort(figures[i], MEASURE_ROUNDS, sizeof(double), by_value);
		contenders[i].min = figures[i][0];
		contenders[i].median = figures[i][MEASURE_ROUNDS / 2];
	}
}

/* One figure in the unit that suits it. */
static void print_figure(const struct contender *c)
{
	double scale = c->min < 1e3 ? 1 : c->min < 1e6 ? 1e3 : 1e6;
	const char *unit = c->min < 1e3 ? "ns" : c->min < 1e6 ? "us" : "ms";

	printf("  %s %.4g/%.4g %s", c->name, c->min / scale, c->median / scale, unit);
}

void measure_print(const char *task, const char *policy, const struct contender *contenders, unsigned int count,
		   double goal)
{
	const struct contender *peer = &contenders[count - 1];

	for (unsigned int i = 0; i + 1 < count; i++) {
		printf("%-10s %-14s", task, policy);
		print_figure(&contenders[i]);
		print_figure(peer);
		printf("  ratio %.2f", contenders[i].min / peer->min);
		if (goal > 0)
			printf("  (goal <= %.1f)", goal);
		printf("\n");
	}
	fflush(stdout);
}
