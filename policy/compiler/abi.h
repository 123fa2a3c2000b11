/* SPDX-License-Identifier: BSD-2-Clause */
/* Classes and permissions with their numbers: of a compiled policy, or of the text files of a source tree. */
#ifndef POLICY_COMPILER_ABI_H
#define POLICY_COMPILER_ABI_H

#include "hooks/port.h"

#include <stddef.h>

#define ABI_PERMS_MAX 32u

struct abi_class {
	char *name;		    /* owned, escaped */
	uint32_t number;	    /* from 1 */
	char *perms[ABI_PERMS_MAX]; /* owned, escaped; by bit; NULL: none */
	uint32_t nperms;	    /* highest bit + 1 */
};

struct abi {
	struct abi_class *classes; /* owned; ascending by number */
	size_t nclasses;
};

/*
 * Reads a compiled policy; or, where @path is a directory, its files
 * security_classes and access_vectors: there, else in policy/, else in
 * xen/xsm/flask/policy/. 0, or -1: complained already, "FILE:LINE: reason".
 */
int abi_read(const char *path, struct abi *abi) PORT_MUST_CHECK;
void abi_free(struct abi *abi);

/* NULL: not there. */
const struct abi_class *abi_class_find(const struct abi *abi, const char *name);

/* The bit, or ABI_PERMS_MAX. */
uint32_t abi_perm_find(const struct abi_class *tclass, const char *name);

/* Adds a class under the next number; takes nothing. */
struct abi_class *abi_add_class(struct abi *abi, const char *name, uint32_t number);

/* Reads the two files of @directory into the empty @abi. 0, or -1: complained already. */
int abi_read_text(const char *directory, struct abi *abi) PORT_MUST_CHECK;

#endif
