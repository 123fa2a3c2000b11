/* SPDX-License-Identifier: BSD-2-Clause */
/* GET_PEER_SID: whom the caller talks to. */
#include "flask/module/flask_op.h"
#include "flask/module/labels.h"

/* The label of the domain at the far end, as others see it, not of the channel. */
int flask_op_get_peer_sid(struct xen_flask_op *op)
{
	struct domain *peer = hv_evtchn_peer_pin(op->u.peersid.evtchn);

	if (!peer)
		return -EINVAL;
	op->u.peersid.sid = flask_subject_sid(peer);
	hv_domain_unpin(peer);
	return 0;
}
