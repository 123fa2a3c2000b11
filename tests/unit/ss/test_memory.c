/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Every operation that allocates, with its first, second, third ... allocation
 * failing: the old state answers, nothing leaks, and the last round succeeds.
 */
#include "tests/unit/ss/world.h"

#include <stdio.h>

#define ROUNDS_MAX 2000u

static struct ss_server server;
static flask_sid_t x, y, gone;

static uint32_t allowed(flask_sid_t source, flask_sid_t target, uint32_t tclass)
{
	struct ss_decision decision;

	assert_int_equal(ss_decide(&server, source, target, tclass, &decision), 0);
	return decision.access.allowed;
}

/* rel_old.conf with three labels and its booleans changed, seqno 2. */
static void start(void)
{
	ss_init(&server, &world_config);
	world_load(&server, "rel_old");
	x = world_sid(&server, "x_t");
	y = world_sid(&server, "y_t");
	gone = world_sid(&server, "gone_t");
	assert_int_equal(ss_bools_commit(&server, (bool[]){true, true}, 2), 0);
}

static void expect_old_state(void)
{
	struct ss_facts facts = ss_facts(&server);

	assert_int_equal(facts.seqno, 2);
	assert_int_equal(facts.bools, 2);
	assert_int_equal(facts.lost_sids, 0);
	assert_int_equal(allowed(x, x, CLASS_EVENT), EVENT_BIND | EVENT_SEND);
	world_expect_label(&server, gone, "gone_t");
	assert_int_equal(world_sid(&server, "gone_t"), gone);
}

static void finish(uint64_t before)
{
	port_posix_fail_alloc(0);
	ss_fini(&server);
	port_posix_quiesce();
	assert_int_equal(port_posix_live_allocs(), before);
}

/* One way to change the server; 0 or a negative error. */
typedef int operation(void);

static struct blob new_image;

static int reload(void)
{
	struct image_error error;

	return world_try_load(&server, &new_image, &error);
}

static int first_load(void)
{
	return reload();
}

static int commit_bools(void)
{
	return ss_bools_commit(&server, (bool[]){false, false}, 2);
}

static int make_label(void)
{
	return ss_context_to_sid(&server, "sys_u:object_r:n_t", 18, &(flask_sid_t){0});
}

static int hold(void)
{
	return ss_hold(&server, y);
}

/* Runs @op with each allocation failing in turn; returns the round in which none did. */
static uint32_t fail_each_allocation(operation *op, void (*prepare)(void), void (*expect_failed)(void))
{
	uint64_t before = port_posix_live_allocs(), prepared;
	uint32_t n;
	int rc;

	for (n = 1; n < ROUNDS_MAX; n++) {
		prepare();
		port_posix_quiesce();
		prepared = port_posix_live_allocs();
		port_posix_fail_alloc(n);
		rc = op();
		port_posix_fail_alloc(0);
		if (!rc)
			return n;
		assert_int_equal(rc, -ENOMEM);
		expect_failed();
		port_posix_quiesce();
		assert_in_range(port_posix_live_allocs(), prepared, prepared + 2);
		assert_int_equal(op(), 0); /* with memory, the same works */
		finish(before);
	}
	fail_msg("still failing at allocation %u", n);
	return 0;
}

static void start_empty(void)
{
	ss_init(&server, &world_config);
	assert_int_equal(ss_hold(&server, ISID_DOM0), 0);
}

static void expect_empty(void)
{
	assert_false(ss_is_loaded(&server));
	assert_int_equal(allowed(1, 1, 99), UINT32_MAX);
}

static void a_first_load(void **test)
{
	uint64_t before = port_posix_live_allocs();

	(void)test;
	assert_true(fail_each_allocation(first_load, start_empty, expect_empty) > 10);
	assert_int_equal(ss_facts(&server).seqno, 1);
	finish(before);
}

static void start_holding(void)
{
	start();
	assert_int_equal(ss_hold(&server, x), 0);
	assert_int_equal(ss_hold(&server, gone), 0);
}

static void a_reload(void **test)
{
	uint64_t before = port_posix_live_allocs();

	(void)test;
	assert_true(fail_each_allocation(reload, start_holding, expect_old_state) > 10);
	assert_int_equal(ss_facts(&server).seqno, 3);
	assert_int_equal(ss_facts(&server).lost_sids, 3); /* y_t, gone_t, and the label of the channels to gone_t */
	finish(before);
}

static void a_boolean_commit(void **test)
{
	uint64_t before = port_posix_live_allocs();

	(void)test;
	assert_int_equal(fail_each_allocation(commit_bools, start_holding, expect_old_state), 2);
	assert_int_equal(ss_facts(&server).seqno, 3);
	assert_int_equal(allowed(x, x, CLASS_EVENT), EVENT_BIND);
	finish(before);
}

/* Labels up to the edge of a piece of the table, so that the next one needs memory. */
static void start_at_the_edge(void)
{
	char text[64];
	uint32_t i;

	ss_init(&server, &world_config);
	world_load(&server, "many");
	x = world_sid(&server, "x_t");
	y = world_sid(&server, "y_t");
	for (i = 0; ss_facts(&server).sids < SIDTAB_CHUNK; i++) {
		snprintf(text, sizeof(text), "v%u_u:object_r:m0_t", i);
		world_sid(&server, text);
	}
}

static void expect_the_edge(void)
{
	assert_int_equal(ss_facts(&server).sids, SIDTAB_CHUNK);
	assert_int_equal(ss_facts(&server).seqno, 1);
	assert_int_equal(world_sid(&server, "y_t"), y);
}

