/* SPDX-License-Identifier: BSD-2-Clause */
/* Domains: their labels, their creation, and what is done to them. */
#include "flask/module/check.h"
#include "flask/module/hooks.h"
#include "flask/module/labels.h"
#include "flask/module/module.h"
#include "flask/module/staged.h"
#include "flask/perms.h"
#include "hooks/abi/domctl.h"

/*
 * The label of a domain before anybody chose one. An ordinary domain that the
 * booting hypervisor itself makes is dom0 when privileged; all others start as
 * unlabeled.
 */
static flask_sid_t allocation_sid(const struct domain *d)
{
	switch (hv_domain_kind(d)) {
	case HV_DOMAIN_IDLE:
		return SECINITSID_XENBOOT;
	case HV_DOMAIN_XEN:
		return SECINITSID_DOMXEN;
	case HV_DOMAIN_IO:
		return SECINITSID_DOMIO;
	case HV_DOMAIN_ORDINARY:
		break;
	}
	if (flask_subject_sid(hv_current()) == SECINITSID_XENBOOT && hv_domain_is_privileged(d))
		return SECINITSID_DOM0;
	return SECINITSID_UNLABELED;
}

int flask_alloc_security_domain(struct domain *d)
{
	flask_sid_t sid = allocation_sid(d);
	struct flask_label *label;
	int rc = flask_label_create(sid, sid, &label);

	if (!rc)
		flask_label_publish(d, label);
	return rc;
}

int flask_free_security_domain(struct domain *d)
{
	flask_label_publish(d, NULL);
	return 0;
}

uint32_t flask_domain_sid(const struct domain *d)
{
	return flask_subject_sid(d);
}

/*
 * Xen: stores any number, which acts as unlabeled until some label happens to
 * get it. Here a number that names no label makes no domain; asked only after
 * the permission, so that a denied caller learns nothing.
 */
static int check_create(flask_sid_t sid)
{
	int rc = flask_check_current(sid, SECCLASS_DOMAIN, DOMAIN__CREATE);

	if (rc)
		return rc;
	return ss_sid_exists(&flask.server, sid) ? 0 : -EINVAL;
}

/* The initial SID dom0 is for one domain per boot. */
static int claim_dom0(flask_sid_t sid)
{
	if (sid != SECINITSID_DOM0)
		return 0;
	if (port_load_u32(&flask.dom0_labels) || port_count_up(&flask.dom0_labels) != 1)
		return -EINVAL;
	return 0;
}

/*
 * Xen: leaves the number stored when the label for itself cannot be had, and
 * then counts dom0's use. Here a refused domain is as it was.
 */
int flask_domain_create(struct domain *d, uint32_t ssidref)
{
	flask_sid_t sid = ssidref ? ssidref : flask_subject_sid(d);
	struct flask_label *label;
	int rc = check_create(sid);

	if (!rc)
		rc = flask_label_stage(sid, &label);
	if (rc)
		return rc;
	rc = claim_dom0(sid);
	if (rc) {
		flask_label_destroy(label);
		return rc;
	}
	flask_label_publish(d, label);
	return 0;
}

static uint32_t domctl_perms(uint32_t cmd, uint32_t *tclass)
{
	static const struct {
		uint32_t tclass, perms;
	} need[] = {
#define DOMCTL(op, CLASS, PERM) [XEN_DOMCTL_##op] = {SECCLASS_##CLASS, CLASS##__##PERM},
#include "flask/opmap.def"
	};

	if (cmd >= PORT_ARRAY_SIZE(need))
		return 0;
	*tclass = need[cmd].tclass;
	return need[cmd].perms;
}

/* @d is NULL for createdomain only: nothing is built for a caller who may not create. */
int flask_domctl(struct domain *d, uint32_t cmd, uint32_t ssidref)
{
	uint32_t tclass, perms;

	if (cmd == XEN_DOMCTL_createdomain)
		return check_create(ssidref ? ssidref : SECINITSID_UNLABELED);
	if (cmd == XEN_DOMCTL_set_target) /* has a hook of its own */
		return 0;
	perms = domctl_perms(cmd, &tclass);
	if (!perms)
		return avc_unknown_operation(&flask.avc, "domctl", cmd);
	PORT_BUG_ON(!d);
	return flask_check_domains(hv_current(), d, tclass, perms);
}

/* By the labels themselves: nobody is the other's device model yet. */
static int check_set_target(const struct domain *d, const struct domain *target, flask_sid_t from, flask_sid_t of)
{
	int rc = flask_check_domains(hv_current(), d, SECCLASS_DOMAIN2, DOMAIN2__MAKE_PRIV_FOR);

	if (!rc)
		rc = flask_check_domains(hv_current(), target, SECCLASS_DOMAIN2, DOMAIN2__SET_AS_TARGET);
	if (!rc)
		rc = flask_check_labels(from, of, SECCLASS_DOMAIN, DOMAIN__SET_TARGET);
	return rc;
}

/*
 * Xen: sets the label although the host then finds that there is a target
 * already. Here the domain keeps the label of the one that it has.
 */
static int set_target(struct domain *d, struct domain *target)
{
	struct flask_sids from = flask_domain_sids(d), of = flask_domain_sids(target);
	struct flask_staged *list = NULL;
	struct flask_label *label;
	int rc = check_set_target(d, target, from.sid, of.sid);

	if (!rc && hv_domain_target(d))
		rc = -EINVAL;
	if (!rc)
		rc = flask_label_create(from.sid, from.self, &label);
	if (rc)
		return rc;
	rc = flask_label_stage_target(label, of.sid);
	if (!rc)
		rc = flask_staged_add(&list, target, &of, NULL);
	if (rc) {
		flask_label_destroy(label);
		return rc;
	}
	rc = flask_staged_add(&list, d, &from, label);
	if (!rc)
		return flask_staged_commit(list);
	flask_staged_abandon(list);
	return rc;
}

int flask_set_target(struct domain *d, struct domain *target)
{
	int rc;

	do {
		rc = set_target(d, target);
	} while (rc == -EAGAIN);
	return rc;
}

int flask_getdomaininfo(struct domain *d)
{
	return flask_check_domains(hv_current(), d, SECCLASS_DOMAIN, DOMAIN__GETDOMAININFO);
}

/* Boot is over: the hypervisor's subject leaves xenboot, by which the first domains were built. */
int flask_set_system_active(void)
{
	struct domain *self = hv_current();
	struct flask_label *label;
	int rc;

	if (hv_domain_kind(self) != HV_DOMAIN_IDLE || flask_subject_sid(self) != SECINITSID_XENBOOT)
		return -EPERM;
	rc = flask_label_create(SECINITSID_XEN, SECINITSID_XEN, &label);
	if (rc)
		return rc;
	hv_domain_set_privileged(self, false);
	flask_label_publish(self, label);
	return 0;
}
