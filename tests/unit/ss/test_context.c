/* SPDX-License-Identifier: BSD-2-Clause */
/* Contexts as text: what is taken, what is refused, how it prints, how a reload carries it. */
#include "tests/unit/ss/world.h"

#define TEXT(s) s, sizeof(s) - 1

static struct policy *policy;

static int set_up(void **state)
{
	(void)state;
	policy = world_policy("ctx");
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	policy_destroy(policy);
	return 0;
}

struct row {
	const char *bytes;
	size_t len;
	const char *prints; /* NULL: refused */
};

/* Vectors 1 and 2 are among them. */
static const struct row rows[] = {
    {TEXT("sys_u:sys_r:a_t"), "sys_u:sys_r:a_t"},
    {TEXT("sys_u:r_r:a_t"), "sys_u:r_r:a_t"},
    {TEXT("ub:r_r:a_t"), "ub:r_r:a_t"},
    {TEXT("sys_u:r_r:b_t"), NULL}, /* the role lacks the type */
    {TEXT("ub:sys_r:t0"), NULL},   /* the user lacks the role */
    {TEXT("ub:object_r:b_t"), "ub:object_r:b_t"},
    {TEXT("sys_u:object_r:a_t"), "sys_u:object_r:a_t"},
    {TEXT("sys_u:r_r:aa_t"), "sys_u:r_r:a_t"}, /* an alias prints as its primary */
    {TEXT("sys_u:sys_r:at"), NULL},	       /* an attribute is no type */
    {TEXT("sys_u:object_r:at"), NULL},

    {TEXT("sys_u:r_r:a_t\0"), "sys_u:r_r:a_t"}, /* one final NUL may be counted */
    {TEXT("sys_u:r_r:a_t\0\0"), NULL},
    {TEXT("sys_u:r_r:a_t\0x"), NULL},
    {TEXT("sys_u\0:r_r:a_t"), NULL},
    {TEXT("sys_u:r_r:a_t:s0"), NULL}, /* no levels here */
    {TEXT("sys_u:r_r:a_t:"), NULL},   /* Xen takes it; row 2 of the differences */
    {TEXT("sys_u:r_r:a_t:\0"), NULL},
    {TEXT("sys_u:r_r:a_t "), NULL},
    {TEXT(" sys_u:r_r:a_t"), NULL},
    {TEXT("sys_u:r_r"), NULL},
    {TEXT("sys_u:r_r:"), NULL},
    {TEXT("sys_u::a_t"), NULL},
    {TEXT(":r_r:a_t"), NULL},
    {TEXT("::"), NULL},
    {TEXT(":"), NULL},
    {TEXT(""), NULL},
    {TEXT("\0"), NULL},
    {TEXT("a_t"), NULL},
    {TEXT("<<none>>"), NULL},
    {TEXT("SYS_u:r_r:a_t"), NULL},
    {TEXT("sys_:r_r:a_t"), NULL},
    {TEXT("sys_u:r_r:a_tt"), NULL},
    {TEXT("r_r:r_r:a_t"), NULL},
    {TEXT("sys_u:sys_u:a_t"), NULL},
};

static void texts_are_taken_as_written_or_refused(void **state)
{
	const struct policy_context untouched = {.user = 77, .role = 88, .type = 99};
	struct policy_context context;
	char buf[64];
	struct text text;
	uint32_t i;
	int rc;

	(void)state;
	for (i = 0; i < PORT_ARRAY_SIZE(rows); i++) {
		context = untouched;
		rc = context_parse(policy, rows[i].bytes, rows[i].len, NULL, &context);
		if (rc != (rows[i].prints ? 0 : -EINVAL))
			fail_msg("row %u `%s': %d", i, rows[i].bytes, rc);
		text_init(&text, buf, sizeof(buf));
		if (rc)
			assert_true(context_equal(&context, &untouched));
		else
			context_print(policy, &context, &text);
		assert_string_equal(buf, rc ? "" : rows[i].prints);
	}
}

