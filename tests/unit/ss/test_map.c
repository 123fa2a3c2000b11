/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Hypervisors whose classes and permissions are not the policy's: what the load
 * says of each difference, and that decisions keep their meaning. All answers
 * are written by hand from tests/fixtures/vectors/av1.conf.
 */
#include "tests/unit/ss/world.h"

#include <stdio.h>

#define UNKNOWN_AT     20 /* byte of the image that holds handle_unknown */
#define UNKNOWN_REJECT 2
#define UNKNOWN_ALLOW  4

static const char *const xen_perms[] = {"a", "b"};
static const char *const domain_perms[] = {"setvcpucontext", "pause", "unpause", "resume", "create", "transition"};
static const char *const event_perms[] = {"bind", "send", "status"};
static const char *const grant_perms[] = {"map_read", "map_write"};
static const char *const moved_perms[] = {"send", "status", "bind"};
static const char *const newer_perms[] = {"send", "reset", "status", "bind", "notify"};
static const char *const argo_perms[] = {"enable", "send"};
static const char *const lamp_perms[] = {"light", "dim"};
static const char *const event_two[] = {"bind", "flash"};
static const char *const wide_perms[] = {"p0",	"p1",  "p2",  "p3",  "p4",  "p5",  "p6",  "p7",	 "p8",	"p9",	 "p10",
					 "p11", "p12", "p13", "p14", "p15", "p16", "p17", "p18", "p19", "p20",	 "p21",
					 "p22", "p23", "p24", "p25", "p26", "p27", "p28", "p29", "p30", "status"};

#define CLASS(name, perms)                          \
	{                                           \
		name, PORT_ARRAY_SIZE(perms), perms \
	}

/* The policy's own order; and one where nothing is at its place and something is missing. */
static const struct ss_abi_class same[] = {CLASS("xen", xen_perms), CLASS("xen2", xen_perms),
					   CLASS("domain", domain_perms), CLASS("event", event_perms),
					   CLASS("grant", grant_perms)};
static const struct ss_abi_class other[] = {CLASS("grant", grant_perms), CLASS("event", newer_perms),
					    CLASS("argo", argo_perms), CLASS("domain", domain_perms)};
enum { OTHER_GRANT = 1, OTHER_EVENT, OTHER_ARGO, OTHER_DOMAIN };
enum { NEWER_SEND = 1, NEWER_RESET = 2, NEWER_STATUS = 4, NEWER_BIND = 8, NEWER_NOTIFY = 16 };
static const struct ss_abi_class wide[] = {CLASS("event", wide_perms)};
static const struct ss_abi_class moved[] = {CLASS("event", moved_perms)};
static const struct ss_abi_class own[] = {CLASS("lamp", lamp_perms), CLASS("event", event_two)};

static struct ss_config config_of(const struct ss_abi_class *classes, uint32_t nclasses)
{
	struct ss_config config = world_config;

	config.classes = classes;
	config.nclasses = nclasses;
	config.domain_class = classes == other ? OTHER_DOMAIN : CLASS_DOMAIN;
	config.channel_class = 0;
	return config;
}

/* Loads av1 with its handle_unknown set so. */
static int load(struct ss_server *server, const struct ss_config *config, uint8_t unknown, struct image_error *error)
{
	struct blob image = world_image("av1");
	int rc;

	image.bytes[UNKNOWN_AT] |= unknown;
	memset(error, 0, sizeof(*error));
	ss_init(server, config);
	world_log_start();
	rc = world_try_load(server, &image, error);
	blob_free(&image);
	return rc;
}

