/* SPDX-License-Identifier: BSD-2-Clause */
/* RELABEL_DOMAIN: another label for a domain that runs. What it holds already stays. */
#include "flask/module/check.h"
#include "flask/module/flask_op.h"
#include "flask/module/labels.h"
#include "flask/module/module.h"
#include "flask/perms.h"
#include "hooks/abi/xen.h"

/* Leaving the old label and taking the new one: of oneself one right, of another two. */
static int check_both_ends(const struct domain *d, bool self, flask_sid_t from, flask_sid_t to)
{
	const struct domain *caller = hv_current();
	flask_sid_t by = flask_subject_sid(caller);
	int rc;

	if (self)
		return flask_check_between(caller, d, from, to, SECCLASS_DOMAIN2, DOMAIN2__RELABELSELF);
	rc = flask_check_between(caller, d, by, from, SECCLASS_DOMAIN2, DOMAIN2__RELABELFROM);
	if (rc)
		return rc;
	return flask_check_between(caller, d, by, to, SECCLASS_DOMAIN2, DOMAIN2__RELABELTO);
}

static void log_relabelled(const struct domain *d)
{
	char buf[96];
	struct text line;

	text_init(&line, buf, sizeof(buf));
	text_add(&line, "d");
	text_add_u32(&line, hv_domain_id(d));
	text_add(&line, " relabelled");
	flask_log_by(buf);
}

/* Takes @label when @d still has the label that the permissions were about. */
static bool replace(struct domain *d, flask_sid_t from, struct flask_label *label)
{
	bool same;

	port_mutex_lock(&flask.relabel_lock);
	same = flask_subject_sid(d) == from;
	if (same)
		flask_label_publish(d, label);
	port_mutex_unlock(&flask.relabel_lock);
	return same;
}

/* Xen: stores any number and forgives a label for itself that cannot be had. -EAGAIN: relabelled meanwhile. */
static int relabel(struct domain *d, bool self, flask_sid_t to)
{
	flask_sid_t from = flask_subject_sid(d);
	struct flask_label *label;
	int rc = check_both_ends(d, self, from, to);

	if (!rc)
		rc = flask_check_between(hv_current(), d, from, to, SECCLASS_DOMAIN, DOMAIN__TRANSITION);
	if (!rc && !ss_sid_exists(&flask.server, to))
		rc = -EINVAL;
	if (!rc)
		rc = flask_label_stage(to, &label);
	if (rc)
		return rc;
	if (!replace(d, from, label)) {
		flask_label_destroy(label);
		return -EAGAIN;
	}
	log_relabelled(d);
	return 0;
}

/* Oneself is meant by DOMID_SELF only; a domain that gives its own number needs both rights, as in Xen. */
int flask_op_relabel_domain(struct xen_flask_op *op)
{
	const struct xen_flask_relabel *arg = &op->u.relabel;
	struct domain *d = arg->domid <= UINT16_MAX ? hv_domain_pin((hv_domid_t)arg->domid) : NULL;
	int rc;

	if (!d)
		return -ESRCH;
	do {
		rc = relabel(d, arg->domid == DOMID_SELF, arg->sid);
	} while (rc == -EAGAIN);
	hv_domain_unpin(d);
	return rc;
}
