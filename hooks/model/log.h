/* SPDX-License-Identifier: BSD-2-Clause */
/* The hypervisor's log: every line of port_log() since the start, in memory. */
#ifndef HOOKS_MODEL_LOG_H
#define HOOKS_MODEL_LOG_H

#include "hooks/port.h"

#include <stdio.h>

/* Starts to keep lines. */
void hv_log_open(void);

/* Shows new lines on @echo too, as Xen's console does; NULL: does not (the start). */
void hv_log_echo(FILE *echo);

/* Forgets the lines; the log goes to stderr again. */
void hv_log_close(void);

size_t hv_log_count(void);

/* Line @index of hv_log_count(), oldest first. Valid until hv_log_close(). */
const char *hv_log_line(size_t index);

/* The newest line of level PORT_ERROR, or NULL. */
const char *hv_log_last_error(void);

#endif
