/* SPDX-License-Identifier: BSD-2-Clause */
/* Stable sorts that neither recurse nor degrade on chosen input. */
#ifndef FLASK_BASE_SORT_H
#define FLASK_BASE_SORT_H

#include "hooks/port.h"

/*
 * Sorts @count items of @size bytes at @items, ascending by @compare (<0, 0,
 * >0); equal items keep their order. -ENOMEM leaves @items as they were.
 */
int sort_items(void *items, size_t count, size_t size, int (*compare)(const void *a, const void *b)) PORT_MUST_CHECK;

/* What is sorted when the order fits in a number: rules by the millions. */
struct sort_key {
	uint64_t key;
	uint32_t item; /* of the caller: usually the index of what the key was made from */
};

/*
 * Sorts ascending by key in time proportional to @count; equal keys keep their
 * order. -ENOMEM leaves @keys as they were.
 */
int sort_keys(struct sort_key *keys, size_t count) PORT_MUST_CHECK;

#endif
