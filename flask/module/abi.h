/* SPDX-License-Identifier: BSD-2-Clause */
/* The classes, permissions and initial SIDs that the hypervisor compiles in. */
#ifndef FLASK_MODULE_ABI_H
#define FLASK_MODULE_ABI_H

#include "flask/ss/server.h"

/* Static; the same at each call. Called first on one CPU. */
const struct ss_config *flask_abi_config(void);

/* How many permissions all classes have. */
uint32_t flask_abi_permissions(void);

#endif
