/* SPDX-License-Identifier: BSD-2-Clause */
/* The access vector of two contexts: rules, constraints, role allow, bounds. */
#include "flask/ss/decide.h"

#define BOUNDS_LEVELS (POLICY_BOUNDS_DEPTH + 1u) /* a type and its ancestors */

struct query {
	const struct policy_state *state;
	struct policy_context source, target;
	uint32_t tclass;
};

/* Masks collected from rules. */
struct vectors {
	uint32_t allow, auditallow, auditdeny;
};

/* A walk over the values (bit + 1) of a set, ascending. */
struct walk {
	const struct bitmap_word *word, *end;
	uint64_t bits; /* of *word, not yet visited */
};

static struct walk walk_begin(const struct bitmap *set)
{
	struct walk walk;

	walk.word = set->words;
	walk.end = set->words + set->nwords;
	walk.bits = set->nwords ? set->words[0].bits : 0;
	return walk;
}

/* The next value, or 0 at the end. */
static uint32_t walk_next(struct walk *walk)
{
	uint32_t value;

	if (walk->word == walk->end)
		return 0;
	value = walk->word->start + (uint32_t)__builtin_ctzll(walk->bits) + 1;
	walk->bits &= walk->bits - 1;
	if (!walk->bits && ++walk->word != walk->end)
		walk->bits = walk->word->bits;
	return value;
}

static void add_rows(const struct policy *policy, const struct policy_av_group *group, const struct bitmap *targets,
		     struct vectors *sum)
{
	struct walk walk = walk_begin(targets);
	const struct policy_av_row *row;
	uint32_t target;

	while ((target = walk_next(&walk)) != 0) {
		row = policy_av_row(policy, group, target);
		if (!row)
			continue;
		sum->allow |= row->allow;
		sum->auditallow |= row->auditallow;
		sum->auditdeny &= row->auditdeny;
	}
}

static void add_cond_rule(const struct policy_state *state, const struct policy_cond_rule *rule, struct vectors *sum)
{
	if (state->cond_true[rule->cond] != rule->branch)
		return;
	switch (rule->kind) {
	case RULE_ALLOW:
		sum->allow |= rule->data;
		break;
	case RULE_AUDITALLOW:
		sum->auditallow |= rule->data;
		break;
	case RULE_AUDITDENY:
		sum->auditdeny &= rule->data;
		break;
	}
}

static uint64_t cond_key(uint32_t source, uint32_t target, uint32_t tclass)
{
	return (uint64_t)source << 32 | target << 16 | tclass;
}

