/* SPDX-License-Identifier: BSD-2-Clause */
/* Labels of new objects, on tables written by hand: types 1..9, roles 1..4. */
#include "tests/unit/ss/world.h"

#define KIND_T RULE_TRANSITION
#define KIND_M RULE_MEMBER
#define KIND_C RULE_CHANGE

/* Sorted by (source, target, class, kind), as an indexed policy is. */
static struct policy_type_rule type_rules[] = {
    {1, 2, CLASS_DOMAIN, KIND_T, 3}, {1, 2, CLASS_EVENT, KIND_T, 4}, {1, 2, CLASS_EVENT, KIND_M, 5},
    {1, 2, CLASS_EVENT, KIND_C, 6},  {2, 1, CLASS_EVENT, KIND_T, 7},
};

/* Condition 0 is false, 1 is true. */
static struct policy_cond_rule cond_rules[] = {
    {2, 2, CLASS_EVENT, RULE_ALLOW, 9, 1, true}, {2, 2, CLASS_EVENT, KIND_T, 3, 0, true},
    {2, 2, CLASS_EVENT, KIND_T, 4, 0, false},	 {2, 2, CLASS_EVENT, KIND_T, 5, 1, true},
    {2, 2, CLASS_EVENT, KIND_M, 6, 1, true},	 {2, 2, CLASS_EVENT, KIND_C, 7, 1, false},
};

/* File order: the first match wins. */
static struct policy_role_trans role_trans[] = {{2, 2, 3, 0}, {2, 2, 4, CLASS_DOMAIN}, {3, 1, 2, CLASS_EVENT}};

static const struct policy policy = {
    .domain_class = CLASS_DOMAIN,
    .ntype_rules = PORT_ARRAY_SIZE(type_rules),
    .type_rules = type_rules,
    .ncond_rules = PORT_ARRAY_SIZE(cond_rules),
    .cond_rules = cond_rules,
    .nrole_trans = PORT_ARRAY_SIZE(role_trans),
    .role_trans = role_trans,
};
static const uint8_t cond_true[] = {0, 1};
static const struct policy_state state = {&policy, NULL, cond_true};

struct row {
	const char *what;
	struct who source, target;
	uint32_t tclass;
	enum policy_rule_kind kind;
	struct who label;
};

static const struct row rows[] = {
    {"a domain's default", {1, 4, 9}, {2, 3, 8}, CLASS_DOMAIN, KIND_T, {1, 4, 9}},
    {"an object's default", {1, 4, 9}, {2, 3, 8}, CLASS_EVENT, KIND_T, {1, 1, 8}},
    {"a member has the target's user", {1, 4, 9}, {2, 3, 8}, CLASS_EVENT, KIND_M, {2, 1, 8}},
    {"a member domain", {1, 4, 9}, {2, 3, 8}, CLASS_DOMAIN, KIND_M, {2, 4, 9}},
    {"change, an object", {1, 4, 9}, {2, 3, 8}, CLASS_GRANT, KIND_C, {1, 1, 8}},
    {"change, a domain", {1, 4, 9}, {2, 3, 8}, CLASS_DOMAIN, KIND_C, {1, 4, 9}},
    {"no such class", {1, 4, 9}, {2, 3, 8}, 99, KIND_T, {1, 1, 8}},

    {"a rule for domain", {1, 4, 1}, {2, 3, 2}, CLASS_DOMAIN, KIND_T, {1, 4, 3}},
    {"a rule for event", {1, 4, 1}, {2, 3, 2}, CLASS_EVENT, KIND_T, {1, 1, 4}},
    {"its member", {1, 4, 1}, {2, 3, 2}, CLASS_EVENT, KIND_M, {2, 1, 5}},
    {"its change", {1, 4, 1}, {2, 3, 2}, CLASS_EVENT, KIND_C, {1, 1, 6}},
    {"the other way round", {1, 4, 2}, {2, 3, 1}, CLASS_EVENT, KIND_T, {1, 1, 7}},
    {"no rule for grant", {1, 4, 1}, {2, 3, 2}, CLASS_GRANT, KIND_T, {1, 1, 2}},

    {"the first conditional rule that is on", {1, 4, 2}, {2, 3, 2}, CLASS_EVENT, KIND_T, {1, 1, 4}},
    {"a conditional member", {1, 4, 2}, {2, 3, 2}, CLASS_EVENT, KIND_M, {2, 1, 6}},
    {"a conditional change that is off", {1, 4, 2}, {2, 3, 2}, CLASS_EVENT, KIND_C, {1, 1, 2}},

    {"the first role transition", {1, 2, 9}, {2, 3, 2}, CLASS_DOMAIN, KIND_T, {1, 3, 9}},
    {"whatever its class", {1, 3, 9}, {2, 3, 1}, CLASS_DOMAIN, KIND_T, {1, 2, 9}},
    {"never for another class", {1, 3, 9}, {2, 3, 1}, CLASS_EVENT, KIND_T, {1, 1, 1}},
    {"not for members", {1, 2, 9}, {2, 3, 2}, CLASS_DOMAIN, KIND_M, {2, 2, 9}},
    {"not for change", {1, 2, 9}, {2, 3, 2}, CLASS_DOMAIN, KIND_C, {1, 2, 9}},
    {"by the target's type, not the new one", {1, 2, 1}, {2, 3, 2}, CLASS_DOMAIN, KIND_T, {1, 3, 3}},
};

static void labels_follow_rules_and_defaults(void **test)
{
	struct policy_context source, target, label, wanted;
	const struct row *row;
	uint32_t i;

	(void)test;
	for (i = 0; i < PORT_ARRAY_SIZE(rows); i++) {
		row = &rows[i];
		source = world_who(&row->source);
		target = world_who(&row->target);
		wanted = world_who(&row->label);
		label = decide_label(&state, &source, &target, row->tclass, row->kind);
		if (!context_equal(&label, &wanted))
			fail_msg("%s: %u:%u:%u", row->what, label.user, label.role, label.type);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(labels_follow_rules_and_defaults),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
