/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The input is a log. Every line read is accounted to exactly one item, in
 * order; items are of a known kind; what a message points to lies in its text.
 */
#include "tests/fuzz/fuzz.h"
#include "tools/audit/log_reader.h"
#include "tools/audit/report.h"

#include <stdio.h>

struct seen {
	struct tally tally;
	uint64_t lines, last;
};

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	(void)argc;
	(void)argv;
	fuzz_start();
	return 0;
}

static bool lies_in(const struct slice *piece, const struct slice *text)
{
	return !piece->text || (piece->text >= text->text && piece->text + piece->len <= text->text + text->len);
}

static void check_message(const struct log_item *item)
{
	const struct log_line *line = item->message;

	fuzz_expect(line && line->consumed <= item->text.len);
	fuzz_expect(line->nperms <= LOG_PERMS_MAX && line->nothers <= LOG_OTHERS_MAX);
	for (uint32_t i = 0; i < line->nperms; i++)
		fuzz_expect(line->perms[i].len && lies_in(&line->perms[i], &item->text));
	for (uint32_t i = 0; i < line->nothers; i++)
		fuzz_expect(lies_in(&line->others[i], &item->text));
#define AUDIT_FIELD(name, kind, when, meaning) fuzz_expect(lies_in(&line->name, &item->text));
#include "flask/avc/audit.def"
#define LOG_FIELD(name, kind) fuzz_expect(lies_in(&line->name, &item->text));
#include "tools/audit/xen_fields.def"
}

static void take(void *context, const struct log_item *item)
{
	struct seen *seen = context;

	fuzz_expect(item->kind < LOG_KINDS);
	fuzz_expect(item->kind != LOG_NOTICE || item->notice < NOTICE_KINDS);
	fuzz_expect(item->number >= seen->last);
	seen->last = item->number;
	seen->lines += item->lines;
	if (item->kind == LOG_MESSAGE)
		check_message(item);
	tally_add(&seen->tally, item);
}

/* As many as there are newlines, and a last one without. */
static uint64_t count_lines(const uint8_t *data, size_t size)
{
	uint64_t lines = 0;

	for (size_t i = 0; i < size; i++)
		lines += data[i] == '\n' || i == size - 1;
	return lines;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct log_reader reader; /* large */
	struct seen seen = {0};
	uint64_t sum = 0;
	FILE *file;

	if (!size)
		return 0; /* fmemopen() may refuse it */
	file = fmemopen((void *)data, size, "r");
	fuzz_expect(file);
	memset(&reader, 0, sizeof(reader));
	reader.sink = take;
	reader.context = &seen;
	fuzz_expect(!log_reader_file(&reader, file));
	fclose(file);

	fuzz_expect(seen.lines == count_lines(data, size));
	for (int kind = 0; kind < LOG_KINDS; kind++)
		sum += seen.tally.lines[kind];
	fuzz_expect(sum == seen.lines);
	tally_free(&seen.tally);
	return 0;
}