static void what_a_load_says(void **test)
{
	static const char event_line[] = "Flask: the policy does not know event { reset notify }";
	static const char argo_line[] = "Flask: the policy does not know the class argo { enable send }";
	static const struct {
		const char *what;
		const struct ss_abi_class *classes;
		uint32_t nclasses;
		uint8_t unknown;
		int rc;
		unsigned int lines;
		const char *fate;
	} rows[] = {
	    {"the same", same, PORT_ARRAY_SIZE(same), 0, 0, 0, NULL},
	    {"the same, reject", same, PORT_ARRAY_SIZE(same), UNKNOWN_REJECT, 0, 0, NULL},
	    {"fewer", same, 1, UNKNOWN_REJECT, 0, 0, NULL},
	    {"moved", moved, PORT_ARRAY_SIZE(moved), UNKNOWN_REJECT, 0, 0, NULL},
	    {"lacking, deny", other, PORT_ARRAY_SIZE(other), 0, 0, 2, ": denied\n"},
	    {"lacking, allow", other, PORT_ARRAY_SIZE(other), UNKNOWN_ALLOW, 0, 2, ": allowed\n"},
	    {"lacking, reject", other, PORT_ARRAY_SIZE(other), UNKNOWN_REJECT, -EINVAL, 2, ": rejected\n"},
	};
	struct image_error error;
	struct ss_server server;
	char line[128];
	size_t i;

	(void)test;
	for (i = 0; i < PORT_ARRAY_SIZE(rows); i++) {
		struct ss_config config = config_of(rows[i].classes, rows[i].nclasses);

		print_message("  %s\n", rows[i].what);
		assert_int_equal(load(&server, &config, rows[i].unknown, &error), rows[i].rc);
		assert_int_equal(ss_is_loaded(&server), !rows[i].rc);
		assert_int_equal(world_log_count(), rows[i].lines);
		if (rows[i].lines) {
			snprintf(line, sizeof(line), "%s%s", event_line, rows[i].fate);
			assert_true(world_log_has(line));
			snprintf(line, sizeof(line), "%s%s", argo_line, rows[i].fate);
			assert_true(world_log_has(line));
		}
		if (rows[i].rc) {
			assert_string_equal(error.section, "hypervisor");
			assert_string_equal(error.reason, "the policy wants to be rejected where it does not know a "
							  "permission: event { reset notify }");
		}
		ss_fini(&server);
	}
}

static struct decision decide(const struct ss_server *server, flask_sid_t source, flask_sid_t target, uint32_t tclass)
{
	struct ss_decision decision;

	assert_int_equal(ss_decide(server, source, target, tclass, &decision), 0);
	return decision.access;
}

static void expect(struct decision got, uint32_t allowed, uint32_t auditallow, uint32_t auditdeny)
{
	assert_int_equal(got.allowed, allowed);
	assert_int_equal(got.auditallow, auditallow);
	assert_int_equal(got.auditdeny, auditdeny);
	assert_false(got.permissive);
}

