/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Bounds as a table: what Xen's three stages take, which libsepol and Linux do
 * otherwise. Types of tests/fixtures/vectors/bounds1.conf; the test itself binds
 * them, because the compiler would refuse what they violate:
 *   x -> y   bind                 xc -> y   bind send        x -> yc   bind send
 *   x -> w   send bind, map_write xc -> wc  bind send status, map_read map_write
 */
#include "tests/unit/ss/world.h"

static const struct row {
	const char *what;
	const char *bounds[2][2]; /* child, parent */
	const char *source, *target;
	uint32_t tclass, by_rules, taken;
} rows[] = {
    {"nobody is bounded", {{NULL}}, "xc_t", "y_t", CLASS_EVENT, EVENT_BIND | EVENT_SEND, 0},
    {"source bounded: what the parent may not",
     {{"xc_t", "x_t"}},
     "xc_t",
     "y_t",
     CLASS_EVENT,
     EVENT_BIND | EVENT_SEND,
     EVENT_SEND},
    {"... but not the other way round", {{"x_t", "xc_t"}}, "x_t", "y_t", CLASS_EVENT, EVENT_BIND, 0},
    {"... and only as a source", {{"xc_t", "x_t"}}, "y_t", "xc_t", CLASS_EVENT, 0, 0},
    {"target bounded: what may not be done to the parent",
     {{"yc_t", "y_t"}},
     "x_t",
     "yc_t",
     CLASS_EVENT,
     EVENT_BIND | EVENT_SEND,
     EVENT_SEND},
    {"target bounded by one with no rule",
     {{"yc_t", "wc_t"}},
     "x_t",
     "yc_t",
     CLASS_EVENT,
     EVENT_BIND | EVENT_SEND,
     EVENT_BIND | EVENT_SEND},
    {"both: the first stage takes all, the second all, the last what parents do not share",
     {{"xc_t", "x_t"}, {"wc_t", "w_t"}},
     "xc_t",
     "wc_t",
     CLASS_EVENT,
     EVENT_BIND | EVENT_SEND | EVENT_STATUS,
     EVENT_STATUS},
    {"both, in another class",
     {{"xc_t", "x_t"}, {"wc_t", "w_t"}},
     "xc_t",
     "wc_t",
     CLASS_GRANT,
     GRANT_MAP_READ | GRANT_MAP_WRITE,
     GRANT_MAP_READ},
    {"both, and the source alone would lose nothing: the end",
     {{"xc_t", "x_t"}, {"y_t", "wc_t"}},
     "x_t",
     "y_t",
     CLASS_EVENT,
     EVENT_BIND,
     EVENT_BIND},
    {"a class without rules", {{"xc_t", "x_t"}}, "xc_t", "y_t", CLASS_GRANT, 0, 0},
};

static uint32_t value_of(const struct policy *policy, const char *type)
{
	return names_find(&policy->type_names, type, strlen(type));
}

/* The policy with the bounds of @row. */
static struct policy *bind(const struct row *row)
{
	struct blob image = world_image("bounds1");
	struct policy *policy = world_policy("bounds1");
	struct image_error error;
	uint32_t i;

	for (i = 0; i < PORT_ARRAY_SIZE(row->bounds) && row->bounds[i][0]; i++)
		world_patch_bounds(&image, row->bounds[i][0], 4, value_of(policy, row->bounds[i][1]));
	policy_destroy(policy);
	assert_int_equal(policy_create(image.bytes, image.size, &policy, &error), 0);
	blob_free(&image);
	return policy;
}

static void what_bounds_take(void **test)
{
	struct policy_context source, target;
	struct decision_steps steps;
	struct policy_state state;
	struct decision decision;
	struct policy *policy;
	size_t i;

	(void)test;
	for (i = 0; i < PORT_ARRAY_SIZE(rows); i++) {
		print_message("  %s\n", rows[i].what);
		policy = bind(&rows[i]);
		state = world_state(policy);
		source = world_context(policy, rows[i].source);
		target = world_context(policy, rows[i].target);
		assert_int_equal(decide_access(&state, &source, &target, rows[i].tclass, &decision, &steps), 0);
		assert_int_equal(steps.by_rules, rows[i].by_rules);
		assert_int_equal(steps.by_bounds, rows[i].taken);
		assert_int_equal(decision.allowed, rows[i].by_rules & ~rows[i].taken);
		assert_int_equal(decision.auditdeny, UINT32_MAX); /* bounds do not touch audit */
		world_state_free(&state);
		policy_destroy(policy);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(what_bounds_take),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
