/* SPDX-License-Identifier: BSD-2-Clause */
/* What two policies mean differently, whatever their numbers and order. */
#include "policy/compiler/commands.h"
#include "policy/compiler/diff_av.h"
#include "policy/compiler/facts.h"
#include "tools/common/output.h"

static void removed(struct diff_out *out, const struct fact *fact)
{
	diff_out_fact(out, facts_word(fact->section), fact->name, fact->value ? fact->value : "", NULL);
}

static void added(struct diff_out *out, const struct fact *fact)
{
	diff_out_fact(out, facts_word(fact->section), fact->name, NULL, fact->value ? fact->value : "");
}

static void same_name(struct diff_out *out, const struct fact *before, const struct fact *after)
{
	if (before->value && after->value && strcmp(before->value, after->value) != 0)
		diff_out_fact(out, facts_word(before->section), before->name, before->value, after->value);
}

static void diff_facts(const struct facts *before, const struct facts *after, struct diff_out *out)
{
	const struct fact *a = before->items, *a_end = a + before->count;
	const struct fact *b = after->items, *b_end = b + after->count;
	int order;

	while (a < a_end || b < b_end) {
		order = a == a_end ? 1 : b == b_end ? -1 : facts_compare(a, b);
		if (order < 0)
			removed(out, a);
		else if (order > 0)
			added(out, b);
		else
			same_name(out, a, b);
		a += order <= 0;
		b += order >= 0;
	}
}

int command_diff(const struct policy_file *before, const struct policy_file *after, const struct request *request)
{
	struct facts old = facts_of_policy(before->policy), new = facts_of_policy(after->policy);
	struct diff_out out = {.json = request->json};
	int rc;

	diff_out_begin(&out);
	diff_facts(&old, &new, &out);
	rc = diff_av(before, after, &out);
	if (!rc)
		diff_out_end(&out); /* an answer that is not whole must not look like one */
	facts_free(&old);
	facts_free(&new);
	if (rc)
		return EXIT_TROUBLE;
	return out.count ? EXIT_DIFFERENT : EXIT_SAME;
}
