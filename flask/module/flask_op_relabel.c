/* SPDX-License-Identifier: BSD-2-Clause */
/* RELABEL_DOMAIN: another label for a domain that runs. What it holds already stays. */
#include "flask/module/check.h"
#include "flask/module/flask_op.h"
#include "flask/module/labels.h"
#include "flask/module/module.h"
#include "flask/module/staged.h"
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

/* @d itself: how it sees itself, and its target if it is a device model. */
static int stage_domain(struct flask_staged **list, struct domain *d, const struct flask_sids *from, flask_sid_t to)
{
	struct domain *target = hv_domain_target(d);
	struct flask_label *label;
	struct flask_sids seen;
	int rc = flask_label_stage(to, &label);

	if (rc)
		return rc;
	if (target) {
		seen = flask_domain_sids(target);
		rc = flask_label_stage_target(label, seen.sid);
		if (!rc)
			rc = flask_staged_add(list, target, &seen, NULL);
	}
	if (rc) {
		flask_label_destroy(label);
		return rc;
	}
	return flask_staged_add(list, d, from, label);
}

/* A device model keeps its labels and sees its target by the new one. */
static int stage_model(struct flask_staged **list, struct domain *model, flask_sid_t target)
{
	struct flask_sids from = flask_domain_sids(model);
	struct flask_label *label;
	int rc = flask_label_create(from.sid, from.self, &label);

	if (rc)
		return rc;
	rc = flask_label_stage_target(label, target);
	if (rc) {
		flask_label_destroy(label);
		return rc;
	}
	return flask_staged_add(list, model, &from, label);
}

/* Xen: device models go on seeing the label that their target had. */
static int stage_models(struct flask_staged **list, const struct domain *d, flask_sid_t to)
{
	struct domain *other;
	int rc;

	for (other = hv_domain_pin_next(NULL); other; other = hv_domain_pin_next(other)) {
		if (hv_domain_target(other) != d)
			continue;
		rc = stage_model(list, other, to);
		if (rc) {
			hv_domain_unpin(other);
			return rc;
		}
	}
	return 0;
}

/* Xen: stores any number and forgives a label that cannot be had. -EAGAIN: relabelled meanwhile. */
static int relabel(struct domain *d, bool self, flask_sid_t to)
{
	struct flask_sids from = flask_domain_sids(d);
	struct flask_staged *list = NULL;
	int rc = check_both_ends(d, self, from.sid, to);

	if (!rc)
		rc = flask_check_between(hv_current(), d, from.sid, to, SECCLASS_DOMAIN, DOMAIN__TRANSITION);
	if (!rc && !ss_sid_exists(&flask.server, to))
		rc = -EINVAL;
	if (!rc)
		rc = stage_domain(&list, d, &from, to);
	if (!rc)
		rc = stage_models(&list, d, to);
	if (rc) {
		flask_staged_abandon(list);
		return rc;
	}
	rc = flask_staged_commit(list);
	if (!rc)
		log_relabelled(d);
	return rc;
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
