/* SPDX-License-Identifier: BSD-2-Clause */
#include "flask/base/text.h"

void text_init(struct text *text, char *buf, size_t size)
{
	PORT_BUG_ON(!size);
	text->buf = buf;
	text->size = size;
	text->len = 0;
	text->wanted = 0;
	text->cut = false;
	buf[0] = '\0';
}

void text_add_bytes(struct text *text, const char *bytes, size_t len)
{
	size_t room = text->size - 1 - text->len;

	text->wanted += len;
	if (len > room) {
		text->cut = true;
		len = room;
	}
	memcpy(text->buf + text->len, bytes, len);
	text->len += len;
	text->buf[text->len] = '\0';
}

void text_add(struct text *text, const char *string)
{
	text_add_bytes(text, string, strlen(string));
}

void text_add_u32(struct text *text, uint32_t number)
{
	char digits[10];
	size_t first = sizeof(digits);

	do {
		digits[--first] = (char)('0' + number % 10);
		number /= 10;
	} while (number);
	text_add_bytes(text, digits + first, sizeof(digits) - first);
}

static char hex_digit(uint64_t nibble)
{
	return "0123456789abcdef"[nibble & 15];
}

void text_add_hex(struct text *text, uint64_t number)
{
	char digits[16];
	size_t first = sizeof(digits);

	do {
		digits[--first] = hex_digit(number);
		number >>= 4;
	} while (number);
	text_add(text, "0x");
	text_add_bytes(text, digits + first, sizeof(digits) - first);
}

void text_add_escaped(struct text *text, const char *bytes, size_t len)
{
	char escape[4] = {'\\', 'x', 0, 0};
	size_t i;

	for (i = 0; i < len; i++) {
		uint8_t byte = (uint8_t)bytes[i];

		if (byte >= 0x20 && byte < 0x7f && byte != '\\') {
			text_add_bytes(text, bytes + i, 1);
			continue;
		}
		escape[2] = hex_digit(byte >> 4);
		escape[3] = hex_digit(byte);
		text_add_bytes(text, escape, sizeof(escape));
	}
}
