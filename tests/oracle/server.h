/* SPDX-License-Identifier: BSD-2-Clause */
/* The same policy behind SIDs: the server's answers against the compared pure functions. */
#ifndef TESTS_ORACLE_SERVER_H
#define TESTS_ORACLE_SERVER_H

#include "tests/oracle/duel.h"

/*
 * Loads @image into a security server; compares the initial SIDs with the
 * reference, then, in the boolean state of @duel, access and new labels of
 * @queries random (pair, class) by number with what the duel found by context.
 */
void duel_server(struct duel *duel, const void *image, size_t size, const struct duel_label *labels, uint32_t count,
		 uint32_t queries, uint64_t *random);

#endif
