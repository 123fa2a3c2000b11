/* SPDX-License-Identifier: BSD-2-Clause */
/* The permission check: decide, judge by the mode, describe. */
#ifndef FLASK_AVC_AVC_H
#define FLASK_AVC_AVC_H

#include "flask/avc/audit.h"
#include "flask/avc/verdict.h"

/* A cache line for each CPU: counting costs no other CPU anything. */
struct avc_cpu {
	uint32_t decisions; /* wraps */
	uint32_t unused[15];
};

struct avc {
	const struct ss_server *server;
	uint32_t enforcing;	       /* 0 or 1; read and written through the port */
	uint32_t denials;	       /* seq of the last denial that was to be audited; counts denials, not lines */
	uint32_t threshold;	       /* a number that callers set and read back; bounds nothing */
	struct avc_cpu *cpus;	       /* by port_cpu(); owned */
	struct port_spinlock log_lock; /* over @line: a frame has no room for it */
	char line[AUDIT_LINE_MAX];
};

/* Borrows @server. -ENOMEM: there is nothing to finish. */
int avc_init(struct avc *avc, const struct ss_server *server, bool enforcing) PORT_MUST_CHECK;
void avc_fini(struct avc *avc);

bool avc_enforcing(const struct avc *avc);
void avc_set_enforcing(struct avc *avc, bool enforcing);

/* Xen's bound of its cache of decisions. Here no decision is cached: the number is kept for its tools. */
#define AVC_THRESHOLD 512u /* at boot, as in Xen */
uint32_t avc_threshold(const struct avc *avc);
void avc_set_threshold(struct avc *avc, uint32_t threshold);

/* How many questions avc_check() decided on @cpu; wraps. -ENOENT: no such CPU. */
int avc_decisions(const struct avc *avc, uint32_t cpu, uint32_t *decisions) PORT_MUST_CHECK;

/*
 * Asks for @perms (not 0) of class @tclass, numbers of the hypervisor. 0, or
 * -EACCES: denied; -EINVAL: no such class (also when permissive).
 * Logs as the decision's audit masks say. Allocates nothing, takes no lock but
 * the log's.
 */
int avc_check(struct avc *avc, flask_sid_t source, flask_sid_t target, uint32_t tclass, uint32_t perms,
	      const struct audit_subject *subject) PORT_MUST_CHECK;

/*
 * The rule for an operation that Flask does not know: allowed with a warning
 * when permissive or when the policy's handle_unknown is allow, else refused
 * (-EPERM) with an error in the log. @what names the hypercall, @number the
 * operation: "Flask: Denying unknown domctl: 86."
 */
int avc_unknown_operation(struct avc *avc, const char *what, uint32_t number) PORT_MUST_CHECK;

#endif
