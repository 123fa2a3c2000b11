/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What others may do between two steps of the server: each test acts at the
 * moment before the sid lock is taken, when a label was computed or a load has
 * caught up, and nothing is decided yet. (Linked with --wrap=port_spin_lock.)
 */
#include "tests/unit/ss/world.h"

#include <stdio.h>

static struct ss_server server;

static void (*intruder)(void); /* acts before the next lock */
static uint32_t intrusions;    /* how often it still may */

unsigned long __real_port_spin_lock(struct port_spinlock *lock);
unsigned long __wrap_port_spin_lock(struct port_spinlock *lock);

unsigned long __wrap_port_spin_lock(struct port_spinlock *lock)
{
	void (*act)(void) = intruder;

	if (act && intrusions) {
		intrusions--;
		intruder = NULL; /* what it does takes the lock too */
		act();
		intruder = act;
	}
	return __real_port_spin_lock(lock);
}

static void intrude(void (*act)(void), uint32_t times)
{
	intruder = act;
	intrusions = times;
}

static uint64_t before;

static int set_up(void **test)
{
	(void)test;
	intrude(NULL, 0);
	before = port_posix_live_allocs();
	world_log_start();
	ss_init(&server, &world_config);
	return 0;
}

static int tear_down(void **test)
{
	(void)test;
	intrude(NULL, 0);
	ss_fini(&server);
	port_posix_quiesce();
	return port_posix_live_allocs() != before;
}

/* The n-th call makes the n-th of many labels. */
static uint32_t made;

static void made_text(uint32_t n, char *buf, size_t size)
{
	snprintf(buf, size, "v%u_u:object_r:m%u_t", n / 300, n % 300);
}

static void make_one(void)
{
	char text[64];

	made_text(made++, text, sizeof(text));
	world_sid(&server, text);
}

static int load(const char *name)
{
	struct blob image = world_image(name);
	struct image_error error;
	int rc = world_try_load(&server, &image, &error);

	blob_free(&image);
	return rc;
}

static void expect_made(flask_sid_t first, uint32_t count)
{
	char text[64];
	uint32_t i;

	for (i = 0; i < count; i++) {
		made_text(i, text, sizeof(text));
		world_expect_label(&server, first + i, text);
	}
}

/* Three labels come while the load is about to be published; the channel labels move behind them. */
static void a_load_catches_up_with_labels_made_by_others(void **test)
{
	flask_sid_t x, y, channel;

	(void)test;
	world_load(&server, "many");
	x = world_sid(&server, "x_t");
	y = world_sid(&server, "y_t");
	assert_int_equal(ss_hold(&server, x), 0);
	assert_int_equal(ss_hold(&server, y), 0);
	assert_int_equal(ss_facts(&server).sids, FIRST_SID + 4);
	made = 1;
	intrude(make_one, 3);
	assert_int_equal(load("many"), 0);
	assert_int_equal(made, 4);
	assert_int_equal(ss_facts(&server).seqno, 2);
	assert_int_equal(ss_facts(&server).sids, FIRST_SID + 7);
	world_expect_label(&server, FIRST_SID + 5, "v0_u:object_r:m1_t");
	world_expect_label(&server, FIRST_SID + 7, "v0_u:object_r:m3_t");
	assert_int_equal(ss_find_transition(&server, x, y, CLASS_EVENT, &channel), 0);
	world_expect_label(&server, channel, "sys_u:object_r:m0_t");
}

/* The new policy's channel labels were appended in vain once, taken back, and appended again. */
static void numbers_of_others_come_before_the_new_channel_labels(void **test)
{
	flask_sid_t x, y, channel;

	(void)test;
	world_load(&server, "many");
	x = world_sid(&server, "x_t");
	y = world_sid(&server, "y_t");
	assert_int_equal(ss_hold(&server, x), 0);
	assert_int_equal(ss_hold(&server, y), 0);
	made = 0;
	intrude(make_one, 2);
	assert_int_equal(load("chan_two"), 0);
	assert_int_equal(made, 2);
	/* Both labels of others are lost here, but keep their numbers and texts. */
	expect_made(FIRST_SID + 5, 2);
	assert_int_equal(ss_find_transition(&server, x, y, CLASS_EVENT, &channel), 0);
	assert_int_equal(channel, FIRST_SID + 7);
	world_expect_label(&server, channel, "sys_u:object_r:two_t");
}

