/* SPDX-License-Identifier: BSD-2-Clause */
/* Policy says, mode decides, audit describes: a value without effects. */
#ifndef FLASK_AVC_VERDICT_H
#define FLASK_AVC_VERDICT_H

#include "flask/ss/decide.h"

struct verdict {
	int rc;		  /* what the hypercall sees: 0 or -EACCES */
	uint32_t denied;  /* what policy refused, permissive or not */
	uint32_t audited; /* what must be logged; 0 = stay silent */
};

/* @perms must not be 0. */
struct verdict flask_verdict(const struct decision *decision, uint32_t perms, bool enforcing);

#endif
