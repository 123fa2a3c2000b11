/* SPDX-License-Identifier: BSD-2-Clause */
/* What a policy holds after loading: every value of the example by hand; cut images; lack of memory. */
#include "flask/db/policy.h"
#include "hooks/model/port_posix.h"
#include "tests/support/image_builder.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

static struct policy *load(const struct image_builder *builder)
{
	struct policy *policy = NULL;
	struct image_error error;

	if (policy_create(builder->bytes, builder->size, &policy, &error))
		fail_msg("%s at byte %zu: %s", error.section, error.offset, error.reason);
	return policy;
}

static struct policy *load_example(unsigned int version)
{
	struct image_builder builder = {0};
	struct policy *policy;

	builder_example(&builder, version);
	policy = load(&builder);
	memset(builder.bytes, 0xff, builder.size); /* nothing is kept of it */
	builder_free(&builder);
	return policy;
}

static bool set_is(const struct bitmap *set, uint64_t bits)
{
	const struct bitmap_word word = {0, bits};
	const struct bitmap expected = {bits ? 1 : 0, &word};

	return bitmap_equal(set, &expected);
}

static uint32_t find(const struct names *names, const char *name)
{
	return names_find(names, name, strlen(name));
}

static void check_tables(const struct policy *policy)
{
	assert_int_equal(policy->nclasses, 2);
	assert_string_equal(policy->classes[0].name, "xen");
	assert_string_equal(policy->classes[1].name, "domain");
	assert_int_equal(policy->classes[1].nperms, 2);
	assert_string_equal(policy->classes[1].perm_names[0], "create");
	assert_string_equal(policy->classes[1].perm_names[1], "pause");
	assert_null(policy->classes[1].perm_names[2]);
	assert_int_equal(find(&policy->classes[1].perms, "pause"), 2);
	assert_int_equal(find(&policy->classes[0].perms, "pause"), 0);
	assert_int_equal(find(&policy->class_names, "domain"), 2);

	assert_int_equal(policy->nroles, 2);
	assert_string_equal(policy->roles[0].name, "object_r");
	assert_true(bitmap_is_empty(&policy->roles[0].types));
	assert_true(set_is(&policy->roles[1].dominates, 2));
	assert_true(set_is(&policy->roles[1].types, 5));
	assert_int_equal(find(&policy->role_names, "vm_r"), 2);
	assert_int_equal(find(&policy->role_names, "object_r"), 1);

	assert_int_equal(policy->ntypes, 3);
	assert_string_equal(policy->types[0].name, "vm_t");
	assert_true(policy->types[1].attribute);
	assert_false(policy->types[0].attribute);
	assert_true(set_is(&policy->types[0].attrs, 3));
	assert_true(set_is(&policy->types[2].attrs, 4));
	assert_int_equal(find(&policy->type_names, "u_t"), 1);
	assert_int_equal(find(&policy->type_names, "vm_t"), 1);
	assert_int_equal(find(&policy->type_names, "xen_t"), 3);
	assert_int_equal(find(&policy->type_names, "dom_a"), 2);

	assert_int_equal(policy->nusers, 1);
	assert_true(set_is(&policy->users[0].roles, 2));
	assert_int_equal(find(&policy->user_names, "su"), 1);
	assert_int_equal(policy->nbools, 1);
	assert_true(policy->bools[0].state);
	assert_int_equal(find(&policy->bool_names, "b"), 1);
}

static void check_constraint(const struct policy *policy)
{
	const struct policy_class *domain = &policy->classes[1];

	assert_int_equal(policy->classes[0].nconstraints, 0);
	assert_int_equal(domain->nconstraints, 1);
	assert_int_equal(domain->nvalidatetrans, 0);
	assert_int_equal(domain->constraints[0].perms, 2);
	assert_int_equal(domain->constraints[0].nnodes, 1);
	assert_int_equal(domain->constraints[0].nodes[0].kind, NODE_NAMES);
	assert_int_equal(domain->constraints[0].nodes[0].attr, ATTR_TYPE);
	assert_int_equal(domain->constraints[0].nodes[0].op, OP_EQ);
	assert_true(set_is(&domain->constraints[0].nodes[0].names, 4));
}

