/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The vectors whose point is a changed image or a reload: bounds that a
 * compiler would refuse, states of booleans, labels across policies, initial
 * SIDs. Answers worked out by hand; numbers as in test_vectors.c.
 */
#include "tests/unit/ss/world.h"

#define SYMBOL_WORDS 3u /* of a user's or role's record: length, value, bounds */
#define TYPE_WORDS   4u /* of a type's: length, value, properties, bounds */

static uint32_t type_value(const struct policy *policy, const char *name)
{
	uint32_t value = names_find(&policy->type_names, name, strlen(name));

	assert_int_not_equal(value, 0);
	return value;
}

struct bound {
	const char *child, *parent;
};

/* The image @name with these types bounded; the list ends at a NULL child. */
static struct blob bounded_image(const char *name, const struct bound *bounds)
{
	struct blob image = world_image(name);
	struct policy *policy = world_policy(name);

	for (; bounds->child; bounds++)
		world_patch_bounds(&image, bounds->child, TYPE_WORDS, type_value(policy, bounds->parent));
	policy_destroy(policy);
	return image;
}

struct bounds_row {
	const char *image;
	struct bound bounds[5];
	const char *source, *target;
	uint32_t tclass, allowed;
};

static const struct bounds_row bounds_rows[] = {
    /* 26 (b1): the source is bounded */
    {"bounds1", {{"xc_t", "x_t"}}, "xc_t", "y_t", CLASS_EVENT, EVENT_BIND},
    {"bounds1", {{NULL, NULL}}, "xc_t", "y_t", CLASS_EVENT, EVENT_BIND | EVENT_SEND},
    /* 27 (b2): the target alone is bounded; (b3, b6): both, and the last stage decides */
    {"bounds1", {{"yc_t", "y_t"}}, "x_t", "yc_t", CLASS_EVENT, EVENT_BIND},
    {"bounds1", {{"xc_t", "x_t"}, {"wc_t", "w_t"}}, "xc_t", "wc_t", CLASS_EVENT, EVENT_BIND | EVENT_SEND},
    {"bounds1", {{"xc_t", "x_t"}, {"wc_t", "w_t"}}, "xc_t", "wc_t", CLASS_GRANT, GRANT_MAP_WRITE},
    /* only the source of that pair is bounded: the bounding type may nothing on wc_t */
    {"bounds1", {{"xc_t", "x_t"}}, "xc_t", "wc_t", CLASS_EVENT, 0},
    /* 28 (b11): the first stage takes nothing, so the later ones are not asked */
    {"bchain", {{"s2_t", "s1_t"}, {"s1_t", "s0_t"}, {"u1_t", "u0_t"}}, "s2_t", "u1_t", CLASS_EVENT, EVENT_BIND},
    /* 28 (b9): three steps */
    {"bchain", {{"s3_t", "s2_t"}, {"s2_t", "s1_t"}, {"s1_t", "s0_t"}}, "s3_t", "t0", CLASS_EVENT, EVENT_BIND},
    {"bchain", {{"s3_t", "s2_t"}, {"s2_t", "s1_t"}}, "s3_t", "t0", CLASS_EVENT, EVENT_BIND | EVENT_SEND},
};

/* 26 to 28 */
static void bounds_take_away_as_written(void **test)
{
	struct policy_context source, target;
	struct decision_steps steps;
	const struct bounds_row *row;
	struct policy_state state;
	struct image_error error;
	struct decision decision;
	struct policy *policy;
	struct blob image;
	uint32_t i;

	(void)test;
	for (i = 0; i < PORT_ARRAY_SIZE(bounds_rows); i++) {
		row = &bounds_rows[i];
		image = bounded_image(row->image, row->bounds);
		if (policy_create(image.bytes, image.size, &policy, &error))
			fail_msg("row %u: %s", i, error.reason);
		state = world_state(policy);
		source = world_context(policy, row->source);
		target = world_context(policy, row->target);
		assert_int_equal(decide_access(&state, &source, &target, row->tclass, &decision, &steps), 0);
		if (decision.allowed != row->allowed || steps.by_rules != (row->allowed | steps.by_bounds))
			fail_msg("row %u: %x, by bounds %x", i, decision.allowed, steps.by_bounds);
		world_state_free(&state);
		policy_destroy(policy);
		blob_free(&image);
	}
}

