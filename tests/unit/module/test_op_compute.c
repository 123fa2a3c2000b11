/* SPDX-License-Identifier: BSD-2-Clause */
/* CREATE, RELABEL, MEMBER, GET_PEER_SID and the commands about the cache that is none. */
#include "flask/module/hooks.h"
#include "tests/unit/module/guest.h"

static struct xen_flask_op op;

static void open_world(enum flask_mode mode)
{
	world_with_guests(mode);
	world_set("open", true);
	memset(&op, 0, sizeof(op));
}

static int compute(uint32_t cmd, flask_sid_t source, flask_sid_t target, uint32_t tclass)
{
	op.u.transition = (struct xen_flask_transition){source, target, tclass, 4711};
	return guest_call(&op, cmd);
}

static void permissions(void **state)
{
	static const struct {
		uint32_t cmd;
		int rc;
		const char *line;
	} rows[] = {
	    {FLASK_CREATE, -EACCES, GUEST_DENIED("compute_create", "create")},
	    {FLASK_RELABEL, -EACCES, GUEST_DENIED("compute_relabel", "relabel")},
	    {FLASK_MEMBER, -EACCES, GUEST_DENIED("compute_member", "member")},
	    {FLASK_SETAVC_THRESHOLD, -EACCES, GUEST_DENIED("setsecparam", "setavc_threshold")},
	    {FLASK_GETAVC_THRESHOLD, 512, NULL},
	    {FLASK_AVC_HASHSTATS, 0, NULL},
	    {FLASK_AVC_CACHESTATS, 0, NULL},
	    {FLASK_GET_PEER_SID, -EINVAL, NULL},
	};
	size_t i;

	(void)state;
	for (i = 0; i < PORT_ARRAY_SIZE(rows); i++) {
		world_with_guests(FLASK_MODE_ENFORCING);
		memset(&op, 0, sizeof(op));
		assert_int_equal(guest_call(&op, rows[i].cmd), rows[i].rc);
		log_expect(rows[i].line);
		world_end();
	}
}

static void labels_of_new_objects(void **state)
{
	(void)state;
	open_world(FLASK_MODE_ENFORCING);
	assert_int_equal(compute(FLASK_CREATE, world_sid("a_t"), world_sid("b_t"), SECCLASS_EVENT), 0);
	assert_int_equal(op.u.transition.newsid, world_sid("system_u:object_r:a_chan_t"));
	assert_int_equal(compute(FLASK_RELABEL, world_sid("a_t"), world_sid("b_t"), SECCLASS_EVENT), 0);
	assert_int_equal(op.u.transition.newsid, world_sid("system_u:object_r:b_t"));
	assert_int_equal(compute(FLASK_MEMBER, world_sid("a_t"), world_sid("b_t"), SECCLASS_EVENT), 0);
	assert_int_equal(op.u.transition.newsid, world_sid("system_u:object_r:a_self_t"));
	assert_int_equal(compute(FLASK_CREATE, world_sid("a_t"), world_sid("a_t"), SECCLASS_DOMAIN), 0);
	assert_int_equal(op.u.transition.newsid, world_sid("a_self_t"));
	/* A number that is no label acts as unlabeled. */
	assert_int_equal(compute(FLASK_CREATE, world_sid("a_t"), UINT32_MAX, SECCLASS_EVENT), 0);
	assert_int_equal(op.u.transition.newsid, world_sid("system_u:object_r:unlabeled_t"));
	assert_int_equal(compute(FLASK_CREATE, 0, 0, SECCLASS_DOMAIN), 0);
	assert_int_equal(op.u.transition.newsid, SECINITSID_UNLABELED);
	log_expect_none();
	world_end();
}

