/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A policy with hundreds of everything, whose answers follow from arithmetic:
 * look-ups far from the edges of small tables, and an allocation at every place
 * that can ask for memory.
 */
#include "flask/db/policy.h"
#include "hooks/model/port_posix.h"
#include "tests/support/image_builder.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <cmocka.h>

#define MANY 300u /* types, roles, users, classes, booleans and most lists */

static void add_empty_set(struct image_builder *b)
{
	builder_hex(b, "40000000 00000000 00000000");
}

/* The set of one bit. */
static void add_bit(struct image_builder *b, uint32_t bit)
{
	builder_u32(b, 64);
	builder_u32(b, bit / 64 * 64 + 64);
	builder_u32(b, 1);
	builder_u32(b, bit / 64 * 64);
	builder_u64(b, (uint64_t)1 << bit % 64);
}

static void add_range(struct image_builder *b)
{
	builder_u32(b, 1);
	builder_u32(b, 0);
	add_empty_set(b);
}

/* object_r holds any user and type. */
static void add_context(struct image_builder *b, uint32_t user, uint32_t type)
{
	builder_u32(b, user);
	builder_u32(b, 1);
	builder_u32(b, type);
	add_range(b);
}

/* Every table counts down, so that the file order is not the sorted one. */
static void add_counts(struct image_builder *b)
{
	builder_u32(b, MANY);
	builder_u32(b, MANY);
}

static uint32_t format_name(char name[16], char kind, uint32_t value)
{
	return (uint32_t)snprintf(name, 16, "%c%03u", kind, (unsigned int)value);
}

static void add_constraint(struct image_builder *b, uint32_t value)
{
	builder_u32(b, 1); /* permissions */
	builder_u32(b, 1); /* nodes */
	builder_u32(b, NODE_NAMES);
	builder_u32(b, ATTR_TYPE);
	builder_u32(b, OP_EQ);
	add_bit(b, value - 1);
	add_empty_set(b);
	add_empty_set(b);
	builder_u32(b, 0);
}

static void add_classes(struct image_builder *b)
{
	uint32_t value, perm, i;
	char name[16];

	add_counts(b);
	for (value = MANY; value; value--) {
		builder_u32(b, format_name(name, 'c', value));
		builder_u32(b, 0);
		builder_u32(b, value);
		builder_u32(b, 32);
		builder_u32(b, 32);
		builder_u32(b, 1);
		builder_bytes(b, name, 4);
		for (perm = 32; perm; perm--) {
			builder_u32(b, format_name(name, 'p', perm));
			builder_u32(b, perm);
			builder_bytes(b, name, 4);
		}
		add_constraint(b, value);
		builder_u32(b, 1);
		add_constraint(b, value);
		for (i = 0; i < 4; i++)
			builder_u32(b, 0);
	}
}

static void add_roles_types_users(struct image_builder *b)
{
	uint32_t value;
	char name[16];

	add_counts(b);
	for (value = MANY; value; value--) {
		builder_u32(b, value == 1 ? 8 : format_name(name, 'r', value));
		builder_u32(b, value);
		builder_u32(b, 0);
		builder_bytes(b, value == 1 ? "object_r" : name, value == 1 ? 8 : 4);
		add_bit(b, value - 1);
		add_bit(b, value - 1);
	}
	add_counts(b);
	for (value = MANY; value; value--) {
		builder_u32(b, format_name(name, 't', value));
		builder_u32(b, value);
		builder_u32(b, 1);
		builder_u32(b, 0);
		builder_bytes(b, name, 4);
	}
	add_counts(b);
	for (value = MANY; value; value--) {
		builder_u32(b, format_name(name, 'u', value));
		builder_u32(b, value);
		builder_u32(b, 0);
		builder_bytes(b, name, 4);
		add_bit(b, value - 1);
		add_range(b);
		builder_u32(b, 0);
		add_empty_set(b);
	}
}

