/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Bodies of the Flask hypercall's commands. Each runs after its permission (the
 * table in flask_op.c) was given, reads and writes its own member of @op's union,
 * and returns a value >= 0 or a negative errno.
 */
#ifndef FLASK_MODULE_FLASK_OP_H
#define FLASK_MODULE_FLASK_OP_H

#include "hooks/abi/flask_op.h"
#include "hooks/hv.h"

#define FLASK_STRING_MAX 4096u /* bytes of a string in guest memory, as Xen: a page */

int flask_op_load(struct xen_flask_op *op);
int flask_op_getenforce(struct xen_flask_op *op);
int flask_op_setenforce(struct xen_flask_op *op);
int flask_op_policyvers(struct xen_flask_op *op);
int flask_op_mls(struct xen_flask_op *op);
int flask_op_context_to_sid(struct xen_flask_op *op);
int flask_op_sid_to_context(struct xen_flask_op *op);
int flask_op_access(struct xen_flask_op *op);
int flask_op_getbool(struct xen_flask_op *op);
int flask_op_setbool(struct xen_flask_op *op);
int flask_op_commitbools(struct xen_flask_op *op);
int flask_op_relabel_domain(struct xen_flask_op *op);

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
