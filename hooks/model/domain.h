/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Domains of the model. The model runs one hypercall at a time, so nothing here
 * is locked; a host with more CPUs takes its locks after the hook of a hypercall,
 * never before it.
 */
#ifndef HOOKS_MODEL_DOMAIN_H
#define HOOKS_MODEL_DOMAIN_H

#include "hooks/abi/domctl.h"
#include "hooks/abi/event_channel.h"
#include "hooks/abi/grant_table.h"
#include "hooks/hv.h"
#include "hooks/model/memory.h"

#define HV_DOM0_FRAMES	1024u
#define HV_GUEST_FRAMES 96u
#define HV_PORTS	64u /* port 0 is never given out */
#define HV_GRANTS	(HV_PAGE_BYTES / sizeof(struct grant_entry_v1))
#define HV_HANDLES	HV_FRAME_WINDOW_COUNT /* as many as there is room to map */
#define HV_PAUSES_MAX	255u

struct evtchn {
	struct domain *owner;
	evtchn_port_t port;
	enum hv_evtchn_state state;
	uint32_t label;		 /* the module's */
	hv_domid_t reserved_for; /* unbound: who may bind */
	struct evtchn *peer;	 /* interdomain: the other end */
};

/* A grant of this domain while others use it: the frame stays what it was at the first use. */
struct hv_grant {
	uint32_t readers;     /* read-only mappings */
	uint32_t writers;     /* writable mappings */
	hv_domid_t domid;     /* who uses it */
	struct hv_page *page; /* one reference while in use */
};

/* A grant of another domain that this domain has mapped. */
struct hv_mapping {
	struct domain *granter; /* pinned; NULL: this handle is free */
	grant_ref_t ref;
	bool readonly;
	uint64_t addr; /* in this domain's memory */
};

struct domain {
	hv_domid_t id;
	enum hv_domain_kind kind;
	bool privileged;
	bool console;
	bool dying;
	bool compat;	       /* its kernel is a 32-bit one */
	uint32_t pauses;       /* by toolstacks */
	uint32_t pins;	       /* one for being listed, one per user */
	struct domain *target; /* pinned; NULL: it is nobody's device model */
	struct port_slot label;
	xen_domain_handle_t handle;
	uint32_t flags; /* XEN_DOMCTL_CDF_* */
	struct hv_memory memory;
	struct evtchn ports[HV_PORTS];
	struct hv_grant grants[HV_GRANTS];
	struct hv_mapping mappings[HV_HANDLES];
};

struct hv_domain_config {
	hv_domid_t id;
	enum hv_domain_kind kind;
	bool privileged;
	uint32_t ssidref; /* 0: the label of allocation */
	uint32_t flags;
	uint32_t pauses;
	const uint8_t *handle; /* 16 bytes, or NULL */
};

/*
 * Makes the domain @config describes and lists it. A guest is made only if
 * xsm_domain_create() agrees. -ENOMEM, or what the module says: nothing is left.
 * The id must be free.
 */
int hv_domain_create(const struct hv_domain_config *config, struct domain **made) PORT_MUST_CHECK;

/*
 * Ends a guest: closes its channels, drops its mappings and its memory. The
 * structure stays, dying, while somebody maps a page of it or pins it.
 */
void hv_domain_destroy(struct domain *d);

/* The listed domain @id, without a pin; NULL when there is none. System domains too. */
struct domain *hv_domain_find(hv_domid_t id);

/* A free id for a new guest, or DOMID_INVALID. */
hv_domid_t hv_domain_free_id(void);

/* Whether the domain can make hypercalls: neither paused nor dying. */
bool hv_domain_is_running(const struct domain *d);

/* Who hv_current() is. */
void hv_set_current(struct domain *d);

#endif
