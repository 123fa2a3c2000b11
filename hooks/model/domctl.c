/* SPDX-License-Identifier: BSD-2-Clause */
#include "hooks/abi/domctl.h"

#include "hooks/model/calls.h"
#include "hooks/model/domain.h"
#include "hooks/xsm.h"

#define CDF_KNOWN (XEN_DOMCTL_CDF_vpmu | (XEN_DOMCTL_CDF_vpmu - 1))

int hc_createdomain(struct xen_domctl *op)
{
	const struct xen_domctl_createdomain *create = &op->u.createdomain;
	struct hv_domain_config config = {
	    .id = op->domain,
	    .kind = HV_DOMAIN_ORDINARY,
	    .ssidref = create->ssidref,
	    .flags = create->flags,
	    .pauses = 1,
	    .handle = create->handle,
	};
	struct domain *d;
	int rc;

	if (create->flags & ~CDF_KNOWN)
		return -EINVAL;
	rc = xsm_domctl(NULL, op->cmd, create->ssidref);
	if (rc)
		return rc;
	if (!config.id || config.id >= DOMID_FIRST_RESERVED)
		config.id = hv_domain_free_id();
	else if (hv_domain_find(config.id))
		return -EEXIST;
	if (config.id == DOMID_INVALID)
		return -ENOMEM;
	rc = hv_domain_create(&config, &d);
	if (!rc)
		op->domain = d->id;
	return rc;
}

/* Runs @effect on the domain that @op names, if the hook agrees. */
static int on_domain(const struct xen_domctl *op, int (*effect)(struct domain *d))
{
	struct domain *d = op->domain < DOMID_FIRST_RESERVED ? hv_domain_pin(op->domain) : NULL;
	int rc;

	if (!d)
		return -ESRCH;
	rc = xsm_domctl(d, op->cmd, 0);
	if (!rc)
		rc = effect(d);
	hv_domain_unpin(d);
	return rc;
}

static int destroy(struct domain *d)
{
	if (d == hv_current())
		return -EINVAL;
	if (!d->dying)
		hv_domain_destroy(d);
	return 0;
}

int hc_destroydomain(struct xen_domctl *op)
{
	return on_domain(op, destroy);
}

static int pause(struct domain *d)
{
	if (d == hv_current())
		return -EINVAL;
	if (d->pauses == HV_PAUSES_MAX)
		return -EUSERS;
	d->pauses++;
	return 0;
}

int hc_pausedomain(struct xen_domctl *op)
{
	return on_domain(op, pause);
}

static int unpause(struct domain *d)
{
	if (!d->pauses)
		return -EINVAL;
	d->pauses--;
	return 0;
}

int hc_unpausedomain(struct xen_domctl *op)
{
	return on_domain(op, unpause);
}

static int no_effect(struct domain *d)
{
	(void)d;
	return -ENOSYS;
}

int hc_domctl_unknown(struct xen_domctl *op)
{
	return on_domain(op, no_effect);
}

static void info_fill(const struct domain *d, struct xen_domctl_getdomaininfo *info)
{
	memset(info, 0, sizeof(*info));
	info->domain = d->id;
	info->flags = (d->dying ? XEN_DOMINF_dying : 0) | (d->pauses ? XEN_DOMINF_paused : 0) |
		      (d == hv_current() ? XEN_DOMINF_running : 0) |
		      (d->flags & XEN_DOMCTL_CDF_hvm ? XEN_DOMINF_hvm_guest : 0) |
		      (d->flags & XEN_DOMCTL_CDF_xs_domain ? XEN_DOMINF_xs_domain : 0) |
		      (d->flags & XEN_DOMCTL_CDF_hap ? XEN_DOMINF_hap : 0);
	info->tot_pages = d->memory.owned;
	info->max_pages = d->memory.owned;
	info->shared_info_frame = HV_FRAME_SHARED;
	info->max_vcpu_id = XEN_INVALID_MAX_VCPU_ID;
	info->ssidref = xsm_domain_sid(d);
	memcpy(info->handle, d->handle, sizeof(info->handle));
}

int hc_getdomaininfo(struct xen_domctl *op)
{
	struct domain *d = op->domain < DOMID_FIRST_RESERVED ? hv_domain_pin(op->domain) : NULL;
	int rc;

	if (!d)
		return -ESRCH;
	rc = xsm_getdomaininfo(d);
	if (!rc)
		info_fill(d, &op->u.getdomaininfo);
	hv_domain_unpin(d);
	return rc;
}

/* A domain has one target for its life; a module that refuses finds nothing changed. */
static int set_target(struct domain *d, struct domain *target)
{
	int rc;

	if (d == target || d->target || target->dying)
		return -EINVAL;
	rc = xsm_set_target(d, target);
	if (rc)
		return rc;
	target->pins++;
	d->target = target;
	return 0;
}

int hc_set_target(struct xen_domctl *op)
{
	struct domain *d = op->domain < DOMID_FIRST_RESERVED ? hv_domain_pin(op->domain) : NULL;
	domid_t id = op->u.set_target.target;
	struct domain *target;
	int rc;

	if (!d)
		return -ESRCH;
	rc = xsm_domctl(d, op->cmd, 0);
	if (!rc) {
		target = id < DOMID_FIRST_RESERVED ? hv_domain_pin(id) : NULL;
		rc = target ? set_target(d, target) : -ESRCH;
		if (target)
			hv_domain_unpin(target);
	}
	hv_domain_unpin(d);
	return rc;
}
