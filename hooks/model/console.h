/* SPDX-License-Identifier: BSD-2-Clause */
/* The hypervisor's console: what was typed into it. What it shows is the log. */
#ifndef HOOKS_MODEL_CONSOLE_H
#define HOOKS_MODEL_CONSOLE_H

#include "hooks/port.h"

/* Appends @bytes of typed input, kept until a domain reads it; false when there is no room. */
bool hv_console_type(const void *input, size_t bytes) PORT_MUST_CHECK;

/* Bytes typed and not read. */
size_t hv_console_waiting(void);

/* Forgets the input. */
void hv_console_reset(void);

#endif
