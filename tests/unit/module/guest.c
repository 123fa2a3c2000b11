/* SPDX-License-Identifier: BSD-2-Clause */
/* See guest.h. */
#include "tests/unit/module/guest.h"
#include "flask/module/hooks.h"

int guest_call(struct xen_flask_op *op, uint32_t cmd)
{
	int rc;

	op->cmd = cmd;
	op->interface_version = XEN_FLASK_INTERFACE_VERSION;
	fake_operation = (struct hv_operation){"xsm_op", NULL};
	memcpy(fake_memory, op, sizeof(*op));
	rc = flask_do_xsm_op(GUEST_OP);
	memcpy(op, fake_memory, sizeof(*op));
	return rc;
}

char *guest_text(void)
{
	return (char *)fake_memory + (GUEST_TEXT - FAKE_BASE);
}
