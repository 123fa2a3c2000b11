/* SPDX-License-Identifier: BSD-2-Clause */
/* CONTEXT_TO_SID, SID_TO_CONTEXT, ACCESS, CREATE, RELABEL, MEMBER: questions to the security server. */
#include "flask/module/flask_op.h"
#include "flask/module/module.h"

int flask_op_context_to_sid(struct xen_flask_op *op)
{
	struct xen_flask_sid_context *arg = &op->u.sid_context;
	flask_sid_t sid;
	char *string;
	size_t len;
	int rc = flask_copy_string(arg->context, arg->size, &string, &len);

	if (rc)
		return rc;
	rc = ss_context_to_sid(&flask.server, string, len, &sid);
	port_free(string);
	if (!rc)
		arg->sid = sid;
	return rc;
}

/* Writes @text with its NUL when it fits in the caller's buffer; the size of both goes back. */
static int give_context(struct xen_flask_sid_context *arg, const struct text *text)
{
	size_t bytes = text->len + 1;

	if (text->cut || bytes > arg->size)
		return -ERANGE;
	if (hv_copy_to_guest(arg->context, text->buf, bytes))
		return -EFAULT;
	arg->size = (uint32_t)bytes;
	return 0;
}

int flask_op_sid_to_context(struct xen_flask_op *op)
{
	struct xen_flask_sid_context *arg = &op->u.sid_context;
	char *buf = port_alloc(SS_CONTEXT_MAX);
	struct text text;
	int rc;

	if (!buf)
		return -ENOMEM;
	text_init(&text, buf, SS_CONTEXT_MAX);
	rc = ss_sid_to_context(&flask.server, arg->sid, &text);
	if (!rc)
		rc = give_context(arg, &text);
	port_free(buf);
	return rc;
}

/* Xen: cuts the class to 16 bits; here a number that is no class is refused whole. */
int flask_op_access(struct xen_flask_op *op)
{
	struct xen_flask_access *arg = &op->u.access;
	struct ss_decision decision;
	int rc = ss_decide(&flask.server, arg->ssid, arg->tsid, arg->tclass, &decision);

	if (rc)
		return rc;
	arg->allowed = decision.access.allowed;
	arg->audit_allow = decision.access.auditallow;
	arg->audit_deny = decision.access.auditdeny;
	arg->seqno = decision.seqno;
	return 0;
}

static int compute(struct xen_flask_transition *arg, enum policy_rule_kind kind)
{
	return ss_compute_label(&flask.server, arg->ssid, arg->tsid, arg->tclass, kind, !avc_enforcing(&flask.avc),
				&arg->newsid);
}

int flask_op_create(struct xen_flask_op *op)
{
	return compute(&op->u.transition, RULE_TRANSITION);
}

int flask_op_relabel(struct xen_flask_op *op)
{
	return compute(&op->u.transition, RULE_CHANGE);
}

int flask_op_member(struct xen_flask_op *op)
{
	return compute(&op->u.transition, RULE_MEMBER);
}
