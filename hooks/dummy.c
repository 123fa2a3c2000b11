/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The default column of hooks.def as a module: what a hypervisor without a
 * policy decides, by privilege alone. A refusal is -EPERM.
 */
#include "hooks/xsm.h"

enum dummy_rule {
	XSM_HOOK,    /* everybody */
	XSM_TARGET,  /* the domain on itself, its device model, control domains */
	XSM_XS_PRIV, /* as XSM_DM_PRIV: Xen adds the domain of xenstore, which the hypervisor port does not know */
	XSM_DM_PRIV, /* its device model, control domains */
	XSM_PRIV,    /* control domains */
	XSM_OTHER,   /* a function of its own: dummy_other_<hook> */
};

/* Without a target only the subject's privilege counts. */
static int dummy_decide(enum dummy_rule rule, const struct domain *src, const struct domain *dst)
{
	if (rule == XSM_HOOK)
		return 0;
	if (rule == XSM_TARGET && src == dst)
		return 0;
	if (rule != XSM_PRIV && dst && hv_domain_target(src) == dst)
		return 0;
	return hv_domain_is_privileged(src) ? 0 : -EPERM;
}

/* Xen's builds for debugging also let every domain write; a release build, and the model, do not. */
static int dummy_other_console_io(const struct domain *d)
{
	return dummy_decide(hv_domain_is_console(d) ? XSM_HOOK : XSM_PRIV, d, NULL);
}

/* From here on guests run and the hypervisor's own subject needs no privilege any more. */
static int dummy_set_system_active(void)
{
	struct domain *self = hv_current();

	if (hv_domain_kind(self) != HV_DOMAIN_IDLE)
		return -EPERM;
	hv_domain_set_privileged(self, false);
	return 0;
}

/* Most rules look at two parameters at most. */
#pragma GCC diagnostic ignored "-Wunused-parameter"

#define DECIDE_XSM_HOOK(name, src, dst)	   dummy_decide(XSM_HOOK, src, dst)
#define DECIDE_XSM_TARGET(name, src, dst)  dummy_decide(XSM_TARGET, src, dst)
#define DECIDE_XSM_XS_PRIV(name, src, dst) dummy_decide(XSM_XS_PRIV, src, dst)
#define DECIDE_XSM_DM_PRIV(name, src, dst) dummy_decide(XSM_DM_PRIV, src, dst)
#define DECIDE_XSM_PRIV(name, src, dst)	   dummy_decide(XSM_PRIV, src, dst)
#define DECIDE_XSM_OTHER(name, src, dst)   dummy_other_##name(src)

#define HOOK(name, rule, params, args, src, dst)      \
	static int dummy_hook_##name params           \
	{                                             \
		return DECIDE_##rule(name, src, dst); \
	}
#define NOTICE(type, name, params, args, none) \
	static type dummy_notice_##name params \
	{                                      \
		return none;                   \
	}
#include "hooks/hooks.def"

const struct xsm_ops dummy_ops = {
#define HOOK(name, rule, params, args, src, dst) .name = dummy_hook_##name,
#define NOTICE(type, name, params, args, none)	 .name = dummy_notice_##name,
#include "hooks/hooks.def"
};