/* x on y in class event: allowed bind and status, auditallow bind and send, send not to be audited. */
static void decisions_keep_their_meaning(void **test)
{
	struct ss_config config = config_of(same, PORT_ARRAY_SIZE(same));
	struct image_error error;
	struct ss_server server;
	flask_sid_t x, y;

	(void)test;
	assert_int_equal(load(&server, &config, 0, &error), 0);
	x = world_sid(&server, "x_t");
	y = world_sid(&server, "y_t");
	expect(decide(&server, x, y, CLASS_EVENT), EVENT_BIND | EVENT_STATUS, EVENT_BIND | EVENT_SEND,
	       ~(uint32_t)EVENT_SEND);
	ss_fini(&server);

	config = config_of(other, PORT_ARRAY_SIZE(other));
	assert_int_equal(load(&server, &config, 0, &error), 0);
	x = world_sid(&server, "x_t");
	y = world_sid(&server, "y_t");
	expect(decide(&server, x, y, OTHER_EVENT), NEWER_BIND | NEWER_STATUS, NEWER_BIND | NEWER_SEND,
	       ~(uint32_t)NEWER_SEND);
	expect(decide(&server, y, x, OTHER_EVENT), 0, 0, UINT32_MAX);
	expect(decide(&server, x, y, OTHER_ARGO), 0, 0, UINT32_MAX);
	expect(decide(&server, x, y, OTHER_GRANT), 0, 0, UINT32_MAX);
	expect(decide(&server, 1, 1, OTHER_DOMAIN), DOMAIN_CREATE, 0, UINT32_MAX);
	ss_fini(&server);

	assert_int_equal(load(&server, &config, UNKNOWN_ALLOW, &error), 0);
	x = world_sid(&server, "x_t");
	y = world_sid(&server, "y_t");
	expect(decide(&server, x, y, OTHER_EVENT), NEWER_BIND | NEWER_STATUS | NEWER_RESET | NEWER_NOTIFY,
	       NEWER_BIND | NEWER_SEND, ~(uint32_t)NEWER_SEND);
	expect(decide(&server, y, x, OTHER_EVENT), NEWER_RESET | NEWER_NOTIFY, 0, UINT32_MAX);
	expect(decide(&server, x, y, OTHER_ARGO), 3, 0, UINT32_MAX);
	expect(decide(&server, x, y, OTHER_GRANT), 0, 0, UINT32_MAX);
	ss_fini(&server);

	/* The last of 32 bits is the policy's third; 31 are unknown. */
	config = config_of(wide, PORT_ARRAY_SIZE(wide));
	assert_int_equal(load(&server, &config, 0, &error), 0);
	x = world_sid(&server, "x_t");
	y = world_sid(&server, "y_t");
	expect(decide(&server, x, y, 1), 0x80000000u, 0, UINT32_MAX);
	ss_fini(&server);
	assert_int_equal(load(&server, &config, UNKNOWN_ALLOW, &error), 0);
	expect(decide(&server, 1, 1, 1), 0x7fffffffu, 0, UINT32_MAX);
	ss_fini(&server);
}

/* Class event stands for the security server's: what the policy lacks of it stays denied, of others not. */
static void a_guarded_class_is_never_given(void **test)
{
	struct ss_config config = config_of(other, PORT_ARRAY_SIZE(other));
	struct image_error error;
	struct ss_server server;
	flask_sid_t x, y;

	(void)test;
	config.guarded_class = OTHER_EVENT;
	assert_int_equal(load(&server, &config, UNKNOWN_ALLOW, &error), 0);
	assert_true(world_log_has("Flask: the policy does not know event { reset notify }: denied\n"));
	assert_true(world_log_has("Flask: the policy does not know the class argo { enable send }: allowed\n"));
	x = world_sid(&server, "x_t");
	y = world_sid(&server, "y_t");
	expect(decide(&server, x, y, OTHER_EVENT), NEWER_BIND | NEWER_STATUS, NEWER_BIND | NEWER_SEND,
	       ~(uint32_t)NEWER_SEND);
	expect(decide(&server, x, y, OTHER_ARGO), 3, 0, UINT32_MAX);
	ss_fini(&server);
}

/* Bits of the policy that the hypervisor of this row has no name for are not shown to it. */
static void permissions_of_the_policy_alone_are_dropped(void **test)
{
	static const char *const two[] = {"bind", "send"};
	static const struct ss_abi_class fewer[] = {CLASS("event", two)};
	struct ss_config config = config_of(fewer, PORT_ARRAY_SIZE(fewer));
	struct image_error error;
	struct ss_server server;
	flask_sid_t x, y;

	(void)test;
	assert_int_equal(load(&server, &config, 0, &error), 0);
	x = world_sid(&server, "x_t");
	y = world_sid(&server, "y_t");
	expect(decide(&server, x, y, 1), EVENT_BIND, EVENT_BIND | EVENT_SEND, ~(uint32_t)EVENT_SEND);
	ss_fini(&server);
}