static void add_bools_levels_categories(struct image_builder *b)
{
	uint32_t value;
	char name[16];

	add_counts(b);
	for (value = MANY; value; value--) {
		builder_u32(b, value);
		builder_u32(b, value % 2);
		builder_u32(b, format_name(name, 'b', value));
		builder_bytes(b, name, 4);
	}
	add_counts(b);
	for (value = MANY; value; value--) {
		builder_u32(b, format_name(name, 's', value));
		builder_u32(b, 0);
		builder_bytes(b, name, 4);
		builder_u32(b, value);
		add_bit(b, value - 1);
	}
	add_counts(b);
	for (value = MANY; value; value--) {
		builder_u32(b, format_name(name, 'g', value));
		builder_u32(b, value);
		builder_u32(b, 0);
		builder_bytes(b, name, 4);
	}
}

static void add_rule(struct image_builder *b, uint32_t source, uint32_t target, uint32_t tclass, uint32_t kind,
		     uint32_t data)
{
	builder_u16(b, (uint16_t)source);
	builder_u16(b, (uint16_t)target);
	builder_u16(b, (uint16_t)tclass);
	builder_u16(b, (uint16_t)kind);
	builder_u32(b, data);
}

/*
 * For each type s: allow s (s + 1):s s, transition s (s + 1):s to s. Condition
 * s is boolean s: true allows s (s + 1):s 0x80000000, false changes to s.
 */
static void add_rules(struct image_builder *b)
{
	uint32_t s;

	builder_u32(b, 2 * MANY);
	for (s = MANY; s; s--) {
		add_rule(b, s, s % MANY + 1, s, RULE_ALLOW, s);
		add_rule(b, s, s % MANY + 1, s, RULE_TRANSITION, s);
	}
	builder_u32(b, MANY);
	for (s = MANY; s; s--) {
		builder_u32(b, s % 2);
		builder_u32(b, 1);
		builder_u32(b, COND_BOOL);
		builder_u32(b, s);
		builder_u32(b, 1);
		add_rule(b, s, s % MANY + 1, s, RULE_ALLOW | 0x8000, 0x80000000u);
		builder_u32(b, 1);
		add_rule(b, s, s % MANY + 1, s, RULE_CHANGE, s);
	}
}

static void add_role_rules(struct image_builder *b)
{
	uint32_t r;

	builder_u32(b, MANY);
	for (r = MANY; r; r--) {
		builder_u32(b, r);
		builder_u32(b, r);
		builder_u32(b, r % MANY + 1);
		builder_u32(b, r);
	}
	builder_u32(b, MANY);
	for (r = MANY; r; r--) {
		builder_u32(b, r);
		builder_u32(b, r % MANY + 1);
	}
	builder_u32(b, 0); /* file name transitions */
}

/* Number n is labelled u(n):object_r:t(n); ranges are [100 n, 100 n + 99]. */
static void add_objects(struct image_builder *b)
{
	uint32_t kind, n;
	char path[16];

	for (kind = OCON_ISID; kind < OCON_KINDS; kind++) {
		builder_u32(b, MANY);
		for (n = MANY; n; n--) {
			if (kind == OCON_IOPORT) {
				builder_u32(b, 100 * n);
				builder_u32(b, 100 * n + 99);
			} else if (kind == OCON_IOMEM) {
				builder_u64(b, (uint64_t)100 * n);
				builder_u64(b, (uint64_t)100 * n + 99);
			} else if (kind == OCON_DTREE) {
				builder_u32(b, format_name(path, '/', n));
				builder_bytes(b, path, 4);
			} else {
				builder_u32(b, n);
			}
			add_context(b, n, n);
		}
	}
	builder_u32(b, 0); /* genfs */
	builder_u32(b, 0); /* range transitions */
}

/* Type t belongs to type 1 as its attribute; its own bit is left out. */
static void build_wide(struct image_builder *b)
{
	uint32_t type;

	builder_hex(b, "8cff7cf9 08000000 58656e466c61736b 1e000000 02000000 08000000 06000000");
	add_bit(b, 1);
	add_bit(b, MANY);
	builder_hex(b, "00000000 00000000");
	add_classes(b);
	add_roles_types_users(b);
	add_bools_levels_categories(b);
	add_rules(b);
	add_role_rules(b);
	add_objects(b);
	for (type = 1; type <= MANY; type++)
		add_bit(b, 0);
}

