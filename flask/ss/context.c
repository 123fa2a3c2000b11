/* SPDX-License-Identifier: BSD-2-Clause */
/* Contexts as text, and from one policy to the next. */
#include "flask/ss/context.h"

#include "flask/db/level.h"
#include "flask/ss/mls.h"

size_t context_words(const struct policy *policy)
{
	return policy->mls ? mls_range_words(policy) : 0;
}

size_t context_used_words(const struct policy_context *context)
{
	return (size_t)context->range.low.cats.nwords + context->range.high.cats.nwords;
}

static struct bitmap copy_set(const struct bitmap *set, struct bitmap_word *words)
{
	struct bitmap copy = {set->nwords, words};

	if (set->nwords)
		memcpy(words, set->words, set->nwords * sizeof(*words));
	return copy;
}

void context_copy_to(const struct policy_context *from, struct bitmap_word *words, struct policy_context *to)
{
	uint32_t low = from->range.low.cats.nwords;

	*to = *from;
	to->range.low.cats = copy_set(&from->range.low.cats, words);
	to->range.high.cats = copy_set(&from->range.high.cats, low ? words + low : words);
}

/* The set of the low level comes first, even when it is empty: it holds the memory. */
int context_copy(const struct policy_context *from, struct policy_context *to)
{
	size_t count = context_used_words(from);
	struct bitmap_word *words;

	if (!count) {
		*to = *from;
		to->range.low.cats.words = to->range.high.cats.words = NULL;
		return 0;
	}
	words = port_alloc(count * sizeof(*words));
	if (!words)
		return -ENOMEM;
	context_copy_to(from, words, to);
	return 0;
}

void context_fini(struct policy_context *context)
{
	port_free((void *)context->range.low.cats.words);
	memset(&context->range, 0, sizeof(context->range));
}

/* The part before the next colon; *@bytes and *@len move behind that colon. False: no colon. */
static bool take_part(const char **bytes, size_t *len, const char **part, size_t *part_len)
{
	size_t i;

	for (i = 0; i < *len && (*bytes)[i] != ':'; i++)
		;
	if (i == *len)
		return false;
	*part = *bytes;
	*part_len = i;
	*bytes += i + 1;
	*len -= i + 1;
	return true;
}

/* A type by name, 0 when there is none or it is an attribute: attributes label nothing. */
static uint32_t find_type(const struct policy *policy, const char *name, size_t len)
{
	uint32_t type = names_find(&policy->type_names, name, len);

	return type && !policy->types[type - 1].attribute ? type : 0;
}

/*
 * The reader of images lets no colon and no NUL into a name. So a NUL inside the
 * text, or anything behind the type, makes a name that nobody has.
 * Xen: without MLS takes `user:role:type:' when the final NUL is not counted; here it is such a name.
 */
int context_parse(const struct policy *policy, const char *bytes, size_t len, struct bitmap_word *words,
		  struct policy_context *context)
{
	struct policy_context parsed = {0};
	const char *user, *role, *type;
	size_t user_len, role_len, type_len;

	if (len && !bytes[len - 1])
		len--;
	if (!take_part(&bytes, &len, &user, &user_len) || !take_part(&bytes, &len, &role, &role_len))
		return -EINVAL;
	type = bytes;
	type_len = len;
	if (policy->mls &&
	    (!take_part(&bytes, &len, &type, &type_len) || mls_range_parse(policy, bytes, len, words, &parsed.range)))
		return -EINVAL;

	parsed.user = names_find(&policy->user_names, user, user_len);
	parsed.role = names_find(&policy->role_names, role, role_len);
	parsed.type = find_type(policy, type, type_len);
	if (!parsed.user || !parsed.role || !parsed.type || !policy_context_is_valid(policy, &parsed))
		return -EINVAL;
	*context = parsed;
	return 0;
}

int context_create(const struct policy *policy, const char *bytes, size_t len, struct policy_context *context)
{
	size_t count = context_words(policy);
	struct bitmap_word *words = count ? port_alloc(count * sizeof(*words)) : NULL;
	struct policy_context parsed;
	int rc;

	if (count && !words)
		return -ENOMEM;
	rc = context_parse(policy, bytes, len, words, &parsed);
	if (!rc)
		rc = context_copy(&parsed, context);
	port_free(words);
	return rc;
}

void context_print(const struct policy *policy, const struct policy_context *context, struct text *text)
{
	text_add(text, policy->users[context->user - 1].name);
	text_add(text, ":");
	text_add(text, policy->roles[context->role - 1].name);
	text_add(text, ":");
	text_add(text, policy->types[context->type - 1].name);
	if (!policy->mls)
		return;
	text_add(text, ":");
	mls_range_print(policy, &context->range, text);
}

bool context_equal(const struct policy_context *a, const struct policy_context *b)
{
	return a->user == b->user && a->role == b->role && a->type == b->type &&
	       policy_range_equal(&a->range, &b->range);
}

int context_convert(const struct policy *from, const struct policy *to, const struct policy_context *old,
		    struct bitmap_word *words, struct policy_context *context)
{
	const char *user = from->users[old->user - 1].name;
	const char *role = from->roles[old->role - 1].name;
	const char *type = from->types[old->type - 1].name;
	struct policy_context found = {0};

	if (to->mls && mls_range_convert(from, to, &old->range, words, &found.range))
		return -EINVAL;
	found.user = names_find(&to->user_names, user, strlen(user));
	found.role = names_find(&to->role_names, role, strlen(role));
	/* Xen: a name that became an attribute stays alive in an object's context; here the type is gone. */
	found.type = find_type(to, type, strlen(type));
	if (!found.user || !found.role || !found.type)
		return -EINVAL;
	*context = found;
	return policy_context_is_valid(to, &found) ? 0 : -EACCES;
}
