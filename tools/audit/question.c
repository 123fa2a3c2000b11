/* SPDX-License-Identifier: BSD-2-Clause */
#include "tools/audit/question.h"

#include "flask/ss/context.h"
#include "tools/common/output.h"

#include <stdarg.h>
#include <stdlib.h>

#define REBUILD "Rebuild the policy with the access vectors of this hypervisor (or the log is of another one)."

void answer_reason(struct answer *answer, const char *format, ...)
{
	va_list args;

	if (answer->has_reason)
		fputs("; ", answer->why.out);
	answer->has_reason = true;
	va_start(args, format);
	vfprintf(answer->why.out, format, args);
	va_end(args);
}

void answer_advise(struct answer *answer, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	vfprintf(answer->advice.out, format, args);
	va_end(args);
	putc('\n', answer->advice.out);
}

const struct policy_class *question_class(const struct question *question)
{
	return &question->file->policy->classes[question->tclass - 1];
}

const char *question_source(const struct question *question)
{
	return question->file->policy->types[question->source.type - 1].name;
}

const char *question_target(const struct question *question)
{
	return question->file->policy->types[question->target.type - 1].name;
}

char *perms_text(const struct policy_class *tclass, uint32_t perms, bool bare)
{
	bool braces = !bare || perms & (perms - 1);
	struct build_text text;
	const char *blank = "";
	uint32_t bit;

	build_start(&text);
	fputs(braces ? "{ " : "", text.out);
	for (bit = 0; bit < tclass->nperms; bit++)
		if (perms & 1u << bit && tclass->perm_names[bit]) {
			fprintf(text.out, "%s%s", blank, tclass->perm_names[bit]);
			blank = " ";
		}
	fputs(braces ? " }" : "", text.out);
	return build_finish(&text);
}

static bool resolve_class(struct question *question, struct answer *answer)
{
	const char *name = question->group->tclass;

	question->tclass = names_find(&question->file->policy->class_names, name, strlen(name));
	if (question->tclass)
		return true;
	answer_reason(answer, "this policy does not know class %s", name);
	answer_advise(answer, REBUILD);
	return false;
}

/* The bits of a name, or of a number that stands for permissions whose names the hypervisor did not know. */
static uint32_t perm_bits(const struct policy_class *tclass, const char *perm)
{
	uint32_t known = 0, bit;
	unsigned long bits;
	char *end;

	if (strncmp(perm, "0x", 2) != 0) {
		bit = names_find(&tclass->perms, perm, strlen(perm));
		return bit ? 1u << (bit - 1) : 0;
	}
	bits = strtoul(perm, &end, 16);
	if (*end || bits > UINT32_MAX)
		return 0;
	for (bit = 0; bit < tclass->nperms; bit++)
		if (tclass->perm_names[bit])
			known |= 1u << bit;
	return bits & ~known ? 0 : (uint32_t)bits;
}

static void resolve_perms(struct question *question, struct answer *answer)
{
	const struct policy_class *tclass = question_class(question);
	bool lacking = false;
	uint32_t i, bits;

	for (i = 0; i < question->group->nperms; i++) {
		const char *perm = question->group->perms[i];

		bits = perm_bits(tclass, perm);
		question->perms |= bits;
		if (bits && !strncmp(perm, "0x", 2)) {
			char *names = perms_text(tclass, bits, false);

			answer_reason(answer, "%s is %s", perm, names);
			free(names);
		}
		if (bits)
			continue;
		answer_reason(answer, "this policy does not know permission %s:%s", tclass->name, perm);
		lacking = true;
	}
	if (lacking)
		answer_advise(answer, REBUILD);
}

/* A name of a context up to its colon; *@text moves behind it. */
static struct slice next_part(const char **text)
{
	struct slice part = {*text, strcspn(*text, ":")};

	*text += part.len;
	if (**text)
		(*text)++;
	return part;
}

static bool lacks_name(const struct names *names, const struct slice *part, const char *what, struct answer *answer)
{
	if (names_find(names, part->text, part->len))
		return false;
	answer_reason(answer, "this policy does not know %s %.*s", what, (int)part->len, part->text);
	return true;
}

/* Says what is wrong with a context that the policy does not accept. */
static void blame_context(const struct policy *policy, const char *text, struct answer *answer)
{
	const char *rest = text;
	struct slice user = next_part(&rest), role = next_part(&rest), type = next_part(&rest);
	size_t len = strlen(text);
	uint32_t missing = 0, value;

	if (len > 3 && !strcmp(text + len - 3, "...")) {
		answer_reason(answer, "the label was cut in the log");
		return;
	}
	missing += lacks_name(&policy->type_names, &type, "type", answer);
	missing += lacks_name(&policy->role_names, &role, "role", answer);
	missing += lacks_name(&policy->user_names, &user, "user", answer);
	if (missing)
		return;
	value = names_find(&policy->type_names, type.text, type.len);
	if (policy->types[value - 1].attribute)
		answer_reason(answer, "%.*s is an attribute in this policy, not a type", (int)type.len, type.text);
	else if (*rest && !policy->mls)
		answer_reason(answer, "label %s has levels, this policy has none", text);
	else if (!*rest && policy->mls)
		answer_reason(answer, "label %s has no levels, this policy has", text);
	else
		answer_reason(answer, "label %s is not valid in this policy", text);
}

static bool resolve_context(const struct policy *policy, const char *text, bool is_number,
			    struct policy_context *context, struct answer *answer)
{
	int rc;

	if (is_number) {
		answer_reason(answer, "%s: the log does not say which label that was", text);
		return false;
	}
	rc = context_create(policy, text, strlen(text), context);
	if (rc == -ENOMEM)
		out_of_memory();
	if (!rc)
		return true;
	blame_context(policy, text, answer);
	return false;
}

bool question_resolve(struct question *question, struct answer *answer)
{
	const struct policy *policy = question->file->policy;
	const struct group *group = question->group;
	bool labels;

	if (!resolve_class(question, answer))
		return false;
	resolve_perms(question, answer);
	labels = resolve_context(policy, group->scontext, group->scontext_is_number, &question->source, answer);
	if (strcmp(group->scontext, group->tcontext) != 0)
		labels &=
		    resolve_context(policy, group->tcontext, group->tcontext_is_number, &question->target, answer);
	else if (labels && context_copy(&question->source, &question->target))
		out_of_memory();
	return labels && question->perms;
}

void question_fini(struct question *question)
{
	context_fini(&question->source);
	context_fini(&question->target);
}
