/* SPDX-License-Identifier: BSD-2-Clause */
/* The object contexts of an image as libsepol reads them. Kinds are the numbers of enum policy_ocon_kind. */
#ifndef TESTS_DEVICES_LISTS_H
#define TESTS_DEVICES_LISTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct lists_entry {
	uint64_t low, high;
	const char *path; /* kind 5 only */
	char *label;	  /* text */
};

/* The entries of one kind in the order of the file. */
struct lists {
	size_t count;
	struct lists_entry *entries;
};

/* Ends the program when libsepol refuses the image. */
void lists_open(const void *bytes, size_t size, struct lists lists[6]);
void lists_close(struct lists lists[6]);

#endif
