/* SPDX-License-Identifier: BSD-2-Clause */
#include "tests/support/blob.h"

#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct blob blob_alloc(size_t size)
{
	struct blob blob = {malloc(size ? size : 1), size};

	if (!blob.bytes)
		errx(1, "no memory for %zu bytes", size);
	return blob;
}

void blob_free(struct blob *blob)
{
	free(blob->bytes);
	*blob = (struct blob){0};
}

struct blob blob_copy(const struct blob *blob)
{
	struct blob copy = blob_alloc(blob->size);

	memcpy(copy.bytes, blob->bytes, blob->size);
	return copy;
}

struct blob blob_read(const char *path)
{
	FILE *file = fopen(path, "rb");
	struct blob blob;
	long size;

	if (!file || fseek(file, 0, SEEK_END) || (size = ftell(file)) < 0 || fseek(file, 0, SEEK_SET))
		err(1, "%s", path);
	blob = blob_alloc((size_t)size);
	if (fread(blob.bytes, 1, blob.size, file) != blob.size)
		err(1, "%s", path);
	fclose(file);
	return blob;
}
