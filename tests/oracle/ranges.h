/* SPDX-License-Identifier: BSD-2-Clause */
/* The ranges that queries about a policy with MLS are put at. */
#ifndef TESTS_ORACLE_RANGES_H
#define TESTS_ORACLE_RANGES_H

#include "flask/db/policy.h"
#include "tests/oracle/reference.h"

struct ranges {
	struct policy_range *items; /* owned, with their sets; some are invalid on purpose */
	uint32_t count;
};

/* Without MLS: the one empty range. Ends the program without memory. */
struct ranges ranges_of(const struct policy *policy);
void ranges_free(struct ranges *ranges);

/* From our form to libsepol's and back: the sets then lie in @words, 2 * LABEL_WORDS of them. */
bool label_equal(const struct label *a, const struct label *b);
struct label label_from(const struct policy_context *context);
struct policy_context label_to(const struct label *label, struct bitmap_word *words);

#endif