static void a_load_that_never_catches_up_gives_way(void **test)
{
	(void)test;
	world_load(&server, "many");
	made = 0;
	intrude(make_one, UINT32_MAX);
	assert_int_equal(load("many"), -EAGAIN);
	intrude(NULL, 0);
	assert_in_range(made, 10, 100);
	assert_int_equal(ss_facts(&server).seqno, 1);
	expect_made(FIRST_SID, made);
	assert_int_equal(load("many"), 0);
	assert_int_equal(ss_facts(&server).seqno, 2);
	expect_made(FIRST_SID, made);
}

static void reload_renumbered(void)
{
	world_load(&server, "rel_new");
}

/* Types have other numbers after the reload: the context computed before it must not be used. */
static void a_label_computed_under_an_old_policy_is_computed_anew(void **test)
{
	flask_sid_t sid;

	(void)test;
	world_load(&server, "rel_old");
	intrude(reload_renumbered, 1);
	sid = world_sid(&server, "sys_u:object_r:n_t");
	assert_int_equal(ss_facts(&server).seqno, 2);
	world_expect_label(&server, sid, "sys_u:object_r:n_t");

	world_load(&server, "rel_old");
	intrude(reload_renumbered, 1);
	assert_int_equal(ss_context_to_sid(&server, "sys_u:sys_r:gone_t", 18, &sid), -EINVAL);
}

static void make_n(void)
{
	world_sid(&server, "sys_u:object_r:n_t");
}

static void a_label_that_somebody_else_just_made_is_not_made_twice(void **test)
{
	(void)test;
	world_load(&server, "rel_old");
	intrude(make_n, 1);
	assert_int_equal(world_sid(&server, "sys_u:object_r:n_t"), FIRST_SID);
	assert_int_equal(ss_facts(&server).sids, FIRST_SID);
}

/* Labels until the table needs room for the next one. */
static void fill_a_piece(void)
{
	world_load(&server, "many");
	for (made = 0; made < SIDTAB_CHUNK - ISID_LAST;)
		make_one();
	assert_int_equal(ss_facts(&server).sids, SIDTAB_CHUNK);
}

static uint32_t nth_lock;

/* Acts before the second lock only, when the room is in the hand of the first maker. */
static void make_at_second_lock(void)
{
	if (++nth_lock == 2)
		make_one();
}

/* The other maker brought room and used some: ours is given back. */
static void room_that_is_not_needed_any_more_is_given_back(void **test)
{
	(void)test;
	fill_a_piece();
	nth_lock = 0;
	intrude(make_at_second_lock, 2);
	assert_int_equal(world_sid(&server, "sys_u:sys_r:x_t"), SIDTAB_CHUNK + 2);
	intrude(NULL, 0);
	assert_int_equal(nth_lock, 2);
	expect_made(FIRST_SID, made);
}

static void fill_up_at_second_lock(void)
{
	if (++nth_lock == 2)
		while (ss_facts(&server).sids < 2 * SIDTAB_CHUNK)
			make_one();
}

/* The other makers used all of the room they brought: ours is needed again. */
static void room_that_was_used_up_is_replaced_by_ours(void **test)
{
	(void)test;
	fill_a_piece();
	nth_lock = 0;
	intrude(fill_up_at_second_lock, 2);
	assert_int_equal(world_sid(&server, "sys_u:sys_r:x_t"), 2 * SIDTAB_CHUNK + 1);
	intrude(NULL, 0);
	expect_made(FIRST_SID, made);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	const struct CMUnitTest tests[] = {
	    TEST(a_load_catches_up_with_labels_made_by_others),
	    TEST(numbers_of_others_come_before_the_new_channel_labels),
	    TEST(a_load_that_never_catches_up_gives_way),
	    TEST(a_label_computed_under_an_old_policy_is_computed_anew),
	    TEST(a_label_that_somebody_else_just_made_is_not_made_twice),
	    TEST(room_that_is_not_needed_any_more_is_given_back),
	    TEST(room_that_was_used_up_is_replaced_by_ours),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
