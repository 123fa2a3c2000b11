/* SPDX-License-Identifier: BSD-2-Clause */
#include "tests/race/crew.h"

#include <err.h>
#include <sched.h>
#include <string.h>

void crew_init(struct crew *crew)
{
	memset(crew, 0, sizeof(*crew));
}

static void *work(void *argument)
{
	struct crew_member *member = argument;
	struct crew *crew = member->crew;
	unsigned long long rounds = 0;

	do {
		member->job(member->number);
		if (!rounds++)
			atomic_fetch_add(&crew->at_work, 1);
	} while (!atomic_load(&crew->stop));
	atomic_fetch_add(&crew->rounds, rounds);
	return NULL;
}

void crew_start(struct crew *crew, crew_job *const *jobs, unsigned int count)
{
	if (count > CREW_MAX)
		errx(1, "a crew of %u", count);
	for (crew->count = 0; crew->count < count; crew->count++) {
		struct crew_member *member = &crew->members[crew->count];

		*member = (struct crew_member){.crew = crew, .job = jobs[crew->count], .number = crew->count};
		if (pthread_create(&member->thread, NULL, work, member))
			errx(1, "no thread");
	}
	while (atomic_load(&crew->at_work) < count)
		sched_yield();
}

void crew_stop(struct crew *crew)
{
	atomic_store(&crew->stop, true);
	for (unsigned int i = 0; i < crew->count; i++)
		pthread_join(crew->members[i].thread, NULL);
}

void crew_expect(struct crew *crew, bool right)
{
	if (!right)
		atomic_fetch_add(&crew->wrong, 1);
}

unsigned int crew_wrong(struct crew *crew)
{
	return atomic_load(&crew->wrong);
}

unsigned long long crew_rounds(struct crew *crew)
{
	return atomic_load(&crew->rounds);
}
