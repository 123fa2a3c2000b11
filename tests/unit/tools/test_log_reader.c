/* SPDX-License-Identifier: BSD-2-Clause */
/* Lines become items: wrapped messages are joined, and no line is ever lost. */
#include "tools/audit/log_reader.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <cmocka.h>

#define ITEMS_MAX 16u
#define REST	  "scontext=u:r:a_t tcontext=u:r:b_t tclass=xen"
#define MESSAGE	  "avc:  denied { a } for current=d1 " REST

/* What came out, one letter an item: m message, n notice, g guest, u unknown, o other; and the lines of each. */
struct seen {
	char kinds[ITEMS_MAX + 1];
	uint32_t lines[ITEMS_MAX];
	uint64_t numbers[ITEMS_MAX];
	char last_class[32], last_time[32], last_seq[8];
	size_t count;
	uint64_t all_lines;
};

static void keep(char *to, size_t size, const struct slice *from)
{
	snprintf(to, size, "%.*s", (int)from->len, from->len ? from->text : "");
}

static void see(void *context, const struct log_item *item)
{
	struct seen *seen = context;

	seen->all_lines += item->lines;
	if (seen->count == ITEMS_MAX)
		return;
	seen->kinds[seen->count] = "mnguo"[item->kind];
	seen->numbers[seen->count] = item->number;
	seen->lines[seen->count++] = item->lines;
	if (item->kind != LOG_MESSAGE)
		return;
	keep(seen->last_class, sizeof(seen->last_class), &item->message->tclass);
	keep(seen->last_seq, sizeof(seen->last_seq), &item->message->seq);
	keep(seen->last_time, sizeof(seen->last_time), &item->time);
}

/* Feeds @text, whose lines end in newlines. */
static struct seen read_text(const char *text)
{
	static struct log_reader reader;
	struct seen seen = {0};

	memset(&reader, 0, sizeof(reader));
	reader.sink = see;
	reader.context = &seen;
	for (; *text; text += strcspn(text, "\n") + 1)
		log_reader_line(&reader, text, strcspn(text, "\n"), false);
	log_reader_end(&reader);
	return seen;
}

static void joins_and_separates(void **state)
{
	static const struct {
		const char *text, *kinds;
		uint32_t lines[ITEMS_MAX];
	} rows[] = {
	    {"", "", {0}},
	    {"\n", "o", {1}},
	    {MESSAGE "\n", "m", {1}},
	    {MESSAGE "\r\n" MESSAGE "\n", "mm", {1, 1}},
	    {"(XEN) avc: denied { a } for current=d1\n" REST "\n", "m", {2}},
	    {"> avc: denied { a }\n> for current=d1 scontext=u:r:a_t\n> tcontext=u:r:b_t\n> tclass=xen\n", "m", {4}},
	    {"avc: denied { a }\nfor\nscontext=u:r:a_t\ntcontext=u:r:b_t\ntclass=xen\n", "uu", {4, 1}},
	    {"(XEN) [ 1.5] avc: denied { a } for\n(XEN) [ 1.5] " REST "\n", "m", {2}},
	    {"avc: denied { a\nb } for " REST "\n", "m", {2}},
	    {MESSAGE "\nop=x.y seq=3\npermissive=0\n", "m", {3}},
	    {MESSAGE "\nsomething else\n", "mo", {1, 1}},
	    {MESSAGE "\nscontext=u:r:a_t\n", "mu", {1, 1}},
	    {MESSAGE " seq=1\nseq=2\n", "mo", {1, 1}},
	    {"avc: denied { a } for current=d1\nBringing up CPU 1\n", "uo", {1, 1}},
	    {"avc: denied { a } for current=d1\n\n" REST "\n", "uou", {1, 1, 1}},
	    {"avc: denied { a } for current=d1\n" MESSAGE "\n", "um", {1, 1}},
	    {MESSAGE " " MESSAGE "\n", "mm", {1, 0}},
	    {"avc: denied { a } for " MESSAGE " x=1\n", "um", {1, 0}},
	    {"(d7) " MESSAGE "\n", "g", {1}},
	    {"(XEN) (d12) Flask: NO POLICY: every check passes\n", "g", {1}},
	    {"(d7) hello\n", "o", {1}},
	    {"(d7) avc: denied { a } for current=d1\n" REST "\n", "gu", {1, 1}},
	    {"(XEN) Flask: NO POLICY: every check passes\n", "n", {1}},
	    {"(XEN) FLASK: Denying unknown domctl: 86.\n", "n", {1}},
	    {"avc: something new\n", "u", {1}},
	    {"(XEN) tcontext=u:r:b_t tclass=xen\n", "u", {1}},
	};
	size_t i;

	(void)state;
	for (i = 0; i < PORT_ARRAY_SIZE(rows); i++) {
		struct seen seen = read_text(rows[i].text);

		if (strcmp(seen.kinds, rows[i].kinds) != 0 ||
		    memcmp(seen.lines, rows[i].lines, sizeof(seen.lines)) != 0)
			fail_msg("%s: %s", rows[i].text, seen.kinds);
	}
}

