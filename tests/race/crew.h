/* SPDX-License-Identifier: BSD-2-Clause */
/* Threads that each do one job over and over until they are told to stop. */
#ifndef TESTS_RACE_CREW_H
#define TESTS_RACE_CREW_H

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>

#define CREW_MAX 12u

typedef void crew_job(unsigned int thread); /* from 0 */

struct crew {
	struct crew_member {
		struct crew *crew;
		crew_job *job;
		unsigned int number;
		pthread_t thread;
	} members[CREW_MAX];
	unsigned int count;
	atomic_bool stop;
	atomic_uint wrong;
	atomic_ullong rounds;
	atomic_uint at_work; /* members that did their job once */
};

void crew_init(struct crew *crew);

/* Returns when each of the @count jobs ran once. */
void crew_start(struct crew *crew, crew_job *const *jobs, unsigned int count);
void crew_stop(struct crew *crew);

/* Counts a wrong answer unless @right; cmocka's assertions are for the first thread only. */
void crew_expect(struct crew *crew, bool right);
unsigned int crew_wrong(struct crew *crew);
unsigned long long crew_rounds(struct crew *crew);

#endif
