/* SPDX-License-Identifier: BSD-2-Clause */
#include "tools/audit/log_line.h"

#define DIGITS "0123456789"
#define LOWER  "abcdefghijklmnopqrstuvwxyz"
#define NAME   LOWER "ABCDEFGHIJKLMNOPQRSTUVWXYZ" DIGITS "_.-"

bool slice_is(const struct slice *slice, const char *word)
{
	return slice->text && slice->len == strlen(word) && !memcmp(slice->text, word, slice->len);
}

/* Not empty, and only bytes of @allowed. */
static bool consists_of(const struct slice *value, const char *allowed)
{
	size_t i;

	for (i = 0; i < value->len; i++)
		if (!value->text[i] || !strchr(allowed, value->text[i]))
			return false;
	return value->len != 0;
}

static bool is_number(const struct slice *value)
{
	return consists_of(value, DIGITS);
}

/* d3, or a domain that has no number: d[XEN]; old Xen printed the number alone. */
static bool is_domain(const struct slice *value)
{
	struct slice rest = {value->text + 1, value->len - 1};

	if (value->len < 2 || value->text[0] != 'd')
		return is_number(value);
	if (rest.text[0] != '[' || rest.len < 3 || rest.text[rest.len - 1] != ']')
		return is_number(&rest);
	rest = (struct slice){rest.text + 1, rest.len - 2};
	return consists_of(&rest, NAME "?");
}

static bool is_word(const struct slice *value)
{
	return value->len != 0;
}

/* At least user and role and the start of a type; whether it exists is the policy's business. */
static bool is_context(const struct slice *value)
{
	const char *colon = memchr(value->text, ':', value->len);

	return colon && memchr(colon + 1, ':', (size_t)(value->text + value->len - colon - 1));
}

static bool is_tclass(const struct slice *value)
{
	return consists_of(value, NAME);
}

static bool is_operation(const struct slice *value)
{
	return consists_of(value, NAME);
}

static const struct field {
	const char *name;
	size_t member; /* offset in struct log_line */
	bool (*is_valid)(const struct slice *value);
} fields[] = {
#define AUDIT_FIELD(name, kind, when, meaning) {#name, offsetof(struct log_line, name), is_##kind},
#include "flask/avc/audit.def"
#define LOG_FIELD(name, kind) {#name, offsetof(struct log_line, name), is_##kind},
#include "tools/audit/xen_fields.def"
};

static bool is_blank(char byte)
{
	return byte == ' ' || byte == '\t';
}

/* The next word at or after *@pos, which moves behind it; empty at the end. */
static struct slice next_word(const char *text, size_t len, size_t *pos)
{
	struct slice word;

	while (*pos < len && is_blank(text[*pos]))
		(*pos)++;
	word.text = text + *pos;
	while (*pos < len && !is_blank(text[*pos]))
		(*pos)++;
	word.len = (size_t)(text + *pos - word.text);
	return word;
}

/* `{ NAME... }', or `null'. */
static enum log_parse parse_perms(const char *text, size_t len, size_t *pos, struct log_line *line)
{
	struct slice word = next_word(text, len, pos);

	if (!word.len)
		return LOG_CUT;
	if (slice_is(&word, "null"))
		return LOG_COMPLETE;
	if (!slice_is(&word, "{"))
		return LOG_MALFORMED;
	for (word = next_word(text, len, pos); word.len; word = next_word(text, len, pos)) {
		if (slice_is(&word, "}"))
			return line->nperms ? LOG_COMPLETE : LOG_MALFORMED;
		if (line->nperms == LOG_PERMS_MAX || !consists_of(&word, NAME))
			return LOG_MALFORMED;
		line->perms[line->nperms++] = word;
	}
	return LOG_CUT;
}

/* A later hypervisor may say more than we know; behind the class a word may be of another writer. */
static bool take_other(const struct slice *name, const struct slice *word, struct log_line *line)
{
	if (!consists_of(name, LOWER "_") || name->len + 1 == word->len || line->tclass.text ||
	    line->nothers == LOG_OTHERS_MAX)
		return false;
	line->others[line->nothers++] = *word;
	return true;
}

/* NAME=VALUE of a field that was not given yet. */
static bool take_field(const struct slice *word, struct log_line *line)
{
	const char *equals = memchr(word->text, '=', word->len);
	struct slice name = {word->text, equals ? (size_t)(equals - word->text) : 0};
	struct slice *member;
	size_t i;

	if (memchr(word->text, '\0', word->len))
		return false;
	for (i = 0; i < PORT_ARRAY_SIZE(fields); i++) {
		if (!slice_is(&name, fields[i].name))
			continue;
		member = (struct slice *)((char *)line + fields[i].member);
		if (member->text)
			return false;
		*member = (struct slice){equals + 1, word->len - name.len - 1};
		return fields[i].is_valid(member);
	}
	return take_other(&name, word, line);
}

/* Everything that a message must say: both labels, by text or by number, and the class. */
static bool says_enough(const struct log_line *line)
{
	return (line->scontext.text || line->ssid.text) && (line->tcontext.text || line->tsid.text) &&
	       line->tclass.text;
}

static enum log_parse parse_fields(const char *text, size_t len, size_t pos, struct log_line *line)
{
	struct log_line longer;
	struct slice word;

	for (word = next_word(text, len, &pos); word.len; word = next_word(text, len, &pos)) {
		longer = *line;
		if (!take_field(&word, &longer))
			return says_enough(line) ? LOG_COMPLETE : LOG_MALFORMED;
		*line = longer;
		line->consumed = pos;
	}
	return says_enough(line) ? LOG_COMPLETE : LOG_CUT;
}

enum log_parse log_line_parse(const char *text, size_t len, struct log_line *line)
{
	enum log_parse parse;
	struct slice word;
	size_t pos = 0;

	*line = (struct log_line){0};
	word = next_word(text, len, &pos);
	line->denied = slice_is(&word, "denied");
	if (!line->denied && !slice_is(&word, "granted"))
		return LOG_MALFORMED;
	parse = parse_perms(text, len, &pos, line);
	if (parse != LOG_COMPLETE)
		return parse;
	word = next_word(text, len, &pos);
	if (!word.len)
		return LOG_CUT;
	if (!slice_is(&word, "for"))
		return LOG_MALFORMED;
	return parse_fields(text, len, pos, line);
}

static bool follows_avc(const char *text, const char *verb)
{
	while (verb > text && is_blank(verb[-1]))
		verb--;
	return verb - text >= 4 && !memcmp(verb - 4, "avc:", 4);
}

static bool is_verb(const char *text, size_t len, size_t pos)
{
	struct slice word = next_word(text, len, &pos);

	if (!slice_is(&word, "denied") && !slice_is(&word, "granted"))
		return false;
	if (follows_avc(text, word.text))
		return true;
	word = next_word(text, len, &pos);
	return slice_is(&word, "null") || slice_is(&word, "{");
}

const char *log_line_find(const char *text, size_t len)
{
	size_t pos;

	for (pos = 0; pos < len; pos++)
		if ((text[pos] == 'd' || text[pos] == 'g') &&
		    (!pos || is_blank(text[pos - 1]) || text[pos - 1] == ':') && is_verb(text, len, pos))
			return text + pos;
	return NULL;
}
