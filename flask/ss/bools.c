/* SPDX-License-Identifier: BSD-2-Clause */
/* Booleans of the policy in force, and changing them. */
#include "flask/ss/private.h"

uint32_t ss_bool_count(const struct ss_server *server)
{
	const struct ss_snapshot *live;
	uint32_t count;

	port_read_begin();
	live = ss_live(server);
	count = live ? live->policy->nbools : 0;
	port_read_end();
	return count;
}

int ss_bool_get(const struct ss_server *server, uint32_t index, bool *value, struct text *name)
{
	const struct ss_snapshot *live;
	int rc = -ENOENT;

	port_read_begin();
	live = ss_live(server);
	if (live && index < live->policy->nbools && live->policy->bools[index].name) {
		*value = live->bools[index];
		if (name)
			text_add(name, live->policy->bools[index].name);
		rc = 0;
	}
	port_read_end();
	return rc;
}

int ss_bool_find(const struct ss_server *server, const char *name, size_t len, uint32_t *index)
{
	const struct ss_snapshot *live;
	uint32_t value;

	port_read_begin();
	live = ss_live(server);
	value = live ? names_find(&live->policy->bool_names, name, len) : 0;
	port_read_end();
	if (!value)
		return -ENOENT;
	*index = value - 1;
	return 0;
}

/* A snapshot that differs from @live in its booleans and its number only. */
static struct ss_snapshot *succeed(const struct ss_snapshot *live, const bool *values)
{
	struct ss_snapshot *next = ss_snapshot_succeed(live);

	if (!next)
		return NULL;
	next->seqno++;
	if (live->policy->nbools) /* without booleans there need be no values */
		memcpy(next->bools, values, live->policy->nbools * sizeof(bool));
	cond_evaluate(next->policy, next->bools, next->cond_true);
	return next;
}

static int commit(struct ss_server *server, struct ss_snapshot *live, const bool *values)
{
	struct ss_snapshot *next = succeed(live, values);
	int rc;

	if (!next)
		return -ENOMEM;
	rc = ss_held_labels(server, next);
	if (rc) {
		ss_snapshot_destroy_own(next);
		return rc;
	}
	ss_publish(server, next);
	ss_snapshot_retire(live, SS_SHARED_ALL);
	return 0;
}

int ss_bools_commit(struct ss_server *server, const bool *values, uint32_t count)
{
	struct ss_snapshot *live;
	int rc = 0;

	port_mutex_lock(&server->load_lock);
	live = ss_live(server);
	if (count != (live ? live->policy->nbools : 0))
		rc = -EFAULT;
	else if (live)
		rc = commit(server, live, values);
	port_mutex_unlock(&server->load_lock);
	return rc;
}