static void check_rules(const struct policy *policy)
{
	const struct policy_av_group *group = policy_av_group(policy, 3, 2);
	const struct policy_cond_rule *cond;
	uint32_t count;

	assert_int_equal(policy->nrules, 1);
	assert_non_null(group);
	assert_null(policy_av_group(policy, 3, 1));
	assert_null(policy_av_group(policy, 2, 2));
	assert_null(policy_av_group(policy, 3, 0));
	assert_null(policy_av_group(policy, 3, 3));
	assert_int_equal(policy_av_row(policy, group, 2)->allow, 1);
	assert_int_equal(policy_av_row(policy, group, 2)->auditdeny, UINT32_MAX);
	assert_null(policy_av_row(policy, group, 1));
	assert_null(policy_av_row(policy, group, 3));

	assert_int_equal(policy->nconds, 1);
	assert_int_equal(policy->conds[0].nnodes, 1);
	assert_int_equal(policy->conds[0].nodes[0].op, COND_BOOL);
	assert_int_equal(policy->conds[0].nodes[0].boolean, 1);
	assert_int_equal(policy->conds[0].ntrue, 1);
	assert_int_equal(policy->conds[0].nfalse, 0);
	cond = policy_cond_rules(policy, 3, 1, 2, &count);
	assert_non_null(cond);
	assert_int_equal(count, 1);
	assert_int_equal(cond->kind, RULE_ALLOW);
	assert_int_equal(cond->data, 2);
	assert_int_equal(cond->cond, 0);
	assert_true(cond->branch);
	assert_null(policy_cond_rules(policy, 3, 2, 2, &count));
	assert_int_equal(count, 0);
	assert_null(policy_cond_rules(policy, 65539, 1, 2, &count));
}

static void check_objects(const struct policy *policy)
{
	const struct policy_ocon *isid = policy->ocons[OCON_ISID], *iomem = policy->ocons[OCON_IOMEM];

	assert_int_equal(policy->nocons[OCON_ISID], 1);
	assert_int_equal(isid[0].low, 1);
	assert_int_equal(isid[0].context.user, 1);
	assert_int_equal(isid[0].context.role, 2);
	assert_int_equal(isid[0].context.type, 3);
	assert_int_equal(policy->nocons[OCON_IOMEM], 1);
	assert_int_equal(iomem[0].low, 0xfe000);
	assert_int_equal(iomem[0].high, 0xfe0ff);
	assert_int_equal(iomem[0].context.role, 1);
	assert_int_equal(iomem[0].context.type, 1);
	assert_int_equal(policy->nocons[OCON_PIRQ], 0);
	assert_int_equal(policy->nocons[OCON_DTREE], 0);
}

static void the_example_is_read_to_the_last_value(void **state)
{
	static const unsigned int versions[] = {24, 30};
	size_t i;

	(void)state;
	for (i = 0; i < PORT_ARRAY_SIZE(versions); i++) {
		struct policy *policy = load_example(versions[i]);

		assert_int_equal(policy->version, versions[i]);
		assert_int_equal(policy->unknown, POLICY_UNKNOWN_DENY);
		check_tables(policy);
		check_constraint(policy);
		check_rules(policy);
		check_objects(policy);
		policy_destroy(policy);
	}
}