static void numbers_of_classes(void **test)
{
	static const struct {
		uint32_t tclass;
		int rc;
		uint32_t allowed;
	} rows[] = {
	    {0, -EINVAL, 0},
	    {OTHER_EVENT, 0, NEWER_BIND | NEWER_STATUS},
	    {OTHER_DOMAIN, 0, 0},
	    {OTHER_DOMAIN + 1, -EINVAL, 0},
	    {SS_OWN_CLASS - 1, -EINVAL, 0},
	    {SS_OWN_CLASS, -EINVAL, 0},
	    {SS_POLICY_CLASS, -EINVAL, 0},
	    {SS_POLICY_CLASS + CLASS_XEN, 0, 0},
	    {SS_POLICY_CLASS + CLASS_XEN2, 0, 0},
	    {SS_POLICY_CLASS + CLASS_DOMAIN, -EINVAL, 0}, /* the hypervisor has it, under its own number */
	    {SS_POLICY_CLASS + CLASS_EVENT, -EINVAL, 0},
	    {SS_POLICY_CLASS + CLASS_GRANT, -EINVAL, 0},
	    {SS_POLICY_CLASS + CLASS_COUNT + 1, -EINVAL, 0},
	    {0x10000 + OTHER_EVENT, -EINVAL, 0},
	    {UINT32_MAX, -EINVAL, 0},
	};
	struct ss_config config = config_of(other, PORT_ARRAY_SIZE(other));
	struct ss_decision decision;
	struct image_error error;
	struct ss_server server;
	flask_sid_t x, y, sid;
	size_t i;

	(void)test;
	assert_int_equal(load(&server, &config, 0, &error), 0);
	x = world_sid(&server, "x_t");
	y = world_sid(&server, "y_t");
	for (i = 0; i < PORT_ARRAY_SIZE(rows); i++) {
		print_message("  class %u\n", rows[i].tclass);
		assert_int_equal(ss_decide(&server, x, y, rows[i].tclass, &decision), rows[i].rc);
		assert_int_equal(decision.access.allowed, rows[i].allowed);
		assert_int_equal(ss_compute_label(&server, x, y, rows[i].tclass, RULE_TRANSITION, false, &sid),
				 rows[i].rc);
	}
	ss_fini(&server);
}

/* New labels by the hypervisor's numbers: its `domain' is the fourth class, the policy's the third. */
static void labels_of_new_objects(void **test)
{
	static const struct ss_abi_class process[] = {CLASS("argo", argo_perms), CLASS("event", event_perms)};
	struct ss_config config = config_of(other, PORT_ARRAY_SIZE(other));
	struct image_error error;
	struct ss_server server;
	flask_sid_t x, y, sid;

	(void)test;
	assert_int_equal(load(&server, &config, 0, &error), 0);
	x = world_sid(&server, "x_t");
	y = world_sid(&server, "y_t");
	assert_int_equal(ss_compute_label(&server, x, y, OTHER_DOMAIN, RULE_TRANSITION, false, &sid), 0);
	world_expect_label(&server, sid, "x_t");
	assert_int_equal(ss_compute_label(&server, x, y, OTHER_EVENT, RULE_TRANSITION, false, &sid), 0);
	world_expect_label(&server, sid, "sys_u:object_r:y_t");
	assert_int_equal(ss_compute_label(&server, x, y, OTHER_ARGO, RULE_TRANSITION, false, &sid), 0);
	world_expect_label(&server, sid, "sys_u:object_r:y_t");
	ss_fini(&server);

	/* Processes of a class that the policy lacks still keep the label of who makes them. */
	config = config_of(process, PORT_ARRAY_SIZE(process));
	config.domain_class = 1;
	ss_init(&server, &config);
	assert_int_equal(ss_compute_label(&server, 3, 4, 1, RULE_TRANSITION, false, &sid), 0);
	assert_int_equal(sid, 3);
	assert_int_equal(ss_compute_label(&server, 3, 4, 2, RULE_TRANSITION, false, &sid), 0);
	assert_int_equal(sid, 4);
	ss_fini(&server);
}

