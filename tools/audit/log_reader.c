/* SPDX-License-Identifier: BSD-2-Clause */
#include "tools/audit/log_reader.h"

#include "tools/audit/log_prefix.h"

/* Gives the pending message away: as a message, or as one that never became complete. */
static void flush_pending(struct log_reader *reader)
{
	struct log_line line;
	struct log_item item = {
	    .kind = LOG_UNKNOWN,
	    .text = {reader->joined, reader->joined_len},
	    .number = reader->first_number,
	    .lines = reader->lines,
	};

	if (!reader->joined_len)
		return;
	if (log_line_parse(reader->joined, reader->joined_len, &line) == LOG_COMPLETE) {
		item.kind = LOG_MESSAGE;
		item.message = &line;
		item.time = (struct slice){reader->time_len ? reader->time : NULL, reader->time_len};
	}
	reader->joined_len = 0;
	reader->sink(reader->context, &item);
}

/* Adds a line to the pending message if it goes on there. */
static bool join_pending(struct log_reader *reader, const char *text, size_t len)
{
	size_t skip = log_prefix_skip(text, len);
	size_t before = reader->joined_len;
	struct log_line line;
	enum log_parse parse;

	if (!before || reader->lines_joined == LOG_LINES_MAX || skip == len)
		return false;
	reader->joined[before] = ' ';
	memcpy(reader->joined + before + 1, text + skip, len - skip);
	reader->joined_len = before + 1 + len - skip;
	parse = log_line_parse(reader->joined, reader->joined_len, &line);
	/* A complete message takes a further line only for fields that it still lacks. */
	if (parse == LOG_MALFORMED || (reader->parse == LOG_COMPLETE && line.consumed <= before)) {
		reader->joined_len = before;
		return false;
	}
	reader->parse = parse;
	reader->lines++;
	reader->lines_joined++;
	return true;
}

static void note_time(struct log_reader *reader, const char *prefix, size_t len)
{
	struct slice time = log_prefix_time(prefix, len);

	reader->time_len = time.len < sizeof(reader->time) ? time.len : 0;
	if (reader->time_len)
		memcpy(reader->time, time.text, time.len);
}

/* A line, or the rest of one, with nothing of an access vector message in it. */
static void give_other(struct log_reader *reader, const char *text, size_t len, uint32_t lines)
{
	enum notice notice = log_notice(text, len);
	struct log_item item = {.text = {text, len}, .number = reader->number, .lines = lines, .notice = notice};

	item.kind = notice == NOTICE_UNKNOWN ? LOG_UNKNOWN : notice == NOTICE_UNRELATED ? LOG_UNRELATED : LOG_NOTICE;
	if (item.kind != LOG_UNRELATED && log_prefix_is_guest(text, len))
		item.kind = LOG_GUEST;
	reader->sink(reader->context, &item);
}

static void start_pending(struct log_reader *reader, const char *text, size_t len, uint32_t lines)
{
	struct log_line line;

	memcpy(reader->joined, text, len);
	reader->joined_len = len;
	reader->parse = log_line_parse(text, len, &line);
	reader->lines = lines;
	reader->lines_joined = 1;
	reader->first_number = reader->number;
}

/* Where the message at @text gives way to the next one in the same line. */
static size_t message_end(const char *text, size_t len)
{
	const char *next = log_line_find(text + 1, len - 1);

	return next ? (size_t)(next - text) : len;
}

/* The messages of one line, from the first, at @start, on; all but the last cannot go on in the next line. */
static void take_messages(struct log_reader *reader, const char *text, size_t len, size_t start)
{
	uint32_t lines = 1;
	size_t end;

	for (; start < len; start = end) {
		flush_pending(reader);
		end = start + message_end(text + start, len - start);
		note_time(reader, text, start);
		start_pending(reader, text + start, end - start, lines);
		lines = 0;
	}
}

void log_reader_line(struct log_reader *reader, const char *text, size_t len, bool cut)
{
	const char *start;

	if (len && text[len - 1] == '\r')
		len--;
	if (len > LOG_LINE_MAX) {
		len = LOG_LINE_MAX;
		cut = true;
	}
	reader->number++;
	start = log_line_find(text, len);
	if (!start && join_pending(reader, text, len))
		return;
	flush_pending(reader);
	if (start && !log_prefix_is_guest(text, (size_t)(start - text)))
		take_messages(reader, text, len, (size_t)(start - text));
	else
		give_other(reader, text, len, 1);
	if (cut)
		reader->sink(reader->context,
			     &(struct log_item){.kind = LOG_UNKNOWN, .text = {text, len}, .number = reader->number});
}

void log_reader_end(struct log_reader *reader)
{
	flush_pending(reader);
	reader->number = 0;
}

/* Reads a line into @buf, which holds @size bytes; the rest of a longer one is passed over. False at the end. */
static bool read_line(FILE *file, char *buf, size_t size, size_t *len, bool *cut)
{
	int byte;

	*len = 0;
	*cut = false;
	while ((byte = getc(file)) != EOF && byte != '\n') {
		if (*len < size)
			buf[(*len)++] = (char)byte;
		else
			*cut = true;
	}
	return byte != EOF || *len;
}

int log_reader_file(struct log_reader *reader, FILE *file)
{
	char buf[LOG_LINE_MAX];
	size_t len;
	bool cut;

	while (read_line(file, buf, sizeof(buf), &len, &cut))
		log_reader_line(reader, buf, len, cut);
	log_reader_end(reader);
	return ferror(file) ? -errno : 0;
}
