/* SPDX-License-Identifier: BSD-2-Clause */
/* The permission check, its mode and its log. */
#include "flask/avc/avc.h"

int avc_init(struct avc *avc, const struct ss_server *server, bool enforcing)
{
	avc->cpus = port_alloc(port_cpus() * sizeof(*avc->cpus));
	if (!avc->cpus)
		return -ENOMEM;
	avc->server = server;
	avc->enforcing = enforcing;
	avc->denials = 0;
	avc->threshold = AVC_THRESHOLD;
	port_spin_init(&avc->log_lock);
	return 0;
}

void avc_fini(struct avc *avc)
{
	port_spin_fini(&avc->log_lock);
	port_free(avc->cpus);
}

bool avc_enforcing(const struct avc *avc)
{
	return port_load_u32(&avc->enforcing);
}

void avc_set_enforcing(struct avc *avc, bool enforcing)
{
	port_store_u32(&avc->enforcing, enforcing);
}

uint32_t avc_threshold(const struct avc *avc)
{
	return port_load_u32(&avc->threshold);
}

void avc_set_threshold(struct avc *avc, uint32_t threshold)
{
	port_store_u32(&avc->threshold, threshold);
}

int avc_decisions(const struct avc *avc, uint32_t cpu, uint32_t *decisions)
{
	if (cpu >= port_cpus())
		return -ENOENT;
	*decisions = port_load_u32(&avc->cpus[cpu].decisions);
	return 0;
}

static void audit(struct avc *avc, const struct audit_event *event)
{
	struct text line;
	unsigned long flags = port_spin_lock(&avc->log_lock);

	text_init(&line, avc->line, sizeof(avc->line));
	audit_format(&line, avc->server, event);
	port_log(PORT_AUDIT, avc->line);
	port_spin_unlock(&avc->log_lock, flags);
}

/*
 * As in Xen all refused bits are named once one of them is to be audited, and
 * all asked bits of a granted request. A denial that the policy asks not to
 * audit takes no number.
 */
static void log_verdict(struct avc *avc, const struct verdict *verdict, struct audit_event *event)
{
	if (!verdict->audited)
		return;
	event->denied = verdict->denied;
	if (event->denied) {
		event->perms = verdict->denied;
		event->permissive = !verdict->rc;
		event->seq = port_count_up(&avc->denials);
	}
	audit(avc, event);
}

int avc_check(struct avc *avc, flask_sid_t source, flask_sid_t target, uint32_t tclass, uint32_t perms,
	      const struct audit_subject *subject)
{
	struct audit_event event = {
	    .subject = subject,
	    .source = source,
	    .target = target,
	    .tclass = tclass,
	    .perms = perms,
	};
	struct ss_decision decision;
	struct verdict verdict;
	int rc;

	port_count_up(&avc->cpus[port_cpu()].decisions);
	rc = ss_decide(avc->server, source, target, tclass, &decision);
	verdict = flask_verdict(&decision.access, perms, avc_enforcing(avc));
	/* A number of no class is a mistake of the caller, not a denial that a mode could let through. */
	if (rc)
		verdict.rc = rc;
	log_verdict(avc, &verdict, &event);
	return verdict.rc;
}

int avc_unknown_operation(struct avc *avc, const char *what, uint32_t number)
{
	bool allowed = !avc_enforcing(avc) || ss_unknown(avc->server) == POLICY_UNKNOWN_ALLOW;
	char buf[128];
	struct text line;

	text_init(&line, buf, sizeof(buf));
	text_add(&line, allowed ? "Flask: Allowing unknown " : "Flask: Denying unknown ");
	text_add(&line, what);
	text_add(&line, ": ");
	text_add_u32(&line, number);
	text_add(&line, ".");
	port_log(allowed ? PORT_WARNING : PORT_ERROR, buf);
	return allowed ? 0 : -EPERM;
}
