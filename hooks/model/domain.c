/* SPDX-License-Identifier: BSD-2-Clause */
#include "hooks/model/domain.h"

#include "hooks/model/event.h"
#include "hooks/model/grant.h"
#include "hooks/xsm.h"

static struct {
	struct domain *current;
	struct domain *guests[DOMID_FIRST_RESERVED];
	struct domain *idle, *xen, *io;
	hv_domid_t last_id; /* of the guest made last */
} machine;

struct domain *hv_current(void)
{
	PORT_BUG_ON(!machine.current);
	return machine.current;
}

void hv_set_current(struct domain *d)
{
	machine.current = d;
}

/* Where a domain with this id is listed; NULL for an id no domain can have. */
static struct domain **list_place(hv_domid_t id)
{
	switch (id) {
	case DOMID_IDLE:
		return &machine.idle;
	case DOMID_XEN:
		return &machine.xen;
	case DOMID_IO:
		return &machine.io;
	default:
		return id < DOMID_FIRST_RESERVED ? &machine.guests[id] : NULL;
	}
}

struct domain *hv_domain_find(hv_domid_t id)
{
	struct domain **place = list_place(id);

	return place ? *place : NULL;
}

hv_domid_t hv_domain_free_id(void)
{
	hv_domid_t id = machine.last_id;
	uint32_t tries;

	for (tries = 1; tries < DOMID_FIRST_RESERVED; tries++) {
		id = id + 1u < DOMID_FIRST_RESERVED ? (hv_domid_t)(id + 1u) : 1;
		if (!machine.guests[id])
			return id;
	}
	return DOMID_INVALID;
}

bool hv_domain_is_running(const struct domain *d)
{
	return !d->dying && !d->pauses;
}

struct domain *hv_domain_pin(hv_domid_t id)
{
	struct domain *d = NULL;

	if (id == DOMID_SELF)
		d = hv_current();
	else if (id < DOMID_FIRST_RESERVED)
		d = machine.guests[id];
	if (d)
		d->pins++;
	return d;
}

struct domain *hv_domain_pin_next(struct domain *d)
{
	uint32_t id = d ? d->id + 1u : 0;
	struct domain *next = NULL;

	for (; id < DOMID_FIRST_RESERVED && !next; id++)
		next = hv_domain_pin((hv_domid_t)id);
	if (d)
		hv_domain_unpin(d);
	return next;
}

void hv_domain_unpin(struct domain *d)
{
	PORT_BUG_ON(!d->pins);
	if (--d->pins)
		return;
	*list_place(d->id) = NULL;
	if (machine.current == d)
		machine.current = NULL;
	xsm_free_security_domain(d);
	port_free(d);
}

void hv_domain_destroy(struct domain *d)
{
	PORT_BUG_ON(d->dying);
	d->dying = true;
	hv_evtchn_close_all(d);
	hv_grant_unmap_all(d);
	hv_memory_fini(&d->memory);
	if (d->target)
		hv_domain_unpin(d->target);
	d->target = NULL;
	hv_domain_unpin(d);
}

static int ports_init(struct domain *d)
{
	uint32_t port;
	int rc;

	for (port = 0; port < HV_PORTS; port++) {
		d->ports[port].owner = d;
		d->ports[port].port = port;
		rc = xsm_alloc_security_evtchn(&d->ports[port]);
		if (rc)
			return rc;
	}
	return 0;
}

static struct domain *domain_alloc(const struct hv_domain_config *config)
{
	struct domain *d = port_alloc(sizeof(*d));

	if (!d)
		return NULL;
	d->id = config->id;
	d->kind = config->kind;
	d->privileged = config->privileged;
	d->console = config->privileged && config->kind == HV_DOMAIN_ORDINARY;
	d->flags = config->flags;
	d->pauses = config->pauses;
	d->pins = 1;
	if (config->handle)
		memcpy(d->handle, config->handle, sizeof(d->handle));
	return d;
}

/* What only guests have. */
static int guest_build(struct domain *d, const struct hv_domain_config *config)
{
	int rc = xsm_domain_create(d, config->ssidref);

	if (!rc)
		rc = ports_init(d);
	if (!rc)
		rc = hv_memory_init(&d->memory, d->id ? HV_GUEST_FRAMES : HV_DOM0_FRAMES);
	return rc;
}

int hv_domain_create(const struct hv_domain_config *config, struct domain **made)
{
	struct domain **place = list_place(config->id);
	struct domain *d;
	int rc;

	PORT_BUG_ON(!place || *place);
	d = domain_alloc(config);
	if (!d)
		return -ENOMEM;
	/* The first domain acts for itself: there is no other subject yet. */
	if (config->kind == HV_DOMAIN_IDLE)
		hv_set_current(d);
	rc = xsm_alloc_security_domain(d);
	if (rc)
		goto fail_label;
	if (config->kind == HV_DOMAIN_ORDINARY)
		rc = guest_build(d, config);
	if (rc)
		goto fail;
	if (config->id < DOMID_FIRST_RESERVED && config->id)
		machine.last_id = config->id;
	*place = d;
	*made = d;
	return 0;
fail:
	xsm_free_security_domain(d);
fail_label:
	if (machine.current == d)
		machine.current = NULL;
	port_free(d);
	return rc;
}
