/* SPDX-License-Identifier: BSD-2-Clause */
/* New labels for several domains at once: all are prepared, then all are given, or none. */
#ifndef FLASK_MODULE_STAGED_H
#define FLASK_MODULE_STAGED_H

#include "flask/module/labels.h"

struct flask_staged; /* a list; empty is NULL */

/*
 * Adds @label (taken, also on error) for @d, which has the label @from. What
 * @label says of other domains must hold as long as @d has that label. -ENOMEM.
 */
int flask_staged_add(struct flask_staged **list, struct domain *d, flask_sid_t from,
		     struct flask_label *label) PORT_MUST_CHECK;

/*
 * Gives all labels. Consumes the list. -EAGAIN: a domain was relabelled since
 * it was added; nothing has changed.
 */
int flask_staged_commit(struct flask_staged *list) PORT_MUST_CHECK;

/* Gives none. */
void flask_staged_abandon(struct flask_staged *list);

#endif
