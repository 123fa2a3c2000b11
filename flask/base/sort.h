/* SPDX-License-Identifier: BSD-2-Clause */
/* A stable merge sort that neither recurses nor degrades on chosen input. */
#ifndef FLASK_BASE_SORT_H
#define FLASK_BASE_SORT_H

#include "hooks/port.h"

/*
 * Sorts @count items of @size bytes at @items, ascending by @compare (<0, 0,
 * >0); equal items keep their order. -ENOMEM leaves @items as they were.
 */
int sort_items(void *items, size_t count, size_t size,
	       int (*compare)(const void *a, const void *b)) PORT_MUST_CHECK;

#endif
