/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The labels of domains. A domain carries one pointer to an immutable record,
 * replaced as a whole: a reader sees the old labels or the new ones, never a mix.
 */
#ifndef FLASK_MODULE_LABELS_H
#define FLASK_MODULE_LABELS_H

#include "flask/ss/sidtab.h"
#include "hooks/hv.h"

struct flask_label {
	struct port_deferred deferred;
	flask_sid_t sid;    /* as a subject, and as other domains see it */
	flask_sid_t self;   /* as it sees itself */
	flask_sid_t target; /* how it sees the domain it is the device model of; 0, acting as unlabeled, until set */
};

/*
 * Prepares a record: everything that can fail. The server holds both labels for
 * it. *@label is owned by the caller until flask_label_publish() or _destroy().
 * -ENOMEM, -ENOSPC.
 */
int flask_label_create(flask_sid_t sid, flask_sid_t self, struct flask_label **label) PORT_MUST_CHECK;

/*
 * The same for a domain labelled @sid: how it sees itself is the policy's to
 * say. -EACCES: that label would not be valid; said in the log.
 */
int flask_label_stage(flask_sid_t sid, struct flask_label **label) PORT_MUST_CHECK;

/*
 * Prepares how the domain of @label, not yet published, sees the domain with the
 * label @of that it is the device model of; the server holds that label too.
 * -EACCES as above; -ENOMEM, -ENOSPC: @label is as it was.
 */
int flask_label_stage_target(struct flask_label *label, flask_sid_t of) PORT_MUST_CHECK;

/* For a record that was never published; NULL is allowed. */
void flask_label_destroy(struct flask_label *label);

/*
 * Gives @label (taken; NULL: none any more) to @d in the place of the one it
 * has, which goes when its readers are gone. Cannot fail. One caller at a time
 * for one domain.
 */
void flask_label_publish(struct domain *d, struct flask_label *label);

/* What a domain's record says, read as a whole. */
struct flask_sids {
	flask_sid_t sid, self, target; /* as in struct flask_label */
};
struct flask_sids flask_domain_sids(const struct domain *d);

/* The label with which @d acts. */
flask_sid_t flask_subject_sid(const struct domain *d);

/* The label that @subject sees on @object. */
flask_sid_t flask_object_sid(const struct domain *subject, const struct domain *object);

#endif
