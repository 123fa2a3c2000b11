/* SPDX-License-Identifier: BSD-2-Clause */
/* Which module answers the hooks: chosen once, at boot. */
#include "hooks/xsm.h"

const struct xsm_ops *xsm_ops = &dummy_ops;

/* The compiler does not notice a slot that a module left empty; boot does. */
static void assert_complete(const struct xsm_ops *ops)
{
#define HOOK(name, rule, params, args, src, dst) PORT_BUG_ON(!ops->name);
#define NOTICE(type, name, params, args, none)	 PORT_BUG_ON(!ops->name);
#include "hooks/hooks.def"
}

void xsm_choose(const struct xsm_ops *ops)
{
	PORT_BUG_ON(!ops);
	assert_complete(ops);
	xsm_ops = ops;
}
