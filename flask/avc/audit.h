/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * One audit line, in Xen's fields and order, then ours (docs/audit-format.md;
 * the fields are the rows of flask/avc/audit.def).
 */
#ifndef FLASK_AVC_AUDIT_H
#define FLASK_AVC_AUDIT_H

#include "flask/base/text.h"
#include "flask/ss/server.h"

#define AUDIT_LINE_MAX 1024u

/* Domain ids as they are printed: dN, d[IDLE], d[XEN], d[IO]. */
struct audit_domain {
	enum { AUDIT_DOMAIN_NONE, AUDIT_DOMAIN_ID, AUDIT_DOMAIN_IDLE, AUDIT_DOMAIN_XEN, AUDIT_DOMAIN_IO } kind;
	uint16_t id;
};

/* Who did what, for the line; filled by the hooks. */
struct audit_subject {
	struct audit_domain source, target; /* a domain-to-domain check: source= target= */
	struct audit_domain current;	    /* used when source is NONE: current= */
	const char *hypercall, *subop;	    /* op=; NULL: left out */
};

struct audit_event {
	const struct audit_subject *subject;
	flask_sid_t source, target;
	uint32_t tclass;
	uint32_t perms;	 /* the bits to name */
	bool denied;	 /* or granted */
	uint32_t seq;	 /* of a denial; unused when granted */
	bool permissive; /* the denial was let through */
};

/* Names of classes and permissions, the hypervisor's (ss_abi_class). */
void audit_format(struct text *line, const struct ss_server *server, const struct audit_event *event);

#endif
