/* SPDX-License-Identifier: BSD-2-Clause */
/* The words of policy source as m4 -s leaves it, with their places and the comments above them. */
#ifndef TOOLS_AUDIT_POLICY_WORDS_H
#define TOOLS_AUDIT_POLICY_WORDS_H

#include "tools/audit/log_line.h"

/* A walk over @text; everything is borrowed. */
struct policy_words {
	const char *text;
	size_t len, pos;
	struct slice file; /* of the last line mark */
	uint32_t line;
	bool in_line;	      /* something but blanks stands before @pos in this line */
	struct slice comment; /* the run of comment lines that ends right above this line */
};

struct policy_word {
	struct slice text; /* absent at the end */
	struct slice file;
	uint32_t line;
	struct slice comment; /* directly above, when the word is the first of its line */
};

/* @path is the file until the first line mark. */
void policy_words_init(struct policy_words *words, const char *path, const char *text, size_t len);

/* The next name or number, quoted string, or single mark. */
struct policy_word policy_words_next(struct policy_words *words);

/* A comment as one line: without its marks, line marks and surplus blanks. Owned by the caller. */
char *policy_comment_text(const struct slice *comment);

#endif
