/* SPDX-License-Identifier: BSD-2-Clause */
/* A whole file in memory. */
#ifndef TOOLS_COMMON_FILE_H
#define TOOLS_COMMON_FILE_H

#include "hooks/port.h"

struct blob {
	char *bytes; /* owned; a NUL follows the last byte */
	size_t size; /* bytes, without that NUL */
};

/* Reads @path, of at most @max bytes. 0, or -1: complained "PATH: reason" already. */
int file_read(const char *path, size_t max, struct blob *blob) PORT_MUST_CHECK;

void blob_free(struct blob *blob);

#endif