static void expect_refused(struct blob *image)
{
	struct image_error error = {0};
	struct ss_server server;

	ss_init(&server, &world_config);
	assert_int_equal(world_try_load(&server, image, &error), -EINVAL);
	assert_int_not_equal(error.reason[0], 0);
	assert_false(ss_is_loaded(&server));
	ss_fini(&server);
	blob_free(image);
}

/* 28 (b10, ub, rb), and a loop */
static void bounds_that_cannot_hold_are_refused(void **test)
{
	static const struct bound four[] = {
	    {"s4_t", "s3_t"}, {"s3_t", "s2_t"}, {"s2_t", "s1_t"}, {"s1_t", "s0_t"}, {NULL, NULL},
	};
	static const struct bound loop[] = {{"s1_t", "s0_t"}, {"s0_t", "s1_t"}, {NULL, NULL}};
	struct policy *policy = world_policy("rolebounds");
	struct blob image;

	(void)test;
	image = bounded_image("bchain", four);
	expect_refused(&image);
	image = bounded_image("bchain", loop);
	expect_refused(&image);

	image = world_image("rolebounds");
	world_patch_bounds(&image, "ub", SYMBOL_WORDS, names_find(&policy->user_names, "ua", 2));
	expect_refused(&image);
	image = world_image("rolebounds");
	world_patch_bounds(&image, "b_r", SYMBOL_WORDS, names_find(&policy->role_names, "a_r", 3));
	expect_refused(&image);

	/* The other way round both are within their bounds. */
	image = world_image("rolebounds");
	world_patch_bounds(&image, "ua", SYMBOL_WORDS, names_find(&policy->user_names, "ub", 2));
	world_patch_bounds(&image, "a_r", SYMBOL_WORDS, names_find(&policy->role_names, "b_r", 3));
	policy_destroy(policy);
	assert_int_equal(policy_create(image.bytes, image.size, &policy, &(struct image_error){0}), 0);
	policy_destroy(policy);
	blob_free(&image);
}

static size_t find_bytes(const struct blob *image, const void *bytes, size_t len)
{
	size_t i, at = 0, found = 0;

	for (i = 0; i + len <= image->size; i++)
		if (!memcmp(image->bytes + i, bytes, len)) {
			at = i;
			found++;
		}
	assert_int_equal(found, 1);
	return at;
}

/* The default of a boolean stands two words before the name: value, default, length, name. */
static void patch_default(struct blob *image, const char *name)
{
	image->bytes[find_bytes(image, name, strlen(name)) - 8] = 1;
}

static uint32_t allowed(const struct ss_server *server, flask_sid_t source, flask_sid_t target, uint32_t tclass)
{
	struct ss_decision decision;

	assert_int_equal(ss_decide(server, source, target, tclass, &decision), 0);
	return decision.access.allowed;
}

/* 13: Xen runs by the flags of the image until the next commit; here the defaults count at once (row 22). */
static void conditions_are_evaluated_when_a_policy_is_loaded(void **test)
{
	struct blob image = world_image("boolpatch");
	struct image_error error;
	struct ss_server server;
	flask_sid_t x, y;

	(void)test;
	patch_default(&image, "pp_b");
	patch_default(&image, "qq_b");
	ss_init(&server, &world_config);
	assert_int_equal(world_try_load(&server, &image, &error), 0);
	x = world_sid(&server, "x_t");
	y = world_sid(&server, "y_t");
	assert_int_equal(allowed(&server, x, y, CLASS_EVENT), EVENT_SEND);
	assert_int_equal(ss_bools_commit(&server, (bool[]){true, true}, 2), 0);
	assert_int_equal(allowed(&server, x, y, CLASS_EVENT), EVENT_SEND);
	assert_int_equal(ss_bools_commit(&server, (bool[]){true, false}, 2), 0);
	assert_int_equal(allowed(&server, x, y, CLASS_EVENT), EVENT_BIND);
	ss_fini(&server);
	blob_free(&image);
}

/* 14: an expression that starts with `not' has no operand. Xen loads it and turns both lists off (row 21). */
static void malformed_conditions_are_refused(void **test)
{
	struct policy *policy = world_policy("boolpatch");
	unsigned char nodes[5 * 4] = {COND_BOOL, 0, 0, 0, 0, 0, 0, 0, COND_BOOL, 0, 0, 0, 0, 0, 0, 0, COND_AND};
	struct blob image = world_image("boolpatch");

	(void)test;
	nodes[4] = (unsigned char)names_find(&policy->bool_names, "pp_b", 4);
	nodes[12] = (unsigned char)names_find(&policy->bool_names, "qq_b", 4);
	image.bytes[find_bytes(&image, nodes, sizeof(nodes))] = COND_NOT;
	policy_destroy(policy);
	expect_refused(&image);
}

