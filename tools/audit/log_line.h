/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * One message of the access vector code, taken apart. Understood: ours, Xen's
 * (source=, target=, current=) and old Xen's (domid=); see docs/audit-format.md.
 */
#ifndef TOOLS_AUDIT_LOG_LINE_H
#define TOOLS_AUDIT_LOG_LINE_H

#include "hooks/port.h"

#define LOG_PERMS_MAX 33u /* 32 bits of a class, and one number for those without a name */

#define LOG_OTHERS_MAX 4u

/* A piece of the text that was parsed: borrowed, no NUL. Absent: text NULL. */
struct slice {
	const char *text;
	size_t len;
};

bool slice_is(const struct slice *slice, const char *word);

struct log_line {
	bool denied;			   /* or granted */
	uint32_t nperms;		   /* 0: the word null */
	struct slice perms[LOG_PERMS_MAX]; /* names, or 0x... */
#define AUDIT_FIELD(name, kind, when, meaning) struct slice name;
#include "flask/avc/audit.def"
	/* Fields of Xen that our lines do not have. */
#define LOG_FIELD(name, kind) struct slice name;
#include "tools/audit/xen_fields.def"
	uint32_t nothers;
	struct slice others[LOG_OTHERS_MAX]; /* NAME=VALUE of names that we do not know, before the class */
	size_t consumed;		     /* bytes of the text that belong to the message */
};

enum log_parse {
	LOG_COMPLETE,
	LOG_CUT,      /* well formed as far as it goes, but the class is still to come */
	LOG_MALFORMED /* no message of this kind, whatever may follow */
};

/*
 * Where a message starts in the @len bytes at @text: at its `denied' or
 * `granted'. NULL when there is none. `avc:' may be missing (a line that lost
 * its first bytes) if `{' or `null' follows.
 */
const char *log_line_find(const char *text, size_t len);

/*
 * Takes apart the @len bytes at @text, which start at log_line_find(). A
 * complete message ends with the last known field; what follows is not
 * looked at. *@line is valid when the answer is LOG_COMPLETE.
 */
enum log_parse log_line_parse(const char *text, size_t len, struct log_line *line);

#endif
