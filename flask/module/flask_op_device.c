/* SPDX-License-Identifier: BSD-2-Clause */
/* ADD_OCONTEXT, DEL_OCONTEXT, DEVICETREE_LABEL: labels of devices until the next load. */
#include "flask/module/check.h"
#include "flask/module/flask_op.h"
#include "flask/module/module.h"
#include "flask/perms.h"

static int check_security(uint32_t perm)
{
	return flask_check_current(SECINITSID_SECURITY, SECCLASS_SECURITY, perm);
}

/* A range upside down is said to everybody, as in Xen. */
int flask_op_add_ocontext(struct xen_flask_op *op)
{
	const struct xen_flask_ocontext *arg = &op->u.ocontext;
	int rc = arg->low > arg->high ? -EINVAL : check_security(SECURITY__ADD_OCONTEXT);

	return rc ? rc : ss_ocontext_add(&flask.server, arg->ocon, arg->low, arg->high, arg->sid);
}

int flask_op_del_ocontext(struct xen_flask_op *op)
{
	const struct xen_flask_ocontext *arg = &op->u.ocontext;
	int rc = arg->low > arg->high ? -EINVAL : check_security(SECURITY__DEL_OCONTEXT);

	return rc ? rc : ss_ocontext_del(&flask.server, arg->ocon, arg->low, arg->high);
}

/* SID 0 takes the label away. */
int flask_op_devicetree_label(struct xen_flask_op *op)
{
	const struct xen_flask_devicetree_label *arg = &op->u.devicetree_label;
	char *path;
	size_t len;
	int rc = check_security(arg->sid ? SECURITY__ADD_OCONTEXT : SECURITY__DEL_OCONTEXT);

	if (!rc)
		rc = flask_copy_string(arg->path, arg->length, &path, &len);
	if (rc)
		return rc;
	rc = arg->sid ? ss_device_tree_add(&flask.server, path, arg->sid) : ss_device_tree_del(&flask.server, path);
	port_free(path);
	return rc;
}
