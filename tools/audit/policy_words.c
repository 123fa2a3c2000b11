/* SPDX-License-Identifier: BSD-2-Clause */
#include "tools/audit/policy_words.h"

#include "tools/common/output.h"

#define LINE_MARK "#line "

void policy_words_init(struct policy_words *words, const char *path, const char *text, size_t len)
{
	*words = (struct policy_words){.text = text, .len = len, .file = {path, strlen(path)}, .line = 1};
}

static bool is_digit(char byte)
{
	return byte >= '0' && byte <= '9';
}

static bool is_name_start(char byte)
{
	return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || byte == '_' || is_digit(byte);
}

static bool is_name(char byte)
{
	return is_name_start(byte) || byte == '-' || byte == '.';
}

/* The rest of the line at @pos, without its newline. */
static struct slice rest_of_line(const char *text, size_t len, size_t pos)
{
	const char *end = memchr(text + pos, '\n', len - pos);

	return (struct slice){text + pos, end ? (size_t)(end - text) - pos : len - pos};
}

/* `#line 12 "modules/x.te"', the file only when it changes: says what the next line is. */
static bool take_line_mark(struct policy_words *words, const struct slice *line)
{
	size_t pos = strlen(LINE_MARK), start;
	uint32_t number = 0;

	if (line->len < pos || memcmp(line->text, LINE_MARK, pos) != 0)
		return false;
	for (; pos < line->len && is_digit(line->text[pos]) && number < UINT32_MAX / 10 - 1; pos++)
		number = 10 * number + (uint32_t)(line->text[pos] - '0');
	words->line = number ? number - 1 : 0;
	if (pos + 2 < line->len && line->text[pos] == ' ' && line->text[pos + 1] == '"') {
		start = pos + 2;
		for (pos = start; pos < line->len && line->text[pos] != '"'; pos++)
			;
		words->file = (struct slice){line->text + start, pos - start};
	}
	return true;
}

/* A comment from its `#' to the end of the line; whole lines add to the run that stands above the next word. */
static void take_comment(struct policy_words *words)
{
	struct slice line = rest_of_line(words->text, words->len, words->pos);

	words->pos += line.len;
	if (words->in_line || take_line_mark(words, &line))
		return;
	if (!words->comment.text)
		words->comment.text = line.text;
	words->comment.len = (size_t)(line.text + line.len - words->comment.text);
	words->in_line = true;
}

/* A line without anything separates a comment from what follows; one that held a word did so already. */
static void take_newline(struct policy_words *words)
{
	const char *line = words->text + words->pos;

	while (line > words->text && line[-1] != '\n')
		line--;
	if (!words->in_line && line[0] != '#')
		words->comment = (struct slice){0};
	words->in_line = false;
	words->line++;
	words->pos++;
}

/* Moves to the next word. */
static void skip_to_word(struct policy_words *words)
{
	while (words->pos < words->len)
		switch (words->text[words->pos]) {
		case '\n':
			take_newline(words);
			break;
		case '#':
			take_comment(words);
			break;
		case ' ':
		case '\t':
		case '\r':
		case '\f':
			words->pos++;
			break;
		default:
			return;
		}
}

static size_t word_end(const struct policy_words *words)
{
	size_t pos = words->pos;

	if (words->text[pos] == '"') {
		do
			pos++;
		while (pos < words->len && words->text[pos] != '"' && words->text[pos] != '\n');
		return pos < words->len && words->text[pos] == '"' ? pos + 1 : pos;
	}
	if (!is_name_start(words->text[pos]))
		return pos + 1;
	while (pos < words->len && is_name(words->text[pos]))
		pos++;
	return pos;
}

struct policy_word policy_words_next(struct policy_words *words)
{
	struct policy_word word = {0};
	size_t end;

	skip_to_word(words);
	if (words->pos == words->len)
		return word;
	end = word_end(words);
	word.text = (struct slice){words->text + words->pos, end - words->pos};
	word.file = words->file;
	word.line = words->line;
	if (!words->in_line)
		word.comment = words->comment;
	words->comment = (struct slice){0};
	words->in_line = true;
	words->pos = end;
	return word;
}

/* Appends a line of a comment to @out, with one blank between words and before it. */
static size_t add_words(char *out, size_t used, const struct slice *line)
{
	size_t i;

	for (i = 0; i < line->len; i++) {
		bool blank = line->text[i] == ' ' || line->text[i] == '\t' || line->text[i] == '\r';

		if (blank)
			continue;
		if (used && (!i || line->text[i - 1] == ' ' || line->text[i - 1] == '\t'))
			out[used++] = ' ';
		out[used++] = line->text[i];
	}
	return used;
}

char *policy_comment_text(const struct slice *comment)
{
	char *out = allocate(2 * comment->len + 1, 1);
	struct slice line;
	size_t pos, used = 0;

	for (pos = 0; pos < comment->len; pos += line.len + 1) {
		line = rest_of_line(comment->text, comment->len, pos);
		struct slice body = line;

		if (body.len >= strlen(LINE_MARK) && !memcmp(body.text, LINE_MARK, strlen(LINE_MARK)))
			continue;
		while (body.len && (body.text[0] == '#' || body.text[0] == ' ' || body.text[0] == '\t')) {
			body.text++;
			body.len--;
		}
		used = add_words(out, used, &body);
	}
	out[used] = '\0';
	return out;
}
