/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * devices IMAGE...: what the security server says of devices, against a plain
 * search through the lists of object contexts that libsepol reads from the same
 * image. Asked is around every end of every entry, and the whole range by a walk.
 */
#include "flask/ss/server.h"
#include "tests/devices/lists.h"
#include "tests/support/blob.h"

#include <err.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

static const char *const initial_sids[] = {
    "null",	"xenboot", "xen",   "dom0", "domio",  "domxen", "unlabeled",
    "security", "ioport",  "iomem", "irq",  "device", "domU",	"domDM",
};

static const struct ss_config config = {
    .initial_sids = initial_sids,
    .ninitial_sids = PORT_ARRAY_SIZE(initial_sids),
    .unlabeled = 6,
    .before_policy = 2,
    .device_sids = {[OCON_PIRQ] = 10, [OCON_IOPORT] = 8, [OCON_IOMEM] = 9, [OCON_PCIDEVICE] = 11, [OCON_DTREE] = 11},
};

static struct ss_server server;
static struct lists lists[OCON_KINDS];
static uint64_t compared;
static const char *path;

static void load(const struct blob *image)
{
	struct image_error error;
	struct ss_stage *stage;

	ss_init(&server, &config);
	if (ss_stage(&server, image->bytes, image->size, &stage, &error) || ss_commit(&server, stage))
		errx(1, "%s: refused: %s", path, error.reason);
}

/* libsepol's entry for @number; NULL: none. */
static const struct lists_entry *find_entry(enum policy_ocon_kind kind, uint64_t number)
{
	for (size_t i = 0; i < lists[kind].count; i++)
		if (lists[kind].entries[i].low <= number && number <= lists[kind].entries[i].high)
			return &lists[kind].entries[i];
	return NULL;
}

/* Whether @sid has the label of @entry; without one, whether it is the default. */
static bool same_label(enum policy_ocon_kind kind, const struct lists_entry *entry, flask_sid_t sid)
{
	char ours[SS_CONTEXT_MAX];
	struct text text;

	compared++;
	if (!entry)
		return sid == config.device_sids[kind];
	text_init(&text, ours, sizeof(ours));
	return !ss_sid_to_context(&server, sid, &text) && !strcmp(ours, entry->label);
}

static void compare_number(enum policy_ocon_kind kind, uint64_t number)
{
	if (!same_label(kind, find_entry(kind, number), ss_device_sid(&server, kind, number)))
		errx(1, "%s: kind %u, number %" PRIu64 ": another label than libsepol's", path, kind, number);
}

struct walked {
	enum policy_ocon_kind kind;
	uint64_t next; /* where the next piece must start */
};

static int compare_piece(void *context, flask_sid_t sid, uint64_t low, uint64_t high)
{
	struct walked *walked = context;

	if (low != walked->next || high < low)
		return -EINVAL;
	walked->next = high + 1;
	if (!same_label(walked->kind, find_entry(walked->kind, low), sid) ||
	    find_entry(walked->kind, low) != find_entry(walked->kind, high))
		return -EEXIST;
	return 0;
}

static void compare_kind(enum policy_ocon_kind kind)
{
	struct walked walked = {.kind = kind};
	int rc;

	for (size_t i = 0; i < lists[kind].count; i++) {
		const struct lists_entry *entry = &lists[kind].entries[i];

		compare_number(kind, entry->low - 1);
		compare_number(kind, entry->low);
		compare_number(kind, entry->low + (entry->high - entry->low) / 2);
		compare_number(kind, entry->high);
		compare_number(kind, entry->high + 1);
	}
	rc = ss_device_range_walk(&server, kind, 0, UINT64_MAX, compare_piece, &walked);
	if (rc || walked.next)
		errx(1, "%s: kind %u: the walk is not libsepol's list: %d at %" PRIu64, path, kind, rc, walked.next);
}

static void compare_paths(void)
{
	char longer[4200];

	for (size_t i = 0; i < lists[OCON_DTREE].count; i++) {
		const struct lists_entry *entry = &lists[OCON_DTREE].entries[i];

		if (!same_label(OCON_DTREE, entry, ss_device_tree_sid(&server, entry->path)))
			errx(1, "%s: %s: another label than libsepol's", path, entry->path);
		snprintf(longer, sizeof(longer), "%s~", entry->path);
		if (!same_label(OCON_DTREE, NULL, ss_device_tree_sid(&server, longer)))
			errx(1, "%s: %s has a label", path, longer);
	}
}

static void compare_image(void)
{
	struct blob image = blob_read(path);
	uint64_t before = compared;

	lists_open(image.bytes, image.size, lists);
	load(&image);
	for (enum policy_ocon_kind kind = OCON_PIRQ; kind < OCON_DTREE; kind++)
		compare_kind(kind);
	compare_paths();
	printf("%s: %" PRIu64 " labels of devices, each as libsepol's\n", path, compared - before);
	ss_fini(&server);
	lists_close(lists);
	blob_free(&image);
}

int main(int argc, char **argv)
{
	if (argc < 2)
		errx(2, "usage: devices IMAGE...");
	for (int i = 1; i < argc; i++) {
		path = argv[i];
		compare_image();
	}
	printf("%d images, %" PRIu64 " comparisons\n", argc - 1, compared);
	return compared < 100;
}
