/* SPDX-License-Identifier: BSD-2-Clause */
/* The other lines that a Flask module writes to the same log. */
#ifndef TOOLS_AUDIT_LOG_NOTICE_H
#define TOOLS_AUDIT_LOG_NOTICE_H

#include "hooks/port.h"

enum notice {
	NOTICE_REFUSED,	    /* an operation that Flask has no permission for was refused */
	NOTICE_LET_THROUGH, /* ... or let through */
	NOTICE_MISMATCH,    /* policy and hypervisor disagree on classes or permissions */
	NOTICE_OPEN,	    /* nothing is enforced */
	NOTICE_NOT_LOADED,  /* a policy was refused, or there is none */
	NOTICE_BOUNDS,	    /* a bounding type took permissions away */
	NOTICE_LABEL,	    /* a label that is not valid, was lost, or came back */
	NOTICE_STATE,	    /* boot, load, change of mode or of a domain's label: for the record */
	NOTICE_KINDS,
	NOTICE_UNKNOWN = NOTICE_KINDS, /* speaks of Flask or of labels, and is not understood */
	NOTICE_UNRELATED,	       /* about something else */
};

/* What a line without an access vector message is. @text need not end in a NUL. */
enum notice log_notice(const char *text, size_t len);

/* What the reader should know of a kind below NOTICE_KINDS, and what to do (NULL: nothing). */
const char *log_notice_meaning(enum notice notice);
const char *log_notice_advice(enum notice notice);

#endif
