/* SPDX-License-Identifier: BSD-2-Clause */
#include "tools/common/file.h"

#include "tools/common/output.h"

#include <stdlib.h>

#define FILE_STEP 65536u /* bytes of the first read; doubled after that */

/* Reads until the end or one byte more than @max. Returns 0 or errno. */
static int read_all(FILE *file, size_t max, struct blob *blob)
{
	size_t room = FILE_STEP;

	blob->bytes = NULL;
	blob->size = 0;
	do {
		blob->bytes = realloc(blob->bytes, room + 1);
		if (!blob->bytes)
			out_of_memory();
		blob->size += fread(blob->bytes + blob->size, 1, room - blob->size, file);
		if (ferror(file))
			return errno;
		room *= 2;
	} while (!feof(file) && blob->size <= max);
	blob->bytes[blob->size] = '\0';
	return 0;
}

int file_read(const char *path, size_t max, struct blob *blob)
{
	FILE *file = fopen(path, "rbe");
	int error;

	if (!file) {
		complain("%s: %s", path, strerror(errno));
		return -1;
	}
	error = read_all(file, max, blob);
	fclose(file);
	if (!error && blob->size <= max)
		return 0;
	if (error)
		complain("%s: %s", path, strerror(error));
	else
		complain("%s: larger than %zu bytes", path, max);
	blob_free(blob);
	return -1;
}

void blob_free(struct blob *blob)
{
	free(blob->bytes);
	blob->bytes = NULL;
	blob->size = 0;
}
