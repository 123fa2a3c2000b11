/* SPDX-License-Identifier: BSD-2-Clause */
/* Policies and configurations at the edge: initial SIDs with gaps, tools without the hypervisor's facts, junk. */
#include "tests/unit/ss/world.h"

static void tools_may_load_without_the_hypervisors_facts(void **test)
{
	static const struct ss_config config = {.unlabeled = ISID_UNLABELED};
	struct ss_decision decision;
	struct ss_server server;

	(void)test;
	ss_init(&server, &config);
	world_load(&server, "av1");
	assert_int_equal(world_sid(&server, "x_t"), FIRST_SID);
	assert_int_equal(ss_decide(&server, 99, 99, CLASS_DOMAIN, &decision), 0);
	assert_int_equal(decision.access.allowed, DOMAIN_CREATE);
	assert_int_equal(ss_hold(&server, FIRST_SID), 0);
	assert_int_equal(ss_facts(&server).sids, FIRST_SID);
	ss_release(&server, FIRST_SID);
	ss_fini(&server);
}

/* The initial SID 5 of missing.conf gets the number 300 in the image. */
static void patch_number(struct blob *image)
{
	unsigned char record[] = {5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};
	struct policy *policy = world_policy("missing");
	struct policy_context context = world_context(policy, "t0");
	size_t i, found = 0;

	policy_destroy(policy);
	record[4] = (unsigned char)context.user;
	record[8] = (unsigned char)context.role;
	record[12] = (unsigned char)context.type;
	for (i = 0; i + sizeof(record) <= image->size; i++) {
		if (memcmp(image->bytes + i, record, sizeof(record)))
			continue;
		image->bytes[i] = 300 & 0xff;
		image->bytes[i + 1] = 300 >> 8;
		found++;
	}
	assert_int_equal(found, 1);
}

static void numbers_between_initial_sids_are_no_labels(void **test)
{
	static const struct ss_config config = {.unlabeled = ISID_UNLABELED};
	struct blob image = world_image("missing");
	struct ss_decision decision;
	struct image_error error;
	struct ss_server server;
	struct text text;
	char buf[64];

	(void)test;
	patch_number(&image);
	ss_init(&server, &config);
	assert_int_equal(world_try_load(&server, &image, &error), 0);
	assert_true(ss_sid_exists(&server, 4));
	assert_false(ss_sid_exists(&server, 5));
	assert_false(ss_sid_exists(&server, 299));
	assert_true(ss_sid_exists(&server, 300));
	assert_int_equal(ss_facts(&server).sids, 5);
	assert_int_equal(world_sid(&server, "x_t"), 301);
	/* Unlabeled itself is such a number here: no context, no answer. */
	assert_int_equal(ss_decide(&server, 1, 5, CLASS_DOMAIN, &decision), -EINVAL);
	assert_int_equal(decision.access.allowed, 0);
	assert_int_equal(decision.access.auditdeny, UINT32_MAX);
	assert_int_equal(ss_compute_label(&server, 5, 1, CLASS_EVENT, RULE_CHANGE, false, &(flask_sid_t){0}), -EINVAL);

	text_init(&text, buf, sizeof(buf));
	assert_int_equal(ss_sid_to_context(&server, 5, &text), -EINVAL);
	assert_int_equal(text.len, 0);

	/* A reload keeps the holes. */
	assert_int_equal(world_try_load(&server, &image, &error), 0);
	assert_false(ss_sid_exists(&server, 5));
	world_expect_label(&server, 300, "t0");
	world_expect_label(&server, 301, "x_t");
	ss_fini(&server);
	blob_free(&image);
}

static void bytes_that_are_no_policy_are_refused(void **test)
{
	static const unsigned char junk[] = "junk that is no policy at all";
	struct image_error error = {0};
	struct ss_stage *stage;
	struct ss_server server;

	(void)test;
	ss_init(&server, &world_config);
	assert_int_equal(ss_stage(&server, junk, sizeof(junk), &stage, &error), -EINVAL);
	assert_int_not_equal(error.reason[0], 0);
	assert_int_equal(ss_stage(&server, junk, 0, &stage, &error), -EINVAL);
	world_load(&server, "av1"); /* the lock was given back */
	ss_fini(&server);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(tools_may_load_without_the_hypervisors_facts),
	    cmocka_unit_test(numbers_between_initial_sids_are_no_labels),
	    cmocka_unit_test(bytes_that_are_no_policy_are_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
