/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The security server: SIDs in, decisions out, by the one published snapshot
 * {policy, booleans, SID table, labels of devices, sequence number}.
 *
 * Lock order: load lock -> sid lock -> log. A decision takes none of them: it
 * runs in a read section of the port and allocates nothing. The load lock
 * serialises loads, boolean commits and labels of devices and is held while they
 * allocate; the sid lock is a spin lock under which one number is given or one
 * pointer stored.
 *
 * Before a policy is loaded (ss_is_loaded() false) the server answers as Xen's:
 * everything is allowed, contexts are the names of the initial SIDs.
 */
#ifndef FLASK_SS_SERVER_H
#define FLASK_SS_SERVER_H

#include "flask/base/text.h"
#include "flask/ss/decide.h"
#include "flask/ss/sidtab.h"

#define SS_CONTEXT_MAX 4096u /* bytes of a context's text with its NUL, as flask_op's page limit */

/*
 * Numbers of classes are the hypervisor's, and bits of permissions too, wherever
 * they cross this header: Xen's from 1, ours from SS_OWN_CLASS, and those that
 * only the policy has, which nobody but flask_op asks about, as the policy's
 * number above SS_POLICY_CLASS.
 */
#define SS_OWN_CLASS	1024u
#define SS_POLICY_CLASS 4096u

/* The classes and permissions that the hypervisor compiles in; a policy is matched to them by name (map.h). */
struct ss_abi_class {
	const char *name;
	uint32_t nperms;
	const char *const *perms; /* by bit */
};

struct ss_config {
	const struct ss_abi_class *classes;	/* by number - 1; static */
	uint32_t nclasses;			/* 0: any policy is taken, all numbers are its own (tools, tests) */
	const struct ss_abi_class *own_classes; /* by number - SS_OWN_CLASS; static */
	uint32_t nown_classes;
	uint32_t domain_class;	/* class of processes: before a policy, and under one that lacks it */
	uint32_t guarded_class; /* what a policy lacks of this class is denied even if it says allow; 0: none */
	const char *const *initial_sids; /* names by number; [0] is "null"; static */
	uint32_t ninitial_sids;		 /* highest number + 1 */
	flask_sid_t unlabeled;		 /* what an unknown number acts as */
	flask_sid_t before_policy;	 /* what any other text is before a policy (Xen: xen) */
	uint32_t channel_class;		 /* class whose transitions label channels, see ss_hold(); 0: none */

	/* What a device without a label acts as, by kind. */
	flask_sid_t device_sids[OCON_KINDS];
};

/* The class of this number, or NULL: not one of the hypervisor's. */
const struct ss_abi_class *ss_config_class(const struct ss_config *config, uint32_t number);

struct ss_snapshot; /* snapshot.h */

struct ss_server {
	const struct ss_config *config;
	struct port_slot live; /* struct ss_snapshot *, NULL before the first policy */
	struct port_mutex load_lock;
	struct port_spinlock sid_lock;
	struct ss_held *held; /* labels that domains carry; under load_lock */
	uint32_t permissive;  /* through the port */
};

void ss_init(struct ss_server *server, const struct ss_config *config);

/*
 * Says whether nothing is enforced (at first: no). A reload staged from then on
 * keeps labels that are not valid in the new policy, as Xen does.
 */
void ss_set_permissive(struct ss_server *server, bool permissive);

/* Readers must be gone; destruction may still be deferred by the port. */
void ss_fini(struct ss_server *server);

bool ss_is_loaded(const struct ss_server *server);

/*
 * Loading in three steps. Staging may fail and touches nothing live; it holds
 * the load lock until commit or abandon. ss_stage(): *@stage is owned by the
 * caller; on error *@error says what of the image was refused (an empty reason:
 * not the image's fault) and the lock is not held. Refused besides a bad image:
 * an initial SID without context, an ABI class or permission that is absent
 * when the policy's handle_unknown is reject, a reload that loses an initial SID
 * or that would turn MLS on or off.
 * ss_commit() consumes @stage whatever it returns: 0, or -ENOMEM, -ENOSPC, or
 * -EAGAIN (others kept making labels meanwhile: stage again), with the old
 * policy in force. ss_abandon() consumes it too and consumes no number.
 */
struct ss_stage;
int ss_stage(struct ss_server *server, const void *bytes, size_t size, struct ss_stage **stage,
	     struct image_error *error) PORT_MUST_CHECK;
int ss_commit(struct ss_server *server, struct ss_stage *stage) PORT_MUST_CHECK;
void ss_abandon(struct ss_server *server, struct ss_stage *stage);

/* Facts about the live policy for messages. */
struct ss_facts {
	uint32_t version, types, classes, rules, bools, sids, lost_sids, seqno;
	enum policy_unknown unknown;
	bool mls;
};
struct ss_facts ss_facts(const struct ss_server *server); /* all zero before a policy */

/* Some of these alone, at a price that a guest may make us pay: the others are counted. */
uint32_t ss_seqno(const struct ss_server *server);
bool ss_has_mls(const struct ss_server *server);
enum policy_unknown ss_unknown(const struct ss_server *server);

struct ss_decision {
	struct decision access;
	uint32_t seqno;
};

/*
 * Decides by numbers. An unknown SID acts as unlabeled. -EINVAL: no such class;
 * *@decision then denies all and audits all. What the hypervisor has and the
 * policy lacks follows the policy's handle_unknown.
 */
int ss_decide(const struct ss_server *server, flask_sid_t source, flask_sid_t target, uint32_t tclass,
	      struct ss_decision *decision) PORT_MUST_CHECK;

