/* SPDX-License-Identifier: BSD-2-Clause */
/* hooks/abi has the layout of facts.def: compiled, never run. */
#include "hooks/abi/flask_op_compat.h"

#define LIES(type, member, offset, size)                                        \
	_Static_assert(offsetof(type, member) == (offset), #member ": offset"); \
	_Static_assert(sizeof(((type *)0)->member) == (size), #member ": size");
#define MOVED(member, offset, size) LIES(struct compat_xen_flask_op, member, offset, size)
#define SAME(member, offset, size)  LIES(struct xen_flask_op, member, offset, size)
#include "tests/abi32/facts.def"

_Static_assert(sizeof(struct compat_xen_flask_op) == 40, "size for 32-bit callers");
_Static_assert(sizeof(struct xen_flask_op) == 40, "size");
