/* SPDX-License-Identifier: BSD-2-Clause */
/* LOAD, GETENFORCE, SETENFORCE, POLICYVERS. */
#include "flask/module/check.h"
#include "flask/module/flask_op.h"
#include "flask/module/load.h"
#include "flask/module/module.h"
#include "flask/perms.h"

#define NEWEST_VERSION 30 /* of a policy image */

void flask_log_by(const char *what)
{
	char buf[160];
	struct text line;

	text_init(&line, buf, sizeof(buf));
	text_add(&line, "Flask: ");
	text_add(&line, what);
	text_add(&line, " by d");
	text_add_u32(&line, hv_domain_id(hv_current()));
	port_log(PORT_INFO, buf);
}

static void log_loaded(void)
{
	struct ss_facts facts = ss_facts(&flask.server);
	char buf[192];
	struct text line;

	text_init(&line, buf, sizeof(buf));
	text_add(&line, "policy ");
	text_add_u32(&line, facts.seqno);
	text_add(&line, " loaded: ");
	text_add_u32(&line, facts.types);
	text_add(&line, " types, ");
	text_add_u32(&line, facts.classes);
	text_add(&line, " classes, ");
	text_add_u32(&line, facts.rules);
	text_add(&line, " rules, ");
	text_add_u32(&line, facts.bools);
	text_add(&line, " booleans,");
	flask_log_by(buf);
}

/* The image is copied once: what was checked is what is used. *@image is owned by the caller, also on error. */
static int copy_image(const struct xen_flask_load *arg, void **image, struct image_error *error)
{
	static const char too_long[] = "an image has at most 64 MiB";

	*image = NULL;
	if (arg->size > POLICY_IMAGE_MAX) {
		error->section = "hypercall";
		memcpy(error->reason, too_long, sizeof(too_long));
		return -EINVAL;
	}
	*image = port_alloc(arg->size);
	if (!*image)
		return -ENOMEM;
	return hv_copy_from_guest(*image, arg->buffer, arg->size);
}

int flask_op_load(struct xen_flask_op *op)
{
	const char *otherwise = ss_is_loaded(&flask.server) ? "the old policy stays" : "there is still no policy";
	struct image_error error = {.section = ""};
	void *image;
	int rc = copy_image(&op->u.load, &image, &error);

	if (rc) {
		flask_log_refusal(rc, &error, otherwise);
	} else {
		rc = flask_load_policy(image, op->u.load.size, otherwise);
		if (!rc)
			log_loaded();
	}
	port_free(image);
	return rc;
}

int flask_op_getenforce(struct xen_flask_op *op)
{
	(void)op;
	return avc_enforcing(&flask.avc);
}

/* A caller who changes nothing needs no permission, as in Xen. */
int flask_op_setenforce(struct xen_flask_op *op)
{
	bool enforcing = op->u.enforce.enforcing;
	int rc;

	if (enforcing == avc_enforcing(&flask.avc))
		return 0;
	rc = flask_check_current(SECINITSID_SECURITY, SECCLASS_SECURITY, SECURITY__SETENFORCE);
	if (rc)
		return rc;
	avc_set_enforcing(&flask.avc, enforcing);
	flask_log_by(enforcing ? "enforcing from now on, set" : "permissive from now on, set");
	return 0;
}

int flask_op_policyvers(struct xen_flask_op *op)
{
	(void)op;
	return NEWEST_VERSION;
}

/* Before a policy there are no levels. */
int flask_op_mls(struct xen_flask_op *op)
{
	(void)op;
	return ss_has_mls(&flask.server);
}
