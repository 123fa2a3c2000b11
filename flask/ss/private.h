/* SPDX-License-Identifier: BSD-2-Clause */
/* What the files of the security server share; nobody else includes it. */
#ifndef FLASK_SS_PRIVATE_H
#define FLASK_SS_PRIVATE_H

#include "flask/ss/context.h"
#include "flask/ss/devices.h"
#include "flask/ss/map.h"
#include "flask/ss/server.h"

/* What a snapshot has in common with its successor, and so does not take along when it goes. */
enum ss_shared {
	SS_SHARED_NOTHING,
	SS_SHARED_POLICY, /* policy, map and SID table */
	SS_SHARED_ALL,	  /* the labels of devices too */
};

/*
 * What the server knows at one time. Immutable once published, but for the SID
 * table, which grows under the sid lock. The sequence number stands for its
 * decisions: labels of devices change within one number.
 *
 * What is shared by the snapshots that follow each other dies with the last of
 * these: a snapshot is retired only after it was replaced, so when the grace
 * period of the last one is over, the readers of the earlier ones are gone too.
 */
struct ss_snapshot {
	struct port_deferred deferred;
	enum ss_shared shared; /* with the one that replaced it; set when it is retired */
	uint32_t seqno;
	struct policy *policy;
	struct sidtab *sids;
	struct ss_devices *devices;
	struct ss_map *map; /* of the policy, shared with it */
	bool *bools;	    /* by value - 1; in the snapshot's own memory, as cond_true */
	uint8_t *cond_true; /* per condition */
	bool keeps_invalid; /* staging: labels that are not valid here stay, for nothing is enforced */
};

/* A snapshot of @policy with its default booleans, conditions not evaluated, no tables; NULL: no memory. */
struct ss_snapshot *ss_snapshot_create(struct policy *policy) PORT_MUST_CHECK;

/* One that shares everything with @live and has its values; NULL: no memory. */
struct ss_snapshot *ss_snapshot_succeed(const struct ss_snapshot *live) PORT_MUST_CHECK;

/* Frees an unpublished snapshot, or one without readers, with its policy, map and tables. NULL is allowed. */
void ss_snapshot_destroy(struct ss_snapshot *snapshot);

/* The same without policy, map and tables, which another snapshot has. */
void ss_snapshot_destroy_own(struct ss_snapshot *snapshot);

/* Hands a snapshot that was just replaced to the port. NULL is allowed. */
void ss_snapshot_retire(struct ss_snapshot *snapshot, enum ss_shared shared);

struct policy_state ss_snapshot_state(const struct ss_snapshot *snapshot);

/* What @sid acts as: its context, else that of unlabeled, else (tools only) NULL. */
const struct policy_context *ss_snapshot_context(const struct ss_snapshot *snapshot, const struct ss_config *config,
						 flask_sid_t sid);

/* The label of a new object. -EINVAL: no contexts, or no such class. -EACCES: *@label is not valid under the policy. */
int ss_snapshot_label(const struct ss_snapshot *snapshot, const struct ss_config *config, flask_sid_t source,
		      flask_sid_t target, uint32_t tclass, enum policy_rule_kind kind,
		      struct policy_context *label) PORT_MUST_CHECK;

struct ss_facts ss_snapshot_facts(const struct ss_snapshot *snapshot);

/* The published snapshot: in a read section, or under the load or the sid lock. */
struct ss_snapshot *ss_live(const struct ss_server *server);

/* Publishes a snapshot that shares the SID table of the live one. Under the load lock. */
void ss_publish(struct ss_server *server, struct ss_snapshot *next);

/*
 * The SID of @context in the live table, made if new; outside of any read
 * section. @seqno names the snapshot under whose policy @context was computed:
 * -EAGAIN when it is no longer the live one. -ENOMEM, -ENOSPC.
 */
int ss_intern(struct ss_server *server, uint32_t seqno, const struct policy_context *context,
	      flask_sid_t *sid) PORT_MUST_CHECK;

/*
 * Makes the channel labels of every pair of held labels as @by decides, in the
 * table of @by: the live one, or one that is not published. Under the load lock.
 */
int ss_held_labels(struct ss_server *server, const struct ss_snapshot *by) PORT_MUST_CHECK;
void ss_held_fini(struct ss_server *server);

/* The name of an initial SID, or NULL; and the number that a name stands for before a policy. */
const char *ss_initial_name(const struct ss_config *config, flask_sid_t sid);
flask_sid_t ss_initial_find(const struct ss_config *config, const char *bytes, size_t len);

/* Whether @policy gives each initial SID a context. */
int ss_initial_check(const struct ss_config *config, const struct policy *policy,
		     struct image_error *error) PORT_MUST_CHECK;

/* Fills the empty @sids with the initial SIDs of the first policy. */
int ss_initial_fill(const struct policy *policy, struct sidtab *sids) PORT_MUST_CHECK;

/* Logs each initial SID whose context is not the one that the policy of @snapshot defines. */
void ss_initial_report(const struct ss_config *config, const struct ss_snapshot *snapshot);

/* Brings the labels above *@carried of @from into the table of @to; *@carried is then the last of @from. */
int ss_carry_labels(const struct ss_snapshot *from, struct ss_snapshot *to, uint32_t *carried) PORT_MUST_CHECK;

/* Whether every initial SID survived in @to; else *@error names the first that did not. */
int ss_carry_check(const struct ss_config *config, const struct ss_snapshot *to,
		   struct image_error *error) PORT_MUST_CHECK;

/* Logs which labels the reload lost and which came back. */
void ss_carry_report(const struct ss_snapshot *from, const struct ss_snapshot *to);

/* Log lines: a fixed buffer; the context comes last, so that a cut line has kept its meaning. */
#define SS_LINE_MAX 512u
void ss_line_context(struct text *line, const struct policy *policy, const struct policy_context *context);
void ss_line_label(struct text *line, const struct policy *policy, flask_sid_t sid, const struct sid_entry *entry);

/* Fills *@error with a reason that is not at a place of the image. Always -EINVAL. */
int ss_refuse(struct image_error *error, const char *section, struct text *reason);

#endif
