/* SPDX-License-Identifier: BSD-2-Clause */
#include "hooks/model/scenario_private.h"

#include <stdlib.h>

#define LINE_BYTES_MAX 8192u
#define LINES_MAX      100000u

void scenario_destroy(struct scenario *s)
{
	size_t i;

	if (!s)
		return;
	for (i = 0; i < s->count; i++) {
		scn_words_free(s->statements[i].words, s->statements[i].count);
		free(s->statements[i].source);
		free(s->statements[i].domain);
	}
	free(s->statements);
	free(s->path);
	free(s);
}

static char *copy(const char *text, size_t length)
{
	char *made = strndup(text, length);

	if (!made)
		port_panic("no memory for a scenario");
	return made;
}

/* Takes the first @n words away. */
static void drop_words(struct scn_statement *st, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++) {
		free(st->words[i].name);
		free(st->words[i].value);
	}
	memmove(st->words, st->words + n, (st->count - n) * sizeof(*st->words));
	st->count -= n;
}

/* Whether the word can only mean a domain: d and a number or a variable. */
static bool is_domain(const struct scn_word *word)
{
	return !word->name && !word->quoted && word->value[0] == 'd' &&
	       ((word->value[1] >= '0' && word->value[1] <= '9') || word->value[1] == '$');
}

/* Values that need no variable must make sense before anything runs. */
static bool check_values(const struct scn_statement *st, char error[SCN_ERROR_MAX])
{
	struct scn_text text;
	size_t i;

	for (i = 0; i < st->count; i++)
		if (!scn_expand(NULL, &st->words[i], &text, error))
			return false;
	return true;
}

static bool check_count(const struct scn_statement *st, char error[SCN_ERROR_MAX])
{
	const struct scn_verb *verb = st->verb;

	if (st->count >= verb->min && st->count <= verb->max)
		return true;
	if (verb->min == verb->max)
		return scn_fail(error, "%s takes %zu words", verb->name, verb->min);
	return scn_fail(error, "%s takes %zu to %zu words", verb->name, verb->min, verb->max);
}

/* Finds the verb of the words and checks what follows it. */
static bool understand(struct scn_statement *st, char error[SCN_ERROR_MAX])
{
	const struct scn_word *verb = &st->words[0];
	hv_domid_t id;

	if (is_domain(verb)) {
		st->domain = copy(verb->value + 1, strlen(verb->value));
		if (!strchr(st->domain, '$') && !scn_domain_id(st->domain, &id, error))
			return false;
		drop_words(st, 1);
		verb = &st->words[0];
	}
	if (!st->count || verb->name || verb->quoted)
		return scn_fail(error, "a statement begins with a verb, or with a domain and a verb");
	st->verb = scn_verb_find(verb->value, st->domain);
	if (!st->verb && st->domain && scn_call_find(verb->value, &st->call))
		st->verb = &scn_verb_call;
	if (!st->verb)
		return scn_fail(error, "unknown %s %s", st->domain ? "hypercall or verb of a domain" : "verb",
				verb->value);
	drop_words(st, 1);
	if (!check_count(st, error))
		return false;
	return check_values(st, error) && (!st->verb->check || st->verb->check(st, error));
}

/* Adds the statement of one line, if it has any. */
static bool parse_line(struct scenario *s, unsigned int number, const char *line, char error[SCN_ERROR_MAX])
{
	struct scn_statement *st = &s->statements[s->count];

	if (!scn_words_split(line, &st->words, &st->count, error))
		return false;
	if (!st->count) {
		scn_words_free(st->words, 0);
		st->words = NULL;
		return true;
	}
	st->line = number;
	st->source = copy(line + strspn(line, " \t"), strlen(line));
	s->count++;
	return understand(st, error);
}

static size_t count_lines(const char *text, size_t bytes)
{
	size_t lines = 1;
	size_t i;

	for (i = 0; i < bytes; i++)
		lines += text[i] == '\n';
	return lines;
}

/* *@number: of the first line; then of the one that is at fault. */
static bool parse_lines(struct scenario *s, const char *text, size_t bytes, unsigned int *number,
			char error[SCN_ERROR_MAX])
{
	char line[LINE_BYTES_MAX];
	const char *end = text + bytes;
	size_t length;

	for (; text < end; (*number)++) {
		const char *newline = memchr(text, '\n', (size_t)(end - text));

		length = (size_t)((newline ? newline : end) - text);
		if (length >= sizeof(line))
			return scn_fail(error, "longer than %u bytes", LINE_BYTES_MAX - 1);
		memcpy(line, text, length);
		line[length] = '\0';
		if (strlen(line) != length)
			return scn_fail(error, "a NUL byte");
		if (!parse_line(s, *number, line, error))
			return false;
		text += length + 1;
	}
	return true;
}

struct scenario *scenario_parse(const char *path, unsigned int first, const char *text, size_t bytes,
				char error[SCN_ERROR_MAX])
{
	struct scenario *s = calloc(1, sizeof(*s));
	size_t lines = count_lines(text, bytes);
	char cause[SCN_ERROR_MAX];
	unsigned int number = first;
	bool ok;

	if (!s)
		port_panic("no memory for a scenario");
	s->path = copy(path, strlen(path));
	s->statements = calloc(lines < LINES_MAX ? lines : LINES_MAX, sizeof(*s->statements));
	if (!s->statements)
		port_panic("no memory for a scenario");
	ok = lines > LINES_MAX ? scn_fail(cause, "more than %u lines", LINES_MAX)
			       : parse_lines(s, text, bytes, &number, cause);
	if (ok)
		return s;
	snprintf(error, SCN_ERROR_MAX, "%s:%u: %.900s", path, number, cause);
	scenario_destroy(s);
	return NULL;
}
