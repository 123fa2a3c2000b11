/* SPDX-License-Identifier: BSD-2-Clause */
/* The server through its states: before a policy, first load, reload, booleans, labels on request. */
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

static void before_a_policy_all_is_allowed(void **test)
{
	static const struct ss_facts none = {0};
	struct ss_facts facts = ss_facts(&server);
	struct ss_decision decision;

	(void)test;
	assert_false(ss_is_loaded(&server));
	assert_memory_equal(&facts, &none, sizeof(none));
	assert_int_equal(ss_decide(&server, 3, 99, 77, &decision), 0);
	assert_int_equal(decision.access.allowed, UINT32_MAX);
	assert_int_equal(decision.access.auditallow, 0);
	assert_int_equal(decision.access.auditdeny, UINT32_MAX);
	assert_false(decision.access.permissive);
	assert_int_equal(decision.seqno, 0);
}

static flask_sid_t number(const char *bytes, size_t len)
{
	flask_sid_t sid = 0;

	assert_int_equal(ss_context_to_sid(&server, bytes, len, &sid), 0);
	return sid;
}

static void before_a_policy_labels_are_the_names_of_initial_sids(void **test)
{
	flask_sid_t sid = 0;
	struct text text;
	char buf[32];

	(void)test;
	assert_int_equal(number("xenboot", 7), 1);
	assert_int_equal(number("domU", 4), ISID_DOMU);
	assert_int_equal(number("domU\0", 5), ISID_DOMU);
	assert_int_equal(number("domDM", 5), ISID_XEN); /* Xen misses the highest one */
	assert_int_equal(number("null", 4), ISID_XEN);
	assert_int_equal(number("dom", 3), ISID_XEN);
	assert_int_equal(number("dom0x", 5), ISID_XEN);
	assert_int_equal(number("sys_u:sys_r:t0", 14), ISID_XEN);
	assert_int_equal(number("", 0), ISID_XEN);

	text_init(&text, buf, sizeof(buf));
	assert_int_equal(ss_sid_to_context(&server, ISID_DOM0, &text), 0);
	assert_string_equal(buf, "dom0");
	text_init(&text, buf, sizeof(buf));
	assert_int_equal(ss_sid_to_context(&server, 0, &text), 0);
	assert_string_equal(buf, "null");
	text_init(&text, buf, sizeof(buf));
	assert_int_equal(ss_sid_to_context(&server, ISID_LAST + 1, &text), -EINVAL);
	assert_int_equal(text.len, 0);
	assert_false(ss_sid_exists(&server, 0));
	assert_true(ss_sid_exists(&server, 1));
	assert_true(ss_sid_exists(&server, ISID_LAST));
	assert_false(ss_sid_exists(&server, ISID_LAST + 1));

	assert_int_equal(ss_compute_label(&server, 3, 12, CLASS_DOMAIN, RULE_TRANSITION, false, &sid), 0);
	assert_int_equal(sid, 3);
	assert_int_equal(ss_compute_label(&server, 3, 12, CLASS_EVENT, RULE_TRANSITION, false, &sid), 0);
	assert_int_equal(sid, 12);
	assert_int_equal(ss_find_transition(&server, 3, 12, CLASS_DOMAIN, &sid), 0);
	assert_int_equal(sid, 3);
	assert_int_equal(ss_find_transition(&server, 3, 12, CLASS_EVENT, &sid), 0);
	assert_int_equal(sid, 12);
}

static void before_a_policy_there_are_no_booleans(void **test)
{
	bool value = false;
	uint32_t index;

	(void)test;
	assert_int_equal(ss_bool_count(&server), 0);
	assert_int_equal(ss_bool_get(&server, 0, &value, NULL), -ENOENT);
	assert_int_equal(ss_bool_find(&server, "p_b", 3, &index), -ENOENT);
	assert_int_equal(ss_bools_commit(&server, &value, 1), -EFAULT);
	assert_int_equal(ss_bools_commit(&server, NULL, 0), 0);
	assert_int_equal(ss_facts(&server).seqno, 0);
}

