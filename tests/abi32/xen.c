/* SPDX-License-Identifier: BSD-2-Clause */
/* Xen's public header, compiled for a 32-bit machine, has the layout of facts.def. Never run. */
#include <stddef.h>
#include <stdint.h>
#include <xen/xen.h>
#include <xen/event_channel.h>
#include <xen/xsm/flask_op.h>

#define LIES(member, offset, size)                                                             \
	_Static_assert(offsetof(struct xen_flask_op, member) == (offset), #member ": offset"); \
	_Static_assert(sizeof(((struct xen_flask_op *)0)->member) == (size), #member ": size");
#define MOVED(member, offset, size) LIES(member, offset, size)
#define SAME(member, offset, size)  LIES(member, offset, size)
#include "tests/abi32/facts.def"

_Static_assert(sizeof(struct xen_flask_op) == 40, "size");
