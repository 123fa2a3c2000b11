/* SPDX-License-Identifier: BSD-2-Clause */
/* A booted model with the recording module, for tests. */
#ifndef TESTS_UNIT_MODEL_MACHINE_H
#define TESTS_UNIT_MODEL_MACHINE_H

#include "hooks/model/dispatch.h"
#include "hooks/model/domain.h"
#include "tests/unit/model/recorder.h"

/* Where tests put the arguments of calls; machine_digest() leaves that page out. */
#define MACHINE_ARGS (3u * HV_PAGE_BYTES)

/* Boots with dom0 and the running guests d1 and d2; forgets what was recorded. cmocka fixtures. */
int machine_start(void **state);
int machine_stop(void **state); /* also fails when memory was leaked */

/* d0, d1 or d2. */
struct domain *machine_domain(hv_domid_t id);

/* A number that differs when anything differs that a guest or the module could see later. */
uint64_t machine_digest(void);

/* Copies a structure to MACHINE_ARGS of @d and makes the call with it. */
int64_t machine_call(struct domain *d, uint32_t number, uint32_t cmd, const void *arg, size_t size, uint64_t count);

#endif
