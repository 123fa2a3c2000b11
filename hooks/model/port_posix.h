/* SPDX-License-Identifier: BSD-2-Clause */
/* What the POSIX implementation of hooks/port.h offers to its host and to tests. */
#ifndef HOOKS_MODEL_PORT_POSIX_H
#define HOOKS_MODEL_PORT_POSIX_H

#include "hooks/port.h"

/* Sends every log line to @sink instead of stderr; NULL restores stderr. */
typedef void port_posix_sink(void *context, enum port_level level, const char *line);
void port_posix_set_log(port_posix_sink *sink, void *context);

/* Lets the @nth allocation from now (1 = the next) of this process fail, once; 0: none. */
void port_posix_fail_alloc(uint64_t nth);

/* Allocations not yet freed; deferred destructions count until they ran. */
uint64_t port_posix_live_allocs(void);

/* Waits until every deferred destruction ran. */
void port_posix_quiesce(void);

#endif