static void contexts_are_judged_as_xen_judges_them(void **state)
{
	static const struct {
		uint32_t user, role, type;
		bool valid;
	} rows[] = {
	    {1, 2, 3, true},  {1, 2, 1, true},	{1, 2, 2, false}, {1, 1, 2, true},
	    {0, 2, 3, false}, {2, 2, 3, false}, {1, 0, 3, false}, {1, 3, 3, false},
	    {1, 2, 0, false}, {1, 2, 4, false}, {1, 1, 4, false}, {1, 1, 0xffffffffu, false},
	};
	struct policy *policy = load_example(24);
	size_t i;

	(void)state;
	for (i = 0; i < PORT_ARRAY_SIZE(rows); i++) {
		const struct policy_context context = {
		    .user = rows[i].user, .role = rows[i].role, .type = rows[i].type};

		assert_int_equal(policy_context_is_valid(policy, &context), rows[i].valid);
	}
	policy_destroy(policy);
}

static void what_the_image_leaves_out_is_supplied(void **state)
{
	struct image_builder builder = {0};
	struct policy *policy;

	(void)state;
	builder_example(&builder, 24);
	builder_splice(&builder, 0x2e3, 24, "40000000 00000000 00000000"); /* no attributes of dom_a */
	builder_splice(&builder, 0x2cb, 24, "40000000 80000000 01000000 40000000 0100000000000000");
	builder_splice(&builder, 0x127, 0x2c, ""); /* no object_r */
	builder_splice(&builder, 0xe3, 4, "01000000");
	builder_splice(&builder, 0x14, 4, "04000000");
	/* 65 types, so that vm_t can have the last one: an attribute, in another word than its own bit */
	builder_splice(&builder, 0x153 - 0x2c, 8, "41000000 05000000");
	builder_splice(&builder, 0x1ac - 0x2c, 0, "01000000 41000000 03000000 00000000 61");
	{
		unsigned int i;

		for (i = 4; i <= 65; i++)
			builder_hex(&builder, "40000000 00000000 00000000");
	}
	policy = load(&builder);
	builder_free(&builder);
	assert_int_equal(policy->unknown, POLICY_UNKNOWN_ALLOW);
	assert_string_equal(policy->roles[0].name, "object_r");
	assert_int_equal(find(&policy->role_names, "object_r"), 1);
	assert_true(set_is(&policy->types[1].attrs, 2));
	assert_int_equal(bitmap_count(&policy->types[0].attrs), 2);
	assert_true(bitmap_has(&policy->types[0].attrs, 0));
	assert_true(bitmap_has(&policy->types[0].attrs, 64));
	assert_true(bitmap_has(&policy->types[64].attrs, 64));
	assert_null(policy->types[3].name);
	policy_destroy(policy);
}

