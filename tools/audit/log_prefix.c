/* SPDX-License-Identifier: BSD-2-Clause */
#include "tools/audit/log_prefix.h"

static bool is_digit(char byte)
{
	return byte >= '0' && byte <= '9';
}

/* How many of the bytes at @text have the form of @shape: 0 is a digit, the rest itself. All or 0. */
static size_t match(const char *text, size_t len, const char *shape)
{
	size_t i;

	for (i = 0; shape[i]; i++)
		if (i == len || (shape[i] == '0' ? !is_digit(text[i]) : text[i] != shape[i]))
			return 0;
	return i;
}

static size_t digits(const char *text, size_t len)
{
	size_t i = 0;

	while (i < len && is_digit(text[i]))
		i++;
	return i;
}

bool log_prefix_is_guest(const char *text, size_t len)
{
	size_t pos, n;

	for (pos = 0; pos + 3 < len; pos++) {
		if (text[pos] != '(' || text[pos + 1] != 'd')
			continue;
		n = digits(text + pos + 2, len - pos - 2);
		if (n && pos + 2 + n < len && text[pos + 2 + n] == ')')
			return true;
	}
	return false;
}

/* "[    1.104348]": the number alone. */
static struct slice since_boot(const char *text, size_t len)
{
	size_t start = 1, whole, part;

	while (start < len && text[start] == ' ')
		start++;
	whole = digits(text + start, len - start);
	if (!whole || start + whole >= len || text[start + whole] != '.')
		return (struct slice){0};
	part = digits(text + start + whole + 1, len - start - whole - 1);
	if (!part || start + whole + 1 + part >= len || text[start + whole + 1 + part] != ']')
		return (struct slice){0};
	return (struct slice){text + start, whole + 1 + part};
}

struct slice log_prefix_time(const char *text, size_t len)
{
	struct slice time;
	size_t pos, size;

	for (pos = 0; pos < len; pos++) {
		size = match(text + pos, len - pos, "0000-00-00 00:00:00");
		if (!size)
			size = match(text + pos, len - pos, "00:00:00");
		if (size)
			return (struct slice){text + pos, size};
		if (text[pos] != '[')
			continue;
		time = since_boot(text + pos, len - pos);
		if (time.text)
			return time;
	}
	return (struct slice){0};
}

static size_t skip_any(const char *text, size_t len, size_t pos, const char *bytes)
{
	while (pos < len && text[pos] && strchr(bytes, text[pos]))
		pos++;
	return pos;
}

size_t log_prefix_skip(const char *text, size_t len)
{
	size_t pos = skip_any(text, len, 0, " \t>");
	const char *close;

	if (!match(text + pos, len - pos, "(XEN)"))
		return pos;
	pos = skip_any(text, len, pos + 5, " \t");
	if (pos == len || text[pos] != '[')
		return pos;
	close = memchr(text + pos, ']', len - pos);
	return close ? skip_any(text, len, (size_t)(close + 1 - text), " \t") : pos;
}
