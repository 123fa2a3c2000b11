/* SPDX-License-Identifier: BSD-2-Clause */
/* Labels that domains carry and those of their channels; what a full table refuses. */
#include "tests/unit/ss/world.h"

#include <stdio.h>

static struct ss_server server;

static int set_up(void **test)
{
	(void)test;
	world_log_start();
	ss_init(&server, &world_config);
	return 0;
}

static int tear_down(void **test)
{
	(void)test;
	ss_fini(&server);
	return 0;
}

static uint32_t allowed(flask_sid_t source, flask_sid_t target, uint32_t tclass)
{
	struct ss_decision decision;

	assert_int_equal(ss_decide(&server, source, target, tclass, &decision), 0);
	return decision.access.allowed;
}

static uint32_t seqno(void)
{
	struct ss_decision decision;

	assert_int_equal(ss_decide(&server, 1, 1, CLASS_DOMAIN, &decision), 0);
	assert_int_equal(decision.seqno, ss_facts(&server).seqno);
	assert_int_equal(decision.seqno, ss_seqno(&server));
	return decision.seqno;
}

static flask_sid_t channel(flask_sid_t source, flask_sid_t target)
{
	flask_sid_t sid;

	assert_int_equal(ss_find_transition(&server, source, target, CLASS_EVENT, &sid), 0);
	return sid;
}

static void expect_no_channel(flask_sid_t source, flask_sid_t target, int wanted)
{
	flask_sid_t sid = 4711;

	assert_int_equal(ss_find_transition(&server, source, target, CLASS_EVENT, &sid), wanted);
	assert_int_equal(sid, 4711);
}

static void holding_labels_makes_the_labels_of_their_channels(void **test)
{
	flask_sid_t x, y;
	uint32_t index;

	(void)test;
	world_load(&server, "chan_one");
	x = world_sid(&server, "x_t");
	y = world_sid(&server, "y_t");
	expect_no_channel(x, y, -ENOENT);
	assert_int_equal(ss_facts(&server).sids, ISID_LAST + 2);
	assert_int_equal(ss_hold(&server, x), 0);
	world_expect_label(&server, channel(x, x), "sys_u:object_r:x_t");
	expect_no_channel(x, y, -ENOENT);
	expect_no_channel(y, x, -ENOENT);
	assert_int_equal(ss_hold(&server, y), 0);
	world_expect_label(&server, channel(x, y), "sys_u:object_r:xy_t");
	world_expect_label(&server, channel(y, x), "sys_u:object_r:yx_t");
	world_expect_label(&server, channel(y, y), "sys_u:object_r:y_t");
	assert_int_equal(ss_facts(&server).sids, ISID_LAST + 6);

	/* A boolean gives another label, made before it counts. */
	assert_int_equal(ss_bool_find(&server, "on_b", 4, &index), 0);
	assert_int_equal(ss_bools_commit(&server, (bool[]){true}, 1), 0);
	world_expect_label(&server, channel(y, x), "sys_u:object_r:on_t");

	/* So does a reload. */
	world_load(&server, "chan_two");
	world_expect_label(&server, channel(x, y), "sys_u:object_r:two_t");
	world_expect_label(&server, channel(y, x), "sys_u:object_r:x_t");
	assert_int_equal(seqno(), 3);
}

/* Holds x_t twice and y_t once, gives x_t back @releases times, and loads another policy. */
static void hold_release_reload(uint32_t releases, flask_sid_t *x, flask_sid_t *y)
{
	world_load(&server, "chan_one");
	*x = world_sid(&server, "x_t");
	*y = world_sid(&server, "y_t");
	assert_int_equal(ss_hold(&server, *x), 0);
	assert_int_equal(ss_hold(&server, *y), 0);
	assert_int_equal(ss_hold(&server, *x), 0);
	while (releases--)
		ss_release(&server, *x);
	world_load(&server, "chan_two");
}

