/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A policy in the making: what the three passes hand to each other and nobody
 * else sees. Parsing fills the tables and checks what a record says of itself;
 * validating proves every reference; indexing sorts, and so finds what stands
 * twice. Each pass ends at its first failure, in draft->im.
 */
#ifndef FLASK_DB_PARSE_H
#define FLASK_DB_PARSE_H

#include "flask/db/policy.h"

#define POLICY_NUMBER_MAX   65535u /* rules name types and classes by 16 bits */
#define POLICY_SYMTAB_SLACK 4096u  /* values of a table that may have no record (role attributes of the source) */
#define POLICY_RULE_SIZE    12u	   /* bytes of a rule in the image */
#define POLICY_RULE_ENABLED 0x8000u
#define POLICY_ACCESS_KINDS (RULE_ALLOW | RULE_AUDITALLOW | RULE_AUDITDENY)
#define POLICY_TYPE_KINDS   (RULE_TRANSITION | RULE_MEMBER | RULE_CHANGE)

enum draft_table_id {
	DRAFT_COMMONS,
	DRAFT_CLASSES,
	DRAFT_ROLES,
	DRAFT_TYPES,
	DRAFT_USERS,
	DRAFT_BOOLS,
	DRAFT_LEVELS,
	DRAFT_CATEGORIES,
	DRAFT_TABLES
};

/* Offsets ("at") are bytes from the start of the image. */
struct draft_symbol {
	const char *name;
	uint32_t at;		  /* of its record */
	uint32_t value, value_at; /* value_at: draft_add_symbol() fills it in */
	bool alias;		  /* another name of a value */
};

struct draft_table {
	uint32_t nprim;		      /* values are 1..nprim */
	uint32_t count;		      /* symbols */
	struct draft_symbol *symbols; /* file order */
	uint64_t *declared;	      /* bit = value - 1 */
};

/* A set whose members must be declared in @table. */
struct draft_set {
	struct draft_set *next;
	const struct bitmap *set;
	enum draft_table_id table;
	uint32_t at;
	const char *section;
	const char *what; /* "types of role", ... */
	const char *owner;
};

/* A range that must be valid, once every sensitivity is read. */
struct draft_range {
	struct draft_range *next;
	const struct policy_range *range;
	uint32_t at;
	const char *section;
	const char *what;  /* "range of user", ... */
	const char *owner; /* may be NULL */
};

struct draft_rule {
	uint16_t source, target, tclass, kind;
	uint32_t data;
};

struct draft_rules {
	uint32_t count;
	uint32_t at; /* of the first; the others follow at POLICY_RULE_SIZE */
	struct draft_rule *rules;
};

struct draft_cond {
	uint32_t nodes_at;	    /* 8 bytes each */
	struct draft_rules list[2]; /* by the state that enables it: false, true */
};

struct draft_range_trans {
	uint32_t at; /* of the record */
	uint32_t source, target, tclass;
	struct policy_range range;
};

struct draft_ocon {
	uint32_t at; /* of the record */
	uint32_t context_at;
};

struct policy_draft {
	struct policy *policy;
	struct image im;
	struct arena scratch; /* gone when the policy is made */
	struct draft_table tables[DRAFT_TABLES];
	struct draft_set *sets, **sets_end;	  /* file order */
	struct draft_range *ranges, **ranges_end; /* file order */
	struct draft_rules rules;
	struct draft_cond *conds;
	uint32_t permissive_at, role_trans_at, role_allows_at;
	struct draft_range_trans *range_trans; /* file order */
	struct draft_ocon *ocons[OCON_KINDS];  /* file order */
};

/* The three passes, in this order; each returns the status of draft->im. */
int policy_parse(struct policy_draft *draft) PORT_MUST_CHECK;
int policy_validate(struct policy_draft *draft) PORT_MUST_CHECK;
int policy_index(struct policy_draft *draft) PORT_MUST_CHECK;

/* Parts of the passes, one file each. */
void policy_parse_symbols(struct policy_draft *draft);
void policy_parse_class(struct policy_draft *draft);

/* The permissions of a class or common: two counts, and later their records. */
struct draft_perms {
	uint32_t at; /* of the counts */
	uint32_t highest, count;
};
void policy_read_perm_counts(struct policy_draft *draft, struct draft_perms *perms);
void policy_parse_perms(struct policy_draft *draft, struct policy_class *class, const struct draft_perms *perms);

void policy_parse_rules(struct policy_draft *draft);
void policy_parse_objects(struct policy_draft *draft);
void policy_parse_range_trans(struct policy_draft *draft);
void policy_validate_range_trans(struct policy_draft *draft);
void policy_index_range_trans(struct policy_draft *draft);
void policy_validate_ranges(struct policy_draft *draft);
void policy_validate_rules(struct policy_draft *draft);
void policy_index_rules(struct policy_draft *draft);
void policy_index_conditionals(struct policy_draft *draft);
void policy_index_objects(struct policy_draft *draft);

/* Memory of the policy, and memory that lasts until it is made. NULL: the failure is recorded. */
void *draft_alloc(struct policy_draft *draft, size_t count, size_t size) PORT_MUST_CHECK;
void *draft_scratch(struct policy_draft *draft, size_t count, size_t size) PORT_MUST_CHECK;

/* The position in the image; images are smaller than 4 GiB. */
uint32_t draft_at(const struct policy_draft *draft);

/* Reads a name of a symbol or permission; it lives as long as the policy. Never NULL. */
const char *draft_read_name(struct policy_draft *draft, uint32_t len);

/*
 * Adds a symbol to its table; true when its value is in range and, unless it is
 * an alias, nobody else's. The value stands at @value_at.
 */
bool draft_add_symbol(struct policy_draft *draft, enum draft_table_id table, const struct draft_symbol *symbol,
		      uint32_t value_at);

/* Reads a set and notes that its members must be declared in @table. @set must stay where it is. */
void draft_read_set(struct policy_draft *draft, struct bitmap *set, enum draft_table_id table, const char *what,
		    const char *owner);

/* Reads a set that nothing is made of (Xen reads it too). */
void draft_skip_set(struct policy_draft *draft);

/*
 * Reads a range, or a level, and notes that it must be valid. Both must stay
 * where they are. Without MLS they are read and left as they are: all zero.
 */
void draft_read_range(struct policy_draft *draft, struct policy_range *range, const char *what, const char *owner);
void draft_read_level(struct policy_draft *draft, struct policy_level *level, const char *what, const char *owner);

/* What messages call a kind of object context. */
const char *policy_ocon_section(enum policy_ocon_kind kind);

/* Whether @value has a record in @table (or is object_r). */
bool draft_declared(const struct policy_draft *draft, enum draft_table_id table, uint32_t value);

/* Fails unless @value is declared: "WHAT VALUE is not declared". */
void draft_require(struct policy_draft *draft, enum draft_table_id table, uint32_t value, size_t at, const char *what);

#endif