/* event is both Xen's and, in this test, ours: `flash' of it and all of lamp are what the policy lacks. */
static void ours_are_not_enforced_where_the_policy_lacks_them(void **test)
{
	static const uint8_t unknowns[] = {0, UNKNOWN_REJECT, UNKNOWN_ALLOW};
	struct ss_config config = config_of(same, PORT_ARRAY_SIZE(same));
	struct ss_decision decision;
	struct image_error error;
	struct ss_server server;
	flask_sid_t x, y;
	size_t i;

	(void)test;
	config.own_classes = own;
	config.nown_classes = PORT_ARRAY_SIZE(own);
	for (i = 0; i < PORT_ARRAY_SIZE(unknowns); i++) {
		assert_int_equal(load(&server, &config, unknowns[i], &error), 0);
		assert_int_equal(world_log_count(), 1);
		assert_true(world_log_has("Flask: not enforced, for the policy does not know: lamp { light dim } event "
					  "{ flash }\n"));
		x = world_sid(&server, "x_t");
		y = world_sid(&server, "y_t");
		expect(decide(&server, x, y, SS_OWN_CLASS), 3, 0, UINT32_MAX);
		expect(decide(&server, x, y, SS_OWN_CLASS + 1), 3, EVENT_BIND, UINT32_MAX);
		expect(decide(&server, y, x, SS_OWN_CLASS + 1), 2, 0, UINT32_MAX);
		assert_int_equal(ss_decide(&server, x, y, SS_OWN_CLASS + 2, &decision), -EINVAL);
		ss_fini(&server);
	}
	assert_ptr_equal(ss_config_class(&config, SS_OWN_CLASS), &own[0]);
	assert_ptr_equal(ss_config_class(&config, SS_OWN_CLASS + 2), NULL);
	assert_ptr_equal(ss_config_class(&config, CLASS_EVENT), &same[3]);
	assert_ptr_equal(ss_config_class(&config, 0), NULL);
}

static void a_boolean_commit_keeps_the_map(void **test)
{
	struct ss_config config = config_of(other, PORT_ARRAY_SIZE(other));
	struct image_error error;
	struct ss_server server;
	flask_sid_t x, y;

	(void)test;
	assert_int_equal(load(&server, &config, 0, &error), 0);
	x = world_sid(&server, "x_t");
	y = world_sid(&server, "y_t");
	assert_int_equal(ss_bools_commit(&server, &(bool){false}, 0), 0);
	assert_int_equal(ss_bools_commit(&server, &(bool){false}, 0), 0);
	port_posix_quiesce();
	assert_int_equal(decide(&server, x, y, OTHER_EVENT).allowed, NEWER_BIND | NEWER_STATUS);
	ss_fini(&server);
}

static void a_refused_reload_leaves_the_old_policy(void **test)
{
	struct blob image = world_image("av1");
	struct image_error error;
	struct ss_config config;
	struct ss_server server;

	(void)test;
	ss_init(&server, &world_config);
	world_load(&server, "rel_old");
	assert_int_equal(world_sid(&server, "gone_t"), FIRST_SID);
	config = config_of(other, PORT_ARRAY_SIZE(other));
	server.config = &config;
	image.bytes[UNKNOWN_AT] |= UNKNOWN_REJECT;
	assert_int_equal(world_try_load(&server, &image, &error), -EINVAL);
	assert_true(ss_sid_exists(&server, FIRST_SID));
	assert_int_equal(world_sid(&server, "x_t"), FIRST_SID + 1);
	assert_int_equal(ss_facts(&server).seqno, 1);
	ss_fini(&server);
	blob_free(&image);
}

static int quiesce(void **test)
{
	(void)test;
	port_posix_quiesce();
	return port_posix_live_allocs() != 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_teardown(what_a_load_says, quiesce),
	    cmocka_unit_test_teardown(decisions_keep_their_meaning, quiesce),
	    cmocka_unit_test_teardown(a_guarded_class_is_never_given, quiesce),
	    cmocka_unit_test_teardown(permissions_of_the_policy_alone_are_dropped, quiesce),
	    cmocka_unit_test_teardown(numbers_of_classes, quiesce),
	    cmocka_unit_test_teardown(labels_of_new_objects, quiesce),
	    cmocka_unit_test_teardown(ours_are_not_enforced_where_the_policy_lacks_them, quiesce),
	    cmocka_unit_test_teardown(a_boolean_commit_keeps_the_map, quiesce),
	    cmocka_unit_test_teardown(a_refused_reload_leaves_the_old_policy, quiesce),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