static void check_value(const struct policy *policy, uint32_t v)
{
	const struct policy_av_group *group = policy_av_group(policy, v, v);
	const struct policy_cond_rule *cond;
	const struct policy_av_row *row;
	uint32_t next = v % MANY + 1, count;
	char name[16];

	format_name(name, 't', v);
	assert_int_equal(names_find(&policy->type_names, name, 4), v);
	assert_string_equal(policy->types[v - 1].name, name);
	assert_true(bitmap_has(&policy->types[v - 1].attrs, 0) && bitmap_has(&policy->types[v - 1].attrs, v - 1));
	assert_int_equal(bitmap_count(&policy->types[v - 1].attrs), v == 1 ? 1 : 2);
	format_name(name, 'c', v);
	assert_int_equal(names_find(&policy->class_names, name, 4), v);
	assert_int_equal(names_find(&policy->classes[v - 1].perms, "p032", 4), 32);
	format_name(name, 'b', v);
	assert_int_equal(names_find(&policy->bool_names, name, 4), v);
	assert_int_equal(policy->bools[v - 1].state, v % 2);

	assert_non_null(group);
	row = policy_av_row(policy, group, next);
	assert_non_null(row);
	assert_int_equal(row->allow, v);
	assert_null(policy_av_row(policy, group, v));
	assert_null(policy_av_group(policy, next, v));
	assert_int_equal(policy_type_rule(policy, v, next, v, RULE_TRANSITION)->result, v);
	assert_null(policy_type_rule(policy, v, v, v, RULE_TRANSITION));
	cond = policy_cond_rules(policy, v, next, v, &count);
	assert_int_equal(count, 2);
	assert_true(cond[0].kind == RULE_ALLOW && cond[0].branch && cond[0].cond == MANY - v);
	assert_true(cond[1].kind == RULE_CHANGE && !cond[1].branch && cond[1].data == v);
	assert_true(policy_role_allowed(policy, v, next));
	assert_false(policy_role_allowed(policy, v, v));
	assert_int_equal(policy->ocons[OCON_ISID][v - 1].low, v);
	assert_int_equal(policy->ocons[OCON_PIRQ][v - 1].low, MANY + 1 - v);
}

static void every_value_is_found(void **state)
{
	struct image_builder builder = {0};
	struct policy *policy = NULL;
	struct image_error error;
	uint32_t v;

	(void)state;
	build_wide(&builder);
	if (policy_create(builder.bytes, builder.size, &policy, &error))
		fail_msg("%s at byte %zu: %s", error.section, error.offset, error.reason);
	builder_free(&builder);
	assert_int_equal(policy->unknown, POLICY_UNKNOWN_REJECT);
	for (v = 1; v <= MANY; v++)
		check_value(policy, v);
	policy_destroy(policy);
}

static void every_allocation_may_fail(void **state)
{
	uint64_t live = port_posix_live_allocs(), nth = 0;
	struct image_builder builder = {0};
	struct policy *policy = NULL;
	struct image_error error;
	int rc;

	(void)state;
	build_wide(&builder);
	do {
		port_posix_fail_alloc(++nth);
		rc = policy_create(builder.bytes, builder.size, &policy, &error);
		if (!rc)
			break;
		assert_int_equal(rc, -ENOMEM);
		assert_null(policy);
		assert_string_equal(error.reason, "out of memory");
		assert_int_equal(port_posix_live_allocs(), live);
	} while (nth < 10000);
	port_posix_fail_alloc(0);
	assert_int_equal(rc, 0);
	assert_true(nth > MANY); /* the permissions of each class are sorted, to begin with */
	policy_destroy(policy);
	assert_int_equal(port_posix_live_allocs(), live);
	builder_free(&builder);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(every_value_is_found),
	    cmocka_unit_test(every_allocation_may_fail),
	};

	return cmocka_run_group_tests_name("db/wide", tests, NULL, NULL);
}
