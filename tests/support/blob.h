/* SPDX-License-Identifier: BSD-2-Clause */
/* A file in memory, for test programs: any failure ends the program with one line. */
#ifndef TESTS_SUPPORT_BLOB_H
#define TESTS_SUPPORT_BLOB_H

#include <stddef.h>

struct blob {
	unsigned char *bytes; /* owned */
	size_t size;
};

struct blob blob_read(const char *path);
struct blob blob_copy(const struct blob *blob);
void blob_free(struct blob *blob);

#endif
