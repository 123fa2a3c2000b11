/* SPDX-License-Identifier: BSD-2-Clause */
/* Security contexts as text: `user:role:type`. Pure functions of a policy. */
#ifndef FLASK_SS_CONTEXT_H
#define FLASK_SS_CONTEXT_H

#include "flask/base/text.h"
#include "flask/db/policy.h"

/*
 * Parses the @len bytes at @bytes (one final NUL may be counted in @len; a NUL
 * before the end is an error). Names are exact; a type alias gives its primary;
 * an attribute is no type. -EINVAL when any part is unknown, something follows
 * the type, or the context is not valid under @policy; *@context untouched.
 */
int context_parse(const struct policy *policy, const char *bytes, size_t len,
		  struct policy_context *context) PORT_MUST_CHECK;

/* Appends the text of a valid @context, primary names. */
void context_print(const struct policy *policy, const struct policy_context *context, struct text *text);

bool context_equal(const struct policy_context *a, const struct policy_context *b);

/*
 * Carries @old, valid under @from, over to @to by the names of its parts.
 * -EINVAL when a name is gone, became an attribute, or the result is not valid.
 */
int context_convert(const struct policy *from, const struct policy *to, const struct policy_context *old,
		    struct policy_context *context) PORT_MUST_CHECK;

#endif
