/* SPDX-License-Identifier: BSD-2-Clause */
/* The screen: a table of the kinds of message, numbered advice, and where every line went. */
#ifndef TOOLS_AUDIT_REPORT_H
#define TOOLS_AUDIT_REPORT_H

#include "tools/audit/explain.h"
#include "tools/audit/log_reader.h"

/* What a log held, counted. */
struct tally {
	struct groups groups;
	uint64_t lines[LOG_KINDS]; /* of each kind of item; together all lines */
	uint64_t items[LOG_KINDS];
	uint64_t notices[NOTICE_KINDS];
	char *notice_text[NOTICE_KINDS]; /* owned; the first of each kind */
	char *first_time, *last_time;	 /* owned; of messages; NULL: none had one */
};

/* Counts an item. */
void tally_add(struct tally *tally, const struct log_item *item);
void tally_free(struct tally *tally);

/* Prints the report on stdout. @file and @never as for explain(). */
void report(const struct tally *tally, const struct policy_file *file, const struct neverallows *never);

#endif
