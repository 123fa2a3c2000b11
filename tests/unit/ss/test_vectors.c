/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Decisions and labels of small policies (tests/fixtures/vectors), each answer
 * worked out by hand and known to be Xen's. Numbers group the rows that belong
 * together; how levels read and print is test_mls.c.
 */
#include "tests/unit/ss/world.h"

#define ALL_EVENT  (EVENT_BIND | EVENT_SEND | EVENT_STATUS)
#define ALL_DOMAIN (DOMAIN_CREATE | DOMAIN_TRANSITION | DOMAIN_PAUSE)
#define BOTH	   (GRANT_MAP_READ | GRANT_MAP_WRITE)

#define X "sys_u:sys_r:x_t:"
#define Y "sys_u:sys_r:y_t:"

struct access_row {
	const char *policy, *source, *target;
	uint32_t tclass, allowed, auditallow, not_audited;
};

static const struct access_row access_rows[] = {
    /* 8: attributes and self */
    {"av1", "x_t", "y_t", CLASS_EVENT, EVENT_BIND | EVENT_STATUS, EVENT_BIND | EVENT_SEND, EVENT_SEND},
    {"av1", "z_t", "z_t", CLASS_EVENT, EVENT_BIND | EVENT_SEND, 0, 0},
    {"av1", "x_t", "x_t", CLASS_EVENT, EVENT_SEND, 0, 0},
    {"av1", "x_t", "z_t", CLASS_EVENT, EVENT_BIND, 0, EVENT_SEND},
    {"av1", "y_t", "z_t", CLASS_EVENT, 0, 0, 0},
    {"av1", "x_t", "y_t", CLASS_GRANT, 0, 0, 0},

    /* 10: audit rules add up over the attribute and the type itself */
    {"attself", "x_t", "y_t", CLASS_EVENT, EVENT_BIND, EVENT_BIND, EVENT_BIND | EVENT_SEND},
    {"attself", "y_t", "x_t", CLASS_EVENT, 0, 0, EVENT_BIND},

    /* 15: constraints over users, roles, types, dominance */
    {"cons", "sys_u:a_r:x_t", "ub:a_r:y_t", CLASS_EVENT, EVENT_BIND | EVENT_SEND, 0, 0},
    {"cons", "sys_u:a_r:y_t", "ub:a_r:y_t", CLASS_EVENT, EVENT_SEND, 0, 0},
    {"cons", "sys_u:a_r:y_t", "sys_u:a_r:y_t", CLASS_EVENT, ALL_EVENT, 0, 0},
    {"cons", "sys_u:a_r:y_t", "sys_u:a_r:z_t", CLASS_EVENT, EVENT_BIND | EVENT_STATUS, 0, 0},
    {"cons", "sys_u:a_r:y_t", "sys_u:object_r:y_t", CLASS_EVENT, EVENT_BIND, 0, 0},
    {"cons", "sys_u:object_r:y_t", "sys_u:object_r:y_t", CLASS_EVENT, EVENT_BIND | EVENT_SEND, 0, 0},

    /* 16: bind asks for l1 dom l2, send for h1 domby h2, status for l1 incomp l2 */
    {"mlsop", X "s0", X "s0", CLASS_EVENT, EVENT_BIND | EVENT_SEND, 0, 0},
    {"mlsop", X "s0", X "s1", CLASS_EVENT, EVENT_SEND, 0, 0},
    {"mlsop", X "s1", X "s0", CLASS_EVENT, EVENT_BIND, 0, 0},
    {"mlsop", X "s0:c0", X "s0:c1", CLASS_EVENT, EVENT_STATUS, 0, 0},
    {"mlsop", X "s1:c0", X "s0:c1", CLASS_EVENT, EVENT_STATUS, 0, 0},
    {"mlsop", X "s1:c0.c2", X "s0:c1", CLASS_EVENT, EVENT_BIND, 0, 0},
    {"mlsop", X "s0-s1:c0", X "s0:c0-s1:c0,c1", CLASS_EVENT, EVENT_SEND, 0, 0},
    /* map_read asks for l1 eq l2 and h1 eq h2, map_write for l1 != h2 */
    {"mlsop", X "s0", X "s0", CLASS_GRANT, GRANT_MAP_READ, 0, 0},
    {"mlsop", X "s0", X "s0-s1", CLASS_GRANT, GRANT_MAP_WRITE, 0, 0},
    {"mlsop", X "s0-s1", X "s0", CLASS_GRANT, 0, 0, 0},
    {"mlsop", X "s0", X "s0:c0", CLASS_GRANT, GRANT_MAP_WRITE, 0, 0},
    /* a: l1 eq h1, b: l2 domby h2, c: h1 dom l2, d: l1 domby h2, e: l2 eq h2, f: h1 incomp h2 */
    {"mlsop", X "s0", X "s0", CLASS_XEN2, 0x1f, 0, 0},
    {"mlsop", X "s0", X "s1", CLASS_XEN2, 0x1b, 0, 0},
    {"mlsop", X "s0-s1:c0", X "s0:c0-s1:c0,c1", CLASS_XEN2, 0x0e, 0, 0},
    {"mlsop", X "s1:c0", X "s0:c1", CLASS_XEN2, 0x33, 0, 0},

    /* 17: bind asks for dom, send for domby, status for incomp */
    {"dom", "sys_u:top_r:x_t", "sys_u:a_r:y_t", CLASS_EVENT, EVENT_BIND, 0, 0},
    {"dom", "sys_u:a_r:x_t", "sys_u:top_r:y_t", CLASS_EVENT, EVENT_SEND, 0, 0},
    {"dom", "sys_u:a_r:x_t", "sys_u:b_r:y_t", CLASS_EVENT, EVENT_STATUS, 0, 0},
    {"dom", "sys_u:a_r:x_t", "sys_u:a_r:y_t", CLASS_EVENT, EVENT_BIND | EVENT_SEND, 0, 0},
    {"dom", "sys_u:object_r:x_t", "sys_u:object_r:y_t", CLASS_EVENT, EVENT_STATUS, 0, 0},

    /* 19: a change of role needs role allow, for domain:transition only */
    {"role", "sys_u:a_r:x_t", "sys_u:b_r:y_t", CLASS_DOMAIN, ALL_DOMAIN, 0, 0},
    {"role", "sys_u:b_r:x_t", "sys_u:a_r:y_t", CLASS_DOMAIN, DOMAIN_CREATE | DOMAIN_PAUSE, 0, 0},
    {"role", "sys_u:b_r:x_t", "sys_u:a_r:y_t", CLASS_XEN2, XEN2_A | XEN2_F, 0, 0},
    {"role", "sys_u:b_r:x_t", "sys_u:b_r:y_t", CLASS_DOMAIN, ALL_DOMAIN, 0, 0},
    {"role", "sys_u:b_r:x_t", "sys_u:object_r:y_t", CLASS_DOMAIN, DOMAIN_CREATE | DOMAIN_PAUSE, 0, 0},

    /* 26 (b8): the constraint holds the bounding type, so the bounded one too */
    {"b8", "xc_t", "y_t", CLASS_EVENT, EVENT_BIND, 0, 0},
    {"b8", "x_t", "y_t", CLASS_EVENT, EVENT_BIND, 0, 0},
};

