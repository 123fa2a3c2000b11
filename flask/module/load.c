/* SPDX-License-Identifier: BSD-2-Clause */
/* Stage, commit, and say what became of it. */
#include "flask/module/load.h"
#include "flask/module/module.h"

/* Why a load failed that is not the fault of the image. */
static const char *reason_of(int rc)
{
	if (rc == -ENOSPC)
		return "no label number is left";
	if (rc == -EFAULT)
		return "the caller's memory does not hold the image";
	return rc == -EAGAIN ? "new labels came faster than they could be carried over" : "no memory";
}

void flask_log_refusal(int rc, const struct image_error *error, const char *otherwise)
{
	char buf[384];
	struct text line;

	text_init(&line, buf, sizeof(buf));
	text_add(&line, "Flask: policy refused: ");
	if (error->reason[0]) {
		text_add(&line, error->section);
		text_add(&line, " at byte ");
		text_add_u32(&line, (uint32_t)error->offset);
		text_add(&line, ": ");
		text_add(&line, error->reason);
	} else {
		text_add(&line, reason_of(rc));
	}
	text_add(&line, "; ");
	text_add(&line, otherwise);
	port_log(PORT_ERROR, buf);
}

static void log_lost_labels(void)
{
	uint32_t lost = ss_facts(&flask.server).lost_sids;
	char buf[128];
	struct text line;

	if (!lost)
		return;
	text_init(&line, buf, sizeof(buf));
	text_add(&line, "Flask: labels without a place in this policy, acting as unlabeled: ");
	text_add_u32(&line, lost);
	port_log(PORT_WARNING, buf);
}

static void free_pending(struct port_deferred *deferred)
{
	port_free(PORT_CONTAINER_OF(deferred, struct flask_pending, deferred));
}

void flask_publish_pending(struct flask_pending *pending)
{
	struct flask_pending *old = port_slot_load(&flask.pending);

	port_slot_store(&flask.pending, pending);
	if (old)
		port_defer(&old->deferred, free_pending);
}

/* Pending values are hidden before the commit: no reader pairs them with the new policy's booleans. */
static int commit(struct ss_stage *stage)
{
	struct flask_pending *pending = port_slot_load(&flask.pending);
	int rc;

	port_slot_store(&flask.pending, NULL);
	rc = ss_commit(&flask.server, stage);
	if (rc)
		port_slot_store(&flask.pending, pending);
	else if (pending)
		port_defer(&pending->deferred, free_pending);
	return rc;
}

int flask_load_policy(const void *image, size_t size, const char *otherwise)
{
	struct image_error error = {.section = ""};
	struct ss_stage *stage;
	int rc;

	port_mutex_lock(&flask.policy_lock);
	ss_set_permissive(&flask.server, !avc_enforcing(&flask.avc));
	rc = ss_stage(&flask.server, image, size, &stage, &error);
	if (!rc)
		rc = commit(stage);
	port_mutex_unlock(&flask.policy_lock);

	if (rc)
		flask_log_refusal(rc, &error, otherwise);
	else
		log_lost_labels();
	return rc;
}
