/* SPDX-License-Identifier: BSD-2-Clause */
/* Relabelling a running domain: what it needs, what it changes, and that a refusal changes nothing. */
#include "tests/unit/module/world.h"
#include "flask/module/hooks.h"
#include "hooks/abi/flask_op.h"
#include "hooks/abi/xen.h"

#define LINE(perm, pair, from, to, tclass, seq)                                                                      \
	"avc:  denied  { " perm " } for " pair " scontext=system_u:system_r:" from " tcontext=system_u:system_r:" to \
	" tclass=" tclass " op=xsm_op.relabel_domain seq=" #seq " permissive=0"

static int relabel(uint32_t domid, flask_sid_t sid)
{
	struct xen_flask_op op = {
	    .cmd = FLASK_RELABEL_DOMAIN,
	    .interface_version = XEN_FLASK_INTERFACE_VERSION,
	    .u.relabel = {.domid = domid, .sid = sid},
	};

	fake_operation = (struct hv_operation){"xsm_op", NULL};
	memcpy(fake_memory, &op, sizeof(op));
	return flask_do_xsm_op(FAKE_BASE);
}

static void another_domain_needs_three_permissions(void **state)
{
	flask_sid_t b_t;

	(void)state;
	world_with_guests(FLASK_MODE_ENFORCING);
	b_t = world_sid("b_t");
	assert_int_equal(relabel(1, b_t), -EACCES);
	log_expect(LINE("relabelfrom", "source=d0 target=d1", "dom0_t", "a_t", "domain2", 1));
	world_set("relabel_from", true);
	assert_int_equal(relabel(1, b_t), -EACCES);
	log_expect(LINE("relabelto", "source=d0 target=d1", "dom0_t", "b_t", "domain2", 2));
	world_set("relabel_to", true);
	assert_int_equal(relabel(1, b_t), -EACCES);
	log_expect(LINE("transition", "source=d0 target=d1", "a_t", "b_t", "domain", 3));
	world_expect_label(&a, "a_t", "a_self_t");

	world_set("becomes", true);
	assert_int_equal(relabel(1, b_t), 0);
	log_expect("Flask: d1 relabelled by d0");
	world_expect_label(&a, "b_t", "b_self_t");
	assert_false(world_is_held(world_sid("a_t")));
	assert_false(world_is_held(world_sid("a_self_t")));
	world_end();
}

static void oneself_is_domid_self_only(void **state)
{
	flask_sid_t b_t;

	(void)state;
	world_with_guests(FLASK_MODE_ENFORCING);
	b_t = world_sid("b_t");
	world_set("becomes", true);
	fake_current = &a;
	assert_int_equal(relabel(DOMID_SELF, b_t), -EACCES);
	log_expect(LINE("relabelself", "source=d1", "a_t", "b_t", "domain2", 1));
	world_set("relabel_self", true);
	/* Its own number: the rights over another domain, which it does not have. */
	assert_int_equal(relabel(1, b_t), -EACCES);
	log_expect(LINE("relabelfrom", "source=d1", "a_t", "a_t", "domain2", 2));
	world_expect_label(&a, "a_t", "a_self_t");
	assert_int_equal(relabel(DOMID_SELF, b_t), 0);
	world_expect_label(&a, "b_t", "b_self_t");
	world_end();
}

static void what_cannot_be_relabelled(void **state)
{
	(void)state;
	world_with_guests(FLASK_MODE_ENFORCING);
	assert_int_equal(relabel(9, world_sid("b_t")), -ESRCH);
	/* The field has 32 bits, a domain 16: neither d1 nor oneself. */
	assert_int_equal(relabel(0x10001, world_sid("b_t")), -ESRCH);
	assert_int_equal(relabel(0x10000 | DOMID_SELF, world_sid("b_t")), -ESRCH);
	assert_int_equal(relabel(0xffff, world_sid("b_t")), -ESRCH);
	assert_int_equal(relabel(0xffffffff, world_sid("b_t")), -ESRCH);
	log_expect_none();

	/* Without the permission nobody learns which numbers are labels. */
	assert_int_equal(relabel(1, 60000), -EACCES);
	log_forget();
	world_set("relabel_from", true);
	world_set("relabel_to", true);
	world_set("becomes", true);
	assert_int_equal(relabel(1, 60000), -EINVAL);
	assert_int_equal(relabel(1, 0), -EINVAL);
	log_expect_none();
	/* Its label for itself would not be valid. */
	assert_int_equal(relabel(1, world_sid("odd_t")), -EACCES);
	world_expect_label(&a, "a_t", "a_self_t");
	world_end();
}

static uint32_t checks_left;

/* At the last check of a relabelling another one makes the domain something with no way on. */
static void another_cpu_relabels(void)
{
	if (--checks_left)
		return;
	fake_between = NULL;
	assert_int_equal(relabel(1, world_sid("stuck_t")), 0);
}

static void the_label_asked_about_is_the_one_replaced(void **state)
{
	flask_sid_t b_t;

	(void)state;
	world_with_guests(FLASK_MODE_ENFORCING);
	b_t = world_sid("b_t");
	world_set("relabel_from", true);
	world_set("relabel_to", true);
	world_set("becomes", true);
	checks_left = 3;
	fake_between = another_cpu_relabels;
	assert_int_equal(relabel(1, b_t), -EACCES);
	log_expect("Flask: d1 relabelled by d0",
		   LINE("transition", "source=d0 target=d1", "stuck_t", "b_t", "domain", 1));
	world_expect_label(&a, "stuck_t", "stuck_t");
	world_end();
}

static void failed_allocations_change_nothing(void **state)
{
	flask_sid_t b_t;
	uint64_t nth;
	int rc = -ENOMEM;

	(void)state;
	world_with_guests(FLASK_MODE_ENFORCING);
	b_t = world_sid("b_t");
	world_set("relabel_from", true);
	world_set("relabel_to", true);
	world_set("becomes", true);
	for (nth = 1; rc == -ENOMEM; nth++) {
		world_expect_label(&a, "a_t", "a_self_t");
		port_posix_fail_alloc(nth);
		rc = relabel(1, b_t);
		port_posix_fail_alloc(0);
	}
	assert_int_equal(rc, 0);
	assert_in_range(nth, 3, 20);
	world_expect_label(&a, "b_t", "b_self_t");
	world_end();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(another_domain_needs_three_permissions),
	    cmocka_unit_test(oneself_is_domid_self_only),
	    cmocka_unit_test(what_cannot_be_relabelled),
	    cmocka_unit_test(the_label_asked_about_is_the_one_replaced),
	    cmocka_unit_test(failed_allocations_change_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