static void rows_decide_as_written(void **test)
{
	struct policy_context source, target;
	const struct access_row *row;
	struct policy_state state;
	struct decision decision;
	struct policy *policy;
	uint32_t i;

	(void)test;
	for (i = 0; i < PORT_ARRAY_SIZE(access_rows); i++) {
		row = &access_rows[i];
		policy = world_policy(row->policy);
		state = world_state(policy);
		source = world_context(policy, row->source);
		target = world_context(policy, row->target);
		assert_int_equal(decide_access(&state, &source, &target, row->tclass, &decision, NULL), 0);
		if (decision.allowed != row->allowed || decision.auditallow != row->auditallow ||
		    decision.auditdeny != ~row->not_audited || decision.permissive)
			fail_msg("%s: %s -> %s class %u: %x %x %x %d", row->policy, row->source, row->target,
				 row->tclass, decision.allowed, decision.auditallow, ~decision.auditdeny,
				 decision.permissive);
		world_state_free(&state);
		policy_destroy(policy);
	}
}

#define LOW  "s0:c1-s1:c1,c2"
#define HIGH "s0:c3-s1:c1.c4"

struct label_row {
	const char *policy, *source, *target;
	uint32_t tclass;
	enum policy_rule_kind kind;
	bool permissive;
	const char *label; /* NULL: -EACCES */
};

