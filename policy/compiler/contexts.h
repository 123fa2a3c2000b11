/* SPDX-License-Identifier: BSD-2-Clause */
/* One context for each type, so that a question about types can be asked of a policy that decides by contexts. */
#ifndef POLICY_COMPILER_CONTEXTS_H
#define POLICY_COMPILER_CONTEXTS_H

#include "flask/db/policy.h"

/*
 * Fills @contexts (policy->ntypes entries, by value - 1) for each type with the
 * first user, then the first role other than object_r, by name, that make a
 * valid context with it; only @user and @role where they are given. Where
 * nothing is valid: object_r, with that user. With MLS the range of each is
 * @range (borrowed), or where that is NULL the lowest level of its user. 0, or
 * -1: complained already that the policy has no such user or role, or no user
 * at all.
 */
int contexts_choose(const struct policy *policy, const char *user, const char *role, const struct policy_range *range,
		    struct policy_context *contexts) PORT_MUST_CHECK;

/*
 * For two policies at once: types of one name get users and roles of the same
 * names where both policies take them, so that what differs is not the context.
 */
int contexts_choose_pair(const struct policy *before, const struct policy *after, struct policy_context *old_contexts,
			 struct policy_context *new_contexts) PORT_MUST_CHECK;

#endif
