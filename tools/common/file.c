/* SPDX-License-Identifier: BSD-2-Clause */
#include "tools/common/file.h"

#include "tools/common/output.h"

#include <stdlib.h>

#define FILE_STEP 65536u /* bytes of the first read; doubled after that */

/* Reads until the end or one byte more than @max. Returns 0 or errno. */
static int read_all(FILE *file, size_t max, struct file_bytes *content)
{
	size_t room = FILE_STEP;

	content->bytes = NULL;
	content->size = 0;
	do {
		content->bytes = realloc(content->bytes, room + 1);
		if (!content->bytes)
			out_of_memory();
		content->size += fread(content->bytes + content->size, 1, room - content->size, file);
		if (ferror(file))
			return errno;
		room *= 2;
	} while (!feof(file) && content->size <= max);
	content->bytes[content->size] = '\0';
	return 0;
}

int file_read(const char *path, size_t max, struct file_bytes *content)
{
	FILE *file = fopen(path, "rbe");
	int error;

	if (!file) {
		complain("%s: %s", path, strerror(errno));
		return -1;
	}
	error = read_all(file, max, content);
	fclose(file);
	if (!error && content->size <= max)
		return 0;
	if (error)
		complain("%s: %s", path, strerror(error));
	else
		complain("%s: larger than %zu bytes", path, max);
	file_free(content);
	return -1;
}

void file_free(struct file_bytes *content)
{
	free(content->bytes);
	content->bytes = NULL;
	content->size = 0;
}