static const struct label_row label_rows[] = {
    /* 20 */
    {"tr", "sys_u:a_r:x_t", "ub:a_r:y_t", CLASS_DOMAIN, RULE_TRANSITION, false, "sys_u:b_r:n_t"},
    {"tr", "sys_u:a_r:x_t", "ub:a_r:y_t", CLASS_EVENT, RULE_TRANSITION, false, "sys_u:object_r:n_t"},
    {"tr", "sys_u:a_r:x_t", "ub:a_r:y_t", CLASS_GRANT, RULE_TRANSITION, false, "sys_u:object_r:y_t"},
    {"tr", "sys_u:a_r:x_t", "ub:a_r:y_t", CLASS_GRANT, RULE_MEMBER, false, "ub:object_r:n_t"},
    {"tr", "sys_u:a_r:x_t", "ub:a_r:y_t", CLASS_DOMAIN, RULE_MEMBER, false, "ub:a_r:x_t"},
    {"tr", "sys_u:a_r:x_t", "ub:a_r:y_t", CLASS_EVENT, RULE_CHANGE, false, "sys_u:object_r:bad_t"},
    {"tr", "ub:a_r:x_t", "ub:a_r:y_t", CLASS_DOMAIN, RULE_TRANSITION, false, NULL},
    {"tr", "ub:a_r:x_t", "ub:a_r:y_t", CLASS_EVENT, RULE_TRANSITION, false, "ub:object_r:n_t"},

    /* 21: an invalid label is refused, or given with a warning; classes are not checked */
    {"tr", "sys_u:a_r:y_t", "sys_u:a_r:x_t", CLASS_DOMAIN, RULE_TRANSITION, false, NULL},
    {"tr", "sys_u:a_r:y_t", "sys_u:a_r:x_t", CLASS_DOMAIN, RULE_TRANSITION, true, "sys_u:a_r:bad_t"},
    {"tr", "sys_u:a_r:x_t", "sys_u:a_r:y_t", 99, RULE_TRANSITION, false, "sys_u:object_r:y_t"},
    {"tr", "sys_u:a_r:x_t", "sys_u:a_r:y_t", 0, RULE_TRANSITION, false, "sys_u:object_r:y_t"},
    {"tr", "sys_u:a_r:x_t", "sys_u:a_r:y_t", 0x10003, RULE_TRANSITION, false, "sys_u:object_r:y_t"},
    {"tr", "sys_u:a_r:x_t", "sys_u:a_r:y_t", 0x10004, RULE_TRANSITION, false, "sys_u:object_r:y_t"},

    /* 22: the class of a role transition is not looked at; version 24 has none for domain */
    {"rtc", "sys_u:a_r:x_t", "sys_u:a_r:y_t", CLASS_DOMAIN, RULE_TRANSITION, false, "sys_u:b_r:x_t"},
    {"rtc", "sys_u:a_r:x_t", "sys_u:a_r:y_t", CLASS_EVENT, RULE_TRANSITION, false, "sys_u:object_r:y_t"},
    {"v24", "sys_u:a_r:x_t", "sys_u:a_r:y_t", CLASS_DOMAIN, RULE_TRANSITION, false, "sys_u:a_r:x_t"},

    /* 24: the first range rule, else the whole range of a domain, else the low level twice */
    {"mlstr", X LOW, Y HIGH, CLASS_EVENT, RULE_TRANSITION, false, "sys_u:object_r:y_t:s1:c0-s1:c0.c2"},
    {"mlstr", X LOW, Y HIGH, CLASS_DOMAIN, RULE_TRANSITION, false, X "s0-s1:c1"},
    {"mlstr", Y LOW, X HIGH, CLASS_DOMAIN, RULE_TRANSITION, false, Y LOW},
    {"mlstr", Y LOW, X HIGH, CLASS_EVENT, RULE_TRANSITION, false, "sys_u:object_r:x_t:s0:c1"},
    {"mlstr", X LOW, Y HIGH, CLASS_XEN, RULE_TRANSITION, false, "sys_u:object_r:y_t:s0:c1"},
    {"mlstr", X LOW, Y HIGH, 0x10004, RULE_TRANSITION, false, "sys_u:object_r:y_t:s0:c1"},
    {"mlstr", X LOW, Y HIGH, CLASS_EVENT, RULE_CHANGE, false, "sys_u:object_r:y_t:s0:c1"},
    {"mlstr", X LOW, Y HIGH, CLASS_DOMAIN, RULE_CHANGE, false, X LOW},
    {"mlstr", X LOW, Y HIGH, CLASS_EVENT, RULE_MEMBER, false, "sys_u:object_r:y_t:s0:c1"},
    {"mlstr", X LOW, Y HIGH, CLASS_GRANT, RULE_MEMBER, false, "sys_u:object_r:y_t:s0:c1"},
    {"mlstr", X LOW, Y HIGH, CLASS_DOMAIN, RULE_MEMBER, false, X "s0:c1"},

    /* 25: an object need not keep to its user's range, a domain must; the default range of grant is not obeyed */
    {"mlstr", "ub:sys_r:x_t:s0", Y HIGH, CLASS_DOMAIN, RULE_TRANSITION, false, NULL},
    {"mlstr", "ub:sys_r:x_t:s0", Y HIGH, CLASS_DOMAIN, RULE_TRANSITION, true, "ub:sys_r:x_t:s0-s1:c1"},
    {"mlstr", "ub:sys_r:x_t:s0", Y HIGH, CLASS_EVENT, RULE_TRANSITION, false, "ub:object_r:y_t:s1:c0-s1:c0.c2"},
    {"mlstr", X "s1:c0", "ub:sys_r:y_t:s0", CLASS_DOMAIN, RULE_MEMBER, false, NULL},
    {"mlstr", X "s1:c0", "ub:sys_r:y_t:s0", CLASS_DOMAIN, RULE_MEMBER, true, "ub:sys_r:x_t:s1:c0"},
    {"mlstr", X LOW, Y HIGH, CLASS_GRANT, RULE_TRANSITION, false, "sys_u:object_r:y_t:s0:c1"},

    /* 23: the defaults of a class are not obeyed */
    {"def", "sys_u:a_r:x_t", "ub:a_r:y_t", CLASS_EVENT, RULE_TRANSITION, false, "sys_u:object_r:y_t"},
    {"def", "sys_u:a_r:x_t", "ub:a_r:y_t", CLASS_DOMAIN, RULE_TRANSITION, false, "sys_u:a_r:x_t"},
};

