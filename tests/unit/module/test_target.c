/* SPDX-License-Identifier: BSD-2-Clause */
/* b becomes the device model of a: what it needs, how b then sees a, and that this follows when either is relabelled.
 */
#include "flask/module/hooks.h"
#include "hooks/abi/domctl.h"
#include "hooks/abi/xen.h"
#include "tests/unit/module/guest.h"

#define LINE(perm, who, from, to, tclass, seq)                                                                      \
	"avc:  denied  { " perm " } for " who " scontext=system_u:system_r:" from " tcontext=system_u:system_r:" to \
	" tclass=" tclass " seq=" #seq " permissive=0"

static int relabel(uint32_t domid, const char *type)
{
	struct xen_flask_op op = {.u.relabel = {.domid = domid, .sid = world_sid(type)}};

	return guest_call(&op, FLASK_RELABEL_DOMAIN);
}

static void may_do_all(bool may)
{
	world_set("relabel_from", may);
	world_set("relabel_to", may);
	world_set("becomes", may);
}

/* As the host does once the hook agreed. */
static void make_model(void)
{
	assert_int_equal(flask_set_target(&b, &a), 0);
	b.target = &a;
}

static void expect_seen(const char *type)
{
	assert_int_equal(flask_object_sid(&b, &a), world_sid(type));
}

static void three_permissions(void **state)
{
	(void)state;
	world_with_guests(FLASK_MODE_ENFORCING);
	assert_int_equal(flask_domctl(&b, XEN_DOMCTL_set_target, 0), 0); /* asked by its own hook */
	log_expect_none();
	assert_int_equal(flask_set_target(&b, &a), -EACCES);
	log_expect(LINE("make_priv_for", "source=d0 target=d2", "dom0_t", "b_t", "domain2", 1));
	world_set("relabel_from", true);
	assert_int_equal(flask_set_target(&b, &a), -EACCES);
	log_expect(LINE("set_as_target", "source=d0 target=d1", "dom0_t", "a_t", "domain2", 2));
	world_set("relabel_to", true);
	assert_int_equal(flask_set_target(&b, &a), -EACCES);
	log_expect(LINE("set_target", "current=d0", "b_t", "a_t", "domain", 3));
	world_set("becomes", true);
	assert_false(world_is_held(world_sid("a_target_t")));
	make_model();
	expect_seen("a_target_t");
	assert_true(world_is_held(world_sid("a_target_t")));
	world_expect_label(&b, "b_t", "b_self_t");
	world_expect_label(&a, "a_t", "a_self_t");
	/* Others see a as before. */
	assert_int_equal(flask_object_sid(&dom0, &a), world_sid("a_t"));
	log_expect_none();
	world_end();
}

/* Xen: -EINVAL too, but the label has changed. */
static void one_target_for_life(void **state)
{
	(void)state;
	world_with_guests(FLASK_MODE_ENFORCING);
	may_do_all(true);
	make_model();
	assert_int_equal(flask_set_target(&b, &dom0), -EINVAL);
	expect_seen("a_target_t");
	/* Who may not ask does not learn that there is one. */
	may_do_all(false);
	assert_int_equal(flask_set_target(&b, &dom0), -EACCES);
	log_forget();
	world_end();
}

static void relabelling_the_target(void **state)
{
	(void)state;
	world_with_guests(FLASK_MODE_ENFORCING);
	may_do_all(true);
	make_model();
	assert_int_equal(relabel(1, "dom0_t"), 0);
	world_expect_label(&a, "dom0_t", "dom0_t");
	expect_seen("dom0_target_t");
	world_expect_label(&b, "b_t", "b_self_t");
	assert_false(world_is_held(world_sid("a_target_t")));
	assert_true(world_is_held(world_sid("dom0_target_t")));
	world_end();
}

/* There is no rule for res_t: it sees the target as what it is. */
static void relabelling_the_model(void **state)
{
	(void)state;
	world_with_guests(FLASK_MODE_ENFORCING);
	may_do_all(true);
	make_model();
	assert_int_equal(relabel(2, "xen_t"), 0);
	world_expect_label(&b, "xen_t", "xen_t");
	expect_seen("a_t");
	assert_int_equal(relabel(2, "b_t"), 0);
	expect_seen("a_target_t");
	world_end();
}

/* Between what the new label of b was made from and the store, a gets another. */
static void another_cpu_relabels_the_target(void)
{
	fake_walk = NULL;
	assert_int_equal(relabel(1, "dom0_t"), 0);
}

static void relabelling_both_at_once(void **state)
{
	(void)state;
	world_with_guests(FLASK_MODE_ENFORCING);
	may_do_all(true);
	make_model();
	fake_walk = another_cpu_relabels_the_target;
	assert_int_equal(relabel(2, "xen_t"), 0);
	world_expect_label(&a, "dom0_t", "dom0_t");
	world_expect_label(&b, "xen_t", "xen_t");
	/* There is no rule for the two: b sees a as what it is now, not as what it was. */
	expect_seen("dom0_t");
	assert_int_equal(a.pins, 0);
	assert_int_equal(b.pins, 0);
	world_end();
}