/* Xen: cuts the class to 16 bits and takes any other number for a class of objects. */
static void classes_that_are_none(void **state)
{
	static const uint32_t commands[] = {FLASK_CREATE, FLASK_RELABEL, FLASK_MEMBER};
	static const uint32_t classes[] = {0, SECCLASS_ARGO + 1, 65535, 65536 + SECCLASS_EVENT, UINT32_MAX};
	size_t i, j;

	(void)state;
	open_world(FLASK_MODE_ENFORCING);
	for (i = 0; i < PORT_ARRAY_SIZE(commands); i++)
		for (j = 0; j < PORT_ARRAY_SIZE(classes); j++) {
			assert_int_equal(compute(commands[i], SECINITSID_DOMU, SECINITSID_DOMU, classes[j]), -EINVAL);
			assert_int_equal(op.u.transition.newsid, 4711);
		}
	world_end();
}

static void an_invalid_label(void **state)
{
	flask_sid_t odd;

	(void)state;
	open_world(FLASK_MODE_ENFORCING);
	odd = world_sid("odd_t");
	assert_int_equal(compute(FLASK_CREATE, odd, odd, SECCLASS_DOMAIN), -EACCES);
	assert_int_equal(op.u.transition.newsid, 4711);
	world_end();

	open_world(FLASK_MODE_PERMISSIVE);
	odd = world_sid("odd_t");
	assert_int_equal(compute(FLASK_CREATE, odd, odd, SECCLASS_DOMAIN), 0);
	assert_true(ss_sid_exists(&flask.server, op.u.transition.newsid));
	assert_non_null(strstr(log_line(log_count() - 1), "Flask: not valid in the policy, used because nothing is "
							  "enforced: label "));
	log_forget();
	world_end();
}

static void before_a_policy(void **state)
{
	(void)state;
	world_boot_late();
	fake_current = &dom0;
	assert_int_equal(compute(FLASK_CREATE, 3, 12, SECCLASS_DOMAIN), 0);
	assert_int_equal(op.u.transition.newsid, 3);
	assert_int_equal(compute(FLASK_MEMBER, 3, 12, SECCLASS_EVENT), 0);
	assert_int_equal(op.u.transition.newsid, 12);
	memset(&op, 0xff, sizeof(op));
	assert_int_equal(guest_call(&op, FLASK_AVC_HASHSTATS), 0);
	assert_int_equal(op.u.hash_stats.entries, 0);
	assert_int_equal(op.u.hash_stats.buckets_used, 0);
	assert_int_equal(op.u.hash_stats.max_chain_len, 0);
	world_end();
}

static int set_threshold(uint32_t threshold)
{
	op.u.setavc_threshold.threshold = threshold;
	return guest_call(&op, FLASK_SETAVC_THRESHOLD);
}

static void the_threshold(void **state)
{
	(void)state;
	world_with_guests(FLASK_MODE_ENFORCING);
	memset(&op, 0, sizeof(op));
	assert_int_equal(guest_call(&op, FLASK_GETAVC_THRESHOLD), 512);
	/* No change, no permission. */
	assert_int_equal(set_threshold(512), 0);
	log_expect_none();
	assert_int_equal(set_threshold(UINT32_MAX), -EACCES);
	assert_int_equal(guest_call(&op, FLASK_GETAVC_THRESHOLD), 512);

	world_set("open", true);
	assert_int_equal(set_threshold(0), 0);
	assert_int_equal(guest_call(&op, FLASK_GETAVC_THRESHOLD), 0);
	assert_int_equal(set_threshold(INT32_MAX), 0);
	assert_int_equal(set_threshold((uint32_t)INT32_MAX + 1), -EINVAL);
	assert_int_equal(set_threshold(UINT32_MAX), -EINVAL);
	assert_int_equal(guest_call(&op, FLASK_GETAVC_THRESHOLD), INT32_MAX);
	world_end();
}

