/* SPDX-License-Identifier: BSD-2-Clause */
/* Labels of several domains, replaced together. */
#include "flask/module/staged.h"
#include "flask/module/module.h"

struct flask_staged {
	struct flask_staged *next;
	struct domain *d;	   /* pinned */
	struct flask_sids from;	   /* its labels when the new one was prepared */
	struct flask_label *label; /* owned; NULL: it keeps those it has */
};

/* The caller's own pin may be one under which the host lets a dying domain's number go. */
static int pin(struct domain *d)
{
	struct domain *found = hv_domain_pin(hv_domain_id(d));

	if (found == d)
		return 0;
	if (found)
		hv_domain_unpin(found);
	return -ESRCH;
}

int flask_staged_add(struct flask_staged **list, struct domain *d, const struct flask_sids *from,
		     struct flask_label *label)
{
	struct flask_staged *staged = port_alloc(sizeof(*staged));
	int rc = staged ? pin(d) : -ENOMEM;

	if (rc) {
		port_free(staged);
		flask_label_destroy(label);
		return rc;
	}
	staged->next = *list;
	staged->d = d;
	staged->from = *from;
	staged->label = label;
	*list = staged;
	return 0;
}

void flask_staged_abandon(struct flask_staged *list)
{
	struct flask_staged *next;

	for (; list; list = next) {
		next = list->next;
		flask_label_destroy(list->label);
		hv_domain_unpin(list->d);
		port_free(list);
	}
}

static bool is_current(const struct flask_staged *list)
{
	struct flask_sids now;

	for (; list; list = list->next) {
		now = flask_domain_sids(list->d);
		if (now.sid != list->from.sid || now.self != list->from.self || now.target != list->from.target)
			return false;
	}
	return true;
}

int flask_staged_commit(struct flask_staged *list)
{
	struct flask_staged *at;
	int rc = -EAGAIN;

	port_mutex_lock(&flask.relabel_lock);
	if (is_current(list)) {
		for (at = list; at; at = at->next) {
			if (!at->label)
				continue;
			flask_label_publish(at->d, at->label);
			at->label = NULL;
		}
		rc = 0;
	}
	port_mutex_unlock(&flask.relabel_lock);
	flask_staged_abandon(list);
	return rc;
}
