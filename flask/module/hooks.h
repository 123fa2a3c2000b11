/* SPDX-License-Identifier: BSD-2-Clause */
/* The module's answer to each row of hooks.def: flask_<hook>. */
#ifndef FLASK_MODULE_HOOKS_H
#define FLASK_MODULE_HOOKS_H

#include "hooks/hv.h"

#define HOOK(name, rule, params, args, src, dst) int flask_##name params;
#define NOTICE(type, name, params, args, none)	 type flask_##name params;
#include "hooks/hooks.def"

#endif
