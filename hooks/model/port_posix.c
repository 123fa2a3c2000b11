/* SPDX-License-Identifier: BSD-2-Clause */
/* hooks/port.h over POSIX threads and liburcu, for the model, the tools and the tests. */
#include "hooks/model/readers.h"
#ifndef PORT_COUNTS_READERS
#include <urcu-bp.h> /* first: it maps the names that call-rcu.h declares */
#endif

#include "hooks/model/port_posix.h"

#include <sched.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static _Atomic uint64_t live_allocs;
static _Atomic uint64_t fail_in; /* 0: never */

static pthread_mutex_t log_lock = PTHREAD_MUTEX_INITIALIZER;
static port_posix_sink *log_sink;
static void *log_context;

/* Counts down to the allocation that must fail. */
static bool alloc_must_fail(void)
{
	uint64_t left = atomic_load(&fail_in);

	while (left)
		if (atomic_compare_exchange_weak(&fail_in, &left, left - 1))
			return left == 1;
	return false;
}

void *port_alloc(size_t bytes)
{
	void *memory = alloc_must_fail() ? NULL : calloc(1, bytes ? bytes : 1);

	if (memory)
		atomic_fetch_add(&live_allocs, 1);
	return memory;
}

void port_free(void *memory)
{
	if (!memory)
		return;
	atomic_fetch_sub(&live_allocs, 1);
	free(memory);
}

void port_posix_fail_alloc(uint64_t nth)
{
	atomic_store(&fail_in, nth);
}

uint64_t port_posix_live_allocs(void)
{
	return atomic_load(&live_allocs);
}

void port_posix_set_log(port_posix_sink *sink, void *context)
{
	pthread_mutex_lock(&log_lock);
	log_sink = sink;
	log_context = context;
	pthread_mutex_unlock(&log_lock);
}

void port_log(enum port_level level, const char *line)
{
	pthread_mutex_lock(&log_lock);
	if (log_sink)
		log_sink(log_context, level, line);
	else
		fprintf(stderr, "%s\n", line);
	pthread_mutex_unlock(&log_lock);
}

void port_panic(const char *why)
{
	fprintf(stderr, "panic: %s\n", why);
	abort();
}

void *port_slot_load(const struct port_slot *slot)
{
	return __atomic_load_n(&slot->value, __ATOMIC_ACQUIRE);
}

void port_slot_store(struct port_slot *slot, void *value)
{
	__atomic_store_n(&slot->value, value, __ATOMIC_RELEASE);
}

uint32_t port_load_u32(const uint32_t *number)
{
	return __atomic_load_n(number, __ATOMIC_ACQUIRE);
}

void port_store_u32(uint32_t *number, uint32_t value)
{
	__atomic_store_n(number, value, __ATOMIC_RELEASE);
}

uint32_t port_cpus(void)
{
	static _Atomic uint32_t known;
	uint32_t cpus = atomic_load(&known);
	long configured;

	if (cpus)
		return cpus;
	configured = sysconf(_SC_NPROCESSORS_CONF);
	cpus = configured > 0 ? (uint32_t)configured : 1;
	atomic_store(&known, cpus);
	return cpus;
}

/* A machine may number its processors with gaps. */
uint32_t port_cpu(void)
{
	int cpu = sched_getcpu();

	return cpu < 0 ? 0 : (uint32_t)cpu % port_cpus();
}

uint32_t port_count_up(uint32_t *counter)
{
	return __atomic_add_fetch(counter, 1, __ATOMIC_RELAXED);
}

#ifdef PORT_COUNTS_READERS

/*
 * Readers announce themselves in one of two counters, the one that @phase names.
 * A grace period sees each counter at zero once; new readers are sent to the
 * other counter meanwhile, so that it ends however many come.
 *
 * Why that is enough: a reader's increment and the look at the counter are both
 * read-modify-writes of one atomic, so one of them is first. If it is the
 * increment, zero is seen only after that reader ended. If it is the look, the
 * reader acquires from it whatever was published before, and cannot find the
 * object that was taken away. (A reader that read @phase before it changed and
 * counts itself in the other counter is in neither case different.)
 */
static _Atomic uint32_t phase;
static _Atomic uint32_t readers[2];
static _Thread_local uint32_t depth, counter;

void port_read_begin(void)
{
	if (depth++)
		return;
	counter = atomic_load(&phase) & 1;
	atomic_fetch_add(&readers[counter], 1);
}

