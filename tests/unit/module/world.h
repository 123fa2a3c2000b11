/* SPDX-License-Identifier: BSD-2-Clause */
/* What the tests of the module share: a booted module under tests/fixtures/module/hooks.te. */
#ifndef TESTS_UNIT_MODULE_WORLD_H
#define TESTS_UNIT_MODULE_WORLD_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "flask/flask.h"
#include "flask/module/labels.h"
#include "flask/module/module.h"
#include "flask/perms.h"
#include "hooks/model/port_posix.h"
#include "tests/support/blob.h"
#include "tests/support/log.h"
#include "tests/unit/module/fake_hv.h"

/* The domains of every test: idle is xenboot until made active; a and b are guests of types a_t and b_t. */
extern struct domain idle, dom0, a, b;

/* The image tests/fixtures/module/hooks.te as built; another of that place. */
struct blob world_image(void);
struct blob world_image_of(const char *name);

/* Boots the module with that policy, makes idle and dom0. */
void world_boot(enum flask_mode mode);

/* Boots the module without a policy. */
void world_boot_late(void);

/* The same, and idle active, a and b made by dom0, which is current; the log is empty. */
void world_with_guests(enum flask_mode mode);

/* The same under another policy that has hooks.te's labels and booleans. */
void world_with_policy(enum flask_mode mode, const char *name);

/* Frees the domains' labels, stops the module; fails the test when memory is left. */
void world_end(void);

/* Turns a boolean of the policy. */
void world_set(const char *boolean, bool value);

/* The number of system_u:system_r:@type, or of a whole context. Made if new. */
flask_sid_t world_sid(const char *type);

/* Whether the server holds @sid for a domain. */
bool world_is_held(flask_sid_t sid);

/* The label with which @d acts must be @type. */
void world_expect_label(struct domain *d, const char *type, const char *self_type);

#endif
