/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * From a SID to its context and back. One writer at a time: whoever holds the
 * sid lock for a published table, its owner for one that is not. Readers take
 * nothing and see an entry only when it is complete. Numbers are never reused.
 * An entry whose context did not survive a reload keeps its text and has no
 * context: it acts as unlabeled.
 */
#ifndef FLASK_SS_SIDTAB_H
#define FLASK_SS_SIDTAB_H

#include "flask/db/policy.h"

typedef uint32_t flask_sid_t; /* 0 is no label */

#define SIDTAB_CHUNK   256u
#define SIDTAB_MAX     65536u /* numbers; beyond it a new label is -ENOSPC */
#define SIDTAB_BUCKETS 1024u

enum sid_state { SID_ABSENT, SID_LIVE, SID_LOST };

struct sid_entry {
	enum sid_state state;
	struct policy_context context; /* SID_LIVE: owns its sets of categories */
	char *lost_text;	       /* SID_LOST: owned, NUL-terminated */
	flask_sid_t next;	       /* of the same bucket; 0 = end */
};

struct sidtab {
	uint32_t count; /* numbers 1..count are taken; published when the entry is complete, before its bucket link */
	struct sid_entry *chunks[SIDTAB_MAX / SIDTAB_CHUNK];
	flask_sid_t buckets[SIDTAB_BUCKETS];
	flask_sid_t bucket_tails[SIDTAB_BUCKETS]; /* writers only */
	uint32_t bucket_lengths[SIDTAB_BUCKETS];  /* writers only */
	uint32_t linked, buckets_used, longest;	  /* live labels, buckets that have some, most in one */
};

/* An empty table from the port, or NULL. */
struct sidtab *sidtab_create(void) PORT_MUST_CHECK;
void sidtab_destroy(struct sidtab *table);

/* The entry of @sid, live or lost; NULL when the number was never given to a label. Valid while the table lives. */
const struct sid_entry *sidtab_find(const struct sidtab *table, flask_sid_t sid);

/* The highest number that is taken. */
uint32_t sidtab_count(const struct sidtab *table);

/* How the live labels lie in the SIDTAB_BUCKETS buckets: of a table that grows, each number as of some moment. */
struct sidtab_stats {
	uint32_t labels, buckets_used, longest;
};
struct sidtab_stats sidtab_stats(const struct sidtab *table);

/* The lowest SID with exactly this context, or 0. */
flask_sid_t sidtab_find_context(const struct sidtab *table, const struct policy_context *context);

/*
 * Allocates so that @extra more numbers can be given without memory. -ENOMEM,
 * or -ENOSPC beyond SIDTAB_MAX. Only for the owner of an unpublished table.
 */
int sidtab_reserve(struct sidtab *table, uint32_t extra) PORT_MUST_CHECK;

/*
 * The same for a published table, whose writers may not allocate: whether one
 * more number can be given. -ENOSPC at SIDTAB_MAX; -ENOMEM when the writer must
 * first bring room, made by sidtab_room_create() outside of the sid lock.
 */
int sidtab_room(const struct sidtab *table) PORT_MUST_CHECK;
struct sid_entry *sidtab_room_create(void) PORT_MUST_CHECK;	    /* or NULL; given back by port_free() */
void sidtab_add_room(struct sidtab *table, struct sid_entry *room); /* takes @room; sidtab_room() said -ENOMEM */

/*
 * Gives the next number to an entry, in room that is there: cannot fail. Takes
 * the sets of @context (context_copy()). Lost: takes @text. A hole is a number
 * that no label has.
 */
flask_sid_t sidtab_append(struct sidtab *table, const struct policy_context *context);
flask_sid_t sidtab_append_lost(struct sidtab *table, char *text);
void sidtab_append_hole(struct sidtab *table);

/* Room, a copy of @context, and its number: for the owner of an unpublished table. -ENOMEM, -ENOSPC. */
int sidtab_insert(struct sidtab *table, const struct policy_context *context) PORT_MUST_CHECK;

/* Takes back every number above @count of a table that was never published. */
void sidtab_truncate(struct sidtab *table, uint32_t count);

#endif
