/* SPDX-License-Identifier: BSD-2-Clause */
/* Event channels: what the rest of the model needs of them. Hypercalls: hooks/model/calls.h. */
#ifndef HOOKS_MODEL_EVENT_H
#define HOOKS_MODEL_EVENT_H

#include "hooks/model/domain.h"

/* The channel at @port of @d; NULL when there cannot be one. */
struct evtchn *hv_evtchn_find(struct domain *d, evtchn_port_t port);

/* Closes one end; an other end becomes unbound again and keeps its label. */
void hv_evtchn_close(struct evtchn *chn);
void hv_evtchn_close_all(struct domain *d);

/* The pending bit of @port in the shared info of @d. */
bool hv_evtchn_is_pending(const struct domain *d, evtchn_port_t port);
void hv_evtchn_set_pending(struct domain *d, evtchn_port_t port, bool pending);

#endif