static void commit_bool(struct ss_server *server, const char *name, bool value)
{
	uint32_t i, count = ss_bool_count(server), index;
	bool values[4];

	assert_in_range(count, 1, 4);
	for (i = 0; i < count; i++)
		assert_int_equal(ss_bool_get(server, i, &values[i], NULL), 0);
	assert_int_equal(ss_bool_find(server, name, strlen(name), &index), 0);
	values[index] = value;
	assert_int_equal(ss_bools_commit(server, values, count), 0);
}

/* 29 */
static void labels_and_booleans_survive_a_reload_by_name(void **test)
{
	struct ss_server server;
	uint32_t index;
	bool value;

	(void)test;
	ss_init(&server, &world_config);
	world_load(&server, "rel_old");
	assert_int_equal(world_sid(&server, "x_t"), 14);
	assert_int_equal(world_sid(&server, "y_t"), 15);
	assert_int_equal(world_sid(&server, "gone_t"), 16);
	assert_int_equal(world_sid(&server, "sys_u:object_r:y_t"), 17);
	commit_bool(&server, "p_b", true);
	assert_int_equal(allowed(&server, 14, 14, CLASS_EVENT), EVENT_BIND | EVENT_SEND);

	world_log_start();
	world_load(&server, "rel_new");
	assert_true(ss_sid_exists(&server, 14));
	assert_false(ss_sid_exists(&server, 15));
	assert_false(ss_sid_exists(&server, 16));
	assert_true(ss_sid_exists(&server, 17));
	world_expect_label(&server, 14, "x_t");
	world_expect_label(&server, 17, "sys_u:object_r:y_t");
	assert_int_equal(allowed(&server, 15, 16, CLASS_DOMAIN), DOMAIN_CREATE); /* as unlabeled */
	assert_int_equal(allowed(&server, 14, 14, CLASS_EVENT), EVENT_STATUS | EVENT_SEND);
	assert_int_equal(ss_bool_find(&server, "old_b", 5, &index), -ENOENT);
	assert_int_equal(ss_bool_find(&server, "new_b", 5, &index), 0);
	assert_int_equal(ss_bool_get(&server, index, &value, NULL), 0);
	assert_true(value);
	assert_int_equal(world_sid(&server, "n_t"), 18);
	assert_true(world_log_has("acts as unlabeled: label 15, sys_u:sys_r:y_t"));
	assert_true(world_log_has("acts as unlabeled: label 16, sys_u:sys_r:gone_t"));
	assert_int_equal(world_log_count(), 2);

	/* Ours: a lost label keeps its text and returns with its name. */
	world_expect_label(&server, 16, "gone_t");
	assert_int_equal(ss_facts(&server).lost_sids, 2);
	world_log_start();
	world_load(&server, "rel_new");
	assert_int_equal(world_log_count(), 0);
	world_expect_label(&server, 16, "gone_t");
	assert_int_equal(ss_facts(&server).lost_sids, 2);
	world_load(&server, "rel_old");
	assert_true(ss_sid_exists(&server, 15));
	assert_true(ss_sid_exists(&server, 16));
	world_expect_label(&server, 16, "gone_t");
	assert_int_equal(world_sid(&server, "gone_t"), 16);
	assert_int_equal(ss_facts(&server).lost_sids, 0);
	assert_true(world_log_has("in the policy again: label 16, sys_u:sys_r:gone_t"));
	ss_fini(&server);
}

/* 29 (relp): while nothing is enforced, only what has no name any more is lost */
static void invalid_labels_survive_a_permissive_reload(void **test)
{
	struct ss_server server;

	(void)test;
	ss_init(&server, &world_config);
	world_load(&server, "rel_old");
	assert_int_equal(world_sid(&server, "x_t"), 14);
	assert_int_equal(world_sid(&server, "y_t"), 15);
	assert_int_equal(world_sid(&server, "gone_t"), 16);
	ss_set_permissive(&server, true);
	world_log_start();
	world_load(&server, "rel_new");
	assert_true(ss_sid_exists(&server, 15));
	assert_false(ss_sid_exists(&server, 16));
	world_expect_label(&server, 15, "y_t");
	assert_true(world_log_has("kept because nothing is enforced: label 15, sys_u:sys_r:y_t"));
	assert_true(world_log_has("acts as unlabeled: label 16, sys_u:sys_r:gone_t"));
	assert_int_equal(world_log_count(), 2);

	/* The next reload of an enforcing machine does not keep it. */
	ss_set_permissive(&server, false);
	world_log_start();
	world_load(&server, "rel_new");
	assert_false(ss_sid_exists(&server, 15));
	assert_true(world_log_has("acts as unlabeled: label 15, sys_u:sys_r:y_t"));
	ss_fini(&server);
}

