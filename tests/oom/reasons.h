/* SPDX-License-Identifier: BSD-2-Clause */
/* How often each reason of refusal was given, names and numbers left out. */
#ifndef TESTS_OOM_REASONS_H
#define TESTS_OOM_REASONS_H

#include "flask/db/image.h"

#define REASONS_MAX 512u

struct reason {
	char text[200];
	uint64_t count;
};

struct reasons {
	struct reason list[REASONS_MAX];
	uint32_t count;
};

void reasons_add(struct reasons *reasons, const struct image_error *error);
void reasons_print(const struct reasons *reasons);

#endif
