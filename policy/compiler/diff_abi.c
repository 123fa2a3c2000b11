/* SPDX-License-Identifier: BSD-2-Clause */
/* Which classes and permissions appeared, went or moved, and what to do about each in a policy written for the old. */
#include "policy/compiler/abi.h"
#include "policy/compiler/commands.h"
#include "tools/common/output.h"

#include <stdarg.h>

#define WHAT_WIDTH 34 /* columns up to the edit */

/* Each line of output: what happened, then the edit. */
static void say(size_t *differences, const char *edit, const char *what, ...) PORT_PRINTF(3, 4);

static void say(size_t *differences, const char *edit, const char *what, ...)
{
	va_list args;
	int len;

	va_start(args, what);
	len = vprintf(what, args);
	va_end(args);
	printf("%*s  %s", len < WHAT_WIDTH ? WHAT_WIDTH - len : 0, "", edit);
	(*differences)++;
}

static void new_class(const struct abi_class *tclass, size_t *differences)
{
	uint32_t bit;

	say(differences, "add ", "+ class %s", tclass->name);
	printf("`class %s' to security_classes as number %u, and `class %s {", tclass->name, tclass->number,
	       tclass->name);
	for (bit = 0; bit < tclass->nperms; bit++)
		if (tclass->perms[bit])
			printf(" %s", tclass->perms[bit]);
	printf(" }' to access_vectors\n");
}

static void new_perms(const struct abi_class *old, const struct abi_class *new, size_t *differences)
{
	uint32_t bit, was;

	for (bit = 0; bit < new->nperms; bit++) {
		if (!new->perms[bit])
			continue;
		was = abi_perm_find(old, new->perms[bit]);
		if (was == bit)
			continue;
		if (was == ABI_PERMS_MAX) {
			say(differences, "add ", "+ %s %s", new->name, new->perms[bit]);
			printf("`%s' to class %s in access_vectors, as bit %u\n", new->perms[bit], new->name, bit);
		} else {
			say(differences, "move ", "~ %s %s", new->name, new->perms[bit]);
			printf("`%s' of class %s in access_vectors: bit %u now, %u before\n", new->perms[bit],
			       new->name, bit, was);
		}
	}
}

static void gone_perms(const struct abi_class *old, const struct abi_class *new, size_t *differences)
{
	uint32_t bit;

	for (bit = 0; bit < old->nperms; bit++)
		if (old->perms[bit] && abi_perm_find(new, old->perms[bit]) == ABI_PERMS_MAX) {
			say(differences, "remove ", "- %s %s", old->name, old->perms[bit]);
			printf("`%s' from class %s in access_vectors, and from the rules that name it\n",
			       old->perms[bit], old->name);
		}
}

static void compare_class(const struct abi_class *old, const struct abi_class *new, size_t *differences)
{
	if (old->number != new->number) {
		say(differences, "move ", "~ class %s", new->name);
		printf("`class %s' in security_classes: number %u now, %u before\n", new->name, new->number,
		       old->number);
	}
	new_perms(old, new, differences);
	gone_perms(old, new, differences);
}

static size_t compare(const struct abi *before, const struct abi *after)
{
	const struct abi_class *tclass, *old;
	size_t differences = 0;

	for (tclass = after->classes; tclass < after->classes + after->nclasses; tclass++) {
		old = abi_class_find(before, tclass->name);
		if (old)
			compare_class(old, tclass, &differences);
		else
			new_class(tclass, &differences);
	}
	for (tclass = before->classes; tclass < before->classes + before->nclasses; tclass++) {
		if (abi_class_find(after, tclass->name))
			continue;
		say(&differences, "remove ", "- class %s", tclass->name);
		printf("`class %s' from security_classes and access_vectors, and the rules about it\n", tclass->name);
	}
	return differences;
}

int command_diff_abi(const char *before, const char *after)
{
	struct abi old = {0}, new = {0};
	int status = EXIT_TROUBLE;

	if (!abi_read(before, &old) && !abi_read(after, &new))
		status = compare(&old, &new) ? EXIT_DIFFERENT : EXIT_SAME;
	abi_free(&old);
	abi_free(&new);
	return status;
}