/* 30 (relcat): levels and categories by name, in the order of their new numbers */
static void levels_survive_a_reload_by_name(void **test)
{
	struct ss_server server;

	(void)test;
	ss_init(&server, &world_config);
	world_load(&server, "mlscat_old");
	assert_true(ss_has_mls(&server));
	assert_int_equal(world_sid(&server, "sys_u:sys_r:x_t:s0:c0"), 14);
	assert_int_equal(world_sid(&server, "sys_u:sys_r:x_t:s0:c0-s1:c0.c2"), 15);
	assert_int_equal(world_sid(&server, "sys_u:object_r:x_t:s0:c5"), 16);
	assert_int_equal(world_sid(&server, "sys_u:sys_r:x_t:s0-s1:c0.c2"), 17);

	world_log_start();
	world_load(&server, "mlscat_new");
	world_expect_label(&server, 14, "sys_u:sys_r:x_t:s0:c0");
	world_expect_label(&server, 15, "sys_u:sys_r:x_t:s0:c0-secret:c2.c0");
	world_expect_label(&server, 17, "sys_u:sys_r:x_t:s0-secret:c2.c0");
	assert_false(ss_sid_exists(&server, 16));
	world_expect_label(&server, 16, "sys_u:object_r:x_t:s0:c5");
	assert_true(world_log_has("acts as unlabeled: label 16, sys_u:object_r:x_t:s0:c5"));
	assert_int_equal(world_sid(&server, "sys_u:sys_r:x_t:s0:c0-s1:c2.c0"), 15); /* by the alias */
	assert_int_equal(world_sid(&server, "sys_u:sys_r:x_t:s0:c2.c0"), 18);
	assert_int_equal(ss_facts(&server).lost_sids, 1);

	/* `secret' is unknown to the old policy; the lost one is back. */
	world_load(&server, "mlscat_old");
	world_expect_label(&server, 14, "sys_u:sys_r:x_t:s0:c0");
	assert_false(ss_sid_exists(&server, 15));
	world_expect_label(&server, 15, "sys_u:sys_r:x_t:s0:c0-secret:c2.c0");
	assert_true(ss_sid_exists(&server, 16));
	assert_int_equal(world_sid(&server, "sys_u:object_r:x_t:s0:c5"), 16);
	world_expect_label(&server, 18, "sys_u:sys_r:x_t:s0:c0.c2");
	ss_fini(&server);
}

static void expect_mls_change_refused(const char *first, const char *second, bool mls, const char *reason)
{
	struct blob image = world_image(second);
	struct image_error error = {0};
	struct ss_server server;

	ss_init(&server, &world_config);
	assert_false(ss_has_mls(&server));
	world_load(&server, first);
	assert_int_equal(ss_has_mls(&server), mls);
	assert_int_equal(world_try_load(&server, &image, &error), -EINVAL);
	assert_string_equal(error.section, "header");
	assert_string_equal(error.reason, reason);
	assert_int_equal(ss_has_mls(&server), mls);
	assert_int_equal(ss_facts(&server).seqno, 1);
	world_expect_label(&server, 1, mls ? "sys_u:sys_r:t0:s0" : "t0");
	ss_fini(&server);
	blob_free(&image);
}

/* 30 (relm, relm2) */
static void a_reload_does_not_turn_mls_on_or_off(void **test)
{
	(void)test;
	expect_mls_change_refused("rel_old", "mlscat_old", false, "this policy has MLS and the one in force has none");
	expect_mls_change_refused("mlscat_old", "rel_old", true, "this policy has no MLS and the one in force has it");
}

/* Xen remembers the MLS bit of a first load that failed (row 28). */
static void a_refused_first_policy_leaves_no_mls_behind(void **test)
{
	struct blob image = world_image("mlscat_old");
	struct image_error error;
	struct ss_server server;

	(void)test;
	ss_init(&server, &world_config);
	image.size--;
	assert_int_equal(world_try_load(&server, &image, &error), -EINVAL);
	assert_false(ss_has_mls(&server));
	world_load(&server, "rel_old");
	assert_false(ss_has_mls(&server));
	ss_fini(&server);
	blob_free(&image);
}

