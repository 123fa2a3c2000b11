/* SPDX-License-Identifier: BSD-2-Clause */
/* See log.h. */
#include "tests/support/log.h"
#include "hooks/model/port_posix.h"

#include <stdio.h>
#include <stdlib.h>

#define LINES_MAX  64
#define LINE_BYTES 2048

static struct {
	enum port_level level;
	char text[LINE_BYTES];
} kept[LINES_MAX];
static unsigned int nkept;

static void keep(void *context, enum port_level level, const char *line)
{
	(void)context;
	if (nkept == LINES_MAX) {
		fprintf(stderr, "more than %d lines in the log\n", LINES_MAX);
		abort();
	}
	kept[nkept].level = level;
	snprintf(kept[nkept].text, sizeof(kept[nkept].text), "%s", line);
	nkept++;
}

void log_keep(void)
{
	nkept = 0;
	port_posix_set_log(keep, NULL);
}

unsigned int log_count(void)
{
	return nkept;
}

const char *log_line(unsigned int index)
{
	return index < nkept ? kept[index].text : "";
}

enum port_level log_level(unsigned int index)
{
	return kept[index].level;
}

void log_forget(void)
{
	nkept = 0;
}

const char *log_difference(const char *const *lines)
{
	static char difference[2 * LINE_BYTES + 64];
	unsigned int n = nkept;
	unsigned int i;

	nkept = 0;
	for (i = 0; lines[i] && i < n; i++)
		if (strcmp(lines[i], kept[i].text)) {
			snprintf(difference, sizeof(difference), "line %u of the log is\n%s\nnot\n%s", i, kept[i].text,
				 lines[i]);
			return difference;
		}
	if (!lines[i] && i == n)
		return NULL;
	snprintf(difference, sizeof(difference), "line %u of the log is %s:\n%s", i, lines[i] ? "missing" : "too much",
		 lines[i] ? lines[i] : kept[i].text);
	return difference;
}
