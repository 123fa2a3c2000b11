/* SPDX-License-Identifier: BSD-2-Clause */
#include "flask/base/text.h"
#include "flask/db/image.h"

#define BITMAP_UNIT 64u

/* Starts the reason of the first failure; false when there was one already. */
static bool fail_begin(struct image *im, size_t offset, int status, struct text *reason)
{
	if (im->status)
		return false;
	im->status = status;
	im->error->section = im->section;
	im->error->offset = offset;
	text_init(reason, im->error->reason, sizeof(im->error->reason));
	return true;
}

int image_fail_at(struct image *im, size_t offset, const char *reason)
{
	struct text text;

	if (fail_begin(im, offset, -EINVAL, &text))
		text_add(&text, reason);
	return im->status;
}

int image_fail(struct image *im, const char *reason)
{
	return image_fail_at(im, im->pos, reason);
}

int image_fail_memory(struct image *im)
{
	struct text text;

	if (fail_begin(im, im->pos, -ENOMEM, &text))
		text_add(&text, "out of memory");
	return im->status;
}

int image_fail_name(struct image *im, size_t offset, const char *reason, const char *name)
{
	struct text text;

	if (fail_begin(im, offset, -EINVAL, &text)) {
		text_add(&text, reason);
		text_add(&text, " `");
		text_add_escaped(&text, name, strlen(name));
		text_add(&text, "'");
	}
	return im->status;
}

int image_fail_number(struct image *im, size_t offset, const char *reason, uint32_t number)
{
	struct text text;

	if (fail_begin(im, offset, -EINVAL, &text)) {
		text_add(&text, reason);
		text_add(&text, " ");
		text_add_u32(&text, number);
	}
	return im->status;
}

void image_init(struct image *im, const void *bytes, size_t size, struct image_error *error)
{
	memset(im, 0, sizeof(*im));
	memset(error, 0, sizeof(*error));
	im->bytes = bytes;
	im->size = size;
	im->section = "header";
	im->error = error;
}

void image_section(struct image *im, const char *section)
{
	im->section = section;
}

size_t image_left(const struct image *im)
{
	return im->size - im->pos;
}

int image_status(const struct image *im)
{
	return im->status;
}

const void *image_bytes(struct image *im, size_t len)
{
	const uint8_t *here = im->bytes + im->pos;

	if (im->status)
		return NULL;
	if (len > image_left(im)) {
		image_fail(im, "the image ends inside this record");
		return NULL;
	}
	im->pos += len;
	return here;
}

static uint64_t little_endian(struct image *im, size_t len)
{
	const uint8_t *bytes = image_bytes(im, len);
	uint64_t number = 0;

	while (bytes && len--)
		number = number << 8 | bytes[len];
	return number;
}

uint16_t image_u16(struct image *im)
{
	return (uint16_t)little_endian(im, sizeof(uint16_t));
}

uint32_t image_u32(struct image *im)
{
	return (uint32_t)little_endian(im, sizeof(uint32_t));
}

uint64_t image_u64(struct image *im)
{
	return little_endian(im, sizeof(uint64_t));
}

uint32_t image_count(struct image *im, size_t min_record)
{
	size_t at = im->pos;
	uint32_t count = image_u32(im);

	if (count > image_left(im) / min_record)
		image_fail_number(im, at, "more records than the bytes left can hold:", count);
	return im->status ? 0 : count;
}

/* A name ends up in labels and in the log: nothing that could end or break a line. */
static void check_name(struct image *im, size_t at, const uint8_t *name, uint32_t len)
{
	uint32_t i;

	for (i = 0; i < len; i++) {
		if (name[i] < 0x20 || name[i] == 0x7f) {
			image_fail_number(im, at + i, "control character in a name: code", name[i]);
			return;
		}
	}
}

const char *image_name(struct image *im, struct arena *arena, uint32_t len)
{
	size_t at = im->pos;
	const uint8_t *bytes;
	const char *name;

	if (!len)
		image_fail(im, "empty name");
	if (len > IMAGE_NAME_MAX)
		image_fail_number(im, at, "name longer than 4096 bytes:", len);
	bytes = image_bytes(im, len);
	if (bytes)
		check_name(im, at, bytes, len);
	if (im->status)
		return "";
	name = arena_text(arena, bytes, len);
	if (!name)
		image_fail_memory(im);
	return name ? name : "";
}

/* The words of a set; @previous_end is where the next one may start at the earliest. */
static void read_words(struct image *im, struct bitmap_word *words, uint32_t count, uint64_t *previous_end)
{
	uint32_t i;

	for (i = 0; i < count && !im->status; i++) {
		size_t at = im->pos;

		words[i].start = image_u32(im);
		words[i].bits = image_u64(im);
		if (words[i].start % BITMAP_UNIT)
			image_fail_number(im, at, "set word does not start at a multiple of 64 but at", words[i].start);
		if (words[i].start < *previous_end)
			image_fail_number(im, at, "set words not in rising order at start", words[i].start);
		if (!words[i].bits)
			image_fail_at(im, at + sizeof(uint32_t), "empty word in a set");
		*previous_end = (uint64_t)words[i].start + BITMAP_UNIT;
	}
}

void image_bitmap(struct image *im, struct arena *arena, struct bitmap *set)
{
	size_t at = im->pos;
	uint32_t unit = image_u32(im), highbit = image_u32(im);
	struct bitmap_word *words = NULL;
	uint64_t end = 0;
	uint32_t count;

	set->nwords = 0;
	set->words = NULL;
	if (unit != BITMAP_UNIT)
		image_fail_number(im, at, "set unit must be 64, not", unit);
	count = image_count(im, sizeof(uint32_t) + sizeof(uint64_t));
	if (count) {
		words = arena_alloc(arena, count, sizeof(*words));
		if (!words) {
			image_fail_memory(im);
			return;
		}
		read_words(im, words, count, &end);
	}
	if (end != highbit)
		image_fail_number(im, at + sizeof(uint32_t), "set does not end where its high bit says:", highbit);
	if (im->status)
		return;
	set->nwords = count;
	set->words = words;
}