static void a_label_is_held_until_its_last_release(void **test)
{
	flask_sid_t x, y;

	(void)test;
	hold_release_reload(1, &x, &y);
	world_expect_label(&server, channel(x, y), "sys_u:object_r:two_t");
}

static void nothing_is_made_for_a_label_that_is_not_held_any_more(void **test)
{
	flask_sid_t x, y;

	(void)test;
	hold_release_reload(2, &x, &y);
	expect_no_channel(x, y, -ENOENT);
	world_expect_label(&server, channel(y, y), "sys_u:object_r:y_t");
}

static void labels_held_before_the_first_policy_have_channels_after_it(void **test)
{
	uint32_t i;

	(void)test;
	for (i = 1; i <= ISID_LAST; i++)
		assert_int_equal(ss_hold(&server, i), 0);
	for (i = 100; i < 140; i++) /* unknown numbers: they act as unlabeled */
		assert_int_equal(ss_hold(&server, i), 0);
	world_load(&server, "isid");
	world_expect_label(&server, channel(ISID_DOM0, ISID_DOMU), "sys_u:object_r:x_t");
	world_expect_label(&server, channel(ISID_DOM0, ISID_XEN), "sys_u:object_r:t0");
	assert_int_equal(ss_facts(&server).sids, ISID_LAST + 2);
	for (i = 1; i <= ISID_LAST; i++)
		ss_release(&server, i);
	for (i = 139; i >= 100; i--)
		ss_release(&server, i);
}

static void only_valid_transitions_are_found(void **test)
{
	flask_sid_t a_y, a_x, ub, sid = 4711;

	(void)test;
	world_load(&server, "tr");
	a_y = world_sid(&server, "sys_u:a_r:y_t");
	a_x = world_sid(&server, "sys_u:a_r:x_t");
	ub = world_sid(&server, "ub:a_r:x_t");
	assert_int_equal(ss_find_transition(&server, a_y, a_x, CLASS_DOMAIN, &sid), -EACCES); /* to bad_t */
	assert_int_equal(ss_find_transition(&server, ub, a_y, CLASS_DOMAIN, &sid), -EACCES);  /* to b_r */
	assert_int_equal(ss_find_transition(&server, a_x, a_y, CLASS_EVENT, &sid), -ENOENT);
	assert_int_equal(sid, 4711);
	assert_int_equal(world_sid(&server, "sys_u:object_r:n_t"), FIRST_SID + 3);
	assert_int_equal(ss_find_transition(&server, a_x, a_y, CLASS_EVENT, &sid), 0);
	assert_int_equal(sid, FIRST_SID + 3);
}

static void a_full_table_refuses_labels_and_nothing_else(void **test)
{
	flask_sid_t sid = 0, x, y;
	char text[64];
	uint32_t i;
	int rc = 0;

	(void)test;
	world_load(&server, "many");
	x = world_sid(&server, "x_t");
	y = world_sid(&server, "y_t");
	for (i = 0; !rc; i++) {
		snprintf(text, sizeof(text), "v%u_u:object_r:m%u_t", i / 300, i % 300);
		rc = ss_context_to_sid(&server, text, strlen(text), &sid);
	}
	assert_int_equal(rc, -ENOSPC);
	assert_int_equal(sid, SIDTAB_MAX);
	assert_int_equal(ss_facts(&server).sids, SIDTAB_MAX);
	assert_int_equal(world_sid(&server, "v0_u:object_r:m0_t"), FIRST_SID + 2);
	assert_int_equal(ss_compute_label(&server, x, y, CLASS_EVENT, RULE_TRANSITION, false, &sid), -ENOSPC);
	assert_int_equal(ss_hold(&server, x), -ENOSPC);
	assert_int_equal(allowed(x, x, CLASS_DOMAIN), 0);
	assert_int_equal(seqno(), 1);
	world_load(&server, "many");
	assert_int_equal(seqno(), 2);
	/* 13 initial SIDs, x_t and y_t came before: the last label is the 65521st of its kind. */
	world_expect_label(&server, SIDTAB_MAX, "v218_u:object_r:m120_t");
}