static void printing_into_too_small_a_buffer_is_seen(void **state)
{
	struct policy_context context = world_context(policy, "a_t");
	char buf[8];
	struct text text;

	(void)state;
	text_init(&text, buf, sizeof(buf));
	context_print(policy, &context, &text);
	assert_true(text.cut);
	assert_int_equal(strlen(buf), text.len);
	assert_memory_equal(buf, "sys_u:sys_r:a_t", text.len);
}

/* context_parse() relies on it: with such a name, `sys_u:sys_r:b:t' would be a context. */
static void an_image_with_a_colon_in_a_name_is_refused(void **state)
{
	struct blob image = world_image("ctx");
	struct image_error error;
	struct policy *odd;
	size_t i, found = 0;

	(void)state;
	for (i = 16; i + 3 <= image.size; i++)
		if (!memcmp(image.bytes + i, "b_t", 3) && image.bytes[i - 16] == 3) {
			image.bytes[i + 1] = ':';
			found++;
		}
	assert_int_equal(found, 1);
	assert_int_equal(policy_create(image.bytes, image.size, &odd, &error), -EINVAL);
	assert_non_null(strstr(error.reason, "b:t"));
	blob_free(&image);
}

static void contexts_are_equal_by_all_their_parts(void **state)
{
	struct policy_context a = {.user = 1, .role = 2, .type = 3}, user = a, role = a, type = a, same = a;

	(void)state;
	user.user = 2;
	role.role = 1;
	type.type = 2;
	assert_true(context_equal(&a, &same));
	assert_false(context_equal(&a, &user));
	assert_false(context_equal(&a, &role));
	assert_false(context_equal(&a, &type));
}

/* From rel_old.conf: what becomes of a label under the other policy; NULL: it is lost. */
struct carried {
	const char *to, *before, *after;
	int rc;
};

static const struct carried carried[] = {
    {"rel_new", "sys_u:sys_r:x_t", "sys_u:sys_r:x_t", 0},
    {"rel_new", "sys_u:sys_r:n_t", "sys_u:sys_r:n_t", 0},
    {"rel_new", "sys_u:sys_r:y_t", NULL, -EACCES}, /* not in the role any more */
    {"rel_new", "sys_u:object_r:y_t", "sys_u:object_r:y_t", 0},
    {"rel_new", "sys_u:sys_r:gone_t", NULL, -EINVAL},
    {"rel_new", "sys_u:object_r:gone_t", NULL, -EINVAL},
    {"rel_attr", "sys_u:object_r:y_t", NULL, -EINVAL}, /* Xen keeps it: row 20 of the differences */
    {"rel_attr", "sys_u:sys_r:y_t", NULL, -EINVAL},
    {"rel_attr", "sys_u:sys_r:n_t", "sys_u:sys_r:x_t", 0}, /* became another name of x_t */
    {"ctx", "sys_u:sys_r:t0", "sys_u:sys_r:t0", 0},
    {"ctx", "sys_u:sys_r:x_t", NULL, -EINVAL},
};

static void contexts_are_carried_over_by_name(void **state)
{
	struct policy *from = world_policy("rel_old"), *to;
	struct policy_context old, now;
	char buf[64];
	struct text text;
	uint32_t i;
	int rc;

	(void)state;
	for (i = 0; i < PORT_ARRAY_SIZE(carried); i++) {
		to = world_policy(carried[i].to);
		old = world_context(from, carried[i].before);
		rc = context_convert(from, to, &old, NULL, &now);
		if (rc != carried[i].rc)
			fail_msg("%s to %s: %d", carried[i].before, carried[i].to, rc);
		text_init(&text, buf, sizeof(buf));
		if (!rc)
			context_print(to, &now, &text);
		assert_string_equal(buf, rc ? "" : carried[i].after);
		policy_destroy(to);
	}
	policy_destroy(from);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(texts_are_taken_as_written_or_refused),
	    cmocka_unit_test(printing_into_too_small_a_buffer_is_seen),
	    cmocka_unit_test(an_image_with_a_colon_in_a_name_is_refused),
	    cmocka_unit_test(contexts_are_equal_by_all_their_parts),
	    cmocka_unit_test(contexts_are_carried_over_by_name),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
