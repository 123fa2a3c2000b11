/* SPDX-License-Identifier: BSD-2-Clause */
/* Words, values and variables of scenarios. */
#include "hooks/model/scenario_private.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdlib.h>

struct scn_var {
	struct scn_var *next;
	char *name, *text;
};

struct scn_vars {
	struct scn_var *first;
};

void scn_explain(char error[SCN_ERROR_MAX], const char *format, ...)
{
	va_list args;

	va_start(args, format);
	vsnprintf(error, SCN_ERROR_MAX, format, args);
	va_end(args);
}

struct scn_vars *scn_vars_create(void)
{
	return calloc(1, sizeof(struct scn_vars));
}

void scn_vars_destroy(struct scn_vars *vars)
{
	while (vars && vars->first) {
		struct scn_var *var = vars->first;

		vars->first = var->next;
		free(var->name);
		free(var->text);
		free(var);
	}
	free(vars);
}

bool scn_vars_is_name(const char *name, size_t length)
{
	size_t i;

	for (i = 0; i < length; i++)
		if (!isalnum((unsigned char)name[i]) && name[i] != '_')
			return false;
	return length && !isdigit((unsigned char)name[0]);
}

static struct scn_var *find_var(const struct scn_vars *vars, const char *name, size_t length)
{
	struct scn_var *var;

	for (var = vars->first; var; var = var->next)
		if (strlen(var->name) == length && !memcmp(var->name, name, length))
			return var;
	return NULL;
}

bool scn_vars_set(struct scn_vars *vars, const char *name, const char *text)
{
	struct scn_var *var;
	char *copy;

	if (!scn_vars_is_name(name, strlen(name)))
		return false;
	copy = strdup(text);
	var = find_var(vars, name, strlen(name));
	if (!var) {
		var = calloc(1, sizeof(*var));
		if (!var || !(var->name = strdup(name)))
			port_panic("no memory for a variable");
		var->next = vars->first;
		vars->first = var;
	}
	free(var->text);
	var->text = copy;
	if (!copy)
		port_panic("no memory for a variable");
	return true;
}

/* Appends; false when the value grows too long. */
static bool append(struct scn_text *text, const char *bytes, size_t count)
{
	if (count > SCN_TEXT_MAX - text->length)
		return false;
	memcpy(text->bytes + text->length, bytes, count);
	text->length += count;
	return true;
}

/* The byte that the escape at @*p (after the backslash) stands for; *@p moves on. */
static bool unescape(const char **p, char *byte)
{
	static const char names[] = "nrt0\"\\$", values[] = "\n\r\t\0\"\\$";
	const char *name = **p ? strchr(names, **p) : NULL;
	char hex[3];

	if (name) {
		*byte = values[name - names];
		(*p)++;
		return true;
	}
	if ((*p)[0] != 'x' || !isxdigit((unsigned char)(*p)[1]) || !isxdigit((unsigned char)(*p)[2]))
		return false;
	memcpy(hex, *p + 1, 2);
	hex[2] = '\0';
	*byte = (char)strtoul(hex, NULL, 16);
	*p += 3;
	return true;
}

/* Appends the variable whose name starts at @*p (after the $); *@p moves on. */
static bool expand_var(const struct scn_vars *vars, const char **p, struct scn_text *text, char error[SCN_ERROR_MAX])
{
	bool braces = **p == '{';
	const char *name = *p + braces;
	const char *end = name;
	const struct scn_var *var;

	while (isalnum((unsigned char)*end) || *end == '_')
		end++;
	if (!scn_vars_is_name(name, (size_t)(end - name)) || (braces && *end != '}'))
		return scn_fail(error, "$ is not followed by a name");
	*p = end + braces;
	if (!vars)
		return true;
	var = find_var(vars, name, (size_t)(end - name));
	if (!var)
		return scn_fail(error, "$%.*s is not set", (int)(end - name), name);
	if (!append(text, var->text, strlen(var->text)))
		return scn_fail(error, "the value is longer than %u bytes", SCN_TEXT_MAX);
	return true;
}

bool scn_expand(const struct scn_vars *vars, const struct scn_word *word, struct scn_text *text,
		char error[SCN_ERROR_MAX])
{
	const char *p = word->value;
	char byte;

	text->length = 0;
	while (*p) {
		byte = *p++;
		if (byte == '$') {
			if (!expand_var(vars, &p, text, error))
				return false;
			continue;
		}
		if (byte == '\\' && word->quoted && !unescape(&p, &byte))
			return scn_fail(error, "unknown escape \\%c in a text", *p ? *p : ' ');
		if (!append(text, &byte, 1))
			return scn_fail(error, "the value is longer than %u bytes", SCN_TEXT_MAX);
	}
	text->bytes[text->length] = '\0';
	return true;
}

void scn_words_free(struct scn_word *words, size_t count)
{
	size_t i;

	for (i = 0; i < count; i++) {
		free(words[i].name);
		free(words[i].value);
	}
	free(words);
}

static char *copy(const char *start, const char *end)
{
	char *text = strndup(start, (size_t)(end - start));

	if (!text)
		port_panic("no memory for a word");
	return text;
}

static bool is_name_char(char c)
{
	return isalnum((unsigned char)c) || c == '_' || c == '.' || c == '@';
}

/* Takes `name=` or `name=>` in front of a value. */
static const char *take_name(const char *p, struct scn_word *word)
{
	const char *end = p;

	while (is_name_char(*end))
		end++;
	if (end == p || *end != '=')
		return p;
	word->name = copy(p, end);
	word->capture = end[1] == '>';
	return end + 1 + word->capture;
}

/* Takes a value; NULL when a quote is not closed or text clings to it. */
static const char *take_value(const char *p, struct scn_word *word)
{
	const char *start = p;

	word->quoted = *p == '"';
	if (!word->quoted) {
		while (*p && !isspace((unsigned char)*p))
			p++;
		word->value = copy(start, p);
		return p;
	}
	for (p++; *p && *p != '"'; p++)
		if (*p == '\\' && p[1])
			p++;
	word->value = copy(start + 1, p);
	if (*p != '"' || (p[1] && !isspace((unsigned char)p[1])))
		return NULL;
	return p + 1;
}

bool scn_words_split(const char *line, struct scn_word **words, size_t *count, char error[SCN_ERROR_MAX])
{
	const char *p = line;

	*count = 0;
	*words = calloc(SCN_WORDS_MAX, sizeof(**words));
	if (!*words)
		port_panic("no memory for a line");
	for (;;) {
		while (isspace((unsigned char)*p))
			p++;
		if (!*p || *p == '#')
			return true;
		if (*count == SCN_WORDS_MAX)
			break;
		p = take_value(take_name(p, &(*words)[*count]), &(*words)[*count]);
		(*count)++;
		if (!p)
			break;
	}
	scn_words_free(*words, *count);
	*words = NULL;
	if (p)
		return scn_fail(error, "more than %u words", SCN_WORDS_MAX);
	return scn_fail(error, "a text does not end with \" and a space");
}
