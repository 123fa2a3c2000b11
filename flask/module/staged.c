/* SPDX-License-Identifier: BSD-2-Clause */
/* Labels of several domains, replaced together. */
#include "flask/module/staged.h"
#include "flask/module/module.h"

struct flask_staged {
	struct flask_staged *next;
	struct domain *d;	   /* pinned by the caller, or here */
	flask_sid_t from;	   /* its label when the new one was prepared */
	struct flask_label *label; /* owned */
};

int flask_staged_add(struct flask_staged **list, struct domain *d, flask_sid_t from, struct flask_label *label)
{
	struct flask_staged *staged = port_alloc(sizeof(*staged));

	if (!staged) {
		flask_label_destroy(label);
		return -ENOMEM;
	}
	staged->next = *list;
	staged->d = hv_domain_pin(hv_domain_id(d));
	PORT_BUG_ON(staged->d != d);
	staged->from = from;
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
	for (; list; list = list->next)
		if (flask_subject_sid(list->d) != list->from)
			return false;
	return true;
}

int flask_staged_commit(struct flask_staged *list)
{
	struct flask_staged *at;
	int rc = -EAGAIN;

	port_mutex_lock(&flask.relabel_lock);
	if (is_current(list)) {
		for (at = list; at; at = at->next) {
			flask_label_publish(at->d, at->label);
			at->label = NULL;
		}
		rc = 0;
	}
	port_mutex_unlock(&flask.relabel_lock);
	flask_staged_abandon(list);
	return rc;
}
