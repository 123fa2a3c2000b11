/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * hostile-load [--abi] [--stride N] [--verbose] POLICY: tries to load the policy
 * cut at each byte, with each byte and word changed, with random changes, with
 * bytes behind it, and with each allocation failing, on servers that already hold it. A changed image is refused, or
 * decides as libsepol does on the same bytes. After each refusal the server must be as before (rig.h). --stride tries
 * every Nth byte; --abi demands Xen's classes. Exit 1 on any violation.
 */
#include "hooks/model/port_posix.h"
#include "tests/oom/abi.h"
#include "tests/oom/judge.h"
#include "tests/oom/reasons.h"
#include "tests/oom/rig.h"
#include "tests/oracle/states.h"

#include <err.h>
#include <getopt.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#define RANDOM_CHANGES 2000u

struct run {
	struct rig rig;
	struct reasons reasons;
	uint64_t tried, refused;
	uint64_t judged[JUDGE_KINDS];
	bool verbose;
};

static struct run run; /* large */

static void judge_accepted(const char *what, const struct blob *image)
{
	enum judgement j = judge(what, image);

	run.judged[j]++;
	if (j == JUDGE_DIFFERENT)
		rig_violation(&run.rig, what, "decisions differ from libsepol's");
	if (j == JUDGE_LIBSEPOL_REFUSES || j == JUDGE_LIBSEPOL_DIES)
		rig_violation(&run.rig, what, "accepted, and libsepol refuses it or crashes");
	if (run.verbose)
		printf("%s: %s\n", what, judge_text(j));
}

/* Stages @image on a server with the good policy; returns whether it was accepted. */
static bool try_image(const char *what, const struct blob *image)
{
	struct ss_server *server = rig_server(&run.rig);
	uint64_t live = port_posix_live_allocs();
	struct image_error error = {0};
	struct ss_stage *stage = NULL;
	int rc = ss_stage(server, image->bytes, image->size, &stage, &error);

	run.tried++;
	if (!rc) {
		ss_abandon(server, stage);
	} else {
		run.refused++;
		reasons_add(&run.reasons, &error);
		if (rc != -EINVAL)
			rig_violation(&run.rig, what, "the refusal is not -EINVAL");
		if (!error.section || !error.section[0] || !error.reason[0])
			rig_violation(&run.rig, what, "no reason is given");
		if (error.offset > image->size)
			rig_violation(&run.rig, what, "the reason's offset is outside the image");
	}
	rig_check_untouched(&run.rig, server, live, what);
	return !rc;
}

static void cut_at_each_byte(const struct blob *image, size_t stride)
{
	for (size_t size = 0; size < image->size; size += stride) {
		struct blob whole = {image->bytes, size}, cut = blob_copy(&whole);
		char what[64];

		snprintf(what, sizeof(what), "cut to %zu bytes", size);
		if (try_image(what, &cut))
			rig_violation(&run.rig, what, "accepted");
		blob_free(&cut);
	}
}

static void try_and_judge(const char *what, const struct blob *image)
{
	if (try_image(what, image))
		judge_accepted(what, image);
}

static void change_byte(const struct blob *image, size_t at, unsigned char value)
{
	struct blob changed = blob_copy(image);
	char what[64];

	snprintf(what, sizeof(what), "byte %zu: %02x -> %02x", at, image->bytes[at], value);
	changed.bytes[at] = value;
	try_and_judge(what, &changed);
	blob_free(&changed);
}

static void change_each_byte(const struct blob *image, size_t stride)
{
	for (size_t at = 0; at < image->size; at += stride) {
		change_byte(image, at, image->bytes[at] ^ 0xff);
		change_byte(image, at, image->bytes[at] + 1);
		change_byte(image, at, image->bytes[at] ^ 0x01);
	}
}

/* Counts, lengths and numbers as an attacker chooses them; fields of an image are not aligned. */
static void change_each_word(const struct blob *image, size_t stride)
{
	static const uint32_t words[] = {0, 0x7fffffff, 0xffffffff};

	for (size_t at = 0; at + 4 <= image->size; at += stride)
		for (size_t i = 0; i < PORT_ARRAY_SIZE(words); i++) {
			struct blob changed = blob_copy(image);
			char what[64];

			snprintf(what, sizeof(what), "word at %zu -> %08" PRIx32, at, words[i]);
			memcpy(changed.bytes + at, &words[i], 4);
			try_and_judge(what, &changed);
			blob_free(&changed);
		}
}

/* Several bytes at once: what no single change reaches. */
static void change_at_random(const struct blob *image, uint32_t times)
{
	uint64_t random = 1;

	for (uint32_t i = 0; i < times; i++) {
		struct blob changed = blob_copy(image);
		char what[64];

		snprintf(what, sizeof(what), "random change %" PRIu32, i);
		for (uint64_t n = 2 + random_next(&random) % 3; n; n--) {
			size_t at = random_next(&random) % image->size;

			changed.bytes[at] = (unsigned char)random_next(&random);
		}
		try_and_judge(what, &changed);
		blob_free(&changed);
	}
}

/* Xen and libsepol ignore what follows the end; whatever we do with it, decisions stay. */
static void append_bytes(const struct blob *image, size_t extra)
{
	struct blob longer = {malloc(image->size + extra), image->size + extra};

	if (!longer.bytes)
		errx(1, "no memory");
	memcpy(longer.bytes, image->bytes, image->size);
	memset(longer.bytes + image->size, 0xa5, extra);
	try_and_judge("bytes after the end", &longer);
	blob_free(&longer);
}

