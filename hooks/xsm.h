/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The hook interface: what every hypercall path of the model calls, and the
 * choice of the module that answers. Names and default rules are those of
 * Xen's XSM framework (hooks/hooks.def); the table is chosen once at boot and
 * never changes.
 */
#ifndef HOOKS_XSM_H
#define HOOKS_XSM_H

#include "hooks/hv.h"

struct xsm_ops {
#define HOOK(name, rule, params, args, src, dst) int(*name) params;
#define NOTICE(type, name, params, args, none)	 type(*name) params;
#include "hooks/hooks.def"
};

/* The module in force: dummy's until xsm_choose(). Never NULL. */
extern const struct xsm_ops *xsm_ops;

#define HOOK(name, rule, params, args, src, dst)            \
	static inline PORT_MUST_CHECK int xsm_##name params \
	{                                                   \
		return xsm_ops->name args;                  \
	}
#define NOTICE(type, name, params, args, none) \
	static inline type xsm_##name params   \
	{                                      \
		return xsm_ops->name args;     \
	}
#include "hooks/hooks.def"

/* The default module: decides by privilege alone, as Xen built without Flask. */
extern const struct xsm_ops dummy_ops;

/*
 * Puts @ops in force for the rest of this boot. Every slot must be filled
 * (PORT_BUG_ON). Called once, before the first domain is made.
 */
void xsm_choose(const struct xsm_ops *ops);

#endif
