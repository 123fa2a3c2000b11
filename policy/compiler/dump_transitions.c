/* SPDX-License-Identifier: BSD-2-Clause */
/* Every rule in force that names the label of a new object, one line each. */
#include "policy/compiler/commands.h"
#include "flask/ss/mls.h"
#include "tools/common/output.h"

#include <stdlib.h>

enum { SOURCE, TARGET, CLASS, KIND, RESULT, WORDS };

struct row {
	const char *words[WORDS]; /* borrowed from the policy, or the result: */
	char *owned;
};

struct rows {
	struct row *items;
	size_t count;
};

static void add(struct rows *rows, struct row row)
{
	rows->items = make_room(rows->items, rows->count, sizeof(*rows->items));
	rows->items[rows->count++] = row;
}

static const char *kind_name(uint32_t kind)
{
	return kind == RULE_TRANSITION ? "type_transition" : kind == RULE_MEMBER ? "type_member" : "type_change";
}

/* A rule is looked up by exact types: one that is keyed by an attribute never applies. */
static void add_type_rule(struct rows *rows, const struct policy *policy, const struct policy_type_rule *rule)
{
	const struct policy_type *source = &policy->types[rule->source - 1], *target = &policy->types[rule->target - 1];

	if (!source->attribute && !target->attribute)
		add(rows, (struct row){{source->name, target->name, policy->classes[rule->tclass - 1].name,
					kind_name(rule->kind), policy->types[rule->result - 1].name},
				       NULL});
}

static void add_type_rules(struct rows *rows, const struct policy_state *state)
{
	const struct policy *policy = state->policy;
	const struct policy_cond_rule *cond;
	uint32_t i;

	for (i = 0; i < policy->ntype_rules; i++)
		add_type_rule(rows, policy, &policy->type_rules[i]);
	for (i = 0; i < policy->ncond_rules; i++) {
		cond = &policy->cond_rules[i];
		if (cond->kind >= RULE_TRANSITION && cond->branch == (state->cond_true[cond->cond] != 0))
			add_type_rule(rows, policy,
				      &(struct policy_type_rule){.source = cond->source,
								 .target = cond->target,
								 .tclass = cond->tclass,
								 .kind = cond->kind,
								 .result = cond->data});
	}
}

/* The first rule of a role and a type wins; a later one is never reached. */
static bool is_first(const struct policy *policy, uint32_t index)
{
	const struct policy_role_trans *rule = &policy->role_trans[index], *earlier = policy->role_trans;

	for (; earlier < rule; earlier++)
		if (earlier->role == rule->role && earlier->type == rule->type)
			return false;
	return true;
}

/* They apply to new domains whatever class the image gives them, as in Xen. */
static void add_role_rules(struct rows *rows, const struct policy *policy)
{
	const struct policy_role_trans *rule;
	uint32_t i;

	if (policy->domain_class == POLICY_NO_CLASS)
		return;
	for (i = 0; i < policy->nrole_trans; i++) {
		rule = &policy->role_trans[i];
		if (is_first(policy, i) && !policy->types[rule->type - 1].attribute)
			add(rows, (struct row){{policy->roles[rule->role - 1].name, policy->types[rule->type - 1].name,
						policy->classes[policy->domain_class - 1].name, "role_transition",
						policy->roles[rule->new_role - 1].name},
					       NULL});
	}
}

/* The text of a range, owned by the caller. */
static char *range_text(const struct policy *policy, const struct policy_range *range)
{
	char none[1], *buf;
	struct text text;

	text_init(&text, none, sizeof(none));
	mls_range_print(policy, range, &text);
	buf = allocate(text.wanted + 1, 1);
	text_init(&text, buf, text.wanted + 1);
	mls_range_print(policy, range, &text);
	return buf;
}

/* Exact types too; rules of one key stand together, and the first of them wins. */
static void add_range_rules(struct rows *rows, const struct policy *policy)
{
	const struct policy_range_trans *rule;
	uint32_t i;

	for (i = 0; i < policy->nrange_trans; i++) {
		const struct policy_type *source, *target;
		char *range;

		rule = &policy->range_trans[i];
		source = &policy->types[rule->source - 1];
		target = &policy->types[rule->target - 1];
		if (source->attribute || target->attribute ||
		    policy_range_rule(policy, rule->source, rule->target, rule->tclass) != &rule->range)
			continue;
		range = range_text(policy, &rule->range);
		add(rows, (struct row){{source->name, target->name, policy->classes[rule->tclass - 1].name,
					"range_transition", range},
				       range});
	}
}

static int by_words(const void *a, const void *b)
{
	const struct row *left = a, *right = b;
	int i, order = 0;

	for (i = 0; i < WORDS && !order; i++)
		order = strcmp(left->words[i], right->words[i]);
	return order;
}

int command_dump_transitions(const struct policy_file *file, const struct request *request)
{
	struct rows rows = {0};
	size_t i;
	int word;

	(void)request;
	add_type_rules(&rows, &file->state);
	add_role_rules(&rows, file->policy);
	add_range_rules(&rows, file->policy);
	if (rows.count)
		qsort(rows.items, rows.count, sizeof(*rows.items), by_words);
	for (i = 0; i < rows.count && !output_is_broken(); i++)
		for (word = 0; word < WORDS; word++) {
			put_escaped(stdout, rows.items[i].words[word], strlen(rows.items[i].words[word]));
			putc(word + 1 < WORDS ? ' ' : '\n', stdout);
		}
	for (i = 0; i < rows.count; i++)
		free(rows.items[i].owned);
	free(rows.items);
	return EXIT_DONE;
}
