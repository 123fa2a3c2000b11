/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Levels: how constraints compare them, how they read and print, how they go
 * from one policy to the next. Pure; sets are built in words that the caller
 * brings. The order of levels itself is flask/db/level.h.
 */
#ifndef FLASK_SS_MLS_H
#define FLASK_SS_MLS_H

#include "flask/base/text.h"
#include "flask/db/policy.h"

/* Whether @left @op @right, @op as in a constraint: equality, dominance, or neither way. */
bool mls_compare(uint8_t op, const struct policy_level *left, const struct policy_level *right);

/* Words of the sets of one range under @policy at most: what the functions below need. */
size_t mls_range_words(const struct policy *policy);

/*
 * Parses `low' or `low-high', a level being `sensitivity' or
 * `sensitivity:item,item...' and an item `category' or `first.last'. Names may
 * be aliases. *@range borrows @words. -EINVAL: a name is unknown, an item is
 * empty or does not rise, or something follows. The range may still be invalid
 * under the policy.
 */
int mls_range_parse(const struct policy *policy, const char *bytes, size_t len, struct bitmap_word *words,
		    struct policy_range *range) PORT_MUST_CHECK;

/* Appends `low' or `low-high', with the primary names; three or more categories in a row as `first.last'. */
void mls_range_print(const struct policy *policy, const struct policy_range *range, struct text *text);

/* The same range by the names of its parts. *@range borrows @words. -EINVAL when a name is gone. */
int mls_range_convert(const struct policy *from, const struct policy *to, const struct policy_range *old,
		      struct bitmap_word *words, struct policy_range *range) PORT_MUST_CHECK;

#endif