static void rules_are_found_in_any_order_of_the_file(void **state)
{
	struct image_builder builder = {0};
	const struct policy_av_group *group;
	const struct policy_type_rule *rule;
	struct policy *policy;

	(void)state;
	builder_example(&builder, 24);
	builder_splice(&builder, 0x25f, 4, "03000000 02000000 02000000 01000000 02000000 02000000 01000000");
	builder_splice(&builder, 0x223, 16,
		       "09000000"
		       "0300 0300 0200 0400 feffffff" /* dontaudit xen_t self:domain create */
		       "0300 0300 0200 1000 01000000"
		       "0300 0100 0200 0100 03000000"
		       "0100 0300 0100 0100 01000000"
		       "0300 0300 0200 0100 02000000"
		       "0100 0300 0100 4000 02000000"
		       "0300 0300 0200 0200 01000000"
		       "0100 0300 0100 1000 03000000"
		       "0100 0300 0100 2000 01000000");
	policy = load(&builder);
	builder_free(&builder);

	assert_int_equal(policy->nav_rows, 3);
	assert_int_equal(policy->nav_groups, 2);
	group = policy_av_group(policy, 3, 2);
	assert_int_equal(group->count, 2);
	assert_int_equal(policy_av_row(policy, group, 1)->allow, 3);
	assert_int_equal(policy_av_row(policy, group, 3)->allow, 2);
	assert_int_equal(policy_av_row(policy, group, 3)->auditallow, 1);
	assert_int_equal(policy_av_row(policy, group, 3)->auditdeny, 0xfffffffeu);
	assert_null(policy_av_row(policy, group, 2));
	group = policy_av_group(policy, 1, 1);
	assert_int_equal(group->count, 1);
	assert_int_equal(policy_av_row(policy, group, 3)->allow, 1);

	assert_int_equal(policy->ntype_rules, 4);
	assert_int_equal(policy_type_rule(policy, 3, 3, 2, RULE_TRANSITION)->result, 1);
	assert_int_equal(policy_type_rule(policy, 1, 3, 1, RULE_TRANSITION)->result, 3);
	assert_int_equal(policy_type_rule(policy, 1, 3, 1, RULE_MEMBER)->result, 1);
	rule = policy_type_rule(policy, 1, 3, 1, RULE_CHANGE);
	assert_int_equal(rule->result, 2);
	assert_null(policy_type_rule(policy, 1, 3, 2, RULE_CHANGE));
	assert_null(policy_type_rule(policy, 3, 3, 2, RULE_MEMBER));
	assert_null(policy_type_rule(policy, 3, 3, 65538, RULE_TRANSITION));

	assert_true(policy_role_allowed(policy, 2, 2));
	assert_true(policy_role_allowed(policy, 1, 2));
	assert_true(policy_role_allowed(policy, 2, 1));
	assert_false(policy_role_allowed(policy, 1, 1));
	assert_false(policy_role_allowed(policy, 3, 2));
	policy_destroy(policy);
}

static void initial_sids_are_kept_by_number_and_devices_by_place(void **state)
{
	static const char context[] = "01000000 01000000 01000000 01000000 00000000 40000000 00000000 00000000";
	struct image_builder builder = {0};
	struct policy *policy;

	(void)state;
	builder_example(&builder, 24);
	builder_splice(&builder, 0x28b, 4, context); /* the context of the second interrupt, built backwards */
	builder_splice(&builder, 0x28b, 0, "07000000");
	builder_splice(&builder, 0x28b, 0, context);
	builder_splice(&builder, 0x28b, 0, "02000000 09000000");
	builder_splice(&builder, 0x267, 0, context);
	builder_splice(&builder, 0x267, 0, "0d000000");
	builder_splice(&builder, 0x263, 4, "02000000");
	policy = load(&builder);
	builder_free(&builder);
	assert_int_equal(policy->nocons[OCON_ISID], 2);
	assert_int_equal(policy->ocons[OCON_ISID][0].low, 1);
	assert_int_equal(policy->ocons[OCON_ISID][1].low, 13);
	assert_int_equal(policy->ocons[OCON_ISID][1].context.role, 1);
	assert_int_equal(policy->ocons[OCON_PIRQ][0].low, 9);
	assert_int_equal(policy->ocons[OCON_PIRQ][1].low, 7);
	policy_destroy(policy);
}

static void conditional_rules_of_one_key_stay_in_file_order(void **state)
{
	struct image_builder builder = {0};
	const struct policy_cond_rule *rules;
	struct policy *policy;
	uint32_t count;

	(void)state;
	builder_example(&builder, 24);
	builder_splice(&builder, 0x247, 20,
		       "03000000"
		       "0300 0300 0200 0180 04000000"
		       "0300 0100 0200 1080 02000000"
		       "0300 0100 0200 0180 02000000"
		       "02000000"
		       "0300 0100 0200 0100 01000000"
		       "0100 0100 0100 0200 01000000");
	policy = load(&builder);
	builder_free(&builder);
	assert_int_equal(policy->ncond_rules, 5);
	rules = policy_cond_rules(policy, 3, 1, 2, &count);
	assert_int_equal(count, 3);
	assert_true(rules[0].kind == RULE_ALLOW && rules[0].data == 2 && rules[0].branch);
	assert_true(rules[1].kind == RULE_ALLOW && rules[1].data == 1 && !rules[1].branch);
	assert_true(rules[2].kind == RULE_TRANSITION && rules[2].data == 2 && rules[2].branch);
	rules = policy_cond_rules(policy, 3, 3, 2, &count);
	assert_true(rules && count == 1 && rules[0].data == 4);
	policy_destroy(policy);
}

