/* SPDX-License-Identifier: BSD-2-Clause */
#include "hooks/model/log.h"

#include "hooks/model/port_posix.h"

#include <stdlib.h>

static struct {
	struct {
		enum port_level level;
		char *text;
	} * lines;
	size_t count, room;
	FILE *echo;
} hv_log;

/* The log's own memory is not the hypervisor's: a line is kept even while port_alloc() fails. */
static void keep(void *context, enum port_level level, const char *text)
{
	(void)context;
	if (hv_log.echo)
		fprintf(hv_log.echo, "(XEN) %s\n", text);
	if (hv_log.count == hv_log.room) {
		hv_log.room = hv_log.room ? hv_log.room * 2 : 64;
		hv_log.lines = realloc(hv_log.lines, hv_log.room * sizeof(*hv_log.lines));
		if (!hv_log.lines)
			port_panic("no memory for the log");
	}
	hv_log.lines[hv_log.count].level = level;
	hv_log.lines[hv_log.count].text = strdup(text);
	if (!hv_log.lines[hv_log.count].text)
		port_panic("no memory for the log");
	hv_log.count++;
}

void hv_log_open(void)
{
	port_posix_set_log(keep, NULL);
}

void hv_log_echo(FILE *echo)
{
	hv_log.echo = echo;
}

void hv_log_close(void)
{
	size_t i;

	port_posix_set_log(NULL, NULL);
	for (i = 0; i < hv_log.count; i++)
		free(hv_log.lines[i].text);
	free(hv_log.lines);
	memset(&hv_log, 0, sizeof(hv_log));
}

size_t hv_log_count(void)
{
	return hv_log.count;
}

const char *hv_log_line(size_t index)
{
	PORT_BUG_ON(index >= hv_log.count);
	return hv_log.lines[index].text;
}

const char *hv_log_last_error(void)
{
	size_t i;

	for (i = hv_log.count; i; i--)
		if (hv_log.lines[i - 1].level == PORT_ERROR)
			return hv_log.lines[i - 1].text;
	return NULL;
}
