/* SPDX-License-Identifier: BSD-2-Clause */
/* A row of hooks.def without a flask_<hook> does not link. */
#include "flask/module/ops.h"
#include "flask/module/hooks.h"

const struct xsm_ops flask_ops = {
#define HOOK(name, rule, params, args, src, dst) .name = flask_##name,
#define NOTICE(type, name, params, args, none)	 .name = flask_##name,
#include "hooks/hooks.def"
};