static void rows_label_as_written(void **test)
{
	const struct label_row *row;
	struct ss_server server;
	flask_sid_t source, target, sid;
	uint32_t i;
	int rc;

	(void)test;
	for (i = 0; i < PORT_ARRAY_SIZE(label_rows); i++) {
		row = &label_rows[i];
		ss_init(&server, &world_config);
		world_load(&server, row->policy);
		source = world_sid(&server, row->source);
		target = world_sid(&server, row->target);
		world_log_start();
		sid = 4711;
		rc = ss_compute_label(&server, source, target, row->tclass, row->kind, row->permissive, &sid);
		if (rc != (row->label ? 0 : -EACCES))
			fail_msg("%s: %s -> %s class %u: %d", row->policy, row->source, row->target, row->tclass, rc);
		if (rc)
			assert_int_equal(sid, 4711);
		else
			world_expect_label(&server, sid, row->label);
		assert_int_equal(world_log_count(), row->permissive);
		ss_fini(&server);
	}
}

static void expect(const struct ss_server *server, flask_sid_t source, flask_sid_t target, uint32_t tclass,
		   uint32_t allowed)
{
	struct ss_decision decision;

	assert_int_equal(ss_decide(server, source, target, tclass, &decision), 0);
	assert_int_equal(decision.access.allowed, allowed);
}