static int make_label_at_the_edge(void)
{
	return ss_context_to_sid(&server, "v1_u:object_r:m1_t", 18, &(flask_sid_t){0});
}

static int compute_label_at_the_edge(void)
{
	flask_sid_t sid;

	return ss_compute_label(&server, x, y, CLASS_EVENT, RULE_TRANSITION, false, &sid);
}

static void a_label_that_needs_room(void **test)
{
	uint64_t before = port_posix_live_allocs();

	(void)test;
	assert_int_equal(fail_each_allocation(make_label_at_the_edge, start_at_the_edge, expect_the_edge), 2);
	finish(before);
	assert_int_equal(fail_each_allocation(compute_label_at_the_edge, start_at_the_edge, expect_the_edge), 2);
	finish(before);
}

static void a_label_that_needs_none(void **test)
{
	uint64_t before = port_posix_live_allocs();

	(void)test;
	assert_int_equal(fail_each_allocation(make_label, start, expect_old_state), 1);
	finish(before);
}

static void a_hold(void **test)
{
	uint64_t before = port_posix_live_allocs();

	(void)test;
	assert_int_equal(fail_each_allocation(hold, start, expect_old_state), 2);
	finish(before);
	/* The list and the table both have to grow. */
	assert_int_equal(fail_each_allocation(hold, start_at_the_edge, expect_the_edge), 3);
	finish(before);
}

#define MLS_X "sys_u:sys_r:x_t:s0:c1-s1:c0.c3"

/* Labels with categories, of which a reload loses one. */
static void start_with_levels(void)
{
	ss_init(&server, &world_config);
	world_load(&server, "mlscat_old");
	x = world_sid(&server, MLS_X);
	y = world_sid(&server, "sys_u:object_r:x_t:s0:c5");
	gone = world_sid(&server, "sys_u:sys_r:x_t:s0:c2");
	assert_int_equal(ss_hold(&server, x), 0);
}

static void expect_levels(void)
{
	assert_int_equal(ss_facts(&server).seqno, 1);
	assert_int_equal(ss_facts(&server).lost_sids, 0);
	assert_int_equal(world_sid(&server, MLS_X), x);
	world_expect_label(&server, y, "sys_u:object_r:x_t:s0:c5");
}

static int reload_levels(void)
{
	struct blob image = world_image("mlscat_new");
	struct image_error error;
	int rc = world_try_load(&server, &image, &error);

	blob_free(&image);
	return rc;
}

static int make_level(void)
{
	static const char text[] = "sys_u:object_r:x_t:s0:c2-s1:c1.c3";

	return ss_context_to_sid(&server, text, strlen(text), &(flask_sid_t){0});
}

static int compute_level(void)
{
	return ss_compute_label(&server, x, x, CLASS_DOMAIN, RULE_MEMBER, false, &(flask_sid_t){0});
}

static int hold_level(void)
{
	return ss_hold(&server, gone);
}

static void labels_with_levels(void **test)
{
	uint64_t before = port_posix_live_allocs();

	(void)test;
	assert_true(fail_each_allocation(reload_levels, start_with_levels, expect_levels) > 10);
	assert_int_equal(ss_facts(&server).lost_sids, 1);
	finish(before);
	/* Words to parse or to compute it in, and the label's own. */
	assert_int_equal(fail_each_allocation(make_level, start_with_levels, expect_levels), 3);
	finish(before);
	assert_int_equal(fail_each_allocation(compute_level, start_with_levels, expect_levels), 3);
	finish(before);
	assert_int_equal(fail_each_allocation(hold_level, start_with_levels, expect_levels), 2);
	finish(before);
}

/* A guest that opens channels or is checked finds labels and makes none. */
static void checks_and_lookups_take_no_memory(void **test)
{
	struct ss_decision decision;
	flask_sid_t sid;
	void *memory;

	(void)test;
	ss_init(&server, &world_config);
	world_load(&server, "mlstr");
	x = world_sid(&server, "sys_u:sys_r:x_t:s0:c1-s1:c1,c2");
	y = world_sid(&server, "sys_u:sys_r:y_t:s0:c3-s1:c1.c4");
	assert_int_equal(ss_find_transition(&server, x, y, CLASS_EVENT, &sid), -ENOENT);
	assert_int_equal(ss_hold(&server, x), 0);
	assert_int_equal(ss_hold(&server, y), 0);
	port_posix_fail_alloc(1);
	assert_int_equal(ss_decide(&server, x, y, CLASS_EVENT, &decision), 0);
	assert_int_equal(ss_find_transition(&server, x, y, CLASS_EVENT, &sid), 0);
	memory = port_alloc(1);
	port_posix_fail_alloc(0);
	assert_null(memory); /* it was the first since */
	world_expect_label(&server, sid, "sys_u:object_r:y_t:s1:c0-s1:c0.c2");
	assert_int_equal(ss_find_transition(&server, y, x, CLASS_EVENT, &sid), 0);
	world_expect_label(&server, sid, "sys_u:object_r:x_t:s0:c3");
	ss_fini(&server);
}

static int set_up(void **test)
{
	(void)test;
	world_log_start();
	new_image = world_image("rel_new");
	return 0;
}

static int tear_down(void **test)
{
	(void)test;
	blob_free(&new_image);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_first_load),
	    cmocka_unit_test(a_reload),
	    cmocka_unit_test(a_boolean_commit),
	    cmocka_unit_test(a_label_that_needs_room),
	    cmocka_unit_test(a_label_that_needs_none),
	    cmocka_unit_test(a_hold),
	    cmocka_unit_test(labels_with_levels),
	    cmocka_unit_test(checks_and_lookups_take_no_memory),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
