/* SPDX-License-Identifier: BSD-2-Clause */
/* The hypervisor's console. */
#include "flask/module/check.h"
#include "flask/module/hooks.h"
#include "flask/module/labels.h"
#include "flask/module/module.h"
#include "flask/perms.h"
#include "hooks/abi/console.h"

int flask_console_io(struct domain *d, uint32_t cmd)
{
	uint32_t perms;

	switch (cmd) {
	case CONSOLEIO_write:
		perms = XEN__WRITECONSOLE;
		break;
	case CONSOLEIO_read:
		perms = XEN__READCONSOLE;
		break;
	default:
		return avc_unknown_operation(&flask.avc, "console_io", cmd);
	}
	return flask_check_labels(flask_subject_sid(d), SECINITSID_XEN, SECCLASS_XEN, perms);
}
