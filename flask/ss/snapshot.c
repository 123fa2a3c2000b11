/* SPDX-License-Identifier: BSD-2-Clause */
/* One published state of the server. */
#include "flask/ss/private.h"

struct ss_snapshot *ss_snapshot_create(struct policy *policy)
{
	struct ss_snapshot *snapshot;
	uint32_t i;

	snapshot = port_alloc(sizeof(*snapshot) + policy->nbools * sizeof(bool) + policy->nconds);
	if (!snapshot)
		return NULL;
	snapshot->policy = policy;
	snapshot->bools = (bool *)(snapshot + 1);
	snapshot->cond_true = (uint8_t *)(snapshot->bools + policy->nbools);
	for (i = 0; i < policy->nbools; i++)
		snapshot->bools[i] = policy->bools[i].state;
	return snapshot;
}

struct ss_snapshot *ss_snapshot_succeed(const struct ss_snapshot *live)
{
	struct ss_snapshot *next = ss_snapshot_create(live->policy);

	if (!next)
		return NULL;
	next->seqno = live->seqno;
	next->sids = live->sids;
	next->map = live->map;
	next->devices = live->devices;
	memcpy(next->bools, live->bools, live->policy->nbools * sizeof(bool));
	memcpy(next->cond_true, live->cond_true, live->policy->nconds);
	return next;
}

void ss_snapshot_destroy_own(struct ss_snapshot *snapshot)
{
	port_free(snapshot);
}

void ss_snapshot_destroy(struct ss_snapshot *snapshot)
{
	if (!snapshot)
		return;
	ss_devices_destroy(snapshot->devices);
	sidtab_destroy(snapshot->sids);
	port_free(snapshot->map);
	policy_destroy(snapshot->policy);
	ss_snapshot_destroy_own(snapshot);
}

static void readers_are_gone(struct port_deferred *deferred)
{
	struct ss_snapshot *snapshot = PORT_CONTAINER_OF(deferred, struct ss_snapshot, deferred);

	switch (snapshot->shared) {
	case SS_SHARED_NOTHING:
		ss_snapshot_destroy(snapshot);
		return;
	case SS_SHARED_POLICY:
		ss_devices_destroy(snapshot->devices);
		break;
	case SS_SHARED_ALL:
		break;
	}
	ss_snapshot_destroy_own(snapshot);
}

void ss_snapshot_retire(struct ss_snapshot *snapshot, enum ss_shared shared)
{
	if (!snapshot)
		return;
	snapshot->shared = shared;
	port_defer(&snapshot->deferred, readers_are_gone);
}

struct policy_state ss_snapshot_state(const struct ss_snapshot *snapshot)
{
	struct policy_state state = {snapshot->policy, snapshot->bools, snapshot->cond_true};

	return state;
}

const struct policy_context *ss_snapshot_context(const struct ss_snapshot *snapshot, const struct ss_config *config,
						 flask_sid_t sid)
{
	const struct sid_entry *entry = sidtab_find(snapshot->sids, sid);

	if (!entry || entry->state != SID_LIVE)
		entry = sidtab_find(snapshot->sids, config->unlabeled);
	return entry && entry->state == SID_LIVE ? &entry->context : NULL;
}

int ss_snapshot_label(const struct ss_snapshot *snapshot, const struct ss_config *config, flask_sid_t source,
		      flask_sid_t target, uint32_t tclass, enum policy_rule_kind kind, struct policy_context *label)
{
	const struct policy_context *from = ss_snapshot_context(snapshot, config, source);
	const struct policy_context *to = ss_snapshot_context(snapshot, config, target);
	struct policy_state state = ss_snapshot_state(snapshot);
	const struct ss_map_class *row;
	uint32_t number = ss_map_find(snapshot->map, snapshot->policy, tclass, &row);

	if (!from || !to || (snapshot->map && !row && !number))
		return -EINVAL;
	*label = decide_label(&state, from, to, number, kind);
	return policy_context_is_valid(snapshot->policy, label) ? 0 : -EACCES;
}

struct ss_facts ss_snapshot_facts(const struct ss_snapshot *snapshot)
{
	const struct policy *policy = snapshot->policy;
	const struct sid_entry *entry;
	struct ss_facts facts = {0};
	uint32_t i, count = sidtab_count(snapshot->sids);

	facts.version = policy->version;
	facts.mls = policy->mls;
	facts.unknown = policy->unknown;
	facts.rules = policy->nrules;
	facts.seqno = snapshot->seqno;
	for (i = 0; i < policy->ntypes; i++)
		facts.types += policy->types[i].name && !policy->types[i].attribute;
	for (i = 0; i < policy->nclasses; i++)
		facts.classes += policy->classes[i].name != NULL;
	for (i = 0; i < policy->nbools; i++)
		facts.bools += policy->bools[i].name != NULL;
	for (i = 1; i <= count; i++) {
		entry = sidtab_find(snapshot->sids, i);
		facts.sids += entry != NULL;
		facts.lost_sids += entry && entry->state == SID_LOST;
	}
	return facts;
}
