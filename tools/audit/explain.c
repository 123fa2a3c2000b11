/* SPDX-License-Identifier: BSD-2-Clause */
#include "tools/audit/question.h"

#include "tools/audit/expr_text.h"
#include "tools/common/output.h"

#include <stdlib.h>

/* What stands between a request and its permissions; masks of permissions, each a part of @denied. */
struct obstacles {
	uint32_t denied;
	uint32_t no_rule;
	uint32_t constraints, role, bounds; /* would deny even if a rule allowed */
};

/* Failing constraints among those that speak of @perms. */
static uint32_t constrained(const struct question *q, uint32_t perms)
{
	const struct policy_class *tclass = question_class(q);
	uint32_t denied = 0, i;

	for (i = 0; i < tclass->nconstraints; i++)
		if (tclass->constraints[i].perms & perms &&
		    !constraint_holds(q->file->policy, &tclass->constraints[i], &q->source, &q->target, NULL))
			denied |= tclass->constraints[i].perms & perms;
	return denied;
}

static uint32_t role_denied(const struct question *q, uint32_t perms)
{
	if (q->tclass != q->file->policy->domain_class || q->source.role == q->target.role ||
	    policy_role_allowed(q->file->policy, q->source.role, q->target.role))
		return 0;
	return perms & q->file->policy->transition_perm;
}

/* What is allowed when the types are replaced by those that bound them (0: kept). */
static uint32_t allowed_between(const struct question *q, uint32_t source_type, uint32_t target_type)
{
	struct policy_context source = q->source, target = q->target;
	struct decision decision;

	if (source_type)
		source.type = source_type;
	if (target_type)
		target.type = target_type;
	if (decide_access(&q->file->state, &source, &target, q->tclass, &decision, NULL))
		return 0;
	return decision.allowed;
}

static uint32_t bound_denied(const struct question *q, uint32_t perms, const struct decision_steps *steps)
{
	const struct policy_type *types = q->file->policy->types;
	uint32_t source = types[q->source.type - 1].bounds, target = types[q->target.type - 1].bounds;
	uint32_t denied = perms & steps->by_bounds, without_rule = perms & ~steps->by_rules;

	if (source || target)
		denied |= without_rule & ~allowed_between(q, source, target);
	return denied;
}

/* " { a b }" when @perms are not all that is denied, else "". Owned by the caller. */
static char *scope(const struct question *q, const struct obstacles *obstacles, uint32_t perms)
{
	char *names, *text;

	if (perms == obstacles->denied)
		return allocate(1, 1);
	names = perms_text(question_class(q), perms, false);
	if (asprintf(&text, " %s", names) < 0)
		out_of_memory();
	free(names);
	return text;
}

static void suggest_rule(const struct question *q, struct answer *answer, uint32_t perms)
{
	char *names = perms_text(question_class(q), perms, true);

	answer_advise(answer, "allow %s %s:%s %s;", question_source(q),
		      q->source.type == q->target.type ? "self" : question_target(q), question_class(q)->name, names);
	free(names);
}

/* Says which neverallow forbids which of @perms. Returns those that none forbids. */
static uint32_t explain_neverallow(const struct question *q, const struct neverallows *never, struct answer *answer,
				   uint32_t perms)
{
	const struct neverallow *rule;
	uint32_t forbidden;
	char *names;

	while (perms && (rule = neverallows_find(never, q->file->policy, q->source.type, q->target.type, q->tclass,
						 perms, &forbidden))) {
		names = perms_text(question_class(q), forbidden, false);
		answer_reason(answer, "neverallow %s:%u", rule->file, rule->line);
		answer_advise(answer, "No rule allows %s, and neverallow at %s:%u forbids it%s%s%s.", names, rule->file,
			      rule->line, rule->comment[0] ? ": \"" : "", rule->comment, rule->comment[0] ? "\"" : "");
		answer_advise(answer,
			      "Such a rule would not build: use another type instead of %s%s%s, or leave it denied.",
			      question_source(q), q->source.type == q->target.type ? "" : " or ",
			      q->source.type == q->target.type ? "" : question_target(q));
		free(names);
		perms &= ~forbidden;
	}
	return perms;
}

