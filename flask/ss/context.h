/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Security contexts as text: `user:role:type', with MLS `user:role:type:range'.
 * Functions of a policy; sets of categories are built in words that the caller
 * brings, and nothing allocates unless its description says so.
 */
#ifndef FLASK_SS_CONTEXT_H
#define FLASK_SS_CONTEXT_H

#include "flask/base/text.h"
#include "flask/db/policy.h"

/* Words that a context made under @policy may need; 0 without MLS. */
size_t context_words(const struct policy *policy);

/*
 * Parses the @len bytes at @bytes (one final NUL may be counted in @len; a NUL
 * before the end is an error). Names are exact; an alias gives its primary; an
 * attribute is no type; there is a range exactly with MLS. -EINVAL when any part
 * is unknown, something follows, or the context is not valid under @policy;
 * *@context untouched. It borrows @words: context_words() of them.
 */
int context_parse(const struct policy *policy, const char *bytes, size_t len, struct bitmap_word *words,
		  struct policy_context *context) PORT_MUST_CHECK;

/* The same with memory from the port: *@context owns its sets. Also -ENOMEM. */
int context_create(const struct policy *policy, const char *bytes, size_t len,
		   struct policy_context *context) PORT_MUST_CHECK;

/* A copy that owns its sets, in one piece of memory from the port; without categories none is needed. -ENOMEM. */
int context_copy(const struct policy_context *from, struct policy_context *to) PORT_MUST_CHECK;

/* Gives back the sets of a context that owns them; it has none afterwards. */
void context_fini(struct policy_context *context);

/* How many words the sets of @context have. */
size_t context_used_words(const struct policy_context *context);

/* A copy whose sets lie in @words, context_used_words() of them. */
void context_copy_to(const struct policy_context *from, struct bitmap_word *words, struct policy_context *to);

/* Appends the text of a valid @context, primary names. */
void context_print(const struct policy *policy, const struct policy_context *context, struct text *text);

bool context_equal(const struct policy_context *a, const struct policy_context *b);

/*
 * Carries @old, valid under @from, over to @to by the names of its parts.
 * -EINVAL when a name is gone or became an attribute; *@context untouched.
 * -EACCES when all names are there but the result is not valid under @to: it is
 * written, for a caller who enforces nothing. It borrows @words:
 * context_words(@to) of them. Either both policies have MLS or none.
 */
int context_convert(const struct policy *from, const struct policy *to, const struct policy_context *old,
		    struct bitmap_word *words, struct policy_context *context) PORT_MUST_CHECK;

#endif
