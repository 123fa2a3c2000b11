/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * planted counter|late|proper: what ThreadSanitizer must see, for selftest.sh.
 * counter: two threads add to a plain number. late: a reader uses an object
 * after its read section while a writer takes it away through the port. proper:
 * the same inside of the section, which is no race.
 */
#include "hooks/model/port_posix.h"

#include <err.h>
#include <pthread.h>
#include <stdio.h>

#define ROUNDS 2000u

static uint32_t plain;
static uint32_t sum; /* the reader's own */

struct object {
	struct port_deferred deferred;
	uint32_t number;
};

static struct port_slot slot;
static bool late;
static pthread_barrier_t start; /* so that the second thread does not begin when the first is done */

static void *count(void *unused)
{
	(void)unused;
	pthread_barrier_wait(&start);
	for (uint32_t i = 0; i < ROUNDS; i++)
		plain++;
	return NULL;
}

static void *read_object(void *unused)
{
	(void)unused;
	pthread_barrier_wait(&start);
	for (uint32_t i = 0; i < ROUNDS; i++) {
		const struct object *object;

		port_read_begin();
		object = port_slot_load(&slot);
		if (late)
			port_read_end();
		sum += object->number;
		if (!late)
			port_read_end();
	}
	return NULL;
}

static void destroy(struct port_deferred *deferred)
{
	struct object *object = PORT_CONTAINER_OF(deferred, struct object, deferred);

	object->number = 0;
	port_free(object);
}

static struct object *create(uint32_t number)
{
	struct object *object = port_alloc(sizeof(*object));

	if (!object)
		errx(1, "no memory");
	object->number = number;
	return object;
}

static void *replace_object(void *unused)
{
	(void)unused;
	pthread_barrier_wait(&start);
	for (uint32_t i = 0; i < ROUNDS; i++) {
		struct object *old = port_slot_load(&slot);

		port_slot_store(&slot, create(i));
		port_defer(&old->deferred, destroy);
	}
	return NULL;
}

static void run_both(void *(*first)(void *), void *(*second)(void *))
{
	pthread_t threads[2];

	pthread_barrier_init(&start, NULL, 2);
	if (pthread_create(&threads[0], NULL, first, NULL) || pthread_create(&threads[1], NULL, second, NULL))
		errx(1, "no threads");
	pthread_join(threads[0], NULL);
	pthread_join(threads[1], NULL);
	pthread_barrier_destroy(&start);
}

int main(int argc, char **argv)
{
	if (argc != 2)
		errx(2, "usage: planted counter|late|proper");
	if (!strcmp(argv[1], "counter")) {
		run_both(count, count);
	} else {
		late = !strcmp(argv[1], "late");
		port_slot_store(&slot, create(0));
		run_both(read_object, replace_object);
		port_posix_quiesce();
		port_free(port_slot_load(&slot));
		if (port_posix_live_allocs())
			errx(1, "objects are left");
	}
	printf("%s: done\n", argv[1]);
	return 0;
}
