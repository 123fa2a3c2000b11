/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Which (target type, class) pairs of one source type any access vector rule
 * speaks of. All others have the default decision, so a dump need not ask.
 */
#ifndef POLICY_COMPILER_REACH_H
#define POLICY_COMPILER_REACH_H

#include "flask/db/policy.h"

struct reach {
	const struct policy *policy;
	uint32_t *first_member; /* ntypes + 1: members of value v are [first_member[v-1], first_member[v]) */
	uint32_t *members;	/* type values that a rule on v applies to */
	uint32_t *first_cond;	/* ntypes + 1: conditional rules of source v likewise */
	bool *targets;		/* by type value - 1: some class is marked */
	bool *pairs;		/* by (type value - 1) * nclasses + class - 1 */
};

/* Borrows @policy. */
void reach_init(struct reach *reach, const struct policy *policy);
void reach_fini(struct reach *reach);

/* Marks what rules say with source type @source, and only that. */
void reach_mark(struct reach *reach, uint32_t source);

#endif
