/* SPDX-License-Identifier: BSD-2-Clause */
/* Names of a policy in the order and the spelling in which they are printed. */
#ifndef POLICY_COMPILER_LABELS_H
#define POLICY_COMPILER_LABELS_H

#include "flask/db/policy.h"

struct label {
	char *text; /* owned, escaped, NUL-terminated */
	size_t len;
	uint32_t value;
};

struct labels {
	struct label *items; /* owned; ascending by text, byte by byte */
	size_t count;
};

/* The types, without attributes and holes; the classes, without holes. */
struct labels labels_of_types(const struct policy *policy);
struct labels labels_of_classes(const struct policy *policy);
void labels_free(struct labels *labels);

#endif
