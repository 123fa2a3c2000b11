/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The neverallow statements of a policy's expanded source (m4 -s): an image does
 * not hold them, yet they decide whether a suggested rule would build.
 */
#ifndef TOOLS_AUDIT_NEVERALLOW_H
#define TOOLS_AUDIT_NEVERALLOW_H

#include "flask/db/policy.h"

/* One word of a set: a type, attribute, class or permission. */
struct set_word {
	char *name;    /* owned */
	bool excluded; /* written with a minus */
};

struct name_set {
	struct set_word *words; /* owned */
	size_t count;
	bool everything; /* `*' */
	bool complement; /* `~' */
	bool self;
};

struct neverallow {
	char *file; /* owned; as the line mark says, or the source's own name */
	uint32_t line;
	char *comment; /* owned; the comment directly above, one line; "" when there is none */
	struct name_set source, target, classes, perms;
};

struct neverallows {
	struct neverallow *items; /* owned */
	size_t count;
	size_t refused; /* statements that were not understood */
};

/* Reads the source at @path. 0, or -1: complained already. */
int neverallows_read(const char *path, struct neverallows *all) PORT_MUST_CHECK;

/* The same for the @len bytes at @text, which is called @path. */
void neverallows_parse(const char *path, const char *text, size_t len, struct neverallows *all);

/*
 * The first statement that forbids @source on @target (type values) any of the
 * permissions @perms of class @tclass, or NULL; *@forbidden is which. Names that
 * @policy does not have match nothing.
 */
const struct neverallow *neverallows_find(const struct neverallows *all, const struct policy *policy, uint32_t source,
					  uint32_t target, uint32_t tclass, uint32_t perms, uint32_t *forbidden);

void neverallows_free(struct neverallows *all);

#endif
