/* SPDX-License-Identifier: BSD-2-Clause */
/* hooks/hv.h over the model: what the module sees of a domain. Finding and pinning: domain.c. */
#include "hooks/model/domain.h"
#include "hooks/model/event.h"

enum hv_domain_kind hv_domain_kind(const struct domain *d)
{
	return d->kind;
}

hv_domid_t hv_domain_id(const struct domain *d)
{
	return d->id;
}

bool hv_domain_is_privileged(const struct domain *d)
{
	return d->privileged;
}

void hv_domain_set_privileged(struct domain *d, bool privileged)
{
	d->privileged = privileged;
}

bool hv_domain_is_console(const struct domain *d)
{
	return d->console;
}

struct domain *hv_domain_target(const struct domain *d)
{
	return d->target;
}

struct port_slot *hv_domain_label(struct domain *d)
{
	return &d->label;
}

const struct port_slot *hv_domain_label_const(const struct domain *d)
{
	return &d->label;
}

uint32_t *hv_evtchn_label(struct evtchn *chn)
{
	return &chn->label;
}

enum hv_evtchn_state hv_evtchn_state(const struct evtchn *chn)
{
	return chn->state;
}

struct domain *hv_evtchn_peer_pin(uint32_t port)
{
	const struct evtchn *chn = hv_evtchn_find(hv_current(), port);
	struct domain *peer;

	if (!chn || chn->state != HV_EVTCHN_INTERDOMAIN)
		return NULL;
	peer = chn->peer->owner;
	peer->pins++;
	return peer;
}

int hv_copy_from_guest(void *dst, hv_guest_t src, size_t bytes)
{
	return hv_memory_read(&hv_current()->memory, src, dst, bytes);
}

int hv_copy_to_guest(hv_guest_t dst, const void *src, size_t bytes)
{
	return hv_memory_write(&hv_current()->memory, dst, src, bytes);
}
