/* SPDX-License-Identifier: BSD-2-Clause */
/* The Flask hypercall: which commands there are (flask_op.def), and what each needs. */
#include "flask/module/flask_op.h"
#include "flask/module/check.h"
#include "flask/module/hooks.h"
#include "flask/module/module.h"
#include "flask/perms.h"

struct command {
	const char *name;
	int (*body)(struct xen_flask_op *op); /* NULL: no such command, as of a retired one */
	uint32_t perm; /* class security, on its initial SID; 0: everybody, or asked by the body */
	enum { IN, OUT } direction;
	enum flask_layout layout;
};

#define SECURITY__NONE 0u
#define SECURITY__OWN  0u

static const struct command commands[] = {
#define FLASK_OP(name, NUMBER, needs, direction, layout) \
	[FLASK_##NUMBER] = {#name, flask_op_##name, SECURITY__##needs, direction, FLASK_LAYOUT_##layout},
#include "flask/module/flask_op.def"
};

static const struct command *find_command(uint32_t cmd, uint32_t interface_version)
{
	if (interface_version != XEN_FLASK_INTERFACE_VERSION)
		return NULL;
	if (cmd >= PORT_ARRAY_SIZE(commands) || !commands[cmd].body)
		return NULL;
	return &commands[cmd];
}

static int run(const struct command *command, struct xen_flask_op *op)
{
	int rc = 0;

	hv_name_subop(command->name);
	if (command->perm)
		rc = flask_check_current(SECINITSID_SECURITY, SECCLASS_SECURITY, command->perm);
	return rc ? rc : command->body(op);
}

int flask_do_xsm_op(hv_guest_t guest_op)
{
	const struct command *command;
	struct xen_flask_op op;
	int rc;

	if (hv_copy_from_guest(&op, guest_op, sizeof(op)))
		return -EFAULT;
	command = find_command(op.cmd, op.interface_version);
	if (!command)
		return -ENOSYS;
	rc = run(command, &op);
	if (rc < 0 || command->direction == IN)
		return rc;
	return hv_copy_to_guest(guest_op, &op, sizeof(op)) ? -EFAULT : rc;
}

int flask_compat_do_xsm_op(hv_guest_t guest_op)
{
	struct compat_xen_flask_op compat;
	const struct command *command;
	struct xen_flask_op op;
	int rc;

	if (hv_copy_from_guest(&compat, guest_op, sizeof(compat)))
		return -EFAULT;
	command = find_command(compat.cmd, compat.interface_version);
	if (!command)
		return -ENOSYS;
	flask_op_from_compat(command->layout, &compat, &op);
	rc = run(command, &op);
	if (rc < 0 || command->direction == IN)
		return rc;
	flask_op_to_compat(command->layout, &op, &compat);
	return hv_copy_to_guest(guest_op, &compat, sizeof(compat)) ? -EFAULT : rc;
}
