/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The environment port: everything the core asks of the machine it runs on.
 * Bound at link time; each host supplies one implementation. Objects of the
 * hypervisor (domains, channels, guest memory) are the other port, hooks/hv.h.
 */
#ifndef HOOKS_PORT_H
#define HOOKS_PORT_H

#include "port_types.h"

#define PORT_PRINTF(fmt, args)		     __attribute__((format(printf, fmt, args)))
#define PORT_MUST_CHECK			     __attribute__((warn_unused_result))
#define PORT_ARRAY_SIZE(a)		     (sizeof(a) / sizeof((a)[0]))
#define PORT_CONTAINER_OF(ptr, type, member) ((type *)((char *)(ptr)-offsetof(type, member)))

/* A mistake of the calling code, never reachable from guest input or policy bytes. */
#define PORT_BUG_ON(cond)                                                 \
	do {                                                              \
		if (cond)                                                 \
			port_panic(__FILE__ ": contract broken: " #cond); \
	} while (0)

enum port_level {
	PORT_ERROR,   /* something was refused or is unsafe */
	PORT_WARNING, /* allowed, but the administrator should know */
	PORT_INFO,    /* state of the module */
	PORT_AUDIT,   /* a line of the audit log */
};

/*
 * Returns @bytes of zeroed memory (at least 1), aligned for any object, owned
 * by the caller, or NULL. Never called inside a read section, with a spin lock
 * held, or by a permission check.
 */
void *port_alloc(size_t bytes) PORT_MUST_CHECK;

/* Gives back memory of port_alloc(); NULL is allowed. */
void port_free(void *memory);

/* Logs @line (no newline, NUL-terminated, already escaped) as one message. */
void port_log(enum port_level level, const char *line);

/* Stops the machine, saying @why. */
void port_panic(const char *why) __attribute__((noreturn));

/*
 * Readers and publication. What port_slot_load() returned stays valid until the
 * matching port_read_end(). Sections nest; nothing inside one sleeps or
 * allocates.
 */
void port_read_begin(void);
void port_read_end(void);

struct port_slot {
	void *value;
};

/* Reads a published pointer; what it points to is seen as it was published. */
void *port_slot_load(const struct port_slot *slot);

/* Publishes @value: all stores before this call are seen through it. */
void port_slot_store(struct port_slot *slot, void *value);

/* The same pairing for a number: acquire load, release store. */
uint32_t port_load_u32(const uint32_t *number);
void port_store_u32(uint32_t *number, uint32_t value);

/* Calls @run(@deferred) once every reader that could see the object is gone. */
void port_defer(struct port_deferred *deferred, void (*run)(struct port_deferred *deferred));

/* A lock that may be held across an allocation. */
void port_mutex_init(struct port_mutex *mutex);
void port_mutex_fini(struct port_mutex *mutex);
void port_mutex_lock(struct port_mutex *mutex);
void port_mutex_unlock(struct port_mutex *mutex);

/* A short lock, taken with interrupts off; nothing is allocated under it. */
void port_spin_init(struct port_spinlock *lock);
void port_spin_fini(struct port_spinlock *lock);
unsigned long port_spin_lock(struct port_spinlock *lock);
void port_spin_unlock(struct port_spinlock *lock, unsigned long flags);

/*
 * CPUs have the numbers 0 to port_cpus() - 1, the same for the whole boot. The
 * current one may be another right after the call: good for counting.
 */
uint32_t port_cpus(void);
uint32_t port_cpu(void);

/* Adds one to *@counter and returns the new value; atomic among all CPUs. */
uint32_t port_count_up(uint32_t *counter);

#endif
