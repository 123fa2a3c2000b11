/* SPDX-License-Identifier: BSD-2-Clause */
/* The security server's answers: each from one snapshot, in one read section. */
#include "flask/ss/private.h"

void ss_init(struct ss_server *server, const struct ss_config *config)
{
	memset(server, 0, sizeof(*server));
	server->config = config;
	port_mutex_init(&server->load_lock);
	port_spin_init(&server->sid_lock);
}

void ss_set_permissive(struct ss_server *server, bool permissive)
{
	port_store_u32(&server->permissive, permissive);
}

void ss_fini(struct ss_server *server)
{
	ss_snapshot_destroy(ss_live(server));
	port_slot_store(&server->live, NULL);
	ss_held_fini(server);
	port_spin_fini(&server->sid_lock);
	port_mutex_fini(&server->load_lock);
}

struct ss_snapshot *ss_live(const struct ss_server *server)
{
	return port_slot_load(&server->live);
}

/* The sid lock keeps a label from being made under the one number and given out under the other. */
void ss_publish(struct ss_server *server, struct ss_snapshot *next)
{
	unsigned long flags = port_spin_lock(&server->sid_lock);

	port_slot_store(&server->live, next);
	port_spin_unlock(&server->sid_lock, flags);
}

bool ss_is_loaded(const struct ss_server *server)
{
	return ss_live(server) != NULL;
}

struct ss_facts ss_facts(const struct ss_server *server)
{
	struct ss_facts facts = {0};
	const struct ss_snapshot *live;

	port_read_begin();
	live = ss_live(server);
	if (live)
		facts = ss_snapshot_facts(live);
	port_read_end();
	return facts;
}

uint32_t ss_seqno(const struct ss_server *server)
{
	const struct ss_snapshot *live;
	uint32_t seqno;

	port_read_begin();
	live = ss_live(server);
	seqno = live ? live->seqno : 0;
	port_read_end();
	return seqno;
}

bool ss_has_mls(const struct ss_server *server)
{
	const struct ss_snapshot *live;
	bool mls;

	port_read_begin();
	live = ss_live(server);
	mls = live && live->policy->mls;
	port_read_end();
	return mls;
}

struct sidtab_stats ss_label_stats(const struct ss_server *server)
{
	struct sidtab_stats stats = {0};
	const struct ss_snapshot *live;

	port_read_begin();
	live = ss_live(server);
	if (live)
		stats = sidtab_stats(live->sids);
	port_read_end();
	return stats;
}

enum policy_unknown ss_unknown(const struct ss_server *server)
{
	const struct ss_snapshot *live;
	enum policy_unknown unknown;

	port_read_begin();
	live = ss_live(server);
	unknown = live ? live->policy->unknown : POLICY_UNKNOWN_DENY;
	port_read_end();
	return unknown;
}

/* Before a policy everything is allowed; a refusal denies all and audits all. */
static void set_all(struct decision *access, uint32_t allowed)
{
	access->allowed = allowed;
	access->auditallow = 0;
	access->auditdeny = UINT32_MAX;
	access->permissive = false;
}

static int decide_by(const struct ss_snapshot *live, const struct ss_config *config, flask_sid_t source,
		     flask_sid_t target, uint32_t tclass, struct decision *access)
{
	const struct policy_context *from = ss_snapshot_context(live, config, source);
	const struct policy_context *to = ss_snapshot_context(live, config, target);
	struct policy_state state = ss_snapshot_state(live);
	const struct ss_map_class *row;
	uint32_t number = ss_map_find(live->map, live->policy, tclass, &row);
	int rc;

	if (!from || !to) {
		set_all(access, 0);
		return -EINVAL;
	}
	/* A class that the policy lacks, yet the hypervisor has, is refused here and answered from its row. */
	rc = decide_access(&state, from, to, number, access, NULL);
	if (!row)
		return rc;
	ss_map_answer(row, access);
	return 0;
}

int ss_decide(const struct ss_server *server, flask_sid_t source, flask_sid_t target, uint32_t tclass,
	      struct ss_decision *decision)
{
	const struct ss_snapshot *live;
	int rc = 0;

	port_read_begin();
	live = ss_live(server);
	decision->seqno = live ? live->seqno : 0;
	if (live)
		rc = decide_by(live, server->config, source, target, tclass, &decision->access);
	else
		set_all(&decision->access, UINT32_MAX);
	port_read_end();
	return rc;
}

static int print_before_policy(const struct ss_server *server, flask_sid_t sid, struct text *text)
{
	const char *name = ss_initial_name(server->config, sid);

	if (!name)
		return -EINVAL;
	text_add(text, name);
	return 0;
}

static int print_by(const struct ss_snapshot *live, const struct ss_config *config, flask_sid_t sid, struct text *text)
{
	const struct sid_entry *entry = sidtab_find(live->sids, sid);
	const struct policy_context *context;

	if (entry && entry->state == SID_LOST) {
		text_add(text, entry->lost_text);
		return 0;
	}
	context = ss_snapshot_context(live, config, sid);
	if (!context)
		return -EINVAL;
	context_print(live->policy, context, text);
	return 0;
}

int ss_sid_to_context(const struct ss_server *server, flask_sid_t sid, struct text *text)
{
	const struct ss_snapshot *live;
	int rc;

	port_read_begin();
	live = ss_live(server);
	rc = live ? print_by(live, server->config, sid, text) : print_before_policy(server, sid, text);
	port_read_end();
	return rc;
}

bool ss_sid_exists(const struct ss_server *server, flask_sid_t sid)
{
	const struct ss_snapshot *live;
	const struct sid_entry *entry;
	bool exists;

	port_read_begin();
	live = ss_live(server);
	if (live) {
		entry = sidtab_find(live->sids, sid);
		exists = entry && entry->state == SID_LIVE;
	} else {
		exists = sid && ss_initial_name(server->config, sid);
	}
	port_read_end();
	return exists;
}

static int find_by(const struct ss_snapshot *live, const struct ss_config *config, flask_sid_t source,
		   flask_sid_t target, uint32_t tclass, flask_sid_t *sid)
{
	struct policy_context label;
	flask_sid_t found;
	int rc;

	rc = ss_snapshot_label(live, config, source, target, tclass, RULE_TRANSITION, &label);
	if (rc)
		return rc;
	found = sidtab_find_context(live->sids, &label);
	if (!found)
		return -ENOENT;
	*sid = found;
	return 0;
}

int ss_find_transition(const struct ss_server *server, flask_sid_t source, flask_sid_t target, uint32_t tclass,
		       flask_sid_t *sid)
{
	const struct ss_snapshot *live;
	int rc = 0;

	port_read_begin();
	live = ss_live(server);
	if (live)
		rc = find_by(live, server->config, source, target, tclass, sid);
	else
		*sid = tclass == server->config->domain_class ? source : target;
	port_read_end();
	return rc;
}
