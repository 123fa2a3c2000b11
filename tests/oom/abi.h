/* SPDX-License-Identifier: BSD-2-Clause */
/* Server configurations for the load tests. */
#ifndef TESTS_OOM_ABI_H
#define TESTS_OOM_ABI_H

#include "flask/ss/server.h"

/* Takes any classes: for the small policy, whose every byte is tried. */
const struct ss_config *abi_none(void);

/* Xen's classes, permissions and initial SIDs, expanded from the policy's own sources. */
const struct ss_config *abi_xen(void);

#endif