/* Operations that allocate; each returns what the server returned. */
static int op_reload(struct ss_server *server)
{
	struct image_error error;
	struct ss_stage *stage;
	int rc = ss_stage(server, run.rig.image.bytes, run.rig.image.size, &stage, &error);

	return rc ? rc : ss_commit(server, stage);
}

static int op_bools(struct ss_server *server)
{
	uint32_t count = ss_bool_count(server);
	bool *values = calloc(count + 1, sizeof(*values));
	int rc;

	if (!values)
		errx(1, "no memory");
	rc = ss_bools_commit(server, values, count);
	free(values);
	return rc;
}

static int op_label(struct ss_server *server)
{
	flask_sid_t sid;

	return ss_context_to_sid(server, run.rig.new_label, strlen(run.rig.new_label), &sid);
}

static int op_hold(struct ss_server *server)
{
	int rc = ss_hold(server, 1);

	if (!rc)
		ss_release(server, 1);
	return rc;
}

static const struct operation {
	const char *name;
	int (*run)(struct ss_server *server);
} operations[] = {
    {"reload", op_reload},
    {"boolean commit", op_bools},
    {"new label", op_label},
    {"hold", op_hold},
};

/* Whether the failure asked for has still to come; takes it back. */
static bool failure_is_pending(uint64_t nth)
{
	bool pending = false;

	for (uint64_t i = 0; i < nth && !pending; i++) {
		void *memory = port_alloc(1);

		pending = !memory;
		port_free(memory);
	}
	port_posix_fail_alloc(0);
	return pending;
}

/* One operation with its @nth allocation failing. False: it has fewer allocations. */
static bool fail_nth(const struct operation *op, uint64_t nth)
{
	struct ss_server *server = rig_server(&run.rig);
	uint64_t live = port_posix_live_allocs();
	char what[64];
	int rc;

	snprintf(what, sizeof(what), "%s with allocation %" PRIu64 " failing", op->name, nth);
	port_posix_fail_alloc(nth);
	rc = op->run(server);
	if (!rc) {
		if (failure_is_pending(nth))
			return false;
		printf("%s: done all the same\n", what);
		return true;
	}
	port_posix_fail_alloc(0);
	run.tried++;
	run.refused++;
	if (rc != -ENOMEM)
		rig_violation(&run.rig, what, "not -ENOMEM");
	rig_check_untouched(&run.rig, server, live, what);
	return true;
}

/* The first load: a server without a policy stays one. */
static bool fail_first_load(uint64_t nth)
{
	uint64_t live = port_posix_live_allocs();
	struct ss_server server;
	bool failed;

	ss_init(&server, run.rig.config);
	port_posix_fail_alloc(nth);
	failed = op_reload(&server) != 0;
	if (!failed && !failure_is_pending(nth))
		errx(1, "the first load succeeded without allocation %" PRIu64, nth);
	port_posix_fail_alloc(0);
	if (failed && (ss_is_loaded(&server) || op_reload(&server)))
		rig_violation(&run.rig, "first load", "a failed load leaves something behind");
	run.tried++;
	run.refused += failed;
	ss_fini(&server);
	port_posix_quiesce();
	if (port_posix_live_allocs() != live)
		rig_violation(&run.rig, "first load", "memory is lost");
	return failed;
}

static void fail_each_allocation(void)
{
	uint64_t nth;

	for (size_t i = 0; i < PORT_ARRAY_SIZE(operations); i++) {
		for (nth = 1; fail_nth(&operations[i], nth); nth++)
			;
		printf("allocations of %s: %" PRIu64 "\n", operations[i].name, nth - 1);
	}
	port_posix_quiesce();
	for (nth = 1; fail_first_load(nth); nth++)
		;
	printf("allocations of first load: %" PRIu64 "\n", nth - 1);
}

static void print_summary(const char *path)
{
	if (run.verbose)
		reasons_print(&run.reasons);
	for (int i = 0; i < JUDGE_KINDS; i++)
		printf("%s: %" PRIu64 "\n", judge_text(i), run.judged[i]);
	printf("hostile %s loads %" PRIu64 " refused %" PRIu64 " accepted-equal %" PRIu64 " violations %" PRIu64 "\n",
	       path, run.tried, run.refused,
	       run.judged[JUDGE_EQUAL] + run.judged[JUDGE_EXCEPTED] + run.judged[JUDGE_UNUSED], run.rig.violations);
}

static void drop_line(void *context, enum port_level level, const char *line)
{
	(void)context;
	(void)level;
	(void)line;
}

int main(int argc, char **argv)
{
	static const struct option options[] = {
	    {"abi", no_argument, NULL, 'a'},
	    {"stride", required_argument, NULL, 's'},
	    {"verbose", no_argument, NULL, 'v'},
	    {0},
	};
	const struct ss_config *config = abi_none();
	size_t stride = 1;
	struct blob image;
	int option;

	while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
		if (option == 'a')
			config = abi_xen();
		else if (option == 's')
			stride = strtoull(optarg, NULL, 10);
		else if (option == 'v')
			run.verbose = true;
		else
			return 2;
	}
	if (optind != argc - 1 || !stride) {
		fprintf(stderr, "usage: hostile-load [--abi] [--stride N] [--verbose] POLICY\n");
		return 2;
	}
	port_posix_set_log(drop_line, NULL);
	image = blob_read(argv[optind]);
	rig_init(&run.rig, config, image);
	cut_at_each_byte(&image, stride);
	change_each_byte(&image, stride);
	change_each_word(&image, stride);
	change_at_random(&image, RANDOM_CHANGES);
	append_bytes(&image, 1);
	append_bytes(&image, 64);
	fail_each_allocation();
	rig_fini(&run.rig);
	print_summary(argv[optind]);
	blob_free(&image);
	return run.rig.violations != 0;
}
