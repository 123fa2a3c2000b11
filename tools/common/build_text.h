/* SPDX-License-Identifier: BSD-2-Clause */
/* A string that grows as it is printed into. */
#ifndef TOOLS_COMMON_BUILD_TEXT_H
#define TOOLS_COMMON_BUILD_TEXT_H

#include "hooks/port.h"

#include <stdio.h>

struct build_text {
	FILE *out; /* print here */
	char *bytes;
	size_t size;
};

/* Starts an empty string. Ends the program when memory runs out, as build_finish() does. */
void build_start(struct build_text *text);

/* The string, owned by the caller, of no more memory than it needs. */
char *build_finish(struct build_text *text);

#endif