static void the_first_load_puts_a_policy_in_force(void **test)
{
	struct ss_facts facts;

	(void)test;
	world_load(&server, "cond");
	assert_true(ss_is_loaded(&server));
	facts = ss_facts(&server);
	assert_int_equal(facts.version, 30);
	assert_int_equal(facts.types, 5);
	assert_int_equal(facts.classes, 5);
	assert_int_equal(facts.rules, 2);
	assert_int_equal(facts.bools, 2);
	assert_int_equal(facts.sids, ISID_LAST);
	assert_int_equal(facts.lost_sids, 0);
	assert_int_equal(facts.seqno, 1);
	assert_int_equal(facts.unknown, POLICY_UNKNOWN_DENY);
	assert_int_equal(world_log_count(), 0);
}

static void every_commit_raises_the_sequence_number(void **test)
{
	static const bool same[2] = {false, false};

	(void)test;
	world_load(&server, "cond");
	assert_int_equal(seqno(), 1);
	assert_int_equal(ss_bools_commit(&server, same, 2), 0);
	assert_int_equal(seqno(), 2);
	assert_int_equal(ss_bools_commit(&server, same, 2), 0);
	assert_int_equal(seqno(), 3);
	assert_int_equal(ss_bools_commit(&server, same, 1), -EFAULT);
	assert_int_equal(ss_bools_commit(&server, same, 3), -EFAULT);
	assert_int_equal(seqno(), 3);
	world_load(&server, "av1");
	assert_int_equal(seqno(), 4);
}

/* Flags of the header, behind tag, length, "XenFlask" and version: 4 is `allow'. */
static void unknown_operations_follow_the_policy(void **test)
{
	struct blob image = world_image("av1");
	struct image_error error;

	(void)test;
	assert_int_equal(ss_unknown(&server), POLICY_UNKNOWN_DENY);
	assert_int_equal(ss_seqno(&server), 0);
	image.bytes[20] |= 4;
	assert_int_equal(world_try_load(&server, &image, &error), 0);
	assert_int_equal(ss_unknown(&server), POLICY_UNKNOWN_ALLOW);
	assert_int_equal(ss_facts(&server).unknown, POLICY_UNKNOWN_ALLOW);
	world_load(&server, "av1");
	assert_int_equal(ss_unknown(&server), POLICY_UNKNOWN_DENY);
	blob_free(&image);
}

static void attributes_far_apart_are_all_looked_at(void **test)
{
	flask_sid_t x, t0;

	(void)test;
	world_load(&server, "many");
	x = world_sid(&server, "x_t");
	t0 = world_sid(&server, "t0");
	assert_int_equal(allowed(x, t0, CLASS_EVENT), EVENT_BIND);
	assert_int_equal(allowed(t0, x, CLASS_EVENT), EVENT_SEND);
	assert_int_equal(allowed(x, x, CLASS_EVENT), 0);
	assert_int_equal(ss_bools_commit(&server, (bool[]){true}, 1), 0);
	assert_int_equal(allowed(x, x, CLASS_EVENT), EVENT_STATUS);
	assert_int_equal(allowed(x, t0, CLASS_EVENT), EVENT_BIND);
}

static void an_abandoned_stage_changes_nothing(void **test)
{
	struct blob image = world_image("av1");
	struct image_error error;
	struct ss_stage *stage;

	(void)test;
	world_load(&server, "rel_old");
	assert_int_equal(world_sid(&server, "x_t"), FIRST_SID);
	assert_int_equal(ss_stage(&server, image.bytes, image.size, &stage, &error), 0);
	/* Labels can be made while a load is staged. */
	assert_int_equal(world_sid(&server, "y_t"), FIRST_SID + 1);
	ss_abandon(&server, stage);

	assert_int_equal(seqno(), 1);
	assert_int_equal(ss_facts(&server).bools, 2);
	assert_int_equal(world_sid(&server, "gone_t"), FIRST_SID + 2);
	assert_int_equal(allowed(FIRST_SID, FIRST_SID, CLASS_EVENT), EVENT_BIND);
	world_load(&server, "av1");
	assert_int_equal(seqno(), 2);
	blob_free(&image);
}

