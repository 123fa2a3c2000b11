/* SPDX-License-Identifier: BSD-2-Clause */
/* How a decision comes about: the steps it reports, classes that are not there, bounds against their definition. */
#include "tests/unit/ss/world.h"

struct row {
	const char *policy, *source, *target;
	uint32_t tclass;
	struct decision_steps steps;
	uint32_t allowed;
};

/* by rules, by constraints, by role, by bounds, index of the first constraint that took something */
static const struct row rows[] = {
    {"av1", "x_t", "y_t", CLASS_EVENT, {EVENT_BIND | EVENT_STATUS, 0, 0, 0, 0}, EVENT_BIND | EVENT_STATUS},
    {"av1", "y_t", "x_t", CLASS_EVENT, {0, 0, 0, 0, 0}, 0},
    /* the compiler writes the last constraint first: status (dom), status (not), send, bind */
    {"cons", "sys_u:a_r:y_t", "ub:a_r:y_t", CLASS_EVENT, {7, EVENT_BIND | EVENT_STATUS, 0, 0, 1}, EVENT_SEND},
    {"cons", "sys_u:a_r:y_t", "sys_u:a_r:z_t", CLASS_EVENT, {7, EVENT_SEND, 0, 0, 2}, EVENT_BIND | EVENT_STATUS},
    {"cons", "sys_u:a_r:x_t", "ub:a_r:y_t", CLASS_EVENT, {7, EVENT_STATUS, 0, 0, 1}, EVENT_BIND | EVENT_SEND},
    {"cons", "sys_u:a_r:y_t", "sys_u:object_r:y_t", CLASS_EVENT, {7, EVENT_SEND | EVENT_STATUS, 0, 0, 0}, EVENT_BIND},
    {"role",
     "sys_u:b_r:x_t",
     "sys_u:a_r:y_t",
     CLASS_DOMAIN,
     {DOMAIN_CREATE | DOMAIN_TRANSITION | DOMAIN_PAUSE, 0, DOMAIN_TRANSITION, 0, 0},
     DOMAIN_CREATE | DOMAIN_PAUSE},
    {"b8", "xc_t", "y_t", CLASS_EVENT, {EVENT_BIND | EVENT_SEND, 0, 0, EVENT_SEND, 0}, EVENT_BIND},
};

static void each_step_says_what_it_took(void **test)
{
	struct policy_context source, target;
	struct decision_steps steps;
	struct policy_state state;
	struct decision decision;
	const struct row *row;
	struct policy *policy;
	uint32_t i;

	(void)test;
	for (i = 0; i < PORT_ARRAY_SIZE(rows); i++) {
		row = &rows[i];
		policy = world_policy(row->policy);
		state = world_state(policy);
		source = world_context(policy, row->source);
		target = world_context(policy, row->target);
		memset(&steps, 0xff, sizeof(steps));
		assert_int_equal(decide_access(&state, &source, &target, row->tclass, &decision, &steps), 0);
		if (memcmp(&steps, &row->steps, sizeof(steps)) || decision.allowed != row->allowed)
			fail_msg("row %u: rules %x constraints %x role %x bounds %x first %u, allowed %x", i,
				 steps.by_rules, steps.by_constraints, steps.by_role, steps.by_bounds, steps.constraint,
				 decision.allowed);
		world_state_free(&state);
		policy_destroy(policy);
	}
}

static void expect_no_class(const struct policy_state *state, const struct policy_context *source, uint32_t tclass,
			    bool permissive)
{
	struct decision decision = {7, 7, 7, !permissive};
	struct decision_steps steps = {7, 7, 7, 7, 7}, nothing = {0};

	assert_int_equal(decide_access(state, source, source, tclass, &decision, &steps), -EINVAL);
	assert_int_equal(decision.allowed, 0);
	assert_int_equal(decision.auditallow, 0);
	assert_int_equal(decision.auditdeny, UINT32_MAX);
	assert_int_equal(decision.permissive, permissive);
	assert_memory_equal(&steps, &nothing, sizeof(steps));
}

