/* SPDX-License-Identifier: BSD-2-Clause */
/* What the tests of the security server share: a server, small policies, labels by short names. */
#ifndef TESTS_UNIT_SS_WORLD_H
#define TESTS_UNIT_SS_WORLD_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "flask/ss/context.h"
#include "flask/ss/server.h"
#include "hooks/model/port_posix.h"
#include "tests/support/blob.h"

/* Class numbers and permission bits of tests/fixtures/vectors/head.m4. */
enum { CLASS_XEN = 1, CLASS_XEN2, CLASS_DOMAIN, CLASS_EVENT, CLASS_GRANT, CLASS_COUNT = CLASS_GRANT };
enum { XEN2_A = 1, XEN2_F = 0x20 };
enum { DOMAIN_PAUSE = 2, DOMAIN_CREATE = 0x10, DOMAIN_TRANSITION = 0x20 };
enum { EVENT_BIND = 1, EVENT_SEND = 2, EVENT_STATUS = 4 };
enum { GRANT_MAP_READ = 1, GRANT_MAP_WRITE = 2 };

/* Xen's initial SIDs that the tests name, and the first number after them. */
enum {
	ISID_XEN = 2,
	ISID_DOM0 = 3,
	ISID_UNLABELED = 6,
	ISID_IOPORT = 8,
	ISID_IOMEM,
	ISID_IRQ,
	ISID_DEVICE,
	ISID_DOMU = 12,
	ISID_LAST = 13,
	FIRST_SID
};

/* No class check, Xen's initial SIDs, channels are class event. */
extern const struct ss_config world_config;

/* The image tests/fixtures/vectors/@name as built. */
struct blob world_image(const char *name);

/* The policy in it, which must be good. */
struct policy *world_policy(const char *name);

/* Stages and commits. On a refusal *@error says why. */
int world_try_load(struct ss_server *server, const struct blob *image, struct image_error *error);

/* The same for a fixture that must load. */
void world_load(struct ss_server *server, const char *name);

/*
 * The context of @text, which must be valid; text without a colon is a type of
 * sys_u:sys_r.
 */
struct policy_context world_context(const struct policy *policy, const char *text);

/* A context without levels, for tables. */
struct who {
	uint32_t user, role, type;
};
struct policy_context world_who(const struct who *who);

/* The SID of such a text, which must be valid. */
flask_sid_t world_sid(struct ss_server *server, const char *text);

/* Whether @sid prints as @text (full, or a type of sys_u:sys_r). */
void world_expect_label(const struct ss_server *server, flask_sid_t sid, const char *text);

/* The state of @policy with its default booleans; world_state_free() gives it back. */
struct policy_state world_state(const struct policy *policy);
void world_state_free(struct policy_state *state);

/*
 * Makes @parent the bounding value of the symbol named @name in @image, whose
 * record has @words 32-bit words: length, value, [properties,] bounds, then the
 * name. Types have 4 words, users 3.
 */
void world_patch_bounds(struct blob *image, const char *name, uint32_t words, uint32_t parent);

/* Log lines since the last world_log_start(), which sends them here. */
void world_log_start(void);
bool world_log_has(const char *part);
unsigned int world_log_count(void);

#endif
