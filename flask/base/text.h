/* SPDX-License-Identifier: BSD-2-Clause */
/* Building a line of text in a fixed buffer: never overruns, remembers that it was cut. */
#ifndef FLASK_BASE_TEXT_H
#define FLASK_BASE_TEXT_H

#include "hooks/port.h"

struct text {
	char *buf; /* always NUL-terminated */
	size_t size;
	size_t len;    /* bytes written, without the NUL */
	size_t wanted; /* bytes that were to be written since text_init() */
	bool cut;      /* something did not fit */
};

/* @size >= 1. Makes the text empty. */
void text_init(struct text *text, char *buf, size_t size);

void text_add(struct text *text, const char *string);
void text_add_bytes(struct text *text, const char *bytes, size_t len);
void text_add_u32(struct text *text, uint32_t number); /* decimal */
void text_add_hex(struct text *text, uint64_t number); /* 0x..., no leading zeros */

/*
 * The same for bytes that came from a guest or a file: everything but
 * printable ASCII, and the backslash, becomes \xNN.
 */
void text_add_escaped(struct text *text, const char *bytes, size_t len);

#endif