/* 9 */
static void unknown_classes_fail_and_unknown_labels_are_unlabeled(void **test)
{
	struct ss_decision decision;
	struct ss_server server;
	flask_sid_t x;

	(void)test;
	ss_init(&server, &world_config);
	world_load(&server, "av1");
	x = world_sid(&server, "x_t");
	assert_int_equal(ss_decide(&server, x, x, 0, &decision), -EINVAL);
	assert_int_equal(ss_decide(&server, x, x, CLASS_COUNT + 1, &decision), -EINVAL);
	assert_int_equal(decision.access.allowed, 0);
	assert_int_equal(decision.access.auditallow, 0);
	assert_int_equal(decision.access.auditdeny, UINT32_MAX);
	assert_int_equal(decision.seqno, 1);
	expect(&server, 0, 0, CLASS_DOMAIN, DOMAIN_CREATE);
	expect(&server, 999, 999, CLASS_DOMAIN, DOMAIN_CREATE);
	ss_fini(&server);
}

struct bool_row {
	bool p, q;
	uint32_t event, auditallow, not_audited, grant;
	const char *transition;
};

/* 11 and 12 */
static const struct bool_row bool_rows[] = {
    {false, true, EVENT_BIND | EVENT_STATUS, 0, EVENT_STATUS, BOTH, "sys_u:object_r:n2_t"},
    {true, true, EVENT_BIND | EVENT_SEND, EVENT_BIND, 0, 0, "sys_u:object_r:n1_t"},
    {true, false, EVENT_BIND | EVENT_SEND, EVENT_BIND, 0, BOTH, "sys_u:object_r:n1_t"},
    {false, false, EVENT_BIND | EVENT_SEND, EVENT_BIND, 0, 0, "sys_u:object_r:n1_t"},
};

static void set_bools(struct ss_server *server, bool p, bool q)
{
	uint32_t p_index, q_index;
	bool values[2];

	assert_int_equal(ss_bool_count(server), 2);
	assert_int_equal(ss_bool_find(server, "p_b", 3, &p_index), 0);
	assert_int_equal(ss_bool_find(server, "q_b", 3, &q_index), 0);
	values[p_index] = p;
	values[q_index] = q;
	assert_int_equal(ss_bools_commit(server, values, 2), 0);
}

static void booleans_switch_rules(void **test)
{
	const struct bool_row *row;
	struct ss_decision decision;
	struct ss_server server;
	flask_sid_t x, y, sid;
	uint32_t i;

	(void)test;
	ss_init(&server, &world_config);
	world_load(&server, "cond");
	x = world_sid(&server, "x_t");
	y = world_sid(&server, "y_t");
	for (i = 0; i <= PORT_ARRAY_SIZE(bool_rows); i++) {
		/* The first row is also the state of the image: once before any commit. */
		row = &bool_rows[i ? i - 1 : 0];
		if (i)
			set_bools(&server, row->p, row->q);
		assert_int_equal(ss_decide(&server, x, y, CLASS_EVENT, &decision), 0);
		assert_int_equal(decision.access.allowed, row->event);
		assert_int_equal(decision.access.auditallow, row->auditallow);
		assert_int_equal(decision.access.auditdeny, ~row->not_audited);
		expect(&server, x, y, CLASS_GRANT, row->grant);
		assert_int_equal(ss_compute_label(&server, x, y, CLASS_EVENT, RULE_TRANSITION, false, &sid), 0);
		world_expect_label(&server, sid, row->transition);
	}
	assert_int_equal(ss_bool_find(&server, "r_b", 3, &i), -ENOENT);
	ss_fini(&server);
}

