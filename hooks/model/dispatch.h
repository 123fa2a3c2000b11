/* SPDX-License-Identifier: BSD-2-Clause */
/* The one door for hypercalls. */
#ifndef HOOKS_MODEL_DISPATCH_H
#define HOOKS_MODEL_DISPATCH_H

#include "hooks/model/domain.h"

#define HV_ARGS 5

/*
 * Runs hypercall @number for @caller, which must be running, and returns what
 * the guest gets in its register: 0 or more, or -errno. Addresses among @arg are
 * the caller's. An unknown number or command is -ENOSYS.
 */
int64_t hv_hypercall(struct domain *caller, uint32_t number, const uint64_t arg[HV_ARGS]);

#endif
