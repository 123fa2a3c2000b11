/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * From the bytes of a log to items: messages joined over up to four lines and
 * freed of prefixes, other lines of Flask, and lines that were not understood.
 * Every line read is accounted to exactly one item.
 */
#ifndef TOOLS_AUDIT_LOG_READER_H
#define TOOLS_AUDIT_LOG_READER_H

#include "tools/audit/log_line.h"
#include "tools/audit/log_notice.h"

#include <stdio.h>

#define LOG_LINE_MAX   8192u /* bytes of a line that are looked at; the rest is said to be unknown */
#define LOG_LINES_MAX  4u    /* lines that one message may be wrapped over */
#define LOG_JOINED_MAX ((LOG_LINE_MAX + 1u) * LOG_LINES_MAX)

enum log_kind {
	LOG_MESSAGE,
	LOG_NOTICE,
	LOG_GUEST,     /* a guest's console output that imitates a line of Flask */
	LOG_UNKNOWN,   /* of Flask, not understood: cut, damaged or of a new kind */
	LOG_UNRELATED, /* about something else */
	LOG_KINDS
};

struct log_item {
	enum log_kind kind;
	const struct log_line *message; /* LOG_MESSAGE */
	enum notice notice;		/* LOG_NOTICE */
	struct slice time;		/* of a message, as it stands in the line; may be absent */
	struct slice text;		/* the line, or joined lines */
	uint64_t number;		/* of the first line, from 1 */
	uint32_t lines;			/* accounted to this item; 0 for a further item of one line */
};

/* Everything an item points to is borrowed for the call. */
typedef void log_sink(void *context, const struct log_item *item);

struct log_reader {
	log_sink *sink;
	void *context;
	uint64_t number; /* lines read */
	/* A message whose end is not sure yet, from `denied' or `granted' on. */
	char joined[LOG_JOINED_MAX];
	size_t joined_len; /* 0: none */
	enum log_parse parse;
	uint32_t lines, lines_joined;
	uint64_t first_number;
	char time[64];
	size_t time_len;
};

/* Zero the structure, set @sink and @context, then feed it. */

/* One line without its newline. @cut: the line was longer. */
void log_reader_line(struct log_reader *reader, const char *text, size_t len, bool cut);

/* The end of a log: what is pending goes to the sink; line numbers start anew. */
void log_reader_end(struct log_reader *reader);

/* Feeds all of @file and ends. 0 or -errno. */
int log_reader_file(struct log_reader *reader, FILE *file) PORT_MUST_CHECK;

#endif
