/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Bodies of the Flask hypercall's commands. Each runs after its permission (the
 * table of flask_op.def) was given, reads and writes its own member of @op's union,
 * and returns a value >= 0 or a negative errno.
 */
#ifndef FLASK_MODULE_FLASK_OP_H
#define FLASK_MODULE_FLASK_OP_H

#include "hooks/abi/flask_op.h"
#include "hooks/abi/flask_op_compat.h"
#include "hooks/hv.h"

#define FLASK_STRING_MAX 4096u /* bytes of a string in guest memory, as Xen: a page */

#define FLASK_OP(name, NUMBER, needs, direction, layout) int flask_op_##name(struct xen_flask_op *op);
#include "flask/module/flask_op.def"

/* Which structure of a command holds an address: column layout of flask_op.def. */
enum flask_layout {
	FLASK_LAYOUT_SAME,
	FLASK_LAYOUT_LOAD,
	FLASK_LAYOUT_SID_CONTEXT,
	FLASK_LAYOUT_BOOLEAN,
	FLASK_LAYOUT_DEVICETREE_LABEL,
};

/* From the layout of 32-bit callers to ours, and back; the latter leaves in *@compat what has no place in @op. */
void flask_op_from_compat(enum flask_layout layout, const struct compat_xen_flask_op *compat, struct xen_flask_op *op);
void flask_op_to_compat(enum flask_layout layout, const struct xen_flask_op *op, struct compat_xen_flask_op *compat);

/*
 * Copies a guest's string of @size bytes. *@string is owned by the caller
 * (port_free), NUL-terminated, *@len its length; a NUL at the end of @size may
 * be there or not. -ENOBUFS: longer than FLASK_STRING_MAX. -EINVAL: a NUL
 * before the end. -ENOMEM, -EFAULT.
 */
int flask_copy_string(hv_guest_t from, uint32_t size, char **string, size_t *len) PORT_MUST_CHECK;

/* Logs "Flask: WHAT by dN" of the current domain. */
void flask_log_by(const char *what);

#endif
