/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The input is a scenario. The parser takes it, or says in one printable line
 * where it is wrong: NAME:LINE: CAUSE, of a line that exists.
 */
#include "hooks/model/scenario_private.h"
#include "tests/fuzz/fuzz.h"

#include <stdlib.h>

#define NAME  "input"
#define FIRST 7u /* number of the first line */

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	(void)argc;
	(void)argv;
	fuzz_start();
	return 0;
}

static unsigned int count_lines(const uint8_t *data, size_t size)
{
	unsigned int lines = 1;

	for (size_t i = 0; i < size; i++)
		lines += data[i] == '\n';
	return lines;
}

static void check_error(const char *error, unsigned int lines)
{
	unsigned long line;
	char *rest;

	fuzz_expect(!strncmp(error, NAME ":", strlen(NAME ":")));
	line = strtoul(error + strlen(NAME ":"), &rest, 10);
	fuzz_expect(line >= FIRST && line < FIRST + lines);
	fuzz_expect(!strncmp(rest, ": ", 2) && rest[2]);
	fuzz_expect(!strchr(error, '\n'));
}

static void check_statements(const struct scenario *s, unsigned int lines)
{
	unsigned int last = 0;

	for (size_t i = 0; i < s->count; i++) {
		const struct scn_statement *st = &s->statements[i];

		fuzz_expect(st->line > last && st->line >= FIRST && st->line < FIRST + lines);
		last = st->line;
		fuzz_expect(st->verb && st->source && st->count <= SCN_WORDS_MAX);
		for (size_t n = 0; n < st->count; n++)
			fuzz_expect(st->words[n].value);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char error[SCN_ERROR_MAX] = "";
	unsigned int lines = count_lines(data, size);
	struct scenario *s = scenario_parse(NAME, FIRST, (const char *)data, size, error);

	if (s)
		check_statements(s, lines);
	else
		check_error(error, lines);
	scenario_destroy(s);
	return 0;
}
