/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * libsepol as a second opinion on one policy image. Its headers define names
 * that clash with ours, so nothing of them is seen outside reference*.c.
 *
 * Two views of the same bytes: NATIVE is libsepol untouched; AS_XEN has exactly
 * those points changed in which Xen is documented to differ, by editing what
 * libsepol read (docs/oracle.md lists them). Where the two views disagree, ours
 * must give AS_XEN's answer.
 */
#ifndef TESTS_ORACLE_REFERENCE_H
#define TESTS_ORACLE_REFERENCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum reference_view { REFERENCE_NATIVE, REFERENCE_AS_XEN };
enum reference_part {
	REFERENCE_USER,
	REFERENCE_ROLE,
	REFERENCE_TYPE,
	REFERENCE_CLASS,
	REFERENCE_BOOL,
	REFERENCE_SENS,
	REFERENCE_CATEGORY
};

#define LABEL_WORDS 16u /* policies of up to 1024 categories */

struct label_level {
	uint32_t sens;
	uint64_t cats[LABEL_WORDS]; /* bit = value - 1 */
};

struct label {
	uint32_t user, role, type;
	struct label_level low, high; /* all zero without MLS */
};

struct vectors {
	uint32_t allowed, auditallow, auditdeny;
};

struct reference;

/* NULL: libsepol refuses the image. */
struct reference *reference_create(const void *bytes, size_t size);
void reference_destroy(struct reference *ref);

/* The highest number of a table, and whether a number is declared. */
uint32_t reference_count(const struct reference *ref, enum reference_part part);
bool reference_declares(const struct reference *ref, enum reference_part part, uint32_t value);
const char *reference_name(const struct reference *ref, enum reference_part part, uint32_t value);

/* libsepol's own check. The user, the role and the sensitivities must be declared or out of range: it reads through
 * holes. */
bool reference_is_valid(const struct reference *ref, enum reference_view view, const struct label *label);

/* A number that libsepol's server takes for @label; valid or not. Ends the program without memory. */
uint32_t reference_sid(struct reference *ref, const struct label *label);

/* Puts values (by number - 1) in force in both views. */
void reference_set_bools(struct reference *ref, const bool *values);
bool reference_bool(const struct reference *ref, uint32_t value);

/* False: libsepol refuses the query. */
bool reference_access(struct reference *ref, enum reference_view view, uint32_t source, uint32_t target,
		      uint16_t tclass, struct vectors *out);

/* @kind is 0x10 transition, 0x20 member, 0x40 change. False: refused (the result is not a valid context). */
bool reference_new_label(struct reference *ref, enum reference_view view, uint32_t kind, uint32_t source,
			 uint32_t target, uint16_t tclass, struct label *out);

/* libsepol's parser and printer. The text of @sid is the caller's to free(); NULL when it has none. */
bool reference_parse(struct reference *ref, const char *text, struct label *out);
char *reference_text(struct reference *ref, uint32_t sid);

/* The context the image gives to initial SID @sid. */
bool reference_initial(const struct reference *ref, uint32_t sid, struct label *out);

/* Facts for the table of expected differences, read from the untouched view. */
uint32_t reference_permissions(const struct reference *ref, uint16_t tclass); /* mask of those the class has */
bool reference_permissive(const struct reference *ref, uint32_t type);
uint32_t reference_bound(const struct reference *ref, uint32_t type);
bool reference_has_defaults(const struct reference *ref, uint16_t tclass);
bool reference_role_trans_moves(const struct reference *ref, uint32_t role, uint32_t type, uint16_t tclass);
bool reference_lacks_domain(
    const struct reference *ref); /* the class of its name, or transition in it, as libsepol has it */
bool reference_roles_hold_attributes(const struct reference *ref);
bool reference_has_stale_conditions(const struct reference *ref);

#endif