/* The first conditional rule from @low on whose key is not below @key. */
static uint32_t cond_lower_bound(const struct policy *policy, uint32_t low, uint64_t key)
{
	uint32_t high = policy->ncond_rules, middle;
	const struct policy_cond_rule *rule;

	while (low < high) {
		middle = low + (high - low) / 2;
		rule = &policy->cond_rules[middle];
		if (cond_key(rule->source, rule->target, rule->tclass) < key)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* Targets rise, so each search begins where the last one ended. */
static void add_cond_rules(const struct query *query, uint32_t source, const struct bitmap *targets,
			   struct vectors *sum)
{
	const struct policy *policy = query->state->policy;
	uint32_t at = cond_lower_bound(policy, 0, cond_key(source, 0, 0));
	const struct policy_cond_rule *rule;
	struct walk walk = walk_begin(targets);
	uint32_t target;
	uint64_t key;

	while (at < policy->ncond_rules && policy->cond_rules[at].source == source &&
	       (target = walk_next(&walk)) != 0) {
		key = cond_key(source, target, query->tclass);
		for (at = cond_lower_bound(policy, at, key); at < policy->ncond_rules; at++) {
			rule = &policy->cond_rules[at];
			if (cond_key(rule->source, rule->target, rule->tclass) != key)
				break;
			add_cond_rule(query->state, rule, sum);
		}
	}
}

/* Type enforcement: what the rules say of every pair of attributes of the two types. */
static struct vectors sum_rules(const struct query *query)
{
	const struct policy *policy = query->state->policy;
	const struct bitmap *targets = &policy->types[query->target.type - 1].attrs;
	bool has_rows = policy->av_class[query->tclass - 1] != policy->av_class[query->tclass];
	struct walk walk = walk_begin(&policy->types[query->source.type - 1].attrs);
	struct vectors sum = {0, 0, UINT32_MAX};
	const struct policy_av_group *group;
	uint32_t source;

	while ((source = walk_next(&walk)) != 0) {
		group = has_rows ? policy_av_group(policy, source, query->tclass) : NULL;
		if (group)
			add_rows(policy, group, targets, &sum);
		if (policy->ncond_rules)
			add_cond_rules(query, source, targets, &sum);
	}
	return sum;
}

/* What is left of @allowed; each violated constraint takes its whole mask. */
static uint32_t apply_constraints(const struct query *query, uint32_t allowed, struct decision_steps *steps)
{
	const struct policy *policy = query->state->policy;
	const struct policy_class *tclass = &policy->classes[query->tclass - 1];
	const struct policy_constraint *constraint;
	uint32_t i;

	for (i = 0; i < tclass->nconstraints && allowed; i++) {
		constraint = &tclass->constraints[i];
		if (!(constraint->perms & allowed) ||
		    constraint_holds(policy, constraint, &query->source, &query->target, NULL))
			continue;
		if (!steps->by_constraints)
			steps->constraint = i;
		steps->by_constraints |= constraint->perms & allowed;
		allowed &= ~constraint->perms;
	}
	return allowed;
}

static bool role_change_refused(const struct query *query)
{
	uint32_t from = query->source.role, to = query->target.role;

	return query->tclass == query->state->policy->domain_class && from != to &&
	       !policy_role_allowed(query->state->policy, from, to);
}

/* Everything but bounds. */
static struct vectors decide_unbounded(const struct query *query, struct decision_steps *steps)
{
	uint32_t transition = query->state->policy->transition_perm;
	struct vectors sum = sum_rules(query);

	memset(steps, 0, sizeof(*steps));
	steps->by_rules = sum.allow;
	sum.allow = apply_constraints(query, sum.allow, steps);
	if ((sum.allow & transition) && role_change_refused(query)) {
		steps->by_role = transition;
		sum.allow &= ~transition;
	}
	return sum;
}

/* @type and its bounding types, nearest first; returns how many. */
static uint32_t bounds_chain(const struct policy *policy, uint32_t type, uint32_t chain[BOUNDS_LEVELS])
{
	uint32_t n = 0;

	while (type && n < BOUNDS_LEVELS) {
		chain[n++] = type;
		type = policy->types[type - 1].bounds;
	}
	return n;
}

struct bounds {
	uint32_t nsources, ntargets;
	uint32_t sources[BOUNDS_LEVELS], targets[BOUNDS_LEVELS];
	uint32_t allowed[BOUNDS_LEVELS][BOUNDS_LEVELS]; /* final masks, by level of source and target */
};

/*
 * What bounds take from @allowed at source level @i and target level @j, given
 * the final masks of all higher levels.
 *
 * Xen: three stages, and only the last one decides: source bounded, target
 * bounded, both; a stage that takes nothing ends it with nothing taken.
 */
static uint32_t bounds_mask(const struct bounds *bounds, uint32_t i, uint32_t j, uint32_t allowed)
{
	bool source_bounded = i + 1 < bounds->nsources, target_bounded = j + 1 < bounds->ntargets;
	uint32_t mask = 0;

	if (source_bounded) {
		mask = allowed & ~bounds->allowed[i + 1][j];
		if (!mask)
			return 0;
	}
	if (target_bounded) {
		mask = allowed & ~bounds->allowed[i][j + 1];
		if (!mask)
			return 0;
	}
	if (source_bounded && target_bounded)
		mask = allowed & ~bounds->allowed[i + 1][j + 1];
	return mask;
}

/*
 * A type may do no more than its bounding type, which is bounded in turn.
 * Loading proved chains of at most POLICY_BOUNDS_DEPTH steps, so the recursion
 * of the definition is a table of 4 x 4 masks, filled from the far corner.
 * Only types are replaced: users and roles stay, and nothing is validated anew.
 * @allowed is what the query itself allows without bounds.
 */
static uint32_t masked_by_bounds(const struct query *query, uint32_t allowed)
{
	const struct policy *policy = query->state->policy;
	uint32_t source = query->source.type, target = query->target.type;
	struct query step = *query;
	struct decision_steps unused;
	struct bounds bounds;
	uint32_t i, j, base;

	if (!policy->types[source - 1].bounds && !policy->types[target - 1].bounds)
		return 0;
	memset(&bounds, 0, sizeof(bounds));
	bounds.nsources = bounds_chain(policy, source, bounds.sources);
	bounds.ntargets = bounds_chain(policy, target, bounds.targets);

	for (i = bounds.nsources; i-- > 0;) {
		for (j = bounds.ntargets; j-- > 0;) {
			step.source.type = bounds.sources[i];
			step.target.type = bounds.targets[j];
			base = i || j ? decide_unbounded(&step, &unused).allow : allowed;
			bounds.allowed[i][j] = base & ~bounds_mask(&bounds, i, j, base);
		}
	}
	return allowed & ~bounds.allowed[0][0];
}

static void deny_all(struct decision *decision)
{
	decision->allowed = 0;
	decision->auditallow = 0;
	decision->auditdeny = UINT32_MAX;
}

int decide_access(const struct policy_state *state, const struct policy_context *source,
		  const struct policy_context *target, uint32_t tclass, struct decision *decision,
		  struct decision_steps *steps)
{
	const struct policy *policy = state->policy;
	struct query query = {state, *source, *target, tclass};
	struct decision_steps own;
	struct vectors sum;

	if (!steps)
		steps = &own;
	memset(steps, 0, sizeof(*steps));
	deny_all(decision);
	decision->permissive = bitmap_has(&policy->permissive, source->type);
	if (!tclass || tclass > policy->nclasses || !policy->classes[tclass - 1].name)
		return -EINVAL;

	sum = decide_unbounded(&query, steps);
	if (sum.allow)
		steps->by_bounds = masked_by_bounds(&query, sum.allow);
	decision->allowed = sum.allow & ~steps->by_bounds;
	decision->auditallow = sum.auditallow;
	decision->auditdeny = sum.auditdeny;
	return 0;
}
