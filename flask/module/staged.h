/* SPDX-License-Identifier: BSD-2-Clause */
/* New labels for several domains at once: all are prepared, then all are given, or none. */
#ifndef FLASK_MODULE_STAGED_H
#define FLASK_MODULE_STAGED_H

#include "flask/module/labels.h"

struct flask_staged; /* a list; empty is NULL */

/*
 * Adds @label (taken, also on error) for @d, whose labels are @from. NULL: @d keeps
 * its labels, and another label of the list holds only as long as it does.
 * -ENOMEM; -ESRCH: the host does not find @d any more.
 */
int flask_staged_add(struct flask_staged **list, struct domain *d, const struct flask_sids *from,
		     struct flask_label *label) PORT_MUST_CHECK;

/*
 * Gives all labels. Consumes the list. -EAGAIN: a domain of the list has
 * other labels than those it was added with; nothing has changed.
 */
int flask_staged_commit(struct flask_staged *list) PORT_MUST_CHECK;

/* Gives none. */
void flask_staged_abandon(struct flask_staged *list);

#endif