/* 18 */
static void a_dominating_role_does_not_give_the_roles_below_it(void **test)
{
	struct policy *policy = world_policy("dom");
	struct policy_context context;

	(void)test;
	assert_int_equal(context_parse(policy, "ut:top_r:x_t", 12, NULL, &context), 0);
	assert_int_equal(context_parse(policy, "ut:a_r:x_t", 10, NULL, &context), -EINVAL);
	policy_destroy(policy);
}

static bool may_change(const struct policy *policy, uint32_t tclass, const char *from, const char *to, const char *task)
{
	struct policy_context old = world_context(policy, from), new = world_context(policy, to);
	struct policy_context by = world_context(policy, task);
	const struct policy_class *rules = &policy->classes[tclass - 1];
	uint32_t i;

	for (i = 0; i < rules->nvalidatetrans; i++)
		if (!constraint_holds(policy, &rules->validatetrans[i], &old, &new, &by))
			return false;
	return true;
}

/* 33 */
static void validatetrans_rules_hold_as_written(void **test)
{
	struct policy *policy = world_policy("vt");

	(void)test;
	assert_true(may_change(policy, CLASS_EVENT, "x_t", "y_t", "s_t"));
	assert_false(may_change(policy, CLASS_EVENT, "x_t", "y_t", "x_t"));
	assert_true(may_change(policy, CLASS_EVENT, "x_t", "x_t", "x_t"));
	assert_false(may_change(policy, CLASS_GRANT, "x_t", "x_t", "s_t"));
	assert_true(may_change(policy, CLASS_GRANT, "x_t", "y_t", "x_t"));
	assert_true(may_change(policy, CLASS_DOMAIN, "x_t", "y_t", "x_t"));
	policy_destroy(policy);

	policy = world_policy("mlsvt");
	assert_true(may_change(policy, CLASS_EVENT, X "s0", X "s1:c0", X "s0"));
	assert_false(may_change(policy, CLASS_EVENT, X "s1:c0", X "s0", X "s1"));
	assert_true(may_change(policy, CLASS_EVENT, X "s1:c0", X "s0", "sys_u:sys_r:s_t:s0"));
	assert_false(may_change(policy, CLASS_EVENT, X "s0:c0", X "s1:c1", X "s0"));
	policy_destroy(policy);
}

/* 34 */
static void a_permissive_type_is_flagged_as_source_only(void **test)
{
	struct ss_decision decision;
	struct ss_server server;
	flask_sid_t x, y;

	(void)test;
	ss_init(&server, &world_config);
	world_load(&server, "perm");
	x = world_sid(&server, "x_t");
	y = world_sid(&server, "y_t");
	assert_int_equal(ss_decide(&server, x, y, CLASS_EVENT, &decision), 0);
	assert_true(decision.access.permissive);
	assert_int_equal(decision.access.allowed, 0);
	assert_int_equal(ss_decide(&server, y, x, CLASS_EVENT, &decision), 0);
	assert_false(decision.access.permissive);
	assert_int_equal(ss_decide(&server, x, y, 99, &decision), -EINVAL);
	assert_true(decision.access.permissive);
	ss_fini(&server);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(rows_decide_as_written),
	    cmocka_unit_test(rows_label_as_written),
	    cmocka_unit_test(unknown_classes_fail_and_unknown_labels_are_unlabeled),
	    cmocka_unit_test(booleans_switch_rules),
	    cmocka_unit_test(a_dominating_role_does_not_give_the_roles_below_it),
	    cmocka_unit_test(validatetrans_rules_hold_as_written),
	    cmocka_unit_test(a_permissive_type_is_flagged_as_source_only),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
