/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Labels that domains carry, and the channel labels that follow from them: made
 * ahead, because a guest that opens a channel must not make labels.
 */
#include "flask/ss/private.h"

#define HELD_FIRST 16u /* labels; doubled when full */

struct held_label {
	flask_sid_t sid;
	uint32_t holds;
};

struct ss_held {
	uint32_t count, capacity;
	struct held_label labels[];
};

static struct held_label *find_held(const struct ss_server *server, flask_sid_t sid)
{
	struct ss_held *held = server->held;
	uint32_t i;

	for (i = 0; held && i < held->count; i++)
		if (held->labels[i].sid == sid)
			return &held->labels[i];
	return NULL;
}

/* Room for one more. */
static int grow(struct ss_server *server)
{
	struct ss_held *old = server->held, *grown;
	uint32_t capacity = old ? old->capacity * 2 : HELD_FIRST;

	if (old && old->count < old->capacity)
		return 0;
	grown = port_alloc(sizeof(*grown) + capacity * sizeof(grown->labels[0]));
	if (!grown)
		return -ENOMEM;
	if (old)
		memcpy(grown, old, sizeof(*old) + old->count * sizeof(old->labels[0]));
	grown->capacity = capacity;
	server->held = grown;
	port_free(old);
	return 0;
}

/* In the live table by its own rules; a table that nobody sees yet is simply extended. */
static int make_label(struct ss_server *server, const struct ss_snapshot *by, const struct policy_context *context)
{
	const struct ss_snapshot *live = ss_live(server);
	flask_sid_t sid;

	if (sidtab_find_context(by->sids, context))
		return 0;
	if (live && live->sids == by->sids)
		return ss_intern(server, live->seqno, context, &sid);
	return sidtab_insert(by->sids, context);
}

/* A pair whose channel would have no valid label is skipped: that channel cannot be made. */
static int make_pair(struct ss_server *server, const struct ss_snapshot *by, flask_sid_t source, flask_sid_t target)
{
	const struct ss_config *config = server->config;
	struct policy_context label;

	if (ss_snapshot_label(by, config, source, target, config->channel_class, RULE_TRANSITION, &label))
		return 0;
	return make_label(server, by, &label);
}

/* @sid with itself and, both ways, with the first @n held labels. */
static int make_pairs(struct ss_server *server, const struct ss_snapshot *by, flask_sid_t sid, uint32_t n)
{
	const struct ss_held *held = server->held;
	uint32_t i;
	int rc;

	if (!server->config->channel_class)
		return 0;
	rc = make_pair(server, by, sid, sid);
	for (i = 0; !rc && i < n; i++) {
		rc = make_pair(server, by, sid, held->labels[i].sid);
		if (!rc)
			rc = make_pair(server, by, held->labels[i].sid, sid);
	}
	return rc;
}

int ss_held_labels(struct ss_server *server, const struct ss_snapshot *by)
{
	const struct ss_held *held = server->held;
	uint32_t i;
	int rc = 0;

	for (i = 0; held && !rc && i < held->count; i++)
		rc = make_pairs(server, by, held->labels[i].sid, i);
	return rc;
}

void ss_held_fini(struct ss_server *server)
{
	port_free(server->held);
	server->held = NULL;
}

static int hold_new(struct ss_server *server, flask_sid_t sid)
{
	const struct ss_snapshot *live = ss_live(server);
	struct held_label *label;
	int rc;

	rc = grow(server);
	if (!rc && live)
		rc = make_pairs(server, live, sid, server->held->count);
	if (rc)
		return rc;
	label = &server->held->labels[server->held->count++];
	label->sid = sid;
	label->holds = 1;
	return 0;
}

int ss_hold(struct ss_server *server, flask_sid_t sid)
{
	struct held_label *label;
	int rc = 0;

	port_mutex_lock(&server->load_lock);
	label = find_held(server, sid);
	if (label)
		label->holds++;
	else
		rc = hold_new(server, sid);
	port_mutex_unlock(&server->load_lock);
	return rc;
}

void ss_release(struct ss_server *server, flask_sid_t sid)
{
	struct held_label *label;

	port_mutex_lock(&server->load_lock);
	label = find_held(server, sid);
	PORT_BUG_ON(!label);
	if (--label->holds == 0)
		*label = server->held->labels[--server->held->count];
	port_mutex_unlock(&server->load_lock);
}
