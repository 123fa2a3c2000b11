/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The state of the Flask module: one instance, made by flask_init() and empty
 * again after flask_fini().
 *
 * Lock order: policy_lock or relabel_lock -> the server's locks
 * (flask/ss/server.h) -> log. Only callers whom the policy allows to load
 * policies, set booleans or relabel take the module's locks; hooks and commands
 * that every guest may call take none.
 */
#ifndef FLASK_MODULE_MODULE_H
#define FLASK_MODULE_MODULE_H

#include "flask/avc/avc.h"

/* Values asked for by FLASK_SETBOOL and not yet committed: immutable, replaced as a whole. */
struct flask_pending {
	struct port_deferred deferred;
	uint32_t count;
	bool values[]; /* by index of the policy in force */
};

struct flask_module {
	struct ss_server server;
	struct avc avc;
	struct port_mutex policy_lock;	/* serialises loads and boolean changes with @pending */
	struct port_mutex relabel_lock; /* one relabelling stores at a time */
	struct port_slot pending;	/* struct flask_pending *, NULL: nothing pending */
	uint32_t dom0_labels;		/* how often the initial SID dom0 was given to a domain in this boot */
	uint32_t missing_labels;	/* channel labels that no one had prepared; the first is logged */
};

extern struct flask_module flask;

/* Replaces the pending values by @pending (taken; NULL: none). Called with policy_lock held, or when no hook runs. */
void flask_publish_pending(struct flask_pending *pending);

#endif
