/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * One policy, two engines: each query is put to both and the answers compared.
 * A difference is accepted only when a row of the table in exceptions.c applies to the
 * policy and the query (never judged from our answer), and ours is then exactly
 * the answer of the reference's AS_XEN view.
 */
#ifndef TESTS_ORACLE_DUEL_H
#define TESTS_ORACLE_DUEL_H

#include "flask/ss/decide.h"
#include "tests/oracle/ranges.h"
#include "tests/oracle/reference.h"

enum duel_exception {
	DUEL_BOUND_TARGET,
	DUEL_BOUND_CHAIN,
	DUEL_ROLE_TRANS_CLASS,
	DUEL_CLASS_DEFAULTS,
	DUEL_CONDITION_STATE,
	DUEL_ROLE_CLASS,
	DUEL_ROLE_ATTRIBUTE,
	DUEL_HOLE,
	DUEL_CATEGORY_TEXT,
	DUEL_EXCEPTIONS
};

struct duel_tally {
	uint64_t contexts; /* validity and text */
	uint64_t decisions, transitions;
	uint64_t excepted[DUEL_EXCEPTIONS];
	uint64_t differences;
};

/* A label as both know it. */
struct duel_label {
	struct policy_context ours;
	uint32_t sid; /* libsepol's */
};

struct duel {
	const char *name;
	struct policy *policy;
	struct reference *ref;
	struct ranges ranges;
	bool *bools;	    /* in force in both */
	uint8_t *cond_true; /* ours */
	struct policy_state state;
	bool declared_only; /* compare no bits of a vector but permissions that the class has */
	struct duel_tally tally;
};

enum duel_open { DUEL_OPEN, DUEL_REFUSED_BY_OURS, DUEL_REFUSED_BY_REFERENCE, DUEL_TABLES_DIFFER };

/* The words of a row: its name in docs/oracle.md and what differs. */
const char *duel_exception_text(enum duel_exception row);
uint64_t duel_excepted(const struct duel_tally *tally);

/*
 * Opens @ours and @theirs (the same bytes, but in a test of the oracle itself)
 * with the image's own boolean values in force. When refused by ours, @error says
 * why. Only DUEL_OPEN needs closing. DUEL_TABLES_DIFFER was printed and counted.
 */
enum duel_open duel_open(struct duel *duel, const char *name, const void *ours, size_t ours_size, const void *theirs,
			 size_t theirs_size, struct image_error *error);
void duel_close(struct duel *duel);

/* Puts duel->bools in force in both. */
void duel_commit_bools(struct duel *duel);

/* Compares validity, and when declared the text both ways: the texts lead to the same label, which prints the same.
 * Returns whether ours holds it valid. */
bool duel_context(struct duel *duel, const struct policy_context *context);

/* Every label valid in both at duel->ranges, numbers ascending; the caller frees, before duel_close(). Ends the program
 * without memory. */
struct duel_label *duel_labels(struct duel *duel, uint32_t *count);

void duel_access(struct duel *duel, const struct duel_label *source, const struct duel_label *target, uint32_t tclass);
void duel_new_label(struct duel *duel, enum policy_rule_kind kind, const struct duel_label *source,
		    const struct duel_label *target, uint32_t tclass);

#endif
