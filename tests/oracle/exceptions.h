/* SPDX-License-Identifier: BSD-2-Clause */
/* What is asked of both engines, and whether a row of the table lets the answers differ. */
#ifndef TESTS_ORACLE_EXCEPTIONS_H
#define TESTS_ORACLE_EXCEPTIONS_H

#include "tests/oracle/duel.h"

struct query {
	const struct duel_label *source, *target;
	uint32_t tclass;
	uint32_t kind; /* of a new label; RULE_ALLOW for a decision */
};

/* Counts a difference under the first row that applies; false when none does. */
bool exception_applies(struct duel *duel, const struct query *q);

/* A class that no record declares: libsepol would read through a null pointer. */
bool exception_class_is_hole(const struct duel *duel, const struct query *q);

#endif
