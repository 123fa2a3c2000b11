/* SPDX-License-Identifier: BSD-2-Clause */
/* The public face of the Flask module: all that a host sees of it. */
#ifndef FLASK_FLASK_H
#define FLASK_FLASK_H

#include "hooks/xsm.h"

/* The boot parameter `flask=`, by Xen's words. */
enum flask_mode { FLASK_MODE_ENFORCING, FLASK_MODE_PERMISSIVE, FLASK_MODE_LATE, FLASK_MODE_DISABLED };

/* Finds a mode by its word; false for any other word. */
bool flask_mode_parse(const char *word, enum flask_mode *mode);

struct flask_boot {
	enum flask_mode mode;
	const void *policy; /* image of a boot module; borrowed for the call; NULL when there is none */
	size_t policy_size; /* bytes */
};

/*
 * Starts the module and loads the boot policy. Returns the table to put in
 * force, or NULL when there is none: mode disabled (the host then uses its
 * default module), or enforcing without a loadable policy, or no memory to
 * start, in which cases *@refused is true and the host must not boot; the reason
 * is in the log.
 * Called once per boot, on one CPU, before the first domain.
 */
const struct xsm_ops *flask_init(const struct flask_boot *boot, bool *refused);

/* Stops the module; for hosts that end in order. No hook may run any more. */
void flask_fini(void);

#endif