/* 30 (attr), where Xen keeps the label of an object (row 20), and 31 (alias2) */
static void types_that_became_attributes_or_aliases(void **test)
{
	struct ss_server server;

	(void)test;
	ss_init(&server, &world_config);
	world_load(&server, "rel_old");
	assert_int_equal(world_sid(&server, "sys_u:object_r:y_t"), 14);
	assert_int_equal(world_sid(&server, "x_t"), 15);
	assert_int_equal(world_sid(&server, "n_t"), 16);
	world_log_start();
	world_load(&server, "rel_attr");
	assert_false(ss_sid_exists(&server, 14));
	world_expect_label(&server, 15, "x_t");
	world_expect_label(&server, 16, "x_t");
	assert_int_equal(world_sid(&server, "x_t"), 15);
	assert_int_equal(world_sid(&server, "n_t"), 15);
	ss_fini(&server);
}

/* 31 */
static void initial_sids_have_their_numbers(void **test)
{
	struct ss_server server;

	(void)test;
	ss_init(&server, &world_config);
	world_load(&server, "isid");
	assert_int_equal(world_sid(&server, "x_t"), ISID_DOM0);
	assert_int_equal(world_sid(&server, "t0"), 1);
	assert_int_equal(world_sid(&server, "y_t"), FIRST_SID);
	world_expect_label(&server, ISID_DOMU, "x_t");
	world_expect_label(&server, 16, "t0"); /* unknown: unlabeled's context */
	assert_int_equal(allowed(&server, 16, ISID_DOM0, CLASS_EVENT), EVENT_BIND);

	/* (newisid): the first definition stays, and the log says so. */
	world_log_start();
	world_load(&server, "newisid");
	world_expect_label(&server, ISID_DOM0, "x_t");
	assert_int_equal(world_log_count(), 1);
	assert_true(world_log_has("initial SID 3 (dom0) keeps its context"));
	assert_true(world_log_has("sys_u:sys_r:y_t"));
	ss_fini(&server);
}

/* 31 (isidgone), where Xen goes on without unlabeled (row 19) */
static void a_reload_that_loses_an_initial_sid_is_refused(void **test)
{
	struct blob image = world_image("isidgone_new");
	struct image_error error = {0};
	struct ss_server server;

	(void)test;
	ss_init(&server, &world_config);
	world_load(&server, "isidgone_old");
	assert_int_equal(world_try_load(&server, &image, &error), -EINVAL);
	assert_string_equal(error.reason, "initial SID 6 (unlabeled) would lose its context sys_u:sys_r:u_t");
	assert_int_equal(allowed(&server, 99, 1, CLASS_EVENT), EVENT_BIND);
	assert_int_equal(ss_facts(&server).seqno, 1);
	ss_fini(&server);
	blob_free(&image);
}

/* 35, where Xen loads and gives the number of unlabeled to the first label (row 29) */
static void a_policy_without_all_initial_sids_is_refused(void **test)
{
	struct blob image = world_image("missing");
	struct image_error error = {0};
	struct ss_server server;

	(void)test;
	ss_init(&server, &world_config);
	assert_int_equal(world_try_load(&server, &image, &error), -EINVAL);
	if (!strstr(error.reason, "6"))
		fail_msg("%s: %s", error.section, error.reason);
	assert_false(ss_is_loaded(&server));
	ss_fini(&server);
	blob_free(&image);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(bounds_take_away_as_written),
	    cmocka_unit_test(bounds_that_cannot_hold_are_refused),
	    cmocka_unit_test(conditions_are_evaluated_when_a_policy_is_loaded),
	    cmocka_unit_test(malformed_conditions_are_refused),
	    cmocka_unit_test(labels_and_booleans_survive_a_reload_by_name),
	    cmocka_unit_test(invalid_labels_survive_a_permissive_reload),
	    cmocka_unit_test(levels_survive_a_reload_by_name),
	    cmocka_unit_test(a_reload_does_not_turn_mls_on_or_off),
	    cmocka_unit_test(a_refused_first_policy_leaves_no_mls_behind),
	    cmocka_unit_test(types_that_became_attributes_or_aliases),
	    cmocka_unit_test(initial_sids_have_their_numbers),
	    cmocka_unit_test(a_reload_that_loses_an_initial_sid_is_refused),
	    cmocka_unit_test(a_policy_without_all_initial_sids_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
