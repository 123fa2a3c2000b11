/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The input is the text of a context. What is accepted prints, parses again as
 * the same, and prints the same; the print is the text but for an alias of the
 * type, and for how levels are written. By numbers: the same label comes back
 * for either text, and its text is the print.
 */
#include "flask/ss/context.h"
#include "tests/fuzz/fuzz.h"
#include "tests/oom/abi.h"

#define PARTS 3u /* user, role, type */

/* Without levels, and with. */
static struct side {
	const char *variable, *path;
	struct policy *policy;
	struct ss_server server;
} sides[] = {
    {.variable = "PORTCULLIS_BUILD", .path = "test/oom/small.30"},
    {.variable = "PORTCULLIS_FIXTURES", .path = "vectors/mlsctx.30"},
};

static void open_side(struct side *side)
{
	struct blob image = fuzz_file(side->variable, side->path);
	struct image_error error;

	fuzz_expect(!policy_create(image.bytes, image.size, &side->policy, &error));
	ss_init(&side->server, abi_none());
	fuzz_expect(!fuzz_load(&side->server, &image));
	blob_free(&image);
}

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	(void)argc;
	(void)argv;
	fuzz_start();
	for (size_t i = 0; i < PORT_ARRAY_SIZE(sides); i++)
		open_side(&sides[i]);
	return 0;
}

/* Bytes of part @n of a context, which ends at a colon or at the end. */
static size_t part(const char **text, const char *end)
{
	const char *start = *text, *colon = memchr(start, ':', (size_t)(end - start));

	*text = colon ? colon + 1 : end;
	return (size_t)((colon ? colon : end) - start);
}

static bool is_alias(const struct policy *policy, const char *given, size_t given_len, const char *printed,
		     size_t printed_len)
{
	uint32_t type = names_find(&policy->type_names, given, given_len);

	return type && type == names_find(&policy->type_names, printed, printed_len) &&
	       strlen(policy->types[type - 1].name) == printed_len &&
	       !memcmp(policy->types[type - 1].name, printed, printed_len);
}

/* User and role stand as given, the type too or by its primary name. */
static void same_names(const struct policy *policy, const char *given, size_t given_len, const struct text *printed)
{
	const char *a = given, *b = printed->buf, *a_end = given + given_len, *b_end = b + printed->len;

	for (uint32_t n = 0; n < PARTS; n++) {
		const char *a_part = a, *b_part = b;
		size_t a_len = part(&a, a_end), b_len = part(&b, b_end);
		bool same = a_len == b_len && !memcmp(a_part, b_part, a_len);

		fuzz_expect(same || (n == PARTS - 1 && is_alias(policy, a_part, a_len, b_part, b_len)));
	}
}

static void by_numbers(struct ss_server *server, const char *given, size_t size, const struct text *printed)
{
	char buf[SS_CONTEXT_MAX];
	flask_sid_t sid, again;
	struct text text;

	fuzz_expect(!ss_context_to_sid(server, given, size, &sid));
	fuzz_expect(!ss_context_to_sid(server, printed->buf, printed->len, &again));
	fuzz_expect(sid == again);
	text_init(&text, buf, sizeof(buf));
	fuzz_expect(!ss_sid_to_context(server, sid, &text));
	fuzz_expect(!strcmp(text.buf, printed->buf));
}

static void check(struct side *side, const char *given, size_t size)
{
	char first[SS_CONTEXT_MAX], second[SS_CONTEXT_MAX];
	struct policy_context context = {0}, again = {0};
	struct text text, text_again;
	flask_sid_t sid;

	if (context_create(side->policy, given, size, &context)) {
		fuzz_expect(ss_context_to_sid(&side->server, given, size, &sid) == -EINVAL);
		return;
	}
	text_init(&text, first, sizeof(first));
	context_print(side->policy, &context, &text);
	fuzz_expect(!text.cut);
	same_names(side->policy, given, size - (size && !given[size - 1]), &text);
	fuzz_expect(!context_create(side->policy, first, text.len, &again));
	fuzz_expect(context_equal(&context, &again));
	text_init(&text_again, second, sizeof(second));
	context_print(side->policy, &again, &text_again);
	fuzz_expect(!strcmp(first, second));
	context_fini(&context);
	context_fini(&again);
	by_numbers(&side->server, given, size, &text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	for (size_t i = 0; i < PORT_ARRAY_SIZE(sides); i++)
		check(&sides[i], (const char *)data, size);
	return 0;
}