/* A boolean that alone would put a rule in force. */
static uint32_t explain_booleans(const struct question *q, struct answer *answer, uint32_t perms)
{
	const struct policy *policy = q->file->policy;
	struct policy_state state = q->file->state;
	bool *bools = allocate(policy->nbools, sizeof(*bools));
	uint8_t *cond_true = allocate(policy->nconds, sizeof(*cond_true));
	uint32_t found = 0, i;
	struct decision decision;

	memcpy(bools, state.bools, policy->nbools * sizeof(*bools));
	state.bools = bools;
	state.cond_true = cond_true;
	for (i = 0; i < policy->nbools; i++) {
		if (!policy->bools[i].name)
			continue;
		bools[i] = !bools[i];
		cond_evaluate(policy, bools, cond_true);
		if (!decide_access(&state, &q->source, &q->target, q->tclass, &decision, NULL) &&
		    decision.allowed & perms) {
			char *names = perms_text(question_class(q), decision.allowed & perms, false);

			answer_advise(answer,
				      "Boolean %s set to %d allows %s: flask-set-bool, or the preset in the policy.",
				      policy->bools[i].name, bools[i], names);
			free(names);
			found |= decision.allowed & perms;
		}
		bools[i] = !bools[i];
	}
	free(bools);
	free(cond_true);
	return found;
}

static void explain_no_rule(const struct question *q, const struct neverallows *never,
			    const struct obstacles *obstacles, struct answer *answer)
{
	uint32_t perms = obstacles->no_rule;
	char *names;

	if (!perms)
		return;
	names = scope(q, obstacles, perms);
	answer_reason(answer, "no rule%s", names);
	free(names);
	perms &= ~explain_booleans(q, answer, perms);
	if (never)
		perms = explain_neverallow(q, never, answer, perms);
	perms &= ~(obstacles->constraints | obstacles->role | obstacles->bounds);
	if (perms)
		suggest_rule(q, answer, perms);
}

static void explain_constraints(const struct question *q, const struct obstacles *obstacles, struct answer *answer)
{
	const struct policy_class *tclass = question_class(q);
	struct expr_text *text = allocate(1, sizeof(*text));
	uint32_t i;

	for (i = 0; i < tclass->nconstraints; i++) {
		const struct policy_constraint *constraint = &tclass->constraints[i];
		char *names;

		if (!(constraint->perms & obstacles->constraints) ||
		    constraint_holds(q->file->policy, constraint, &q->source, &q->target, NULL))
			continue;
		names = scope(q, obstacles, constraint->perms & obstacles->constraints);
		expr_explain(q->file->policy, constraint, &q->source, &q->target, text);
		answer_reason(answer, "constraint %u of class %s%s: %s", i + 1, tclass->name, names, text->reason);
		answer_advise(answer, "No allow rule helps: constraint %u of class %s asks for %s.", i + 1,
			      tclass->name, text->expression);
		answer_advise(answer,
			      "If this should be possible, change a label so that it holds, or the constraint.");
		free(names);
	}
	free(text);
}

static void explain_role(const struct question *q, const struct obstacles *obstacles, struct answer *answer)
{
	const struct policy_role *roles = q->file->policy->roles;
	const char *from = roles[q->source.role - 1].name, *to = roles[q->target.role - 1].name;
	char *names;

	if (!obstacles->role)
		return;
	names = scope(q, obstacles, obstacles->role);
	answer_reason(answer, "role%s: no `allow %s %s'", names, from, to);
	answer_advise(answer, "A domain changes its role only where a role rule says so: allow %s %s;", from, to);
	free(names);
}

static void blame_bound(const struct question *q, const char *names, uint32_t type, struct answer *answer)
{
	const struct policy_type *types = q->file->policy->types;
	const char *name = types[type - 1].name, *by = types[types[type - 1].bounds - 1].name;

	answer_reason(answer, "bound%s: type %s bounded by %s lacks it", names, name, by);
	answer_advise(answer, "%s can do no more than %s, which bounds it: allow it there first, or drop the bound.",
		      name, by);
}

