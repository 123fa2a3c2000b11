/* SPDX-License-Identifier: BSD-2-Clause */
#include "hooks/model/console.h"

#include "hooks/abi/console.h"
#include "hooks/model/calls.h"
#include "hooks/xsm.h"

#include <stdio.h>

#define INPUT_MAX 4096u
#define CHUNK_MAX 128u /* bytes copied from a guest at a time */
#define LINE_MAX_ 240u /* characters of one log line */

static struct {
	uint8_t bytes[INPUT_MAX];
	size_t count;
} input;

bool hv_console_type(const void *typed, size_t bytes)
{
	if (bytes > INPUT_MAX - input.count)
		return false;
	memcpy(input.bytes + input.count, typed, bytes);
	input.count += bytes;
	return true;
}

size_t hv_console_waiting(void)
{
	return input.count;
}

void hv_console_reset(void)
{
	input.count = 0;
}

/* A line of guest output in the making; a guest's bytes never reach the log unescaped. */
struct line {
	char text[LINE_MAX_];
	size_t start; /* after the prefix that says whose line it is */
	size_t length;
};

static void line_begin(struct line *line)
{
	int n = snprintf(line->text, sizeof(line->text), "(d%u) ", hv_domain_id(hv_current()));

	line->start = (size_t)n;
	line->length = line->start;
}

static void line_flush(struct line *line)
{
	if (line->length == line->start)
		return;
	line->text[line->length] = '\0';
	port_log(PORT_INFO, line->text);
	line->length = line->start;
}

static void line_add(struct line *line, uint8_t c)
{
	if (c == '\n') {
		line_flush(line);
		return;
	}
	if (line->length + sizeof("\\xNN") > sizeof(line->text))
		line_flush(line);
	if (c >= ' ' && c < 0x7f && c != '\\') {
		line->text[line->length++] = (char)c;
		return;
	}
	line->length += (size_t)snprintf(line->text + line->length, sizeof("\\xNN"), "\\x%02x", c);
}

static int64_t console_write(uint32_t count, uint64_t buffer)
{
	uint8_t chunk[CHUNK_MAX];
	struct line line = {.length = 0};
	uint32_t done = 0;
	uint32_t i, n;

	line_begin(&line);
	while (done < count) {
		n = count - done < CHUNK_MAX ? count - done : CHUNK_MAX;
		if (hv_copy_from_guest(chunk, buffer + done, n)) {
			line_flush(&line);
			return -EFAULT;
		}
		for (i = 0; i < n; i++)
			line_add(&line, chunk[i]);
		done += n;
	}
	line_flush(&line);
	return 0;
}

static int64_t console_read(uint32_t count, uint64_t buffer)
{
	size_t n = count < input.count ? count : input.count;

	if (hv_copy_to_guest(buffer, input.bytes, n))
		return -EFAULT;
	input.count -= n;
	memmove(input.bytes, input.bytes + n, input.count);
	return (int64_t)n;
}

int64_t hc_console_io(uint32_t cmd, uint32_t count, uint64_t buffer)
{
	int rc;

	if (count > INT32_MAX)
		return -EINVAL;
	rc = xsm_console_io(hv_current(), cmd);
	if (rc)
		return rc;
	switch (cmd) {
	case CONSOLEIO_write:
		return console_write(count, buffer);
	case CONSOLEIO_read:
		return console_read(count, buffer);
	default:
		return -ENOSYS;
	}
}
