/* SPDX-License-Identifier: BSD-2-Clause */
/* Loading a policy: prepare everything that can fail, then one pointer store. */
#include "flask/ss/private.h"

#define COMMIT_TRIES 16u /* times that labels made by others meanwhile are fetched before giving up */

struct ss_stage {
	struct ss_snapshot *next; /* owned */
	uint32_t carried;	  /* labels of the live table that are in the next one; first load: its initial SIDs */
};

/* Booleans keep their values by name; a new one has its default. */
static void carry_bools(const struct ss_snapshot *live, struct ss_snapshot *next)
{
	const char *name;
	uint32_t i, old;

	for (i = 0; i < next->policy->nbools; i++) {
		name = next->policy->bools[i].name;
		old = name ? names_find(&live->policy->bool_names, name, strlen(name)) : 0;
		if (old)
			next->bools[i] = live->bools[old - 1];
	}
}

static int stage_labels(const struct ss_server *server, struct ss_stage *stage, struct image_error *error)
{
	const struct ss_snapshot *live = ss_live(server);
	struct ss_snapshot *next = stage->next;
	int rc;

	next->sids = sidtab_create();
	if (!next->sids)
		return -ENOMEM;
	if (!live) {
		rc = ss_initial_fill(next->policy, next->sids);
		stage->carried = sidtab_count(next->sids);
		return rc;
	}
	next->keeps_invalid = port_load_u32(&server->permissive);
	rc = ss_carry_labels(live, next, &stage->carried);
	return rc ? rc : ss_carry_check(server->config, next, error);
}

/* Labels with levels and labels without cannot be told as each other. */
static int check_mls(const struct ss_snapshot *live, const struct policy *policy, struct image_error *error)
{
	char buf[SS_LINE_MAX];
	struct text reason;

	if (!live || live->policy->mls == policy->mls)
		return 0;
	text_init(&reason, buf, sizeof(buf));
	text_add(&reason, policy->mls ? "this policy has MLS and the one in force has none"
				      : "this policy has no MLS and the one in force has it");
	return ss_refuse(error, "header", &reason);
}

/* Fills the empty @stage; what it holds is given back by the caller, also on error. */
static int stage_fill(const struct ss_server *server, struct ss_stage *stage, struct policy *policy,
		      struct image_error *error)
{
	const struct ss_snapshot *live = ss_live(server);
	int rc;

	rc = check_mls(live, policy, error);
	if (rc)
		return rc;
	rc = ss_map_create(server->config, policy, &stage->next->map, error);
	if (!rc)
		rc = ss_initial_check(server->config, policy, error);
	if (rc)
		return rc;
	rc = stage_labels(server, stage, error);
	if (rc)
		return rc;
	stage->next->devices = ss_devices_create(policy);
	if (!stage->next->devices)
		return -ENOMEM;
	if (live)
		carry_bools(live, stage->next);
	cond_evaluate(policy, stage->next->bools, stage->next->cond_true);
	return 0;
}

static void stage_destroy(struct ss_stage *stage)
{
	ss_snapshot_destroy(stage->next);
	port_free(stage);
}

/* Takes @policy. */
static int stage_create(const struct ss_server *server, struct policy *policy, struct ss_stage **stage,
			struct image_error *error)
{
	struct ss_snapshot *next = ss_snapshot_create(policy);
	struct ss_stage *made = port_alloc(sizeof(*made));
	int rc;

	if (!next || !made) {
		policy_destroy(policy);
		port_free(next);
		port_free(made);
		return -ENOMEM;
	}
	made->next = next;
	rc = stage_fill(server, made, policy, error);
	if (rc) {
		stage_destroy(made);
		return rc;
	}
	*stage = made;
	return 0;
}

int ss_stage(struct ss_server *server, const void *bytes, size_t size, struct ss_stage **stage,
	     struct image_error *error)
{
	struct policy *policy;
	int rc;

	rc = policy_create(bytes, size, &policy, error);
	if (rc)
		return rc;
	port_mutex_lock(&server->load_lock);
	rc = stage_create(server, policy, stage, error);
	if (rc)
		port_mutex_unlock(&server->load_lock);
	return rc;
}

/*
 * Brings the next table up to the live one; then come the labels of the next
 * policy's devices, and those of channels as it decides.
 */
static int catch_up(struct ss_server *server, struct ss_stage *stage)
{
	const struct ss_snapshot *live = ss_live(server);
	int rc = 0;

	sidtab_truncate(stage->next->sids, stage->carried);
	if (live)
		rc = ss_carry_labels(live, stage->next, &stage->carried);
	if (!rc)
		rc = ss_devices_label(stage->next->devices, stage->next->sids);
	return rc ? rc : ss_held_labels(server, stage->next);
}

/* False: labels were made since catch_up(), and nothing has changed. */
static bool publish(struct ss_server *server, struct ss_stage *stage)
{
	unsigned long flags = port_spin_lock(&server->sid_lock);
	const struct ss_snapshot *live = ss_live(server);
	bool caught_up = !live || sidtab_count(live->sids) == stage->carried;

	if (caught_up) {
		stage->next->seqno = live ? live->seqno + 1 : 1;
		port_slot_store(&server->live, stage->next);
	}
	port_spin_unlock(&server->sid_lock, flags);
	return caught_up;
}

static int commit(struct ss_server *server, struct ss_stage *stage)
{
	uint32_t tries;
	int rc;

	for (tries = 0; tries < COMMIT_TRIES; tries++) {
		rc = catch_up(server, stage);
		if (rc)
			return rc;
		if (publish(server, stage))
			return 0;
	}
	return -EAGAIN;
}

int ss_commit(struct ss_server *server, struct ss_stage *stage)
{
	struct ss_snapshot *old = ss_live(server), *next = stage->next;
	int rc = commit(server, stage);

	if (rc) {
		ss_abandon(server, stage);
		return rc;
	}
	ss_map_report(server->config, next->policy, next->map);
	if (old) {
		ss_carry_report(old, next);
		ss_initial_report(server->config, next);
		ss_devices_report(old->devices);
	}
	port_mutex_unlock(&server->load_lock);
	ss_snapshot_retire(old, SS_SHARED_NOTHING);
	port_free(stage);
	return 0;
}

void ss_abandon(struct ss_server *server, struct ss_stage *stage)
{
	port_mutex_unlock(&server->load_lock);
	stage_destroy(stage);
}
