/* SPDX-License-Identifier: BSD-2-Clause */
#include "hooks/model/event.h"

#include "hooks/model/calls.h"
#include "hooks/xsm.h"

struct evtchn *hv_evtchn_find(struct domain *d, evtchn_port_t port)
{
	return port && port < HV_PORTS ? &d->ports[port] : NULL;
}

static struct evtchn *find_free(struct domain *d)
{
	uint32_t port;

	for (port = 1; port < HV_PORTS; port++)
		if (d->ports[port].state == HV_EVTCHN_FREE)
			return &d->ports[port];
	return NULL;
}

/* Where the pending bit of @port lies in the page shared with the hypervisor. */
static uint64_t pending_address(evtchn_port_t port)
{
	return HV_FRAME_SHARED * HV_PAGE_BYTES + offsetof(struct shared_info, evtchn_pending) +
	       port / 64 * sizeof(uint64_t);
}

bool hv_evtchn_is_pending(const struct domain *d, evtchn_port_t port)
{
	uint64_t word;

	if (port >= HV_PORTS || hv_memory_read(&d->memory, pending_address(port), &word, sizeof(word)))
		return false;
	return word >> port % 64 & 1;
}

void hv_evtchn_set_pending(struct domain *d, evtchn_port_t port, bool pending)
{
	uint64_t bit = UINT64_C(1) << port % 64;
	uint64_t word;
	int rc;

	/* Only a dying domain has no such page, and then nobody waits. */
	rc = hv_memory_read(&d->memory, pending_address(port), &word, sizeof(word));
	if (rc)
		return;
	word = pending ? word | bit : word & ~bit;
	rc = hv_memory_write(&d->memory, pending_address(port), &word, sizeof(word));
	PORT_BUG_ON(rc);
}

void hv_evtchn_close(struct evtchn *chn)
{
	if (chn->state == HV_EVTCHN_INTERDOMAIN) {
		chn->peer->state = HV_EVTCHN_UNBOUND;
		chn->peer->reserved_for = chn->owner->id;
		chn->peer->peer = NULL;
	}
	chn->state = HV_EVTCHN_FREE;
	chn->reserved_for = 0;
	chn->peer = NULL;
	hv_evtchn_set_pending(chn->owner, chn->port, false);
	(void)xsm_evtchn_close_post(chn);
}

void hv_evtchn_close_all(struct domain *d)
{
	uint32_t port;

	for (port = 1; port < HV_PORTS; port++)
		if (d->ports[port].state != HV_EVTCHN_FREE)
			hv_evtchn_close(&d->ports[port]);
}

static int alloc_unbound(struct domain *owner, struct evtchn_alloc_unbound *op)
{
	struct evtchn *chn = find_free(owner);
	int rc;

	if (owner->dying)
		return -EINVAL;
	if (!chn)
		return -ENOSPC;
	rc = xsm_evtchn_unbound(owner, chn, op->remote_dom);
	if (rc)
		return rc;
	chn->state = HV_EVTCHN_UNBOUND;
	chn->reserved_for = op->remote_dom == DOMID_SELF ? hv_current()->id : op->remote_dom;
	op->port = chn->port;
	return 0;
}

int hc_alloc_unbound(struct evtchn_alloc_unbound *op)
{
	struct domain *owner = hv_domain_pin(op->dom);
	int rc;

	if (!owner)
		return -ESRCH;
	rc = alloc_unbound(owner, op);
	hv_domain_unpin(owner);
	return rc;
}

static int bind_interdomain(struct domain *remote, struct evtchn_bind_interdomain *op)
{
	struct domain *local = hv_current();
	struct evtchn *lchn = find_free(local);
	struct evtchn *rchn = hv_evtchn_find(remote, op->remote_port);
	int rc;

	if (!lchn)
		return -ENOSPC;
	if (!rchn || rchn->state != HV_EVTCHN_UNBOUND || rchn->reserved_for != local->id)
		return -EINVAL;
	rc = xsm_evtchn_interdomain(local, lchn, remote, rchn);
	if (rc)
		return rc;
	lchn->state = HV_EVTCHN_INTERDOMAIN;
	lchn->peer = rchn;
	rchn->state = HV_EVTCHN_INTERDOMAIN;
	rchn->peer = lchn;
	/* The peer may have sent before: Xen marks the new end pending, always. */
	hv_evtchn_set_pending(local, lchn->port, true);
	op->local_port = lchn->port;
	return 0;
}

int hc_bind_interdomain(struct evtchn_bind_interdomain *op)
{
	struct domain *remote = hv_domain_pin(op->remote_dom);
	int rc;

	if (!remote)
		return -ESRCH;
	rc = bind_interdomain(remote, op);
	hv_domain_unpin(remote);
	return rc;
}

int hc_close(struct evtchn_close *op)
{
	struct evtchn *chn = hv_evtchn_find(hv_current(), op->port);

	if (!chn || chn->state == HV_EVTCHN_FREE)
		return -EINVAL;
	hv_evtchn_close(chn);
	return 0;
}

int hc_send(struct evtchn_send *op)
{
	struct domain *sender = hv_current();
	struct evtchn *chn = hv_evtchn_find(sender, op->port);
	int rc;

	if (!chn)
		return -EINVAL;
	rc = xsm_evtchn_send(sender, chn);
	if (rc)
		return rc;
	switch (chn->state) {
	case HV_EVTCHN_INTERDOMAIN:
		hv_evtchn_set_pending(chn->peer->owner, chn->peer->port, true);
		return 0;
	case HV_EVTCHN_UNBOUND: /* nobody listens yet: Xen drops it without an error */
		return 0;
	default:
		return -EINVAL;
	}
}

static int status(struct domain *d, struct evtchn_status *op)
{
	struct evtchn *chn = hv_evtchn_find(d, op->port);
	int rc;

	if (!chn)
		return -EINVAL;
	rc = xsm_evtchn_status(d, chn);
	if (rc)
		return rc;
	op->status = chn->state;
	op->vcpu = 0;
	memset(&op->u, 0, sizeof(op->u));
	if (chn->state == HV_EVTCHN_UNBOUND)
		op->u.unbound.dom = chn->reserved_for;
	if (chn->state == HV_EVTCHN_INTERDOMAIN) {
		op->u.interdomain.dom = chn->peer->owner->id;
		op->u.interdomain.port = chn->peer->port;
	}
	return 0;
}

int hc_status(struct evtchn_status *op)
{
	struct domain *d = hv_domain_pin(op->dom);
	int rc;

	if (!d)
		return -ESRCH;
	rc = status(d, op);
	hv_domain_unpin(d);
	return rc;
}

static int reset(struct domain *d)
{
	int rc = xsm_evtchn_reset(hv_current(), d);

	if (rc)
		return rc;
	/* A controller must have paused the domain whose channels it takes away. */
	if (d != hv_current() && !d->pauses)
		return -EINVAL;
	hv_evtchn_close_all(d);
	return 0;
}

int hc_reset(struct evtchn_reset *op)
{
	struct domain *d = hv_domain_pin(op->dom);
	int rc;

	if (!d)
		return -ESRCH;
	rc = reset(d);
	hv_domain_unpin(d);
	return rc;
}
