/* SPDX-License-Identifier: BSD-2-Clause */
/* A whole file in memory. */
#ifndef TOOLS_COMMON_FILE_H
#define TOOLS_COMMON_FILE_H

#include "hooks/port.h"

struct file_bytes {
	char *bytes; /* owned; a NUL follows the last byte */
	size_t size; /* bytes, without that NUL */
};

/* Reads @path, of at most @max bytes. 0, or -1: complained "PATH: reason" already. */
int file_read(const char *path, size_t max, struct file_bytes *content) PORT_MUST_CHECK;

void file_free(struct file_bytes *content);

#endif
