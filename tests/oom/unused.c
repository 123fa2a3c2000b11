/* SPDX-License-Identifier: BSD-2-Clause */
#include "tests/oom/unused.h"

#include <err.h>
#include <stdint.h>
#include <string.h>

#define OFFSET_VERSION 16u
#define OFFSET_SETS    32u /* policy capabilities, permissive types, then commons and classes */
#define NODE_OF_NAMES  5u
#define NODE_OF_ATTRS  4u

struct walk {
	unsigned char *bytes;
	size_t size, pos;
	uint32_t version;
	bool changed;
};

static unsigned char *take(struct walk *w, size_t size)
{
	unsigned char *at = w->bytes + w->pos;

	if (size > w->size - w->pos)
		errx(1, "an accepted image ends inside its classes");
	w->pos += size;
	return at;
}

static uint32_t read_u32(const unsigned char *at)
{
	return at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 | (uint32_t)at[3] << 24;
}

static uint32_t take_u32(struct walk *w)
{
	return read_u32(take(w, 4));
}

static void put_u32(struct walk *w, unsigned char *at, uint32_t value)
{
	if (read_u32(at) == value)
		return;
	for (int i = 0; i < 4; i++)
		at[i] = (unsigned char)(value >> 8 * i);
	w->changed = true;
}

/* @reset: each word keeps its place and holds its lowest member only. */
static void walk_set(struct walk *w, bool reset)
{
	uint32_t highbit, count;

	take_u32(w);
	highbit = take_u32(w);
	count = take_u32(w);
	for (; highbit && count; count--) {
		unsigned char *word = take(w, 12);

		if (!reset)
			continue;
		put_u32(w, word + 4, 1);
		put_u32(w, word + 8, 0);
	}
}

static void walk_node(struct walk *w)
{
	uint32_t kind = take_u32(w);
	unsigned char *attr = take(w, 8);

	if (kind < NODE_OF_ATTRS) {
		put_u32(w, attr, 0);
		put_u32(w, attr + 4, 0);
	}
	if (kind != NODE_OF_NAMES)
		return;
	walk_set(w, false);
	if (w->version < 29)
		return;
	walk_set(w, true);
	walk_set(w, true);
	put_u32(w, take(w, 4), 0);
}

/* Cuts the bytes from @start to the walk's position out of the image. */
static void cut_out(struct walk *w, size_t start)
{
	memmove(w->bytes + start, w->bytes + w->pos, w->size - w->pos);
	w->size -= w->pos - start;
	w->pos = start;
	w->changed = true;
}

/* @mask: the permissions that a rule may name. A constraint of none of them can do nothing: it is cut out. */
static void walk_constraints(struct walk *w, unsigned char *count, uint32_t mask)
{
	for (uint32_t left = read_u32(count); left; left--) {
		size_t start = w->pos;
		unsigned char *perms = take(w, 4);
		uint32_t nodes = take_u32(w);

		put_u32(w, perms, read_u32(perms) & mask);
		while (nodes--)
			walk_node(w);
		if (read_u32(perms))
			continue;
		put_u32(w, count, read_u32(count) - 1);
		cut_out(w, start);
	}
}

static void walk_validatetrans(struct walk *w)
{
	for (uint32_t left = take_u32(w); left; left--) {
		uint32_t nodes;

		put_u32(w, take(w, 4), 0);
		for (nodes = take_u32(w); nodes; nodes--)
			walk_node(w);
	}
}

static void walk_class(struct walk *w)
{
	uint32_t len = take_u32(w), common = take_u32(w);
	uint32_t nperms, perms, i;
	unsigned char *constraints;

	take_u32(w);
	nperms = take_u32(w);
	perms = take_u32(w);
	constraints = take(w, 4);
	take(w, len);
	take(w, common);
	for (i = 0; i < perms; i++) {
		len = take_u32(w);
		take(w, 4);
		take(w, len);
	}
	walk_constraints(w, constraints, nperms < 32 ? (1u << nperms) - 1 : UINT32_MAX);
	walk_validatetrans(w);
	for (i = 0; i < 4 && w->version >= 27; i++)
		put_u32(w, take(w, 4), 0);
}

bool unused_reset(struct blob *image)
{
	struct walk w = {image->bytes, image->size, OFFSET_SETS, 0, false};
	uint32_t classes;

	w.version = read_u32(image->bytes + OFFSET_VERSION);
	walk_set(&w, false);
	walk_set(&w, false);
	take(&w, 8);
	take_u32(&w);
	for (classes = take_u32(&w); classes; classes--)
		walk_class(&w);
	image->size = w.size;
	return w.changed;
}