/* The SID of a context text (context_parse()'s rules), made if new. -EINVAL, -ENOMEM, -ENOSPC. */
int ss_context_to_sid(struct ss_server *server, const char *bytes, size_t len, flask_sid_t *sid) PORT_MUST_CHECK;

/*
 * Appends the text of @sid to @text. An unknown number has unlabeled's text, a
 * lost one its old text. Before a policy: the initial SID's name, -EINVAL above.
 */
int ss_sid_to_context(const struct ss_server *server, flask_sid_t sid, struct text *text) PORT_MUST_CHECK;

/* How the labels lie in their table; all zero before a policy. A guest may ask: nothing is counted for it. */
struct sidtab_stats ss_label_stats(const struct ss_server *server);

/* Whether the number was given to a label that still has a context (before a policy: is an initial SID). */
bool ss_sid_exists(const struct ss_server *server, flask_sid_t sid);

/*
 * The SID for a new object (@kind as decide_label()), made if new: -ENOMEM,
 * -ENOSPC. -EINVAL: no such class; one that the policy lacks has no rules. An invalid result is -EACCES, unless
 * @permissive: then it gets a SID and a warning is logged.
 */
int ss_compute_label(struct ss_server *server, flask_sid_t source, flask_sid_t target, uint32_t tclass,
		     enum policy_rule_kind kind, bool permissive, flask_sid_t *sid) PORT_MUST_CHECK;

/*
 * The same transition, only looked up: for hooks that a guest can call. Makes
 * nothing. -EACCES when the result is invalid, -ENOENT when no such label was
 * made (see ss_hold()).
 */
int ss_find_transition(const struct ss_server *server, flask_sid_t source, flask_sid_t target, uint32_t tclass,
		       flask_sid_t *sid) PORT_MUST_CHECK;

/*
 * Says that domains carry, or no longer carry, @sid. While held, every valid
 * label that transitions of config->channel_class give between held labels
 * exists (made here, and anew by loads and boolean commits). -ENOMEM, -ENOSPC:
 * nothing is held. Holds are counted. ss_release() cannot fail. Both take the
 * load lock: not to be called between ss_stage() and its end by the same CPU.
 */
int ss_hold(struct ss_server *server, flask_sid_t sid) PORT_MUST_CHECK;
void ss_release(struct ss_server *server, flask_sid_t sid);

/*
 * Labels of devices: numbers of interrupts (OCON_PIRQ), I/O ports, page frames
 * (OCON_IOMEM), PCI devices (segment << 16 | bus << 8 | device << 3 | function),
 * and paths of the device tree. What has no label acts as config->device_sids.
 * Every label of the policy has its SID from the load on: nothing is made here.
 */
flask_sid_t ss_device_sid(const struct ss_server *server, enum policy_ocon_kind kind, uint64_t number);
flask_sid_t ss_device_tree_sid(const struct ss_server *server, const char *path);

/*
 * Visits the range @low..@high (both ends belong to it) in rising order: each
 * labelled piece, cut to the range, and each gap with the default label, all of
 * one snapshot. The first answer that is not 0 ends the walk and is returned.
 * @visit runs in a read section: it may ask the server, not sleep or allocate.
 * -EINVAL: @low > @high.
 */
typedef int ss_device_visitor(void *context, flask_sid_t sid, uint64_t low, uint64_t high);
int ss_device_range_walk(const struct ss_server *server, enum policy_ocon_kind kind, uint64_t low, uint64_t high,
			 ss_device_visitor *visit, void *context) PORT_MUST_CHECK;

/*
 * Labels a device at run time, until the next load; or takes a label away, be it
 * of the policy (until the next load). @kind is a number of enum
 * policy_ocon_kind, OCON_PIRQ to OCON_PCIDEVICE. Interrupts and PCI devices
 * stand alone (@low == @high; for the deletion @high is not looked at), ranges
 * are deleted by their exact bounds.
 * -EINVAL: another kind, @low > @high, a number that the kind cannot have, a
 * @sid that is no label, no policy yet. -EEXIST: something in the range has a
 * label, unless it is exactly this range with this label (0, nothing changes).
 * -ENOENT: no such label. -ENOMEM.
 */
int ss_ocontext_add(struct ss_server *server, uint32_t kind, uint64_t low, uint64_t high,
		    flask_sid_t sid) PORT_MUST_CHECK;
int ss_ocontext_del(struct ss_server *server, uint32_t kind, uint64_t low, uint64_t high) PORT_MUST_CHECK;

/* The same for a path: not empty, no control characters. -EEXIST: it has a label, be it this one (as in Xen). */
int ss_device_tree_add(struct ss_server *server, const char *path, flask_sid_t sid) PORT_MUST_CHECK;
int ss_device_tree_del(struct ss_server *server, const char *path) PORT_MUST_CHECK;

/* Booleans, by index 0..n-1 of the policy in force. */
uint32_t ss_bool_count(const struct ss_server *server);
/* -ENOENT. @name may be NULL; the name is appended to it. */
int ss_bool_get(const struct ss_server *server, uint32_t index, bool *value, struct text *name) PORT_MUST_CHECK;
/* -ENOENT. The @len bytes at @name. */
int ss_bool_find(const struct ss_server *server, const char *name, size_t len, uint32_t *index) PORT_MUST_CHECK;
/*
 * Puts @count values in force at once and raises the sequence number. -EFAULT:
 * @count is not the policy's. -ENOMEM, -ENOSPC: the old values stay in force
 * (channel labels made on the way keep their numbers).
 */
int ss_bools_commit(struct ss_server *server, const bool *values, uint32_t count) PORT_MUST_CHECK;

#endif
