/* SPDX-License-Identifier: BSD-2-Clause */
/* Why a message came about, by the policy, and what would change it. */
#ifndef TOOLS_AUDIT_EXPLAIN_H
#define TOOLS_AUDIT_EXPLAIN_H

#include "tools/audit/group.h"
#include "tools/audit/neverallow.h"
#include "tools/common/policy_file.h"

/* Both texts are owned; names in them are as they are (not escaped). */
struct explanation {
	char *why;    /* one clause, or several after "; " */
	char *advice; /* lines, each with its newline; "" when there is nothing to do */
};

/* @file may be NULL: then only what the line itself tells. @never may be NULL: the source is not known. */
struct explanation explain(const struct policy_file *file, const struct neverallows *never, const struct group *group);

void explanation_free(struct explanation *explanation);

#endif
