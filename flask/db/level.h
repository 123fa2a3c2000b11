/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The order of levels: a sensitivity by its number and a set of categories by
 * inclusion. Two levels may be incomparable. Pure.
 */
#ifndef FLASK_DB_LEVEL_H
#define FLASK_DB_LEVEL_H

#include "flask/db/policy.h"

bool policy_level_equal(const struct policy_level *a, const struct policy_level *b);

/* Whether @a is at least as sensitive as @b and has all its categories; every level dominates itself. */
bool policy_level_dominates(const struct policy_level *a, const struct policy_level *b);

bool policy_range_equal(const struct policy_range *a, const struct policy_range *b);

/* Whether every level between the ends of @inner lies between those of @outer. */
bool policy_range_contains(const struct policy_range *outer, const struct policy_range *inner);

/* Whether the sensitivity is declared and allows each of the categories. */
bool policy_level_is_valid(const struct policy *policy, const struct policy_level *level);

/* Whether both levels are valid and the high one dominates the low one. */
bool policy_range_is_valid(const struct policy *policy, const struct policy_range *range);

#endif
