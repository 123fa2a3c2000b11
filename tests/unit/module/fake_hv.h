/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A hypervisor port whose objects a test sets by hand: hooks/hv.h over a few
 * structures, so that hooks are tested without the model.
 */
#ifndef TESTS_UNIT_MODULE_FAKE_HV_H
#define TESTS_UNIT_MODULE_FAKE_HV_H

#include "hooks/hv.h"

struct domain {
	hv_domid_t id;
	enum hv_domain_kind kind;
	bool privileged, console;
	struct domain *target;
	struct port_slot label;
	int pins; /* not yet unpinned; tests pin from several threads */
};

struct evtchn {
	uint32_t label;
	enum hv_evtchn_state state;
};

extern struct domain *fake_current;
extern _Thread_local struct hv_operation fake_operation; /* each thread is a CPU with a hypercall of its own */

/* Called when a check asks for the operation: another CPU acts then. */
extern void (*fake_between)(void);

/* Called when the domains are gone through: another CPU acts then. */
extern void (*fake_walk)(void);

/* What hv_domain_pin() finds: domains by their id. NULL entries are free. */
#define FAKE_DOMAINS 8
extern struct domain *fake_domains[FAKE_DOMAINS];

/* Who is at the far end of the current domain's ports; NULL: not connected. */
#define FAKE_PORTS 4
extern struct domain *fake_peers[FAKE_PORTS];

/* Guest memory: addresses FAKE_BASE .. FAKE_BASE + FAKE_BYTES - 1; anything else is -EFAULT. */
#define FAKE_BASE  0x1000u
#define FAKE_BYTES (1u << 20)
extern uint8_t fake_memory[FAKE_BYTES];
extern bool fake_memory_read_only;

#endif
