/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The types a host lends to the core. This is the model's version, over POSIX;
 * the core reaches libc through no other header. A host puts its own
 * port_types.h first on the include path.
 *
 * It must supply: fixed-width integers, size_t, bool, NULL, integer limits, the
 * errno numbers, memcpy memmove memset memcmp strlen strcmp, and the three
 * structures at the end.
 */
#ifndef PORT_TYPES_H
#define PORT_TYPES_H

#include "hooks/model/readers.h"

#include <errno.h>
#include <limits.h>
#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#ifndef PORT_COUNTS_READERS
#include <urcu/call-rcu.h>
#endif

struct port_mutex {
	pthread_mutex_t lock;
};

struct port_spinlock {
	pthread_mutex_t lock;
};

/* Embedded in an object whose destruction waits for readers; see port_defer(). */
struct port_deferred {
#ifdef PORT_COUNTS_READERS
	struct port_deferred *next;
#else
	struct rcu_head rcu;
#endif
	void (*run)(struct port_deferred *deferred);
};

#endif
