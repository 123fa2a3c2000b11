/* SPDX-License-Identifier: BSD-2-Clause */
/* See world.h. */
#include "tests/unit/ss/world.h"

#include <stdio.h>
#include <stdlib.h>

static const char *const initial_sids[] = {
    "null",	"xenboot", "xen",   "dom0", "domio",  "domxen", "unlabeled",
    "security", "ioport",  "iomem", "irq",  "device", "domU",	"domDM",
};

const struct ss_config world_config = {
    .initial_sids = initial_sids,
    .ninitial_sids = PORT_ARRAY_SIZE(initial_sids),
    .unlabeled = ISID_UNLABELED,
    .before_policy = ISID_XEN,
    .channel_class = CLASS_EVENT,
    .domain_class = CLASS_DOMAIN,
    .device_sids =
	{
	    [OCON_PIRQ] = ISID_IRQ,
	    [OCON_IOPORT] = ISID_IOPORT,
	    [OCON_IOMEM] = ISID_IOMEM,
	    [OCON_PCIDEVICE] = ISID_DEVICE,
	    [OCON_DTREE] = ISID_DEVICE,
	},
};

struct blob world_image(const char *name)
{
	const char *fixtures = getenv("PORTCULLIS_FIXTURES");
	char path[1024];

	if (!fixtures)
		fail_msg("PORTCULLIS_FIXTURES is not set: run by `make check-unit`");
	snprintf(path, sizeof(path), "%s/vectors/%s.30", fixtures, name);
	return blob_read(path);
}

struct policy *world_policy(const char *name)
{
	struct blob image = world_image(name);
	struct image_error error;
	struct policy *policy;

	if (policy_create(image.bytes, image.size, &policy, &error))
		fail_msg("%s: %s at %zu: %s", name, error.section, error.offset, error.reason);
	blob_free(&image);
	return policy;
}

int world_try_load(struct ss_server *server, const struct blob *image, struct image_error *error)
{
	struct ss_stage *stage;
	int rc = ss_stage(server, image->bytes, image->size, &stage, error);

	return rc ? rc : ss_commit(server, stage);
}

void world_load(struct ss_server *server, const char *name)
{
	struct blob image = world_image(name);
	struct image_error error;
	int rc = world_try_load(server, &image, &error);

	if (rc)
		fail_msg("%s: %d: %s at %zu: %s", name, rc, error.section, error.offset, error.reason);
	blob_free(&image);
}

static const char *full_text(const char *text, char *buf, size_t size)
{
	if (strchr(text, ':'))
		return text;
	snprintf(buf, size, "sys_u:sys_r:%s", text);
	return buf;
}

/* Sets of the contexts that tests ask for; they last as long as the program. */
static struct bitmap_word pool[4096];
static size_t pool_used;

static struct bitmap_word *take_words(size_t count)
{
	struct bitmap_word *taken = pool + pool_used;

	if (count > PORT_ARRAY_SIZE(pool) - pool_used)
		fail_msg("more contexts than words");
	pool_used += count;
	return taken;
}

struct policy_context world_context(const struct policy *policy, const char *text)
{
	struct policy_context context = {0};
	char buf[256];

	text = full_text(text, buf, sizeof(buf));
	if (context_parse(policy, text, strlen(text), take_words(context_words(policy)), &context))
		fail_msg("%s is not valid", text);
	return context;
}

struct policy_context world_who(const struct who *who)
{
	return (struct policy_context){.user = who->user, .role = who->role, .type = who->type};
}

flask_sid_t world_sid(struct ss_server *server, const char *text)
{
	flask_sid_t sid = 0;
	char buf[256];
	int rc;

	text = full_text(text, buf, sizeof(buf));
	rc = ss_context_to_sid(server, text, strlen(text), &sid);
	if (rc)
		fail_msg("%s: no SID: %d", text, rc);
	return sid;
}

void world_expect_label(const struct ss_server *server, flask_sid_t sid, const char *wanted)
{
	char buf[256], printed[SS_CONTEXT_MAX];
	struct text text;

	text_init(&text, printed, sizeof(printed));
	assert_int_equal(ss_sid_to_context(server, sid, &text), 0);
	assert_string_equal(printed, full_text(wanted, buf, sizeof(buf)));
}

struct policy_state world_state(const struct policy *policy)
{
	bool *bools = calloc(policy->nbools + 1, sizeof(*bools));
	uint8_t *cond_true = calloc(policy->nconds + 1, 1);
	struct policy_state state = {policy, bools, cond_true};
	uint32_t i;

	assert_non_null(bools);
	assert_non_null(cond_true);
	for (i = 0; i < policy->nbools; i++)
		bools[i] = policy->bools[i].state;
	cond_evaluate(policy, bools, cond_true);
	return state;
}

void world_state_free(struct policy_state *state)
{
	free((void *)state->bools);
	free((void *)state->cond_true);
}

static void put_u32(unsigned char *at, uint32_t number)
{
	unsigned int i;

	for (i = 0; i < 4; i++)
		at[i] = (unsigned char)(number >> 8 * i);
}

void world_patch_bounds(struct blob *image, const char *name, uint32_t words, uint32_t parent)
{
	size_t head = words * 4, len = strlen(name), i, found = 0;
	unsigned char start[4];

	put_u32(start, (uint32_t)len);
	for (i = 0; i + head + len <= image->size; i++) {
		if (memcmp(image->bytes + i, start, 4) || memcmp(image->bytes + i + head, name, len))
			continue;
		put_u32(image->bytes + i + head - 4, parent);
		found++;
	}
	assert_int_equal(found, 1);
}

static char log_text[65536];
static unsigned int log_lines;

static void collect(void *context, enum port_level level, const char *line)
{
	size_t used = strlen(log_text);

	(void)context;
	(void)level;
	snprintf(log_text + used, sizeof(log_text) - used, "%s\n", line);
	log_lines++;
}

void world_log_start(void)
{
	log_text[0] = 0;
	log_lines = 0;
	port_posix_set_log(collect, NULL);
}

bool world_log_has(const char *part)
{
	return strstr(log_text, part) != NULL;
}

unsigned int world_log_count(void)
{
	return log_lines;
}
