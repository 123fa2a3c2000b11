/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * From a name to its number. Sorted by a hash of the whole name, then by the
 * name: a look-up is a binary search, and no choice of names makes it slow.
 */
#ifndef FLASK_BASE_NAMES_H
#define FLASK_BASE_NAMES_H

#include "flask/base/arena.h"

struct name_entry {
	uint64_t hash;
	const char *name; /* NUL-terminated, no NUL inside, not empty */
	uint32_t len;
	uint32_t value;
};

struct names {
	uint32_t count;
	struct name_entry *entries; /* sorted by names_index() */
};

/* Fills one entry (hash included). @name is borrowed. */
void names_entry(struct name_entry *entry, const char *name, uint32_t len, uint32_t value);

/*
 * Sorts @names in place. -ENOMEM, or -EEXIST when a name stands twice; then
 * *@twice is that name.
 */
int names_index(struct names *names, const char **twice) PORT_MUST_CHECK;

/* The value of the @len bytes at @name, or 0 when there is no such name. */
uint32_t names_find(const struct names *names, const char *name, size_t len);

#endif
