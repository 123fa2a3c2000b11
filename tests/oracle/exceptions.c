/* SPDX-License-Identifier: BSD-2-Clause */
/* The table of docs/oracle.md: where libsepol's answer may differ, judged from its own data. */
#include "tests/oracle/exceptions.h"

static uint32_t bound(const struct duel *duel, uint32_t type)
{
	return type ? reference_bound(duel->ref, type) : 0;
}

static bool only_target_is_bounded(const struct duel *duel, const struct query *q)
{
	return q->kind == RULE_ALLOW && bound(duel, q->target->ours.type) && !bound(duel, q->source->ours.type);
}

static bool chain_meets_bounded_target(const struct duel *duel, const struct query *q)
{
	uint32_t above_source = bound(duel, q->source->ours.type), above_target = bound(duel, q->target->ours.type);

	return q->kind == RULE_ALLOW && above_source && above_target &&
	       (bound(duel, above_source) || bound(duel, above_target));
}

static bool role_rule_has_class(const struct duel *duel, const struct query *q)
{
	return q->kind == RULE_TRANSITION &&
	       reference_role_trans_moves(duel->ref, q->source->ours.role, q->target->ours.type, q->tclass);
}

static bool class_has_defaults(const struct duel *duel, const struct query *q)
{
	return q->kind != RULE_ALLOW && reference_has_defaults(duel->ref, q->tclass);
}

static bool conditions_are_stale(const struct duel *duel, const struct query *q)
{
	(void)q;
	return reference_has_stale_conditions(duel->ref);
}

static bool domain_is_not_named(const struct duel *duel, const struct query *q)
{
	(void)q;
	return reference_lacks_domain(duel->ref);
}

static bool roles_hold_attributes(const struct duel *duel, const struct query *q)
{
	(void)q;
	return reference_roles_hold_attributes(duel->ref);
}

/* Labels that are holes were judged in duel_context(). */
bool exception_class_is_hole(const struct duel *duel, const struct query *q)
{
	return q->tclass && q->tclass <= reference_count(duel->ref, REFERENCE_CLASS) &&
	       !reference_declares(duel->ref, REFERENCE_CLASS, q->tclass);
}

/* Printing is judged in duel_text(). */
static bool no_query(const struct duel *duel, const struct query *q)
{
	(void)duel;
	(void)q;
	return false;
}

static const struct {
	const char *text;
	bool (*applies)(const struct duel *duel, const struct query *q);
} exceptions[DUEL_EXCEPTIONS] = {
    [DUEL_BOUND_TARGET] = {"bounded-target: a bounded target alone is masked", only_target_is_bounded},
    [DUEL_BOUND_CHAIN] = {"bounds-chain: a chain of bounds with a bounded target is staged",
			  chain_meets_bounded_target},
    [DUEL_ROLE_TRANS_CLASS] = {"role-transition-class: it acts on class domain whatever its class",
			       role_rule_has_class},
    [DUEL_CLASS_DEFAULTS] = {"class-defaults: default_* of a class is not obeyed", class_has_defaults},
    [DUEL_CONDITION_STATE] = {"condition-state: conditions are evaluated at load", conditions_are_stale},
    [DUEL_ROLE_CLASS] = {"role-class: without a class named domain, or its transition, none has its rules",
			 domain_is_not_named},
    [DUEL_ROLE_ATTRIBUTE] = {"role-attribute: an attribute in a role's types stands for itself", roles_hold_attributes},
    [DUEL_HOLE] = {"undeclared: a number nobody declared is not valid", exception_class_is_hole},
    [DUEL_CATEGORY_TEXT] = {"category-runs: runs of categories that end at a word print as they are", no_query},
};

const char *duel_exception_text(enum duel_exception row)
{
	return exceptions[row].text;
}

uint64_t duel_excepted(const struct duel_tally *tally)
{
	uint64_t sum = 0;

	for (int i = 0; i < DUEL_EXCEPTIONS; i++)
		sum += tally->excepted[i];
	return sum;
}

bool exception_applies(struct duel *duel, const struct query *q)
{
	for (int i = 0; i < DUEL_EXCEPTIONS; i++)
		if (exceptions[i].applies(duel, q)) {
			duel->tally.excepted[i]++;
			return true;
		}
	return false;
}
