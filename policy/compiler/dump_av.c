/* SPDX-License-Identifier: BSD-2-Clause */
/* Every decision that differs from the default, one line each. */
#include "policy/compiler/commands.h"
#include "policy/compiler/contexts.h"
#include "policy/compiler/labels.h"
#include "policy/compiler/reach.h"
#include "flask/db/level.h"
#include "flask/ss/mls.h"
#include "tools/common/output.h"

#include <stdlib.h>

struct dump {
	const struct policy_state *state;
	const struct policy_context *contexts;
	struct labels types, classes;
	struct reach reach;
	bool all;
};

static bool is_default(const struct decision *decision)
{
	return !decision->allowed && !decision->auditallow && decision->auditdeny == UINT32_MAX;
}

/* " 0x%08x": the dump of a large policy spends its time here. */
static void put_mask(uint32_t mask)
{
	char text[11] = " 0x";
	int i;

	for (i = 0; i < 8; i++)
		text[3 + i] = "0123456789abcdef"[mask >> (28 - 4 * i) & 15];
	fwrite(text, 1, sizeof(text), stdout);
}

static void put_row(const struct label *source, const struct label *target, const struct label *tclass,
		    const struct decision *decision)
{
	fwrite(source->text, 1, source->len, stdout);
	putc(' ', stdout);
	fwrite(target->text, 1, target->len, stdout);
	putc(' ', stdout);
	fwrite(tclass->text, 1, tclass->len, stdout);
	put_mask(decision->allowed);
	put_mask(decision->auditallow);
	put_mask(decision->auditdeny);
	putc('\n', stdout);
}

static void dump_pair(const struct dump *dump, const struct label *source, const struct label *target)
{
	const bool *marked = dump->reach.pairs + (size_t)(target->value - 1) * dump->state->policy->nclasses;
	struct decision decision;
	size_t i;

	for (i = 0; i < dump->classes.count; i++) {
		const struct label *tclass = &dump->classes.items[i];

		if (!dump->all && !marked[tclass->value - 1])
			continue;
		/* The class is one of the policy's: it cannot be refused. */
		if (decide_access(dump->state, &dump->contexts[source->value - 1], &dump->contexts[target->value - 1],
				  tclass->value, &decision, NULL))
			continue;
		if (dump->all || !is_default(&decision))
			put_row(source, target, tclass, &decision);
	}
}

static void dump_source(struct dump *dump, const struct label *source)
{
	size_t i;

	reach_mark(&dump->reach, source->value);
	for (i = 0; i < dump->types.count; i++)
		if (dump->all || dump->reach.targets[dump->types.items[i].value - 1])
			dump_pair(dump, source, &dump->types.items[i]);
}

/* The range in @text, whose sets lie in *@words, which the caller frees. False: complained. */
static bool parse_level(const struct policy *policy, const char *text, struct bitmap_word **words,
			struct policy_range *range)
{
	if (!policy->mls) {
		complain("--level %s: the policy has no levels", text);
		return false;
	}
	*words = allocate(mls_range_words(policy), sizeof(**words));
	if (!mls_range_parse(policy, text, strlen(text), *words, range) && policy_range_is_valid(policy, range))
		return true;
	complain("--level %s: not a range of the policy", text);
	return false;
}

static void dump_contexts(const struct policy_file *file, const struct policy_context *contexts, bool all)
{
	struct dump dump = {.state = &file->state, .contexts = contexts, .all = all};
	size_t i;

	dump.types = labels_of_types(file->policy);
	dump.classes = labels_of_classes(file->policy);
	reach_init(&dump.reach, file->policy);
	for (i = 0; i < dump.types.count && !output_is_broken(); i++)
		dump_source(&dump, &dump.types.items[i]);
	reach_fini(&dump.reach);
	labels_free(&dump.classes);
	labels_free(&dump.types);
}

int command_dump_av(const struct policy_file *file, const struct request *request)
{
	const struct policy *policy = file->policy;
	struct policy_context *contexts = allocate(policy->ntypes, sizeof(*contexts));
	struct bitmap_word *words = NULL;
	struct policy_range range;
	int status = EXIT_FAILED;

	if ((!request->level || parse_level(policy, request->level, &words, &range)) &&
	    !contexts_choose(policy, request->user, request->role, request->level ? &range : NULL, contexts)) {
		dump_contexts(file, contexts, request->all);
		status = EXIT_DONE;
	}
	free(words);
	free(contexts);
	return status;
}