static void keeps_what_it_joined(void **state)
{
	struct seen seen =
	    read_text("\n\n(XEN) [2026-11-23 09:12:04] avc: denied { a } for current=d1\n" REST "\nseq=77\n");

	(void)state;
	assert_string_equal(seen.kinds, "oom");
	assert_int_equal(seen.numbers[2], 3);
	assert_string_equal(seen.last_class, "xen");
	assert_string_equal(seen.last_seq, "77");
	assert_string_equal(seen.last_time, "2026-11-23 09:12:04");
}

/* A line beyond the limit is looked at as far as it goes, and said to be cut. */
static void long_lines_are_bounded(void **state)
{
	static char text[3 * LOG_LINE_MAX];
	struct seen seen;
	size_t len = strlen(MESSAGE);

	(void)state;
	memset(text, 'x', sizeof(text) - 2);
	text[sizeof(text) - 2] = '\n';
	seen = read_text(text);
	assert_string_equal(seen.kinds, "ou");
	assert_int_equal(seen.all_lines, 1);
	memcpy(text, MESSAGE " ", len + 1);
	seen = read_text(text);
	assert_int_equal(seen.count, 2);
	assert_int_equal(seen.all_lines, 1);
	assert_string_equal(seen.last_class, "xen");
}

/* Four lines of the greatest length fit into one message. */
static void joins_the_longest_lines(void **state)
{
	static char text[4 * (LOG_LINE_MAX + 1) + 1];
	char *end = text;
	struct seen seen;
	int i;

	(void)state;
	for (i = 0; i < 4; i++) {
		memset(end, ' ', LOG_LINE_MAX);
		end[LOG_LINE_MAX] = '\n';
		end += LOG_LINE_MAX + 1;
	}
	memcpy(text, "avc: denied", strlen("avc: denied"));
	memcpy(text + LOG_LINE_MAX + 1, "{ a }", 5);
	memcpy(text + 2 * (LOG_LINE_MAX + 1), "for", 3);
	memcpy(text + 3 * (LOG_LINE_MAX + 1), REST, strlen(REST));
	seen = read_text(text);
	assert_string_equal(seen.kinds, "m");
	assert_int_equal(seen.lines[0], 4);
}

/* Lines put together from pieces of messages, at random: each is accounted to one item. */
static void every_line_is_accounted(void **state)
{
	static const char *const pieces[] = {"avc: ",
					     " denied ",
					     " granted ",
					     "{ a } ",
					     "{ ",
					     "} ",
					     "null ",
					     "for ",
					     "current=d1 ",
					     "u:r:t",
					     "scontext=u:r:a_t ",
					     "tcontext=u:r:b_t ",
					     "tclass=xen ",
					     "seq=1 ",
					     "\n",
					     "\n",
					     "(XEN) ",
					     "(d7) ",
					     "> ",
					     "Flask: ",
					     "[ 1.5] ",
					     "\x01",
					     "x",
					     "0x4 ",
					     "irq=",
					     "09:12:04 "};
	uint32_t seed = 1, i, j, lines;
	char text[2048];

	(void)state;
	for (i = 0; i < 20000; i++) {
		text[0] = '\0';
		for (j = 0, lines = 0; j < 40; j++) {
			seed = seed * 1664525u + 1013904223u;
			strcat(text, pieces[(seed >> 16) % PORT_ARRAY_SIZE(pieces)]);
		}
		strcat(text, "\n");
		for (j = 0; text[j]; j++)
			lines += text[j] == '\n';
		if (read_text(text).all_lines != lines)
			fail_msg("%s", text);
	}
}

static void reads_files(void **state)
{
	static const char text[] = MESSAGE "\nlast line without end \0 and a NUL";
	static struct log_reader reader;
	struct seen seen = {0};
	FILE *file = fmemopen((void *)(uintptr_t)text, sizeof(text) - 1, "r");

	(void)state;
	assert_non_null(file);
	reader.sink = see;
	reader.context = &seen;
	assert_int_equal(log_reader_file(&reader, file), 0);
	fclose(file);
	assert_string_equal(seen.kinds, "mo");
	assert_int_equal(seen.all_lines, 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(joins_and_separates),     cmocka_unit_test(keeps_what_it_joined),
	    cmocka_unit_test(long_lines_are_bounded),  cmocka_unit_test(joins_the_longest_lines),
	    cmocka_unit_test(every_line_is_accounted), cmocka_unit_test(reads_files),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
