/* SPDX-License-Identifier: BSD-2-Clause */
/* The labels that domains get, keep and lose. */
#include "tests/unit/module/world.h"
#include "flask/module/hooks.h"

static void the_kind_decides_the_first_label(void **state)
{
	static const struct {
		const char *name;
		struct domain domain;
		bool booting;
		flask_sid_t sid;
	} rows[] = {
	    {"idle", {.id = 0x7fff, .kind = HV_DOMAIN_IDLE, .privileged = true}, true, SECINITSID_XENBOOT},
	    {"idle, later", {.id = 0x7fff, .kind = HV_DOMAIN_IDLE}, false, SECINITSID_XENBOOT},
	    {"DOMID_XEN", {.id = 0x7ff2, .kind = HV_DOMAIN_XEN}, true, SECINITSID_DOMXEN},
	    {"DOMID_IO", {.id = 0x7ff1, .kind = HV_DOMAIN_IO}, true, SECINITSID_DOMIO},
	    {"dom0 at boot", {.id = 0, .privileged = true}, true, SECINITSID_DOM0},
	    {"guest at boot", {.id = 1}, true, SECINITSID_UNLABELED},
	    {"privileged guest, made by dom0", {.id = 3, .privileged = true}, false, SECINITSID_UNLABELED},
	    {"guest, made by dom0", {.id = 3}, false, SECINITSID_UNLABELED},
	};
	size_t i;

	(void)state;
	world_boot(FLASK_MODE_ENFORCING);
	for (i = 0; i < PORT_ARRAY_SIZE(rows); i++) {
		struct domain d = rows[i].domain;

		print_message("  %s\n", rows[i].name);
		fake_current = rows[i].booting ? &idle : &dom0;
		assert_int_equal(flask_alloc_security_domain(&d), 0);
		assert_int_equal(flask_domain_sid(&d), rows[i].sid);
		assert_int_equal(flask_object_sid(&d, &d), rows[i].sid);
		assert_int_equal(flask_object_sid(&dom0, &d), rows[i].sid);
		assert_int_equal(flask_free_security_domain(&d), 0);
		assert_null(d.label.value);
	}
	world_end();
}

static void freeing_a_domain_without_label_is_harmless(void **state)
{
	struct domain d = {.id = 3};

	(void)state;
	world_boot(FLASK_MODE_ENFORCING);
	assert_int_equal(flask_free_security_domain(&d), 0);
	world_end();
}

static void a_domain_is_seen_by_itself_by_its_model_and_by_others(void **state)
{
	(void)state;
	world_with_guests(FLASK_MODE_ENFORCING);
	assert_int_equal(flask_object_sid(&a, &a), world_sid("a_self_t"));
	assert_int_equal(flask_object_sid(&b, &a), world_sid("a_t"));
	assert_int_equal(flask_object_sid(&dom0, &a), world_sid("a_t"));
	/* Nobody told the module how b sees its target: it acts as unlabeled. */
	b.target = &a;
	assert_int_equal(flask_object_sid(&b, &a), 0);
	assert_int_equal(flask_object_sid(&b, &dom0), SECINITSID_DOM0);
	assert_int_equal(flask_object_sid(&a, &b), world_sid("b_t"));
	world_end();
}

static void creation_labels_a_domain(void **state)
{
	struct domain d = {.id = 3};

	(void)state;
	world_with_guests(FLASK_MODE_ENFORCING);
	world_set("dom0_creates", true);
	assert_int_equal(flask_alloc_security_domain(&d), 0);
	assert_int_equal(flask_domain_create(&d, world_sid("lenient_t")), 0);
	world_expect_label(&d, "lenient_t", "lenient_t");
	assert_int_equal(flask_free_security_domain(&d), 0);
	assert_int_equal(flask_alloc_security_domain(&d), 0);
	assert_int_equal(flask_domain_create(&d, world_sid("a_t")), 0);
	world_expect_label(&d, "a_t", "a_self_t");
	assert_int_equal(flask_free_security_domain(&d), 0);

	/* Without a number the label of the allocation stays. */
	assert_int_equal(flask_alloc_security_domain(&d), 0);
	assert_int_equal(flask_domain_create(&d, 0), 0);
	world_expect_label(&d, "unlabeled_t", "unlabeled_t");
	assert_int_equal(flask_free_security_domain(&d), 0);
	log_expect_none();
	world_end();
}