/* The same, where the label of b stays as it was: it is a's label alone that tells. */
static void another_cpu_relabels_the_target_only(void)
{
	fake_walk = NULL;
	b.target = NULL;
	assert_int_equal(relabel(1, "dom0_t"), 0);
	b.target = &a;
}

static void the_label_of_the_target_is_looked_at_again(void **state)
{
	(void)state;
	world_with_guests(FLASK_MODE_ENFORCING);
	may_do_all(true);
	make_model();
	fake_walk = another_cpu_relabels_the_target_only;
	assert_int_equal(relabel(2, "xen_t"), 0);
	world_expect_label(&b, "xen_t", "xen_t");
	expect_seen("dom0_t");
	world_end();
}

static uint32_t checks_left;

/* At the last check for set_target, a gets another label. */
static void another_cpu_relabels_the_target_to_be(void)
{
	if (--checks_left)
		return;
	fake_between = NULL;
	assert_int_equal(relabel(1, "dom0_t"), 0);
}

static void a_target_relabelled_meanwhile(void **state)
{
	(void)state;
	world_with_guests(FLASK_MODE_ENFORCING);
	may_do_all(true);
	checks_left = 3;
	fake_between = another_cpu_relabels_the_target_to_be;
	make_model();
	assert_int_equal(checks_left, 0);
	expect_seen("dom0_target_t");
	assert_int_equal(a.pins, 0);
	assert_int_equal(b.pins, 0);
	world_end();
}

/* The number is another domain's by now, or nobody's. */
static void a_target_whose_number_is_gone(void **state)
{
	(void)state;
	world_with_guests(FLASK_MODE_ENFORCING);
	may_do_all(true);
	fake_domains[1] = &dom0;
	assert_int_equal(flask_set_target(&b, &a), -ESRCH);
	fake_domains[1] = NULL;
	assert_int_equal(flask_set_target(&b, &a), -ESRCH);
	assert_int_equal(flask_domain_sids(&b).target, 0);
	assert_int_equal(dom0.pins, 0);
	fake_domains[1] = &a;
	fake_domains[2] = NULL;
	assert_int_equal(flask_set_target(&b, &a), -ESRCH);
	assert_int_equal(flask_domain_sids(&b).target, 0);
	assert_int_equal(a.pins, 0);
	fake_domains[2] = &b;
	make_model();
	expect_seen("a_target_t");
	world_end();
}

static void the_model_of_nobody_keeps_its_labels(void **state)
{
	(void)state;
	world_with_guests(FLASK_MODE_ENFORCING);
	may_do_all(true);
	assert_int_equal(relabel(1, "dom0_t"), 0);
	world_expect_label(&b, "b_t", "b_self_t");
	assert_int_equal(flask_object_sid(&b, &a), world_sid("dom0_t"));
	world_end();
}

static void failed_allocations_change_nothing(void **state)
{
	uint64_t nth;
	int rc = -ENOMEM;

	(void)state;
	world_with_guests(FLASK_MODE_ENFORCING);
	may_do_all(true);
	for (nth = 1; rc == -ENOMEM; nth++) {
		port_posix_fail_alloc(nth);
		rc = flask_set_target(&b, &a);
		port_posix_fail_alloc(0);
	}
	assert_int_equal(rc, 0);
	assert_in_range(nth, 3, 20);
	b.target = &a;
	rc = -ENOMEM;
	for (nth = 1; rc == -ENOMEM; nth++) {
		world_expect_label(&a, "a_t", "a_self_t");
		expect_seen("a_target_t");
		world_sid("dom0_t");
		port_posix_fail_alloc(nth);
		rc = relabel(1, "dom0_t");
		port_posix_fail_alloc(0);
	}
	assert_int_equal(rc, 0);
	assert_in_range(nth, 5, 20);
	world_expect_label(&a, "dom0_t", "dom0_t");
	expect_seen("dom0_target_t");
	world_end();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(three_permissions),
	    cmocka_unit_test(one_target_for_life),
	    cmocka_unit_test(relabelling_the_target),
	    cmocka_unit_test(relabelling_the_model),
	    cmocka_unit_test(relabelling_both_at_once),
	    cmocka_unit_test(the_label_of_the_target_is_looked_at_again),
	    cmocka_unit_test(a_target_relabelled_meanwhile),
	    cmocka_unit_test(a_target_whose_number_is_gone),
	    cmocka_unit_test(the_model_of_nobody_keeps_its_labels),
	    cmocka_unit_test(failed_allocations_change_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
