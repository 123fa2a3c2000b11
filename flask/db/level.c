/* SPDX-License-Identifier: BSD-2-Clause */
#include "flask/db/level.h"

bool policy_level_equal(const struct policy_level *a, const struct policy_level *b)
{
	return a->sens == b->sens && bitmap_equal(&a->cats, &b->cats);
}

bool policy_level_dominates(const struct policy_level *a, const struct policy_level *b)
{
	return a->sens >= b->sens && bitmap_contains(&a->cats, &b->cats);
}

bool policy_range_equal(const struct policy_range *a, const struct policy_range *b)
{
	return policy_level_equal(&a->low, &b->low) && policy_level_equal(&a->high, &b->high);
}

bool policy_range_contains(const struct policy_range *outer, const struct policy_range *inner)
{
	return policy_level_dominates(&inner->low, &outer->low) && policy_level_dominates(&outer->high, &inner->high);
}

bool policy_level_is_valid(const struct policy *policy, const struct policy_level *level)
{
	uint32_t sens = level->sens - 1; /* 0 wraps out of range */

	return sens < policy->nsens && policy->sens[sens].name &&
	       bitmap_contains(&policy->sens[sens].cats, &level->cats);
}

bool policy_range_is_valid(const struct policy *policy, const struct policy_range *range)
{
	return policy_level_is_valid(policy, &range->low) && policy_level_is_valid(policy, &range->high) &&
	       policy_level_dominates(&range->high, &range->low);
}