static void labels_are_held_while_a_domain_carries_them(void **state)
{
	flask_sid_t a_t, a_self_t, b_t;

	(void)state;
	world_with_guests(FLASK_MODE_ENFORCING);
	a_t = world_sid("a_t");
	a_self_t = world_sid("a_self_t");
	b_t = world_sid("b_t");
	assert_false(world_is_held(world_sid("lenient_t")));
	assert_false(world_is_held(SECINITSID_UNLABELED)); /* both guests had it until they were created */
	assert_false(world_is_held(SECINITSID_XENBOOT));
	assert_true(world_is_held(SECINITSID_XEN));
	assert_true(world_is_held(a_t));
	assert_true(world_is_held(a_self_t));
	assert_int_equal(flask_free_security_domain(&a), 0);
	assert_false(world_is_held(a_t));
	assert_false(world_is_held(a_self_t));
	assert_true(world_is_held(b_t));
	world_end();
}

static void a_refused_creation_changes_nothing(void **state)
{
	struct domain d = {.id = 3};
	flask_sid_t a_t, odd_t;

	(void)state;
	world_with_guests(FLASK_MODE_ENFORCING);
	a_t = world_sid("a_t");
	odd_t = world_sid("odd_t");
	assert_int_equal(flask_alloc_security_domain(&d), 0);
	fake_operation = (struct hv_operation){"domctl", "createdomain"};

	assert_int_equal(flask_domain_create(&d, a_t), -EACCES);
	log_expect("avc:  denied  { create } for current=d0 scontext=system_u:system_r:dom0_t "
		   "tcontext=system_u:system_r:a_t tclass=domain op=domctl.createdomain seq=1 permissive=0");
	world_expect_label(&d, "unlabeled_t", "unlabeled_t");

	/* A caller without the permission is not told which numbers exist. */
	assert_int_equal(flask_domain_create(&d, 60000), -EACCES);
	log_forget();
	world_set("dom0_creates", true);
	assert_int_equal(flask_domain_create(&d, 60000), -EINVAL);
	log_expect_none();
	world_expect_label(&d, "unlabeled_t", "unlabeled_t");

	assert_int_equal(flask_domain_create(&d, odd_t), -EACCES);
	assert_int_equal(log_level(log_count() - 1), PORT_ERROR);
	assert_memory_equal(log_line(log_count() - 1), "Flask: label refused: ", 22);
	world_expect_label(&d, "unlabeled_t", "unlabeled_t");

	assert_int_equal(flask_free_security_domain(&d), 0);
	world_end();
}

static void dom0_is_made_once(void **state)
{
	struct domain second = {.id = 4, .privileged = true};

	(void)state;
	world_boot(FLASK_MODE_ENFORCING);
	/* A refusal does not count. */
	world_set("open", false);
	fake_current = &dom0;
	assert_int_equal(flask_domain_create(&dom0, SECINITSID_DOM0), -EACCES);
	fake_current = &idle;
	assert_int_equal(flask_domain_create(&dom0, 0), 0);
	world_expect_label(&dom0, "dom0_t", "dom0_t");

	assert_int_equal(flask_alloc_security_domain(&second), 0);
	assert_int_equal(flask_domain_create(&second, 0), -EINVAL);
	assert_int_equal(flask_domain_create(&second, SECINITSID_DOM0), -EINVAL);
	world_set("dom0_creates", true);
	fake_current = &dom0;
	assert_int_equal(flask_domain_create(&second, SECINITSID_DOM0), -EINVAL);
	assert_int_equal(flask_free_security_domain(&second), 0);
	world_end();
}

static void boot_ends_once(void **state)
{
	(void)state;
	world_boot(FLASK_MODE_ENFORCING);
	fake_current = &dom0;
	assert_int_equal(flask_set_system_active(), -EPERM);
	assert_true(dom0.privileged);

	fake_current = &idle;
	assert_int_equal(flask_set_system_active(), 0);
	assert_false(idle.privileged);
	assert_int_equal(flask_domain_sid(&idle), SECINITSID_XEN);
	assert_int_equal(flask_object_sid(&idle, &idle), SECINITSID_XEN);
	assert_int_equal(flask_set_system_active(), -EPERM);
	world_end();
}

static void before_a_policy_only_initial_labels_exist(void **state)
{
	struct domain d = {.id = 3};

	(void)state;
	world_boot_late();
	assert_int_equal(flask_domain_create(&dom0, 0), 0);
	assert_int_equal(flask_set_system_active(), 0);
	fake_current = &dom0;
	assert_int_equal(flask_alloc_security_domain(&d), 0);
	assert_int_equal(flask_domain_create(&d, SECINITSID_DOMU), 0);
	assert_int_equal(flask_domain_sid(&d), SECINITSID_DOMU);
	assert_int_equal(flask_object_sid(&d, &d), SECINITSID_DOMU);
	assert_int_equal(flask_domain_create(&d, SECINITSID_DOMDM + 1), -EINVAL);
	assert_int_equal(flask_domain_sid(&d), SECINITSID_DOMU);
	assert_int_equal(flask_free_security_domain(&d), 0);
	log_expect_none();
	world_end();
}

