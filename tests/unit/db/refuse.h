/* SPDX-License-Identifier: BSD-2-Clause */
/* A table of hostile images: the example with some bytes replaced, and what must be said about it. */
#ifndef TESTS_UNIT_DB_REFUSE_H
#define TESTS_UNIT_DB_REFUSE_H

#include "flask/db/policy.h"
#include "hooks/model/port_posix.h"
#include "tests/support/image_builder.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

#define EDITS 4

/* Offsets are those of the unchanged example, rising. */
struct edit {
	size_t at, remove;
	const char *hex; /* NULL ends the list */
};

struct refusal {
	const char *what;
	unsigned int version;
	struct edit edits[EDITS];
	const char *section; /* NULL: the image must be accepted */
	size_t offset;
	const char *reason;
};

static inline void build_edited(struct image_builder *builder, const struct refusal *row)
{
	size_t i = 0;

	builder_example(builder, row->version);
	while (i < EDITS && row->edits[i].hex)
		i++;
	while (i--)
		builder_splice(builder, row->edits[i].at, row->edits[i].remove, row->edits[i].hex);
}

static inline void expect_refusal(const struct refusal *row)
{
	uint64_t live = port_posix_live_allocs();
	struct image_builder builder = {0};
	struct image_error error;
	struct policy *policy = NULL;
	int rc;

	build_edited(&builder, row);
	rc = policy_create(builder.bytes, builder.size, &policy, &error);
	builder_free(&builder);
	if (row->section && !rc)
		fail_msg("%s: accepted", row->what);
	if (!row->section && rc)
		fail_msg("%s: refused: %s at byte %zu: %s", row->what, error.section, error.offset, error.reason);
	policy_destroy(policy);
	if (port_posix_live_allocs() != live)
		fail_msg("%s: memory left behind", row->what);
	if (!row->section)
		return;
	assert_null(policy);
	if (rc != -EINVAL || strcmp(error.section, row->section) || error.offset != row->offset ||
	    strcmp(error.reason, row->reason))
		fail_msg("%s: %d, %s at byte %zu: %s", row->what, rc, error.section, error.offset, error.reason);
}

static inline void expect_refusals(const struct refusal *rows, size_t count)
{
	size_t i;

	for (i = 0; i < count; i++)
		expect_refusal(&rows[i]);
}

#endif
