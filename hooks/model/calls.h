/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The bodies of the hypercalls, one per row of hypercalls.def. Each gets its
 * arguments in a copy that no guest can reach, asks its hook before it changes
 * anything, and writes its results into the copy. 0 or -errno; the bodies of
 * grant_table_op always return 0 and report in `status`.
 */
#ifndef HOOKS_MODEL_CALLS_H
#define HOOKS_MODEL_CALLS_H

#include "hooks/abi/domctl.h"
#include "hooks/abi/event_channel.h"
#include "hooks/abi/grant_table.h"

int hc_createdomain(struct xen_domctl *op);
int hc_destroydomain(struct xen_domctl *op);
int hc_pausedomain(struct xen_domctl *op);
int hc_unpausedomain(struct xen_domctl *op);
int hc_getdomaininfo(struct xen_domctl *op);
int hc_set_target(struct xen_domctl *op);
int hc_domctl_unknown(struct xen_domctl *op);

int hc_alloc_unbound(struct evtchn_alloc_unbound *op);
int hc_bind_interdomain(struct evtchn_bind_interdomain *op);
int hc_close(struct evtchn_close *op);
int hc_send(struct evtchn_send *op);
int hc_status(struct evtchn_status *op);
int hc_reset(struct evtchn_reset *op);

int hc_map_grant_ref(struct gnttab_map_grant_ref *op);
int hc_unmap_grant_ref(struct gnttab_unmap_grant_ref *op);
int hc_copy(struct gnttab_copy *op);

/* @buffer is an address in the caller's memory. Bytes written or read, or -errno. */
int64_t hc_console_io(uint32_t cmd, uint32_t count, uint64_t buffer);

#endif