static void a_class_that_is_not_there_denies_all(void **test)
{
	struct policy *policy = world_policy("perm");
	struct policy_state state = world_state(policy);
	struct policy_context x = world_context(policy, "x_t"), y = world_context(policy, "y_t");
	const char *name = policy->classes[CLASS_XEN2 - 1].name;

	(void)test;
	expect_no_class(&state, &y, 0, false);
	expect_no_class(&state, &y, CLASS_COUNT + 1, false);
	expect_no_class(&state, &y, UINT32_MAX, false);
	expect_no_class(&state, &y, 0x10000 + CLASS_EVENT, false); /* not cut to 16 bits */
	expect_no_class(&state, &x, 0, true);
	policy->classes[CLASS_XEN2 - 1].name = NULL; /* a hole */
	expect_no_class(&state, &y, CLASS_XEN2, false);
	policy->classes[CLASS_XEN2 - 1].name = name;
	world_state_free(&state);
	policy_destroy(policy);
}

/* Random numbers of a fixed sequence. */
static uint32_t draw(void)
{
	static uint64_t seed = 1;

	seed = seed * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)(seed >> 33);
}

/* What the rules alone allow: the same policy with every bound removed. */
static uint32_t unbounded(struct policy *policy, uint32_t source, uint32_t target)
{
	struct policy_context from = {.user = 1, .role = 2, .type = source},
			      to = {.user = 1, .role = 2, .type = target};
	uint32_t kept[16], i;
	struct policy_state state = {policy, NULL, NULL};
	struct decision decision;

	assert_true(policy->ntypes <= PORT_ARRAY_SIZE(kept));
	for (i = 0; i < policy->ntypes; i++) {
		kept[i] = policy->types[i].bounds;
		policy->types[i].bounds = 0;
	}
	assert_int_equal(decide_access(&state, &from, &to, CLASS_EVENT, &decision, NULL), 0);
	for (i = 0; i < policy->ntypes; i++)
		policy->types[i].bounds = kept[i];
	return decision.allowed;
}

/* The definition, word for word, as the recursion that it is. */
static uint32_t defined(struct policy *policy, uint32_t source, uint32_t target)
{
	uint32_t allowed = unbounded(policy, source, target), mask = 0;
	uint32_t over_source = policy->types[source - 1].bounds, over_target = policy->types[target - 1].bounds;

	if (over_source) {
		mask = allowed & ~defined(policy, over_source, target);
		if (!mask)
			return allowed;
	}
	if (over_target) {
		mask = allowed & ~defined(policy, source, over_target);
		if (!mask)
			return allowed;
	}
	if (over_source && over_target) {
		mask = allowed & ~defined(policy, over_source, over_target);
		if (!mask)
			return allowed;
	}
	return allowed & ~mask;
}

/* Bounds point to a lower number, at most three steps: no loops. */
static void draw_bounds(struct policy *policy)
{
	uint32_t depth[16] = {0}, i, parent;

	for (i = 0; i < policy->ntypes; i++) {
		policy->types[i].bounds = 0;
		parent = i ? draw() % i : 0;
		if (!i || depth[parent] >= POLICY_BOUNDS_DEPTH || draw() % 4 == 0)
			continue;
		policy->types[i].bounds = parent + 1;
		depth[i] = depth[parent] + 1;
	}
}

static void bounds_follow_their_definition(void **test)
{
	struct policy *policy = world_policy("grid");
	struct policy_state state = {policy, NULL, NULL};
	struct policy_context from = {.user = 1, .role = 2}, to = from;
	struct decision decision;
	uint32_t round, i, masked = 0;

	(void)test;
	for (round = 0; round < 300; round++) {
		draw_bounds(policy);
		for (i = 0; i < policy->nav_rows; i++)
			policy->av_rows[i].allow = draw() & draw() & 7;
		for (from.type = 1; from.type <= policy->ntypes; from.type++)
			for (to.type = 1; to.type <= policy->ntypes; to.type++) {
				assert_int_equal(decide_access(&state, &from, &to, CLASS_EVENT, &decision, NULL), 0);
				assert_int_equal(decision.allowed, defined(policy, from.type, to.type));
				masked += decision.allowed != unbounded(policy, from.type, to.type);
			}
	}
	assert_true(masked > 1000); /* the rounds did meet bounds that bite */
	policy_destroy(policy);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(each_step_says_what_it_took),
	    cmocka_unit_test(a_class_that_is_not_there_denies_all),
	    cmocka_unit_test(bounds_follow_their_definition),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
