/* SPDX-License-Identifier: BSD-2-Clause */
/* A message translated into the numbers of a policy, and the answer as it grows. */
#ifndef TOOLS_AUDIT_QUESTION_H
#define TOOLS_AUDIT_QUESTION_H

#include "tools/audit/explain.h"
#include "tools/common/build_text.h"

/* Two texts under construction. */
struct answer {
	struct build_text why, advice;
	bool has_reason;
};

/* Adds a clause to `why'. */
void answer_reason(struct answer *answer, const char *format, ...) PORT_PRINTF(2, 3);

/* Adds a line to the advice. */
void answer_advise(struct answer *answer, const char *format, ...) PORT_PRINTF(2, 3);

struct question {
	const struct policy_file *file;
	const struct group *group;
	struct policy_context source, target; /* owned */
	uint32_t tclass;		      /* the policy's number */
	uint32_t perms;			      /* those that the policy knows */
};

/*
 * Fills @question from its @file and @group. False when the policy lacks what
 * the question needs; whatever is lacking is said in @answer. question_fini()
 * follows either.
 */
bool question_resolve(struct question *question, struct answer *answer);
void question_fini(struct question *question);

/* The class of a resolved question, and the names of its two types. */
const struct policy_class *question_class(const struct question *question);
const char *question_source(const struct question *question);
const char *question_target(const struct question *question);

/* "{ a b }" of the class, as a string that the caller owns; one permission stands without braces when @bare. */
char *perms_text(const struct policy_class *tclass, uint32_t perms, bool bare);

#endif
