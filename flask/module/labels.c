/* SPDX-License-Identifier: BSD-2-Clause */
/* Life of a domain's labels. */
#include "flask/module/labels.h"
#include "flask/module/module.h"
#include "flask/perms.h"

/* Inside a read section. A domain without a record was never given to the module: the host's mistake. */
static const struct flask_label *label_of(const struct domain *d)
{
	const struct flask_label *label = port_slot_load(hv_domain_label_const(d));

	PORT_BUG_ON(!label);
	return label;
}

int flask_label_create(flask_sid_t sid, flask_sid_t self, struct flask_label **label)
{
	struct flask_label *made = port_alloc(sizeof(*made));
	int rc;

	if (!made)
		return -ENOMEM;
	rc = ss_hold(&flask.server, sid);
	if (rc)
		goto free_label;
	rc = ss_hold(&flask.server, self);
	if (rc)
		goto release_sid;
	made->sid = sid;
	made->self = self;
	*label = made;
	return 0;

release_sid:
	ss_release(&flask.server, sid);
free_label:
	port_free(made);
	return rc;
}

/* @whom: of whom it is the label that cannot be. */
static void log_refused(flask_sid_t sid, const char *whom)
{
	char buf[256];
	struct text line;

	text_init(&line, buf, sizeof(buf));
	text_add(&line, "Flask: label refused: the policy gives label number ");
	text_add_u32(&line, sid);
	text_add(&line, " a label for ");
	text_add(&line, whom);
	text_add(&line, " that is not valid");
	port_log(PORT_ERROR, buf);
}

int flask_label_stage(flask_sid_t sid, struct flask_label **label)
{
	flask_sid_t self;
	int rc = ss_compute_label(&flask.server, sid, sid, SECCLASS_DOMAIN, RULE_TRANSITION, !avc_enforcing(&flask.avc),
				  &self);

	if (rc == -EACCES)
		log_refused(sid, "itself");
	if (rc)
		return rc;
	return flask_label_create(sid, self, label);
}

int flask_label_stage_target(struct flask_label *label, flask_sid_t of)
{
	flask_sid_t target;
	int rc = ss_compute_label(&flask.server, of, label->sid, SECCLASS_DOMAIN, RULE_TRANSITION,
				  !avc_enforcing(&flask.avc), &target);

	if (rc == -EACCES)
		log_refused(label->sid, "its target");
	if (!rc)
		rc = ss_hold(&flask.server, target);
	if (!rc)
		label->target = target;
	return rc;
}

static void release_labels(const struct flask_label *label)
{
	if (label->target)
		ss_release(&flask.server, label->target);
	ss_release(&flask.server, label->self);
	ss_release(&flask.server, label->sid);
}

void flask_label_destroy(struct flask_label *label)
{
	if (!label)
		return;
	release_labels(label);
	port_free(label);
}

static void free_deferred(struct port_deferred *deferred)
{
	port_free(PORT_CONTAINER_OF(deferred, struct flask_label, deferred));
}

void flask_label_publish(struct domain *d, struct flask_label *label)
{
	struct port_slot *slot = hv_domain_label(d);
	struct flask_label *old = port_slot_load(slot);

	port_slot_store(slot, label);
	if (!old)
		return;
	release_labels(old);
	port_defer(&old->deferred, free_deferred);
}

struct flask_sids flask_domain_sids(const struct domain *d)
{
	const struct flask_label *label;
	struct flask_sids sids;

	port_read_begin();
	label = label_of(d);
	sids = (struct flask_sids){label->sid, label->self, label->target};
	port_read_end();
	return sids;
}

flask_sid_t flask_subject_sid(const struct domain *d)
{
	flask_sid_t sid;

	port_read_begin();
	sid = label_of(d)->sid;
	port_read_end();
	return sid;
}

flask_sid_t flask_object_sid(const struct domain *subject, const struct domain *object)
{
	flask_sid_t sid;

	port_read_begin();
	if (subject == object)
		sid = label_of(subject)->self;
	else if (hv_domain_target(subject) == object)
		sid = label_of(subject)->target;
	else
		sid = label_of(object)->sid;
	port_read_end();
	return sid;
}
