// SPDX-License-Identifier: BSD-2-Clause
/* Policies that do not agree with the hypervisor: refused with a reason that names what is wrong. */
#include "tests/unit/ss/world.h"

static const char *const xen_perms[] = {"a", "b"};
static const char *const domain_perms[] = {"setvcpucontext", "pause", "unpause", "resume", "create", "transition"};
static const char *const event_perms[] = {"bind", "send", "status"};
static const char *const grant_perms[] = {"map_read", "map_write"};
static const char *const moved_perms[] = {"bind", "status", "send"};
static const char *const more_perms[] = {"map_read", "map_write", "copy"};
static const char *const other_perms[] = {"pause_all"};

#define CLASS(name, perms)                          \
	{                                           \
		name, PORT_ARRAY_SIZE(perms), perms \
	}
#define CLASSES CLASS("xen", xen_perms), CLASS("xen2", xen_perms), CLASS("domain", domain_perms)

struct row {
	const char *what;
	struct ss_abi_class classes[6]; /* ends at no name */
	const char *reason;		/* NULL: agrees */
};

static const struct row rows[] = {
    {"the same", {CLASSES, CLASS("event", event_perms), CLASS("grant", grant_perms)}, NULL},
    {"a policy with one class more", {CLASSES, CLASS("event", event_perms)}, NULL},
    {"a policy with permissions more", {{"xen", 1, xen_perms}, {"xen2", 0, NULL}, {"domain", 2, domain_perms}}, NULL},
    {"a class of another name",
     {CLASS("xen", xen_perms), CLASS("xen3", xen_perms), CLASS("domain", domain_perms)},
     "class 2 is `xen2' but the hypervisor's is `xen3'"},
    {"classes in another order",
     {CLASS("xen", xen_perms), CLASS("domain", domain_perms)},
     "class 2 is `xen2' but the hypervisor's is `domain'"},
    {"a class that the policy lacks",
     {CLASSES, CLASS("event", event_perms), CLASS("grant", grant_perms), CLASS("argo", xen_perms)},
     "class `argo' is missing: the hypervisor's number 6"},
    {"a permission that the policy lacks",
     {CLASSES, CLASS("event", event_perms), CLASS("grant", more_perms)},
     "permission `copy' of class `grant' is missing"},
    {"a permission of another name", {CLASS("xen", other_perms)}, "permission `pause_all' of class `xen' is missing"},
    {"permissions in another order",
     {CLASSES, CLASS("event", moved_perms)},
     "permission `status' of class `event' is bit 2 but the hypervisor's is 1"},
};

static void classes_and_permissions_must_agree(void **test)
{
	struct blob image = world_image("av1");
	struct ss_config config = world_config;
	struct image_error error;
	struct ss_server server;
	uint32_t i;
	int rc;

	(void)test;
	for (i = 0; i < PORT_ARRAY_SIZE(rows); i++) {
		config.classes = rows[i].classes;
		for (config.nclasses = 0; config.nclasses < 6; config.nclasses++)
			if (!rows[i].classes[config.nclasses].name)
				break;
		ss_init(&server, &config);
		memset(&error, 0, sizeof(error));
		rc = world_try_load(&server, &image, &error);
		if (rc != (rows[i].reason ? -EINVAL : 0))
			fail_msg("%s: %d", rows[i].what, rc);
		if (rc) {
			assert_string_equal(error.section, "hypervisor");
			assert_string_equal(error.reason, rows[i].reason);
		}
		assert_int_equal(ss_is_loaded(&server), !rows[i].reason);
		ss_fini(&server);
	}
	blob_free(&image);
}

static void a_refused_reload_leaves_the_old_policy(void **test)
{
	static const struct ss_abi_class classes[] = {CLASSES, CLASS("event", moved_perms)};
	struct blob image = world_image("av1");
	struct image_error error;
	struct ss_server server;

	(void)test;
	ss_init(&server, &world_config);
	world_load(&server, "rel_old");
	assert_int_equal(world_sid(&server, "gone_t"), FIRST_SID);
	server.config = &(struct ss_config){
	    .classes = classes,
	    .nclasses = PORT_ARRAY_SIZE(classes),
	    .initial_sids = world_config.initial_sids,
	    .ninitial_sids = world_config.ninitial_sids,
	    .unlabeled = ISID_UNLABELED,
	};
	assert_int_equal(world_try_load(&server, &image, &error), -EINVAL);
	assert_true(ss_sid_exists(&server, FIRST_SID));
	assert_int_equal(world_sid(&server, "x_t"), FIRST_SID + 1);
	assert_int_equal(ss_facts(&server).seqno, 1);
	ss_fini(&server);
	blob_free(&image);
}

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
	    cmocka_unit_test(classes_and_permissions_must_agree),
	    cmocka_unit_test(a_refused_reload_leaves_the_old_policy),
	    cmocka_unit_test(tools_may_load_without_the_hypervisors_facts),
	    cmocka_unit_test(numbers_between_initial_sids_are_no_labels),
	    cmocka_unit_test(bytes_that_are_no_policy_are_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
