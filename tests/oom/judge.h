/* SPDX-License-Identifier: BSD-2-Clause */
/* An image that we accepted, judged against libsepol in a process of its own. */
#ifndef TESTS_OOM_JUDGE_H
#define TESTS_OOM_JUDGE_H

#include "tests/support/blob.h"

enum judgement {
	JUDGE_EQUAL,
	JUDGE_EXCEPTED, /* equal but for rows of the oracle's table */
	JUDGE_UNUSED,	/* libsepol refuses a field that nobody uses; equal once that is reset for libsepol */
	JUDGE_LIBSEPOL_REFUSES,
	JUDGE_LIBSEPOL_DIES, /* crash, or no end within JUDGE_SECONDS */
	JUDGE_DIFFERENT,     /* printed by the child */
	JUDGE_KINDS
};

#define JUDGE_SECONDS 20u

/* libsepol may crash on hostile bytes: the child's death is its refusal. */
enum judgement judge(const char *what, const struct blob *image);

const char *judge_text(enum judgement judgement);

#endif
