/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A policy as an immutable value: parsed, validated and indexed in one arena,
 * then only read. Every number that a reader of this structure meets was
 * proven in range by policy_create(): an index needs no check.
 *
 * Source of the format: docs/policy-format.md. Values start at 1; tables are
 * indexed by value - 1; a set holds value - 1 (the permissive set: the value).
 * A hole (a value nobody declared) has a NULL name and is never referred to.
 */
#ifndef FLASK_DB_POLICY_H
#define FLASK_DB_POLICY_H

#include "flask/base/arena.h"
#include "flask/base/bitmap.h"
#include "flask/base/names.h"
#include "flask/db/image.h"

#define POLICY_IMAGE_MAX	(64u << 20) /* bytes; Xen's limit of the load hypercall, here of every image */
#define POLICY_OBJECT_R		1u	    /* the role of objects has this value in every image */
#define POLICY_CONSTRAINT_DEPTH 5u
#define POLICY_COND_DEPTH	10u
#define POLICY_BOUNDS_DEPTH	3u
#define POLICY_INITIAL_SIDS	13u   /* all of 1..13 must be given a context */
#define POLICY_ISID_MAX		1024u /* the highest number an image may give a context */

#define POLICY_NO_CLASS UINT32_MAX /* a value that no class has, and no rule names */

enum policy_unknown { POLICY_UNKNOWN_DENY, POLICY_UNKNOWN_REJECT, POLICY_UNKNOWN_ALLOW };

/* What the image was compiled for. Xen takes the old target at version 24; it labels no devices. */
enum policy_target { POLICY_TARGET_XEN, POLICY_TARGET_SELINUX };

/* Levels of a policy without MLS are all zero: equal to each other. */
struct policy_level {
	uint32_t sens;
	struct bitmap cats; /* values - 1 */
};

struct policy_range {
	struct policy_level low, high;
};

/* Sets of categories are borrowed from whoever made the context: the policy, the SID table, a caller. */
struct policy_context {
	uint32_t user, role, type;
	struct policy_range range;
};

/* Constraints: postfix; depth, operators and sets were validated. */
enum policy_node_kind { NODE_NOT = 1, NODE_AND, NODE_OR, NODE_ATTR, NODE_NAMES };
enum policy_node_attr {
	ATTR_USER = 1,
	ATTR_ROLE = 2,
	ATTR_TYPE = 4,
	ATTR_TARGET = 8,   /* NODE_NAMES: the target's attribute, not the source's */
	ATTR_XTARGET = 16, /* NODE_NAMES in validatetrans: the acting task's */
	ATTR_L1L2 = 0x20,
	ATTR_L1H2 = 0x40,
	ATTR_H1L2 = 0x80,
	ATTR_H1H2 = 0x100,
	ATTR_L1H1 = 0x200,
	ATTR_L2H2 = 0x400,
};
enum policy_node_op { OP_EQ = 1, OP_NEQ, OP_DOM, OP_DOMBY, OP_INCOMP };

struct policy_node {
	uint8_t kind, op;
	uint16_t attr;
	struct bitmap names; /* NODE_NAMES: values - 1 of the attribute */
};

struct policy_constraint {
	uint32_t perms; /* mask; unused in validatetrans */
	uint32_t nnodes;
	const struct policy_node *nodes;
};

struct policy_class {
	const char *name;
	uint32_t nperms;	    /* highest bit + 1, at most 32 */
	const char *perm_names[32]; /* by bit; NULL = hole */
	struct names perms;	    /* name -> bit + 1 */
	uint32_t nconstraints;
	const struct policy_constraint *constraints;
	uint32_t nvalidatetrans;
	const struct policy_constraint *validatetrans;
	uint32_t defaults[4]; /* user, role, range, type: read, not obeyed (as Xen) */
};

struct policy_role {
	const char *name;
	uint32_t bounds; /* value of the bounding role, 0 = none */
	struct bitmap dominates;
	struct bitmap types;
};

struct policy_type {
	const char *name; /* primary name */
	bool attribute;
	uint32_t bounds;
	struct bitmap attrs; /* attributes and itself (the own bit is always there) */
};

struct policy_user {
	const char *name;
	uint32_t bounds;
	struct bitmap roles;
	struct policy_range range; /* what the user's contexts may have */
	struct policy_level level; /* default: read and shown, not used (as Xen) */
};

struct policy_sens {
	const char *name;
	struct bitmap cats; /* allowed with this sensitivity */
};

struct policy_category {
	const char *name;
};

struct policy_bool {
	const char *name;
	bool state; /* default of the image */
};

/* Access vectors: the rows of one key (source, target, class), all kinds folded. */
struct policy_av_row {
	uint16_t target;
	uint32_t allow, auditallow;
	uint32_t auditdeny; /* ANDed: a clear bit is a dontaudit */
};

struct policy_av_group {
	uint16_t source;
	uint32_t first, count; /* rows, ascending by target */
};

/* A conditional rule; it counts while the state of its condition equals @branch. */
enum policy_rule_kind {
	RULE_ALLOW = 1,
	RULE_AUDITALLOW = 2,
	RULE_AUDITDENY = 4,
	RULE_TRANSITION = 0x10,
	RULE_MEMBER = 0x20,
	RULE_CHANGE = 0x40,
};

struct policy_cond_rule {
	uint16_t source, target, tclass, kind;
	uint32_t data; /* mask, or the resulting type */
	uint32_t cond; /* index into conds */
	bool branch;   /* true list or false list */
};

