/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Access vectors and labels of new objects as pure functions of a policy, the
 * state of its conditions, and contexts. Nothing here locks, allocates or logs;
 * the security server (server.h), the tools and the tests share it.
 * Source: the Flask paper's access vector computation; order of the steps and
 * every corner as documented in docs/architecture.md and docs/compat.md.
 */
#ifndef FLASK_SS_DECIDE_H
#define FLASK_SS_DECIDE_H

#include "flask/db/policy.h"

/* What a policy says while its booleans have certain values. Borrowed by the functions below. */
struct policy_state {
	const struct policy *policy;
	const bool *bools;	  /* by value - 1 */
	const uint8_t *cond_true; /* per condition: 1 true, 0 false (cond_evaluate) */
};

/* Fills @cond_true (policy->nconds entries) from @bools. */
void cond_evaluate(const struct policy *policy, const bool *bools, uint8_t *cond_true);

struct decision {
	uint32_t allowed;
	uint32_t auditallow; /* granted bits to be logged */
	uint32_t auditdeny;  /* denied bits to be logged; all ones unless a dontaudit cleared them */
	bool permissive;     /* the source type is a permissive type */
};

/* How a decision came about: what each step took away. The steps run in this order. */
struct decision_steps {
	uint32_t by_rules;	 /* allowed by type enforcement rules */
	uint32_t by_constraints; /* removed by constraints */
	uint32_t by_role;	 /* removed: no role-allow for domain:transition */
	uint32_t by_bounds;	 /* removed by a bounding type */
	uint32_t constraint;	 /* by_constraints != 0: index in the class of the first one that removed something */
};

/*
 * The decision for @source on @target in @tclass (policy number). -EINVAL for a
 * class the policy does not have; *@decision then denies all and audits all
 * (permissive flag still set). Contexts are not validated again; their numbers
 * must be declared. @steps may be NULL.
 */
int decide_access(const struct policy_state *state, const struct policy_context *source,
		  const struct policy_context *target, uint32_t tclass, struct decision *decision,
		  struct decision_steps *steps) PORT_MUST_CHECK;

/* Whether the expression holds for the two (validatetrans: three) contexts. @task may be NULL in a constraint. */
bool constraint_holds(const struct policy *policy, const struct policy_constraint *constraint,
		      const struct policy_context *source, const struct policy_context *target,
		      const struct policy_context *task);

/*
 * The context of a new object: @kind is RULE_TRANSITION, RULE_MEMBER or
 * RULE_CHANGE. @tclass is not validated: a class without rules acts as an
 * object class. The result may be invalid under the policy: the caller asks
 * policy_context_is_valid() and applies the mode. Its range borrows from
 * @source or from the policy.
 */
struct policy_context decide_label(const struct policy_state *state, const struct policy_context *source,
				   const struct policy_context *target, uint32_t tclass, enum policy_rule_kind kind);

#endif