static void labels_made_while_a_load_is_staged_are_carried_over(void **test)
{
	struct blob image = world_image("rel_new");
	struct image_error error;
	struct ss_stage *stage;
	char text[64];
	flask_sid_t sid;
	uint32_t i;

	(void)test;
	world_load(&server, "rel_old");
	assert_int_equal(ss_stage(&server, image.bytes, image.size, &stage, &error), 0);
	assert_int_equal(world_sid(&server, "y_t"), FIRST_SID);
	assert_int_equal(world_sid(&server, "x_t"), FIRST_SID + 1);
	assert_int_equal(ss_commit(&server, stage), 0);
	assert_false(ss_sid_exists(&server, FIRST_SID));
	world_expect_label(&server, FIRST_SID + 1, "x_t");
	assert_int_equal(world_sid(&server, "x_t"), FIRST_SID + 1);

	/* More of them than one piece of the table holds. */
	world_load(&server, "many");
	blob_free(&image);
	image = world_image("many");
	assert_int_equal(ss_stage(&server, image.bytes, image.size, &stage, &error), 0);
	for (i = 0; i < 3 * SIDTAB_CHUNK; i++) {
		snprintf(text, sizeof(text), "v%u_u:object_r:m%u_t", i % 300, i / 300);
		sid = world_sid(&server, text);
	}
	assert_int_equal(ss_commit(&server, stage), 0);
	world_expect_label(&server, sid, text);
	assert_int_equal(world_sid(&server, text), sid);
	blob_free(&image);
}

static void an_invalid_label_is_given_with_a_warning_when_nothing_is_enforced(void **test)
{
	flask_sid_t a_y, a_x, sid, again;

	(void)test;
	world_load(&server, "tr");
	a_y = world_sid(&server, "sys_u:a_r:y_t");
	a_x = world_sid(&server, "sys_u:a_r:x_t");
	assert_int_equal(ss_compute_label(&server, a_y, a_x, CLASS_DOMAIN, RULE_TRANSITION, true, &sid), 0);
	assert_true(
	    world_log_has("not valid in the policy, used because nothing is enforced: label 16, sys_u:a_r:bad_t"));
	assert_int_equal(ss_compute_label(&server, a_y, a_x, CLASS_DOMAIN, RULE_TRANSITION, true, &again), 0);
	assert_int_equal(sid, again);
	world_load(&server, "tr"); /* a reload is stricter: the label is lost */
	assert_false(ss_sid_exists(&server, sid));
	world_expect_label(&server, sid, "sys_u:a_r:bad_t");
}

static void booleans_are_listed_by_index_and_name(void **test)
{
	bool seen_p = false, seen_q = false, value;
	uint32_t i, index;
	struct text text;
	char buf[16];

	(void)test;
	world_load(&server, "cond");
	assert_int_equal(ss_bool_count(&server), 2);
	for (i = 0; i < 2; i++) {
		text_init(&text, buf, sizeof(buf));
		assert_int_equal(ss_bool_get(&server, i, &value, &text), 0);
		assert_int_equal(ss_bool_find(&server, buf, text.len, &index), 0);
		assert_int_equal(index, i);
		seen_p |= !strcmp(buf, "p_b") && !value;
		seen_q |= !strcmp(buf, "q_b") && value;
	}
	assert_true(seen_p && seen_q);
	assert_int_equal(ss_bool_get(&server, 2, &value, NULL), -ENOENT);
	assert_int_equal(ss_bool_get(&server, UINT32_MAX, &value, NULL), -ENOENT);
	assert_int_equal(ss_bool_find(&server, "p_", 2, &index), -ENOENT);
	assert_int_equal(ss_bool_find(&server, "", 0, &index), -ENOENT);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	const struct CMUnitTest tests[] = {
	    TEST(before_a_policy_all_is_allowed),
	    TEST(before_a_policy_labels_are_the_names_of_initial_sids),
	    TEST(before_a_policy_there_are_no_booleans),
	    TEST(the_first_load_puts_a_policy_in_force),
	    TEST(every_commit_raises_the_sequence_number),
	    TEST(an_abandoned_stage_changes_nothing),
	    TEST(labels_made_while_a_load_is_staged_are_carried_over),
	    TEST(an_invalid_label_is_given_with_a_warning_when_nothing_is_enforced),
	    TEST(booleans_are_listed_by_index_and_name),
	    TEST(unknown_operations_follow_the_policy),
	    TEST(attributes_far_apart_are_all_looked_at),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