static void the_table_of_labels(void **state)
{
	struct xen_flask_hash_stats before;

	(void)state;
	open_world(FLASK_MODE_ENFORCING);
	memset(&op, 0xff, sizeof(op));
	assert_int_equal(guest_call(&op, FLASK_AVC_HASHSTATS), 0);
	before = op.u.hash_stats;
	assert_int_equal(before.entries, ss_facts(&flask.server).sids);
	assert_int_equal(before.buckets_total, SIDTAB_BUCKETS);
	assert_in_range(before.buckets_used, 1, before.entries);
	assert_in_range(before.max_chain_len, 1, before.entries - before.buckets_used + 1);
	world_sid("system_u:object_r:lenient_t");
	assert_int_equal(guest_call(&op, FLASK_AVC_HASHSTATS), 0);
	assert_int_equal(op.u.hash_stats.entries, before.entries + 1);
	world_end();
}

/* The sum over all CPUs; the test may move between two calls. */
static uint32_t decisions(void)
{
	uint32_t cpu, sum = 0;
	int rc = 0;

	for (cpu = 0; !rc; cpu++) {
		memset(&op, 0xff, sizeof(op));
		op.u.cache_stats.cpu = cpu;
		rc = guest_call(&op, FLASK_AVC_CACHESTATS);
		if (rc)
			break;
		assert_int_equal(op.u.cache_stats.cpu, cpu);
		assert_int_equal(op.u.cache_stats.misses, op.u.cache_stats.lookups);
		assert_int_equal(op.u.cache_stats.hits, 0);
		assert_int_equal(op.u.cache_stats.allocations, 0);
		assert_int_equal(op.u.cache_stats.reclaims, 0);
		assert_int_equal(op.u.cache_stats.frees, 0);
		sum += op.u.cache_stats.lookups;
	}
	assert_int_equal(rc, -ENOENT);
	assert_int_equal(cpu, port_cpus());
	return sum;
}

static void the_questions_of_each_cpu(void **state)
{
	uint32_t before;
	unsigned int i;

	(void)state;
	open_world(FLASK_MODE_ENFORCING);
	before = decisions();
	for (i = 0; i < 100; i++)
		assert_int_equal(flask_getdomaininfo(&a), 0);
	assert_int_equal(decisions(), before + 100);
	op.u.cache_stats.cpu = UINT32_MAX;
	assert_int_equal(guest_call(&op, FLASK_AVC_CACHESTATS), -ENOENT);
	world_end();
}

static int peer_sid(uint32_t port)
{
	op.u.peersid = (struct xen_flask_peersid){port, 4711};
	return guest_call(&op, FLASK_GET_PEER_SID);
}

static void the_peer_of_a_channel(void **state)
{
	(void)state;
	world_with_guests(FLASK_MODE_ENFORCING);
	fake_current = &a; /* everybody may */
	memset(fake_peers, 0, sizeof(fake_peers));
	fake_peers[2] = &b;
	assert_int_equal(peer_sid(2), 0);
	assert_int_equal(op.u.peersid.sid, world_sid("b_t"));
	assert_int_equal(peer_sid(0), -EINVAL);
	assert_int_equal(op.u.peersid.sid, 4711);
	assert_int_equal(peer_sid(1), -EINVAL);
	assert_int_equal(peer_sid(FAKE_PORTS), -EINVAL);
	assert_int_equal(peer_sid(UINT32_MAX), -EINVAL);
	/* Not how it sees itself. */
	fake_peers[3] = &a;
	assert_int_equal(peer_sid(3), 0);
	assert_int_equal(op.u.peersid.sid, world_sid("a_t"));
	log_expect_none();
	world_end();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(permissions),	     cmocka_unit_test(labels_of_new_objects),
	    cmocka_unit_test(classes_that_are_none), cmocka_unit_test(an_invalid_label),
	    cmocka_unit_test(before_a_policy),	     cmocka_unit_test(the_threshold),
	    cmocka_unit_test(the_table_of_labels),   cmocka_unit_test(the_questions_of_each_cpu),
	    cmocka_unit_test(the_peer_of_a_channel),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
