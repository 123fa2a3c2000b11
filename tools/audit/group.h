/* SPDX-License-Identifier: BSD-2-Clause */
/* Messages that say the same thing, counted as one kind. */
#ifndef TOOLS_AUDIT_GROUP_H
#define TOOLS_AUDIT_GROUP_H

#include "tools/audit/log_line.h"

/* A kind of message. The strings are owned, NUL-terminated, as they stand in the log; "" where it says nothing. */
struct group {
	bool denied, permissive;
	uint32_t nperms;
	char *perms[LOG_PERMS_MAX];
	char *who, *to;		   /* domains: d3, d[XEN] */
	char *what;		   /* the object of the request: "irq 17", "range 0xfe-0xff" */
	char *scontext, *tcontext; /* text, or "ssid 7" */
	bool scontext_is_number, tcontext_is_number;
	char *tclass, *op;
	char *first_time, *last_time;
	uint64_t count;
	char *key; /* all that tells kinds apart */
};

struct groups {
	struct group **items; /* owned; in the order of their first messages */
	size_t count;
	size_t nslots;
	struct group **slots; /* by hash of the key */
};

/* Counts a message that was seen at @time (may be absent). Ends the program when memory runs out. */
void groups_add(struct groups *groups, const struct log_line *line, const struct slice *time);

void groups_free(struct groups *groups);

#endif