/* Type rules: exact key. Sorted by (source, target, tclass, kind). */
struct policy_type_rule {
	uint16_t source, target, tclass, kind;
	uint32_t result; /* type value */
};

enum policy_cond_op { COND_BOOL = 1, COND_NOT, COND_OR, COND_AND, COND_XOR, COND_EQ, COND_NEQ };

struct policy_cond_node {
	uint32_t op;
	uint32_t boolean; /* COND_BOOL: value */
};

struct policy_cond {
	uint32_t nnodes;
	const struct policy_cond_node *nodes; /* postfix; depth and arity were validated */
	uint32_t ntrue, nfalse;		      /* rules of each list */
};

struct policy_role_trans {
	uint32_t role, type, new_role, tclass; /* tclass 0 at version 24 */
};

struct policy_role_allow {
	uint32_t role, new_role;
};

/* The range of a new object. Sorted by (source, target, tclass); equal keys in file order: the first wins. */
struct policy_range_trans {
	uint16_t source, target, tclass;
	struct policy_range range;
};

enum policy_ocon_kind { OCON_ISID, OCON_PIRQ, OCON_IOPORT, OCON_IOMEM, OCON_PCIDEVICE, OCON_DTREE, OCON_KINDS };

struct policy_ocon {
	uint64_t low, high; /* isid, pirq, device: both the number */
	const char *path;   /* OCON_DTREE only */
	struct policy_context context;
};

struct policy {
	struct arena arena;

	enum policy_target target;
	uint32_t version; /* 24 or 30 */
	bool mls;	  /* whether contexts have levels */
	enum policy_unknown unknown;
	struct bitmap capabilities;
	struct bitmap permissive; /* bit = type value */

	/* Tables by value - 1, with holes; and every name (aliases too) to its value. */
	uint32_t nclasses, nroles, ntypes, nusers, nbools, nsens, ncats;
	struct policy_class *classes;
	struct policy_role *roles;
	struct policy_type *types;
	struct policy_user *users;
	struct policy_bool *bools;
	struct policy_sens *sens;
	struct policy_category *cats;
	struct names class_names, role_names, type_names, user_names, bool_names, sens_names, cat_names;

	/* The one class with rules of its own (new labels, role allow), and the permission that role allow gates. */
	uint32_t domain_class;	  /* value of `domain', or POLICY_NO_CLASS */
	uint32_t transition_perm; /* mask of its `transition', or 0 */

	uint32_t nrules; /* unconditional rules as the image counts them */
	uint32_t nav_rows, nav_groups;
	struct policy_av_row *av_rows;
	struct policy_av_group *av_groups;
	uint32_t *av_class; /* nclasses + 1: groups of class c are [av_class[c-1], av_class[c]) */

	uint32_t ntype_rules;
	struct policy_type_rule *type_rules;

	uint32_t nconds, ncond_rules;
	struct policy_cond *conds;
	struct policy_cond_rule *cond_rules; /* sorted as type rules are; equal keys in file order */

	uint32_t nrole_trans, nrole_allows;
	struct policy_role_trans *role_trans;  /* file order: the first match wins */
	struct policy_role_allow *role_allows; /* sorted by (role, new_role) */

	uint32_t nrange_trans;
	struct policy_range_trans *range_trans;

	uint32_t nocons[OCON_KINDS];
	struct policy_ocon *ocons[OCON_KINDS]; /* isid: by number; other kinds: file order */
};

/*
 * Makes a policy from @size bytes. On success *@policy is owned by the caller.
 * -EINVAL: *@error says section, offset and reason. -ENOMEM: likewise, with the
 * section that was being read. Nothing is kept of @bytes.
 */
int policy_create(const void *bytes, size_t size, struct policy **policy, struct image_error *error) PORT_MUST_CHECK;

/* NULL is allowed. */
void policy_destroy(struct policy *policy);

/* Rows of @source as a rule subject in @tclass; NULL when it has none. */
const struct policy_av_group *policy_av_group(const struct policy *policy, uint32_t source, uint32_t tclass);

/* The row of @target in @group, or NULL. */
const struct policy_av_row *policy_av_row(const struct policy *policy, const struct policy_av_group *group,
					  uint32_t target);

/* The unconditional type rule of exactly this key, or NULL. */
const struct policy_type_rule *policy_type_rule(const struct policy *policy, uint32_t source, uint32_t target,
						uint32_t tclass, uint32_t kind);

/*
 * Conditional rules with this (source, target, class), any kind: the first of
 * *@count neighbours, sorted by kind then file order; NULL when there are none.
 */
const struct policy_cond_rule *policy_cond_rules(const struct policy *policy, uint32_t source, uint32_t target,
						 uint32_t tclass, uint32_t *count);

/* Whether a role-allow rule (@role, @new_role) exists. */
bool policy_role_allowed(const struct policy *policy, uint32_t role, uint32_t new_role);

/* The range that a new object of this key gets by a rule, or NULL. */
const struct policy_range *policy_range_rule(const struct policy *policy, uint32_t source, uint32_t target,
					     uint32_t tclass);

/*
 * Whether the context may exist: numbers are declared and none is a hole; with
 * MLS its range is valid; unless the role is object_r, the role has the type,
 * the user the role, and the user's range contains the context's.
 */
bool policy_context_is_valid(const struct policy *policy, const struct policy_context *context);

#endif
