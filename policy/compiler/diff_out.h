/* SPDX-License-Identifier: BSD-2-Clause */
/* Differences on stdout: a line each, or one JSON document (its form: the manual page flask-policy(1)). */
#ifndef POLICY_COMPILER_DIFF_OUT_H
#define POLICY_COMPILER_DIFF_OUT_H

#include "hooks/port.h"

#include <stdio.h>

struct diff_out {
	bool json;
	size_t count; /* differences written */
};

/* What became of a set of permissions; names are borrowed, escaped, in their order of output. */
struct diff_perms {
	const char *word; /* "allow", ... */
	const char *const *names;
	uint64_t gained, lost; /* by place in @names */
};

/* All text is escaped already (put_escaped): printable ASCII. */
void diff_out_begin(struct diff_out *out);

/* @before NULL: added; @after NULL: removed. An empty string says that the thing has no value. */
void diff_out_fact(struct diff_out *out, const char *section, const char *name, const char *before, const char *after);

void diff_out_decision(struct diff_out *out, const char *source, const char *target, const char *tclass,
		       const struct diff_perms *perms, size_t nperms);
void diff_out_end(struct diff_out *out);

#endif