/* Fails each allocation of @step in turn until none is left to fail; each time nothing may have changed. */
static unsigned int fail_each_allocation(int (*step)(struct domain *d), void (*check)(struct domain *d),
					 struct domain *d)
{
	unsigned int n = 0;
	uint64_t allocs;
	int rc;

	do {
		port_posix_quiesce();
		allocs = port_posix_live_allocs();
		port_posix_fail_alloc(++n);
		rc = step(d);
		port_posix_fail_alloc(0);
		if (!rc)
			break;
		assert_int_equal(rc, -ENOMEM);
		port_posix_quiesce();
		/* Labels that a failed attempt made stay: numbers are never taken back. */
		assert_true(port_posix_live_allocs() >= allocs);
		check(d);
	} while (n < 1000);
	assert_int_equal(rc, 0);
	return n - 1;
}

static int alloc_step(struct domain *d)
{
	return flask_alloc_security_domain(d);
}

static void has_no_label(struct domain *d)
{
	assert_null(d->label.value);
}

static int create_step(struct domain *d)
{
	return flask_domain_create(d, SECINITSID_DOMU);
}

static void is_unlabeled(struct domain *d)
{
	assert_int_equal(flask_subject_sid(d), SECINITSID_UNLABELED);
	assert_int_equal(flask_object_sid(d, d), SECINITSID_UNLABELED);
	assert_false(world_is_held(SECINITSID_DOMU));
}

static int create_dom0_step(struct domain *d)
{
	return flask_domain_create(d, 0);
}

static void is_dom0_not_yet_claimed(struct domain *d)
{
	assert_int_equal(flask_subject_sid(d), SECINITSID_DOM0);
	assert_int_equal(flask.dom0_labels, 0);
}

static int active_step(struct domain *d)
{
	(void)d;
	return flask_set_system_active();
}

static void is_booting(struct domain *d)
{
	assert_int_equal(flask_subject_sid(d), SECINITSID_XENBOOT);
	assert_true(d->privileged);
}

static void failed_allocations_change_nothing(void **state)
{
	struct domain d = {.id = 3};

	(void)state;
	world_boot(FLASK_MODE_ENFORCING);
	assert_in_range(fail_each_allocation(create_dom0_step, is_dom0_not_yet_claimed, &dom0), 1, 100);
	assert_in_range(fail_each_allocation(active_step, is_booting, &idle), 1, 100);

	world_set("dom0_creates", true);
	fake_current = &dom0;
	assert_in_range(fail_each_allocation(alloc_step, has_no_label, &d), 1, 100);
	assert_in_range(fail_each_allocation(create_step, is_unlabeled, &d), 1, 100);
	world_expect_label(&d, "a_t", "a_self_t");
	assert_int_equal(flask_free_security_domain(&d), 0);
	world_end();
}

/* Whichever of the two holds of a domain finds the server's list full and no memory for a longer one. */
static void no_memory_for_a_hold(void **state)
{
	static const char *const others[] = {
	    "xenboot_t",
	    "domio_t",
	    "domxen_t",
	    "security_t",
	    "b_t",
	    "lenient_t",
	    "odd_t",
	    "b_self_t",
	    "system_u:object_r:res_t",
	    "system_u:object_r:a_t",
	    "system_u:object_r:b_t",
	    "system_u:object_r:odd_t",
	    "system_u:object_r:dom0_t",
	};
	struct domain d = {.id = 3};
	size_t i;

	(void)state;
	world_boot(FLASK_MODE_ENFORCING);
	world_set("dom0_creates", true);
	fake_current = &dom0;
	for (i = 0; i < PORT_ARRAY_SIZE(others); i++) {
		assert_int_equal(ss_hold(&flask.server, world_sid(others[i])), 0);
		assert_int_equal(flask_alloc_security_domain(&d), 0);
		fail_each_allocation(create_step, is_unlabeled, &d);
		assert_int_equal(flask_free_security_domain(&d), 0);
	}
	world_end();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(the_kind_decides_the_first_label),
	    cmocka_unit_test(freeing_a_domain_without_label_is_harmless),
	    cmocka_unit_test(a_domain_is_seen_by_itself_by_its_model_and_by_others),
	    cmocka_unit_test(creation_labels_a_domain),
	    cmocka_unit_test(labels_are_held_while_a_domain_carries_them),
	    cmocka_unit_test(a_refused_creation_changes_nothing),
	    cmocka_unit_test(dom0_is_made_once),
	    cmocka_unit_test(boot_ends_once),
	    cmocka_unit_test(before_a_policy_only_initial_labels_exist),
	    cmocka_unit_test(failed_allocations_change_nothing),
	    cmocka_unit_test(no_memory_for_a_hold),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
