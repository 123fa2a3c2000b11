/* SPDX-License-Identifier: BSD-2-Clause */
/* The Flask hypercall: which commands there are, and what each needs. */
#include "flask/module/flask_op.h"
#include "flask/module/check.h"
#include "flask/module/hooks.h"
#include "flask/module/module.h"
#include "flask/perms.h"

struct command {
	int (*body)(struct xen_flask_op *op); /* NULL: no such command, as of a retired one */
	uint32_t perm; /* class security, on its initial SID; 0: everybody, or asked by the body */
	bool out;      /* the structure is copied back when the body succeeds */
};

static const struct command commands[] = {
    [FLASK_LOAD] = {flask_op_load, SECURITY__LOAD_POLICY, false},
    [FLASK_GETENFORCE] = {flask_op_getenforce, 0, false},
    [FLASK_SETENFORCE] = {flask_op_setenforce, 0, false},
    [FLASK_CONTEXT_TO_SID] = {flask_op_context_to_sid, SECURITY__CHECK_CONTEXT, true},
    [FLASK_SID_TO_CONTEXT] = {flask_op_sid_to_context, SECURITY__CHECK_CONTEXT, true},
    [FLASK_ACCESS] = {flask_op_access, SECURITY__COMPUTE_AV, true},
    [FLASK_POLICYVERS] = {flask_op_policyvers, 0, false},
    [FLASK_MLS] = {flask_op_mls, 0, false},
    [FLASK_GETBOOL] = {flask_op_getbool, 0, true},
    [FLASK_SETBOOL] = {flask_op_setbool, SECURITY__SETBOOL, true},
    [FLASK_COMMITBOOLS] = {flask_op_commitbools, SECURITY__SETBOOL, false},
    [FLASK_RELABEL_DOMAIN] = {flask_op_relabel_domain, 0, false},
};

static const struct command *find_command(const struct xen_flask_op *op)
{
	if (op->interface_version != XEN_FLASK_INTERFACE_VERSION)
		return NULL;
	if (op->cmd >= PORT_ARRAY_SIZE(commands) || !commands[op->cmd].body)
		return NULL;
	return &commands[op->cmd];
}

int flask_do_xsm_op(hv_guest_t guest_op)
{
	const struct command *command;
	struct xen_flask_op op;
	int rc = 0;

	if (hv_copy_from_guest(&op, guest_op, sizeof(op)))
		return -EFAULT;
	command = find_command(&op);
	if (!command)
		return -ENOSYS;
	if (command->perm)
		rc = flask_check_current(SECINITSID_SECURITY, SECCLASS_SECURITY, command->perm);
	if (rc)
		return rc;
	rc = command->body(&op);
	if (rc < 0 || !command->out)
		return rc;
	return hv_copy_to_guest(guest_op, &op, sizeof(op)) ? -EFAULT : rc;
}