void port_read_end(void)
{
	if (!--depth)
		atomic_fetch_sub(&readers[counter], 1);
}

static void wait_for_readers(void)
{
	for (int i = 0; i < 2; i++) {
		uint32_t old = atomic_fetch_add(&phase, 1) & 1;

		while (atomic_fetch_add(&readers[old], 0))
			sched_yield();
	}
}

static pthread_mutex_t queue_lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t queue_grew = PTHREAD_COND_INITIALIZER, batch_ran = PTHREAD_COND_INITIALIZER;
static struct port_deferred *queue, **queue_end = &queue; /* oldest first */
static uint64_t queued, ran;

/* The queue, emptied. Waits until there is something in it. */
static struct port_deferred *take_queue(void)
{
	struct port_deferred *batch;

	pthread_mutex_lock(&queue_lock);
	while (!queue)
		pthread_cond_wait(&queue_grew, &queue_lock);
	batch = queue;
	queue = NULL;
	queue_end = &queue;
	pthread_mutex_unlock(&queue_lock);
	return batch;
}

static uint64_t run_batch(struct port_deferred *batch)
{
	uint64_t count = 0;

	while (batch) {
		struct port_deferred *next = batch->next; /* read before its owner is freed */

		batch->run(batch);
		batch = next;
		count++;
	}
	return count;
}

/* For as long as the process lives. */
static void *run_queue(void *unused)
{
	(void)unused;
	for (;;) {
		struct port_deferred *batch = take_queue();
		uint64_t count;

		wait_for_readers();
		count = run_batch(batch);
		pthread_mutex_lock(&queue_lock);
		ran += count;
		pthread_cond_broadcast(&batch_ran);
		pthread_mutex_unlock(&queue_lock);
	}
	return NULL;
}

static void start_queue(void)
{
	pthread_t thread;

	if (pthread_create(&thread, NULL, run_queue, NULL) || pthread_detach(thread))
		port_panic("no thread for deferred destructions");
}

void port_defer(struct port_deferred *deferred, void (*run)(struct port_deferred *deferred))
{
	static pthread_once_t started = PTHREAD_ONCE_INIT;

	pthread_once(&started, start_queue);
	deferred->run = run;
	deferred->next = NULL;
	pthread_mutex_lock(&queue_lock);
	*queue_end = deferred;
	queue_end = &deferred->next;
	queued++;
	pthread_cond_signal(&queue_grew);
	pthread_mutex_unlock(&queue_lock);
}

void port_posix_quiesce(void)
{
	uint64_t until;

	pthread_mutex_lock(&queue_lock);
	until = queued;
	while (ran < until)
		pthread_cond_wait(&batch_ran, &queue_lock);
	pthread_mutex_unlock(&queue_lock);
}

#else

void port_read_begin(void)
{
	rcu_read_lock();
}

void port_read_end(void)
{
	rcu_read_unlock();
}

static void run_deferred(struct rcu_head *head)
{
	struct port_deferred *deferred = PORT_CONTAINER_OF(head, struct port_deferred, rcu);

	deferred->run(deferred);
}

void port_defer(struct port_deferred *deferred, void (*run)(struct port_deferred *deferred))
{
	deferred->run = run;
	call_rcu(&deferred->rcu, run_deferred);
}

void port_posix_quiesce(void)
{
	rcu_barrier();
}

#endif

void port_mutex_init(struct port_mutex *mutex)
{
	pthread_mutex_init(&mutex->lock, NULL);
}

void port_mutex_fini(struct port_mutex *mutex)
{
	pthread_mutex_destroy(&mutex->lock);
}

void port_mutex_lock(struct port_mutex *mutex)
{
	pthread_mutex_lock(&mutex->lock);
}

void port_mutex_unlock(struct port_mutex *mutex)
{
	pthread_mutex_unlock(&mutex->lock);
}

void port_spin_init(struct port_spinlock *lock)
{
	pthread_mutex_init(&lock->lock, NULL);
}

void port_spin_fini(struct port_spinlock *lock)
{
	pthread_mutex_destroy(&lock->lock);
}

unsigned long port_spin_lock(struct port_spinlock *lock)
{
	pthread_mutex_lock(&lock->lock);
	return 0;
}

void port_spin_unlock(struct port_spinlock *lock, unsigned long flags)
{
	(void)flags;
	pthread_mutex_unlock(&lock->lock);
}
