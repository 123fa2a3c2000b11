/* SPDX-License-Identifier: BSD-2-Clause */
#include "flask/base/arena.h"

#define ARENA_ALIGN	8u
#define ARENA_CHUNK_MIN ((size_t)4 << 10)
#define ARENA_CHUNK_MAX ((size_t)256 << 10)

struct arena_chunk {
	struct arena_chunk *next;
	size_t room; /* bytes behind this head; the memory follows it */
	size_t used;
};

static void *chunk_take(struct arena_chunk *chunk, size_t bytes)
{
	void *memory = (char *)(chunk + 1) + chunk->used;

	chunk->used += bytes;
	return memory;
}

static struct arena_chunk *chunk_create(struct arena *arena, size_t room)
{
	struct arena_chunk *chunk;

	if (room > SIZE_MAX - sizeof(*chunk))
		return NULL;
	chunk = port_alloc(sizeof(*chunk) + room);
	if (!chunk)
		return NULL;
	chunk->room = room;
	arena->reserved += sizeof(*chunk) + room;
	return chunk;
}

/* Chunks grow with the arena, so that a small policy stays small and a large one takes few of them. */
static size_t next_room(const struct arena *arena)
{
	if (arena->reserved < ARENA_CHUNK_MIN)
		return ARENA_CHUNK_MIN;
	return arena->reserved < ARENA_CHUNK_MAX ? arena->reserved : ARENA_CHUNK_MAX;
}

/* A large object has a chunk of its own behind the one being filled, whose room is not lost. */
static struct arena_chunk *chunk_for(struct arena *arena, size_t bytes)
{
	struct arena_chunk *first = arena->chunks;
	size_t room = next_room(arena);
	struct arena_chunk *chunk;

	if (first && first->room - first->used >= bytes)
		return first;
	chunk = chunk_create(arena, bytes > room / 4 ? bytes : room);
	if (!chunk)
		return NULL;
	if (first && bytes > room / 4) {
		chunk->next = first->next;
		first->next = chunk;
	} else {
		chunk->next = first;
		arena->chunks = chunk;
	}
	return chunk;
}

void arena_init(struct arena *arena)
{
	memset(arena, 0, sizeof(*arena));
}

void arena_fini(struct arena *arena)
{
	struct arena_chunk *chunk = arena->chunks;

	while (chunk) {
		struct arena_chunk *next = chunk->next;

		port_free(chunk);
		chunk = next;
	}
	arena_init(arena);
}

void *arena_alloc(struct arena *arena, size_t count, size_t size)
{
	struct arena_chunk *chunk;
	size_t bytes;

	if (size && count > (SIZE_MAX - ARENA_ALIGN) / size)
		return NULL;
	bytes = (count * size + ARENA_ALIGN - 1) & ~(size_t)(ARENA_ALIGN - 1);
	if (!bytes)
		bytes = ARENA_ALIGN;
	chunk = chunk_for(arena, bytes);
	if (!chunk)
		return NULL;
	arena->used += bytes;
	return chunk_take(chunk, bytes);
}

char *arena_text(struct arena *arena, const void *text, size_t len)
{
	char *copy = len < SIZE_MAX ? arena_alloc(arena, len + 1, 1) : NULL;

	if (copy && len)
		memcpy(copy, text, len);
	return copy;
}
