/* SPDX-License-Identifier: BSD-2-Clause */
/* What a value of a scenario means: numbers, domains, bytes. */
#include "hooks/model/scenario_private.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define FILE_MAX_BYTES 0x4000000 /* as the module's LOAD takes */
#define BUFFER_MAX     0x10000
#define BYTES_TEXT_MAX 256u

/* One number or constant; @text is not terminated. */
static bool atom(const char *text, size_t length, int64_t *value, char error[SCN_ERROR_MAX])
{
	char digits[32];
	char *end;

	if (scn_constant_find(text, length, value))
		return true;
	if (!length || *text < '0' || *text > '9' || length >= sizeof(digits))
		return scn_fail(error, "%.*s is neither a number nor a known constant", (int)length, text);
	memcpy(digits, text, length);
	digits[length] = '\0';
	errno = 0;
	*value = (int64_t)strtoull(digits, &end, 0);
	if (errno || *end)
		return scn_fail(error, "%.*s is not a number", (int)length, text);
	return true;
}

bool scn_number(const char *text, int64_t *value, char error[SCN_ERROR_MAX])
{
	bool negative = *text == '-';
	const char *p = text + negative;
	uint64_t sum = 0;
	int64_t part;
	size_t length;

	do {
		length = strcspn(p, "|");
		if (!atom(p, length, &part, error))
			return false;
		sum |= (uint64_t)part;
		p += length;
	} while (*p++ == '|');
	*value = (int64_t)(negative ? 0 - sum : sum);
	return true;
}

bool scn_word_number(struct scn_run *run, const struct scn_word *word, int64_t *value)
{
	struct scn_text text;

	return scn_expand(run->vars, word, &text, run->error) && scn_number(text.bytes, value, run->error);
}

bool scn_domain_id(const char *text, hv_domid_t *id, char error[SCN_ERROR_MAX])
{
	int64_t value;

	if (!scn_number(text, &value, error))
		return false;
	if (value < 0 || value >= DOMID_FIRST_RESERVED)
		return scn_fail(error, "d%s is no domain that runs", text);
	*id = (hv_domid_t)value;
	return true;
}

static bool read_file(const char *path, uint8_t **bytes, size_t *count, char error[SCN_ERROR_MAX])
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	struct stat st;
	ssize_t n;

	if (fd < 0 || fstat(fd, &st) < 0) {
		if (fd >= 0)
			close(fd);
		return scn_fail(error, "%s: %s", path, strerror(errno));
	}
	if (!S_ISREG(st.st_mode) || st.st_size > FILE_MAX_BYTES) {
		close(fd);
		return scn_fail(error, "%s: not a file of at most %d bytes", path, FILE_MAX_BYTES);
	}
	*count = (size_t)st.st_size;
	*bytes = malloc(*count + 1);
	n = *bytes ? read(fd, *bytes, *count) : -1;
	close(fd);
	if (n == (ssize_t)*count)
		return true;
	free(*bytes);
	return scn_fail(error, "%s: cannot be read whole", path);
}

/* Bytes as a text of a scenario would write them, cut with ... when long. */
static void bytes_format(const uint8_t *bytes, size_t count, char text[BYTES_TEXT_MAX])
{
	size_t used = 0;
	size_t i;

	for (i = 0; i < count && used + sizeof("\\xNN...") < BYTES_TEXT_MAX; i++)
		used += (size_t)snprintf(text + used, BYTES_TEXT_MAX - used,
					 bytes[i] >= ' ' && bytes[i] < 0x7f ? "%c" : "\\x%02x", bytes[i]);
	snprintf(text + used, BYTES_TEXT_MAX - used, "%s", i < count ? "..." : "");
}

bool scn_fail_bytes(char error[SCN_ERROR_MAX], const char *what, const uint8_t *wanted, const uint8_t *came,
		    size_t count)
{
	char wanted_text[BYTES_TEXT_MAX], came_text[BYTES_TEXT_MAX];

	bytes_format(wanted, count, wanted_text);
	if (!came)
		return scn_fail(error, "expected %s \"%s\", came a fault", what, wanted_text);
	bytes_format(came, count, came_text);
	return scn_fail(error, "expected %s \"%s\", came \"%s\"", what, wanted_text, came_text);
}

bool scn_bytes(struct scn_run *run, const struct scn_word *word, uint8_t **bytes, size_t *count)
{
	struct scn_text text;
	int64_t number;

	if (!scn_expand(run->vars, word, &text, run->error))
		return false;
	if (!word->quoted && !strncmp(text.bytes, "@file:", 6))
		return read_file(text.bytes + 6, bytes, count, run->error);
	if (!word->quoted && !strncmp(text.bytes, "@buffer:", 8)) {
		if (!scn_number(text.bytes + 8, &number, run->error))
			return false;
		if (number < 0 || number > BUFFER_MAX)
			return scn_fail(run->error, "@buffer:N takes at most %d bytes", BUFFER_MAX);
		*count = (size_t)number;
		*bytes = calloc(1, *count + 1);
	} else {
		*count = text.length;
		*bytes = malloc(*count + 1);
		if (*bytes)
			memcpy(*bytes, text.bytes, *count);
	}
	if (!*bytes)
		port_panic("no memory for a value");
	return true;
}

bool scn_expect_memory(struct scn_run *run, const char *what, uint64_t address, const struct scn_word *word)
{
	uint8_t *wanted, *came;
	size_t count;
	bool same;

	if (!scn_bytes(run, word, &wanted, &count))
		return false;
	came = malloc(count + 1);
	if (!came)
		port_panic("no memory for a value");
	if (hv_memory_read(&run->domain->memory, address, came, count))
		same = scn_fail_bytes(run->error, what, wanted, NULL, count);
	else
		same = !memcmp(wanted, came, count) || scn_fail_bytes(run->error, what, wanted, came, count);
	free(wanted);
	free(came);
	return same;
}

bool scn_guest_text(const struct scn_run *run, uint64_t address, char text[SCN_TEXT_MAX + 1])
{
	size_t i;

	for (i = 0; i <= SCN_TEXT_MAX; i++) {
		if (hv_memory_read(&run->domain->memory, address + i, &text[i], 1))
			return false;
		if (!text[i])
			return true;
		if (text[i] < ' ' || text[i] >= 0x7f)
			return false;
	}
	return false;
}
