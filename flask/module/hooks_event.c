/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Event channels. Each end has a label of its own, made from its domain's and
 * the peer's; a label is stored only when every check passed.
 */
#include "flask/module/check.h"
#include "flask/module/hooks.h"
#include "flask/module/labels.h"
#include "flask/module/module.h"
#include "flask/perms.h"

/* Guests can ask again and again: said once per boot. */
static void log_missing_label(const struct domain *owner)
{
	char buf[160];
	struct text line;

	if (port_load_u32(&flask.missing_labels) || port_count_up(&flask.missing_labels) != 1)
		return;
	text_init(&line, buf, sizeof(buf));
	text_add(&line, "Flask: no label is prepared for a channel of d");
	text_add_u32(&line, hv_domain_id(owner));
	text_add(&line, avc_enforcing(&flask.avc) ? ": refused" : ": unlabeled");
	text_add(&line, " (said once)");
	port_log(PORT_ERROR, buf);
}

/* Looks only: no guest makes a label. Without one the channel is refused, or unlabeled while permissive. */
static int channel_label(const struct domain *owner, flask_sid_t peer, flask_sid_t *sid)
{
	int rc = ss_find_transition(&flask.server, flask_subject_sid(owner), peer, SECCLASS_EVENT, sid);

	if (!rc)
		return 0;
	log_missing_label(owner);
	if (avc_enforcing(&flask.avc))
		return -EACCES;
	*sid = SECINITSID_UNLABELED;
	return 0;
}

int flask_alloc_security_evtchn(struct evtchn *chn)
{
	port_store_u32(hv_evtchn_label(chn), SECINITSID_UNLABELED);
	return 0;
}

/* Only this end: the other keeps the label of its own creation. */
int flask_evtchn_close_post(struct evtchn *chn)
{
	port_store_u32(hv_evtchn_label(chn), SECINITSID_UNLABELED);
	return 0;
}

/* As in Xen nobody asks what the caller may do to the owner: the label of the channel says whose it is. */
int flask_evtchn_unbound(struct domain *owner, struct evtchn *chn, hv_domid_t peer)
{
	struct domain *peer_domain = hv_domain_pin(peer);
	flask_sid_t peer_sid, label;
	int rc;

	if (!peer_domain)
		return -EPERM;
	peer_sid = flask_object_sid(owner, peer_domain);
	hv_domain_unpin(peer_domain);

	rc = channel_label(owner, peer_sid, &label);
	if (!rc)
		rc = flask_check_current(label, SECCLASS_EVENT, EVENT__CREATE);
	if (!rc)
		rc = flask_check_labels(label, peer_sid, SECCLASS_EVENT, EVENT__BIND);
	if (!rc)
		port_store_u32(hv_evtchn_label(chn), label);
	return rc;
}

/* The remote end was labelled when it was made; that label is asked again, for the owner may have changed. */
int flask_evtchn_interdomain(struct domain *local, struct evtchn *local_chn, struct domain *remote,
			     struct evtchn *remote_chn)
{
	flask_sid_t remote_sid = flask_object_sid(local, remote);
	flask_sid_t remote_label = port_load_u32(hv_evtchn_label(remote_chn));
	flask_sid_t label;
	int rc = channel_label(local, remote_sid, &label);

	if (!rc)
		rc = flask_check_between(local, remote, flask_subject_sid(hv_current()), label, SECCLASS_EVENT,
					 EVENT__CREATE);
	if (!rc)
		rc = flask_check_between(local, remote, label, remote_sid, SECCLASS_EVENT, EVENT__BIND);
	if (!rc)
		rc = flask_check_between(local, remote, remote_label, flask_object_sid(remote, local), SECCLASS_EVENT,
					 EVENT__BIND);
	if (!rc)
		port_store_u32(hv_evtchn_label(local_chn), label);
	return rc;
}

int flask_evtchn_send(struct domain *sender, struct evtchn *chn)
{
	enum hv_evtchn_state state = hv_evtchn_state(chn);

	switch (state) {
	case HV_EVTCHN_INTERDOMAIN:
		return flask_check_labels(flask_subject_sid(sender), port_load_u32(hv_evtchn_label(chn)),
					  SECCLASS_EVENT, EVENT__SEND);
	case HV_EVTCHN_UNBOUND: /* reaches nobody */
	case HV_EVTCHN_IPI:	/* reaches the sender */
		return 0;
	case HV_EVTCHN_FREE:
	case HV_EVTCHN_PIRQ:
	case HV_EVTCHN_VIRQ:
		break;
	}
	return avc_unknown_operation(&flask.avc, "event channel state", state);
}

/*
 * Xen: asks only whether the queried domain may see its own port, so that every
 * domain may see it too. Here the caller is asked first, when it is another.
 */
int flask_evtchn_status(struct domain *d, struct evtchn *chn)
{
	flask_sid_t label = port_load_u32(hv_evtchn_label(chn));
	int rc = 0;

	if (hv_current() != d)
		rc = flask_check_current(label, SECCLASS_EVENT, EVENT__STATUS);
	if (rc)
		return rc;
	return flask_check_labels(flask_subject_sid(d), label, SECCLASS_EVENT, EVENT__STATUS);
}

int flask_evtchn_reset(struct domain *d1, struct domain *d2)
{
	return flask_check_domains(d1, d2, SECCLASS_EVENT, EVENT__RESET);
}
