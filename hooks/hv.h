/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The hypervisor port: the objects that hooks are about, as the module sees
 * them. Bound at link time. Only flask/module and the default module use it.
 */
#ifndef HOOKS_HV_H
#define HOOKS_HV_H

#include "hooks/port.h"

struct domain;
struct evtchn;

typedef uint16_t hv_domid_t; /* Xen's domid_t; DOMID_* in hooks/abi/xen.h */
typedef uint64_t hv_guest_t; /* an address in the memory of the current domain */

enum hv_domain_kind {
	HV_DOMAIN_ORDINARY, /* dom0 and guests */
	HV_DOMAIN_IDLE,	    /* the hypervisor's own subject */
	HV_DOMAIN_XEN,	    /* owner of the hypervisor's pages, DOMID_XEN */
	HV_DOMAIN_IO,	    /* owner of I/O pages, DOMID_IO */
};

/* A channel end's state, numbered as the EVTCHNSTAT_* answers of EVTCHNOP_status. */
enum hv_evtchn_state {
	HV_EVTCHN_FREE = 0,
	HV_EVTCHN_UNBOUND = 1,
	HV_EVTCHN_INTERDOMAIN = 2,
	HV_EVTCHN_PIRQ = 3,
	HV_EVTCHN_VIRQ = 4,
	HV_EVTCHN_IPI = 5,
};

/* The domain on whose behalf the hypervisor runs now; never NULL. */
struct domain *hv_current(void);

enum hv_domain_kind hv_domain_kind(const struct domain *d);
hv_domid_t hv_domain_id(const struct domain *d);

/* Whether @d is a control domain (Xen's is_privileged). */
bool hv_domain_is_privileged(const struct domain *d);
void hv_domain_set_privileged(struct domain *d, bool privileged);

/* Whether @d may use the console without privilege (Xen's is_console). */
bool hv_domain_is_console(const struct domain *d);

/* The domain that @d is the device model of, or NULL. It stays as long as @d is pinned. */
struct domain *hv_domain_target(const struct domain *d);

/* The slot in @d that belongs to the module; empty when @d was made. */
struct port_slot *hv_domain_label(struct domain *d);
const struct port_slot *hv_domain_label_const(const struct domain *d);

/* The SID slot of a channel end. */
uint32_t *hv_evtchn_label(struct evtchn *chn);
enum hv_evtchn_state hv_evtchn_state(const struct evtchn *chn);

/*
 * The domain at the far end of the current domain's channel at @port, pinned;
 * NULL when there is no such port, or it is not connected to another end.
 */
struct domain *hv_evtchn_peer_pin(uint32_t port) PORT_MUST_CHECK;

/*
 * Finds the domain @id (DOMID_SELF: the current one) and keeps it until
 * hv_domain_unpin(). NULL when there is none.
 */
struct domain *hv_domain_pin(hv_domid_t id) PORT_MUST_CHECK;
void hv_domain_unpin(struct domain *d);

/*
 * Goes through the ordinary domains in some order: the first for NULL, else the
 * one after @d, which is unpinned. Pinned; NULL at the end.
 */
struct domain *hv_domain_pin_next(struct domain *d) PORT_MUST_CHECK;

/* Copies between the current domain's memory and ours: 0 or -EFAULT. */
int hv_copy_from_guest(void *dst, hv_guest_t src, size_t bytes) PORT_MUST_CHECK;
int hv_copy_to_guest(hv_guest_t dst, const void *src, size_t bytes) PORT_MUST_CHECK;

/*
 * What the current hypercall is called in audit lines: "grant_table_op" and
 * "map_grant_ref". Both NULL outside a hypercall. Static strings.
 */
struct hv_operation {
	const char *hypercall;
	const char *subop; /* NULL where the hypercall has none */
};
struct hv_operation hv_operation(void);

/* Names the sub-operation of the current hypercall where only the module can read it. A static string. */
void hv_name_subop(const char *subop);

#endif
