/* SPDX-License-Identifier: BSD-2-Clause */
/* Memory that is filled once and given back as a whole. */
#ifndef FLASK_BASE_ARENA_H
#define FLASK_BASE_ARENA_H

#include "hooks/port.h"

struct arena_chunk;

struct arena {
	struct arena_chunk *chunks; /* newest first; owned */
	size_t used;		    /* bytes handed out */
	size_t reserved;	    /* bytes taken from the port */
};

/* An all-zero struct arena is a valid empty arena; this makes one. */
void arena_init(struct arena *arena);

/* Gives back everything; the arena is empty afterwards and may be used again. */
void arena_fini(struct arena *arena);

/*
 * Returns zeroed memory for @count objects of @size bytes, 8-byte aligned, that
 * lives as long as the arena. NULL when there is no memory or the product
 * overflows. @count 0 gives a valid pointer to nothing.
 */
void *arena_alloc(struct arena *arena, size_t count, size_t size) PORT_MUST_CHECK;

/* A NUL-terminated copy of the @len bytes at @text, or NULL. */
char *arena_text(struct arena *arena, const void *text, size_t len) PORT_MUST_CHECK;

#endif