static void channel_labels_that_do_not_fit_refuse_the_commit(void **test)
{
	bool value = true;
	struct blob image = world_image("chan_two");
	struct image_error error;
	struct ss_stage *stage;
	char text[64];
	uint32_t i;
	int rc = 0;

	(void)test;
	world_load(&server, "many");
	assert_int_equal(ss_hold(&server, world_sid(&server, "x_t")), 0);
	assert_int_equal(ss_hold(&server, world_sid(&server, "y_t")), 0);
	for (i = 0; !rc; i++) {
		snprintf(text, sizeof(text), "v%u_u:object_r:m%u_t", i / 300, i % 300);
		rc = ss_context_to_sid(&server, text, strlen(text), &(flask_sid_t){0});
	}
	assert_int_equal(ss_stage(&server, image.bytes, image.size, &stage, &error), 0);
	assert_int_equal(ss_commit(&server, stage), -ENOSPC);
	assert_int_equal(ss_bools_commit(&server, (bool[]){true}, 1), -ENOSPC);
	assert_int_equal(ss_bool_get(&server, 0, &value, NULL), 0);
	assert_false(value);
	assert_int_equal(seqno(), 1);
	assert_int_equal(ss_facts(&server).lost_sids, 0);
	assert_int_equal(ss_stage(&server, image.bytes, image.size, &stage, &error), 0); /* the lock was given back */
	ss_abandon(&server, stage);
	blob_free(&image);
}

/* With domain as the class of channels, some of their labels are not valid. */
static void channels_without_a_valid_label_are_left_out(void **test)
{
	struct ss_config config = world_config;
	flask_sid_t x, y, sid = 4711;

	(void)test;
	config.channel_class = CLASS_DOMAIN;
	server.config = &config;
	world_load(&server, "tr");
	x = world_sid(&server, "sys_u:a_r:x_t");
	y = world_sid(&server, "sys_u:a_r:y_t");
	assert_int_equal(ss_hold(&server, x), 0);
	assert_int_equal(ss_hold(&server, y), 0);
	assert_int_equal(ss_find_transition(&server, y, x, CLASS_DOMAIN, &sid), -EACCES); /* to bad_t */
	assert_int_equal(sid, 4711);
	assert_int_equal(ss_find_transition(&server, x, y, CLASS_DOMAIN, &sid), 0);
	world_expect_label(&server, sid, "sys_u:b_r:n_t");
	/* With itself: x_t is there already, y_t changes its role. */
	assert_int_equal(ss_facts(&server).sids, FIRST_SID + 3);
	server.config = &world_config;
}

static void many_lost_labels_are_named_up_to_a_limit(void **test)
{
	char text[64];
	uint32_t i;

	(void)test;
	world_load(&server, "many");
	for (i = 0; i < 40; i++) {
		snprintf(text, sizeof(text), "v%u_u:object_r:m%u_t", i, i);
		world_sid(&server, text);
	}
	world_log_start();
	world_load(&server, "ctx");
	assert_int_equal(world_log_count(), 17);
	assert_true(world_log_has("Flask: and 24 more labels"));
	assert_int_equal(ss_facts(&server).lost_sids, 40);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	const struct CMUnitTest tests[] = {
	    TEST(holding_labels_makes_the_labels_of_their_channels),
	    TEST(a_label_is_held_until_its_last_release),
	    TEST(nothing_is_made_for_a_label_that_is_not_held_any_more),
	    TEST(labels_held_before_the_first_policy_have_channels_after_it),
	    TEST(only_valid_transitions_are_found),
	    TEST(a_full_table_refuses_labels_and_nothing_else),
	    TEST(channel_labels_that_do_not_fit_refuse_the_commit),
	    TEST(channels_without_a_valid_label_are_left_out),
	    TEST(many_lost_labels_are_named_up_to_a_limit),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
