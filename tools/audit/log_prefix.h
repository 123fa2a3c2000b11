/* SPDX-License-Identifier: BSD-2-Clause */
/* What stands before a message: console marks, times, mail quoting, other people's text. */
#ifndef TOOLS_AUDIT_LOG_PREFIX_H
#define TOOLS_AUDIT_LOG_PREFIX_H

#include "tools/audit/log_line.h"

/* Whether the hypervisor marked the line as the output of a guest: "(d7) ". */
bool log_prefix_is_guest(const char *text, size_t len);

/* The time in a prefix: "09:12:04", "2026-11-23 09:12:04", or seconds since boot in brackets. Absent: text NULL. */
struct slice log_prefix_time(const char *text, size_t len);

/* Bytes of mail quoting and blanks, and of a "(XEN) " with its time, at the start of a continued line. */
size_t log_prefix_skip(const char *text, size_t len);

#endif
