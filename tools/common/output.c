/* SPDX-License-Identifier: BSD-2-Clause */
#include "tools/common/output.h"

#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>

static const char *program = "";
static int failure = EXIT_FAILED;
static int write_errno; /* of the first failed write that was noticed */

void output_start(const char *name)
{
	program = name;
	signal(SIGPIPE, SIG_IGN);
}

void output_failure_is(int status)
{
	failure = status;
}

void put_escaped(FILE *out, const char *bytes, size_t len)
{
	size_t i;

	for (i = 0; i < len; i++) {
		unsigned char byte = (unsigned char)bytes[i];

		if (byte >= ' ' && byte <= '~' && byte != '\\')
			putc(byte, out);
		else
			fprintf(out, "\\x%02x", byte);
	}
}

void complain(const char *format, ...)
{
	char line[2048];
	va_list args;

	va_start(args, format);
	vsnprintf(line, sizeof(line), format, args);
	va_end(args);
	fflush(stdout);
	fprintf(stderr, "%s: ", program);
	put_escaped(stderr, line, strlen(line));
	putc('\n', stderr);
}

void out_of_memory(void)
{
	complain("out of memory");
	exit(failure);
}

void *allocate(size_t count, size_t size)
{
	void *memory = calloc(count ? count : 1, size);

	if (!memory)
		out_of_memory();
	return memory;
}

/* Room is doubled whenever the count reaches a power of two, so no capacity is kept. */
void *make_room(void *items, size_t count, size_t size)
{
	size_t room = count ? 2 * count : 1;
	void *memory;

	if (count & (count - 1))
		return items;
	if (room < count || room > SIZE_MAX / size)
		out_of_memory();
	memory = realloc(items, room * size);
	if (!memory)
		out_of_memory();
	return memory;
}

bool output_is_broken(void)
{
	if (ferror(stdout) && !write_errno)
		write_errno = errno;
	return write_errno != 0;
}

int output_finish(int status)
{
	bool broken = output_is_broken();

	if (fflush(stdout) && !broken)
		write_errno = errno;
	if (!write_errno)
		return status;
	fprintf(stderr, "%s: cannot write: %s\n", program, strerror(write_errno));
	return failure;
}
