/* SPDX-License-Identifier: BSD-2-Clause */
/* What a hypercall sees and what the log gets, from a decision and the mode. */
#include "flask/avc/verdict.h"

struct verdict flask_verdict(const struct decision *decision, uint32_t perms, bool enforcing)
{
	uint32_t denied = perms & ~decision->allowed;
	struct verdict verdict;

	PORT_BUG_ON(!perms);
	verdict.rc = denied && enforcing && !decision->permissive ? -EACCES : 0;
	verdict.denied = denied;
	verdict.audited = denied ? denied & decision->auditdeny : perms & decision->auditallow;
	return verdict;
}
