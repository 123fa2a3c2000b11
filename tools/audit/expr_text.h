/* SPDX-License-Identifier: BSD-2-Clause */
/* Constraints for people: the expression as it would be written, and why it does not hold. */
#ifndef TOOLS_AUDIT_EXPR_TEXT_H
#define TOOLS_AUDIT_EXPR_TEXT_H

#include "flask/ss/decide.h"

#define EXPR_TEXT_MAX 2048u /* bytes of either text, NUL included; a longer one ends in "..." */

struct expr_text {
	char expression[EXPR_TEXT_MAX]; /* infix: (u1 == u2 or t1 == dom0_t) */
	char reason[EXPR_TEXT_MAX];	/* the comparisons that made it what it is: "users differ (user_1, user_2)" */
};

/* Fills *@text, with names as they are (not escaped), for @constraint (not a validatetrans) of @policy between the two
 * contexts. */
void expr_explain(const struct policy *policy, const struct policy_constraint *constraint,
		  const struct policy_context *source, const struct policy_context *target, struct expr_text *text);

#endif
