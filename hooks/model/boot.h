/* SPDX-License-Identifier: BSD-2-Clause */
/* From power-on to the first guest, and back. */
#ifndef HOOKS_MODEL_BOOT_H
#define HOOKS_MODEL_BOOT_H

#include "hooks/port.h"

/*
 * Makes the system domains and dom0 in Xen's order, acting as the idle domain,
 * and ends the boot (xsm_set_system_active()). The module is chosen already.
 * 0, or -errno: then nothing is left.
 */
int hv_boot(void) PORT_MUST_CHECK;

/* Destroys every domain. */
void hv_shutdown(void);

#endif