static void an_image_cut_anywhere_is_refused_with_a_reason(void **state)
{
	static const unsigned int versions[] = {24, 30};
	uint64_t live = port_posix_live_allocs();
	size_t i, size;

	(void)state;
	for (i = 0; i < PORT_ARRAY_SIZE(versions); i++) {
		struct image_builder builder = {0};

		builder_example(&builder, versions[i]);
		for (size = 0; size < builder.size; size++) {
			/* a copy of exactly this size, so that a read beyond it is seen */
			struct image_builder cut = {0};
			struct image_error error;
			struct policy *policy = NULL;

			builder_bytes(&cut, builder.bytes, size);
			assert_int_equal(policy_create(cut.bytes, cut.size, &policy, &error), -EINVAL);
			assert_null(policy);
			assert_true(error.offset <= size);
			assert_true(!strcmp(error.reason, "the image ends inside this record") ||
				    !strncmp(error.reason, "more records than the bytes left can hold: ", 43));
			builder_free(&cut);
		}
		builder_free(&builder);
	}
	assert_int_equal(port_posix_live_allocs(), live);
}

static void an_image_above_64_mib_is_refused_unread(void **state)
{
	struct policy *policy = NULL;
	struct image_error error;

	(void)state;
	assert_int_equal(policy_create("", POLICY_IMAGE_MAX + 1, &policy, &error), -EINVAL);
	assert_string_equal(error.section, "header");
	assert_string_equal(error.reason, "the image is larger than 64 MiB");
}

/* Many small chunks and every kind of table: a larger image asks for memory at more places. */
static void every_allocation_may_fail(void **state)
{
	uint64_t live = port_posix_live_allocs(), nth = 0;
	struct image_builder builder = {0};
	struct policy *policy = NULL;
	struct image_error error;
	int rc;

	(void)state;
	builder_example(&builder, 30);
	builder_splice(&builder, 0x2a7, 4, "02000000 02000000 02000000 01000000 02000000");
	do {
		port_posix_fail_alloc(++nth);
		rc = policy_create(builder.bytes, builder.size, &policy, &error);
		if (!rc)
			break;
		assert_int_equal(rc, -ENOMEM);
		assert_null(policy);
		assert_string_equal(error.reason, "out of memory");
		assert_true(error.section[0] != '\0');
		assert_int_equal(port_posix_live_allocs(), live);
	} while (nth < 1000);
	assert_int_equal(rc, 0);
	assert_true(nth > 6);
	port_posix_fail_alloc(0);
	policy_destroy(policy);
	assert_int_equal(port_posix_live_allocs(), live);
	builder_free(&builder);
}

static void destroying_nothing_is_allowed(void **state)
{
	(void)state;
	policy_destroy(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(the_example_is_read_to_the_last_value),
	    cmocka_unit_test(contexts_are_judged_as_xen_judges_them),
	    cmocka_unit_test(what_the_image_leaves_out_is_supplied),
	    cmocka_unit_test(rules_are_found_in_any_order_of_the_file),
	    cmocka_unit_test(initial_sids_are_kept_by_number_and_devices_by_place),
	    cmocka_unit_test(conditional_rules_of_one_key_stay_in_file_order),
	    cmocka_unit_test(an_image_cut_anywhere_is_refused_with_a_reason),
	    cmocka_unit_test(an_image_above_64_mib_is_refused_unread),
	    cmocka_unit_test(every_allocation_may_fail),
	    cmocka_unit_test(destroying_nothing_is_allowed),
	};

	return cmocka_run_group_tests_name("db/policy", tests, NULL, NULL);
}