/* Blames the end whose bounding type lacks a permission; both when only the two together do. */
static void explain_bounds(const struct question *q, const struct obstacles *obstacles, struct answer *answer)
{
	const struct policy_type *types = q->file->policy->types;
	uint32_t source = types[q->source.type - 1].bounds, target = types[q->target.type - 1].bounds;
	bool by_source, by_target;
	char *names;

	if (!obstacles->bounds)
		return;
	by_source = source && obstacles->bounds & ~allowed_between(q, source, 0);
	by_target = target && obstacles->bounds & ~allowed_between(q, 0, target);
	names = scope(q, obstacles, obstacles->bounds);
	if (source && (by_source || !by_target))
		blame_bound(q, names, q->source.type, answer);
	if (target && (by_target || !by_source))
		blame_bound(q, names, q->target.type, answer);
	free(names);
}

static void explain_allowed(const struct question *q, struct answer *answer, uint32_t allowed)
{
	char *names;

	if (allowed == q->perms) {
		answer_reason(answer, "this policy allows it");
		answer_advise(answer, "Nothing to do: the log is older than this policy%s.",
			      q->file->policy->bool_names.count ? ", or its booleans were set otherwise (--bool)" : "");
		return;
	}
	names = perms_text(question_class(q), allowed, false);
	answer_reason(answer, "this policy allows %s", names);
	free(names);
}

static void explain_denied(const struct question *q, const struct neverallows *never, struct answer *answer)
{
	struct obstacles obstacles;
	struct decision_steps steps;
	struct decision decision;

	/* The class is the policy's own: it is not refused. */
	if (decide_access(&q->file->state, &q->source, &q->target, q->tclass, &decision, &steps))
		return;
	obstacles.denied = q->perms & ~decision.allowed;
	obstacles.no_rule = obstacles.denied & ~steps.by_rules;
	obstacles.constraints = constrained(q, obstacles.denied);
	obstacles.role = role_denied(q, obstacles.denied);
	obstacles.bounds = bound_denied(q, obstacles.denied, &steps);
	if (decision.permissive)
		answer_reason(answer, "%s is a permissive type", question_source(q));
	if (q->perms & decision.allowed)
		explain_allowed(q, answer, q->perms & decision.allowed);
	explain_no_rule(q, never, &obstacles, answer);
	explain_constraints(q, &obstacles, answer);
	explain_role(q, &obstacles, answer);
	explain_bounds(q, &obstacles, answer);
}

static void explain_granted(const struct question *q, struct answer *answer)
{
	struct decision decision;
	char *names;

	if (decide_access(&q->file->state, &q->source, &q->target, q->tclass, &decision, NULL))
		return;
	names = perms_text(question_class(q), q->perms & ~decision.allowed, false);
	if (q->perms & ~decision.allowed)
		answer_reason(answer, "this policy denies %s", names);
	else if (q->perms & decision.auditallow)
		answer_reason(answer, "allowed, and an auditallow rule asks for the line");
	else
		answer_reason(answer, "allowed; no auditallow rule of this policy asks for the line");
	free(names);
}

/* What the line tells by itself. */
static void explain_alone(const struct group *group, struct answer *answer)
{
	uint32_t i;

	for (i = 0; i < group->nperms; i++)
		if (!strncmp(group->perms[i], "0x", 2)) {
			answer_reason(answer, "%s: a permission that this hypervisor has no name for", group->perms[i]);
			answer_advise(answer, "Hypervisor and policy were built with different access vectors.");
		}
}

static void explain_by_policy(struct question *question, const struct neverallows *never, struct answer *answer)
{
	bool resolved = question_resolve(question, answer);

	if (resolved && question->group->denied)
		explain_denied(question, never, answer);
	else if (resolved)
		explain_granted(question, answer);
	question_fini(question);
}

struct explanation explain(const struct policy_file *file, const struct neverallows *never, const struct group *group)
{
	struct question question = {.file = file, .group = group};
	struct answer answer = {0};

	build_start(&answer.why);
	build_start(&answer.advice);
	if (!file)
		explain_alone(group, &answer);
	else
		explain_by_policy(&question, never, &answer);
	return (struct explanation){.why = build_finish(&answer.why), .advice = build_finish(&answer.advice)};
}

void explanation_free(struct explanation *explanation)
{
	free(explanation->why);
	free(explanation->advice);
}
