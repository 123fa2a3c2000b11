/* SPDX-License-Identifier: BSD-2-Clause */
/* Making the Flask hypercall as a guest does: a structure in guest memory, and what comes back there. */
#ifndef TESTS_UNIT_MODULE_GUEST_H
#define TESTS_UNIT_MODULE_GUEST_H

#include "hooks/abi/flask_op.h"
#include "tests/unit/module/world.h"

#define GUEST_OP      FAKE_BASE
#define GUEST_TEXT    (FAKE_BASE + 0x1000)
#define GUEST_NOWHERE (FAKE_BASE + FAKE_BYTES)

/* Calls with *@op in guest memory; afterwards *@op is what lies there. */
int guest_call(struct xen_flask_op *op, uint32_t cmd);

/* The memory at GUEST_TEXT. */
char *guest_text(void);

#define GUEST_DOM0 "system_u:system_r:dom0_t"

/* The line of a denial of @perm of class security to dom0, in command @cmd. */
#define GUEST_DENIED(perm, cmd)                                          \
	"avc:  denied  { " perm " } for current=d0 scontext=" GUEST_DOM0 \
	" tcontext=system_u:system_r:security_t tclass=security op=xsm_op." cmd " seq=1 permissive=0"

#endif
