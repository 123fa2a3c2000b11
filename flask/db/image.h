/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The one type that untrusted policy bytes meet: a cursor with a sticky error.
 * After the first failure every read gives 0 and the cursor stands still, so a
 * parser checks once, at the end of a section. Little-endian, unaligned.
 */
#ifndef FLASK_DB_IMAGE_H
#define FLASK_DB_IMAGE_H

#include "flask/base/arena.h"
#include "flask/base/bitmap.h"

/* Where and why an image was refused. */
struct image_error {
	const char *section; /* static: "header", "classes", "rules", ... */
	size_t offset;	     /* bytes from the start of the image */
	char reason[160];    /* one clause, no newline, printable */
};

struct image {
	const uint8_t *bytes;
	size_t size;
	size_t pos;
	const char *section;
	int status; /* 0, -EINVAL or -ENOMEM: the first failure */
	struct image_error *error;
};

/* Borrows all three pointers. *@error is empty until something fails. */
void image_init(struct image *im, const void *bytes, size_t size, struct image_error *error);

/* Names the section that the following reads belong to (a static string). */
void image_section(struct image *im, const char *section);

size_t image_left(const struct image *im);
int image_status(const struct image *im) PORT_MUST_CHECK;

uint16_t image_u16(struct image *im);
uint32_t image_u32(struct image *im);
uint64_t image_u64(struct image *im);

/* The next @len bytes, inside the image, or NULL when fewer are left. */
const void *image_bytes(struct image *im, size_t len);

/* A count is believed only if that many records of @min_record bytes could still follow; else 0. */
uint32_t image_count(struct image *im, size_t min_record);

/*
 * A name of @len bytes as a NUL-terminated copy. Refused: empty, longer than
 * IMAGE_NAME_MAX, a NUL or a control character inside. Never NULL: "" on error.
 */
#define IMAGE_NAME_MAX 4096u
const char *image_name(struct image *im, struct arena *arena, uint32_t len);

/*
 * A set in canonical form only (facts of the format: unit 64, starts ascending
 * multiples of 64, no empty word, highbit = end of the last word).
 */
void image_bitmap(struct image *im, struct arena *arena, struct bitmap *set);

/*
 * Records the first failure at the current position (image_fail) or at @offset,
 * with status @status. Later calls change nothing. Always returns the status.
 */
int image_fail(struct image *im, const char *reason);
int image_fail_at(struct image *im, size_t offset, const char *reason);
int image_fail_memory(struct image *im);

/* The same with a name and a number in the reason: "REASON `NAME'", "REASON N". */
int image_fail_name(struct image *im, size_t offset, const char *reason, const char *name);
int image_fail_number(struct image *im, size_t offset, const char *reason, uint32_t number);

#endif
