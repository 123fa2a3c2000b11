/* SPDX-License-Identifier: BSD-2-Clause */
#include "tests/oom/rig.h"

#include "flask/ss/context.h"
#include "hooks/model/port_posix.h"

#include <err.h>
#include <inttypes.h>
#include <stdio.h>

void rig_violation(struct rig *rig, const char *what, const char *how)
{
	rig->violations++;
	printf("VIOLATION %s: %s\n", what, how);
}

static int load(struct ss_server *server, const struct blob *image, struct image_error *error)
{
	struct ss_stage *stage;
	int rc = ss_stage(server, image->bytes, image->size, &stage, error);

	return rc ? rc : ss_commit(server, stage);
}

/* A spread over source, target and class; the same each time. */
static void probe(const struct rig *rig, const struct ss_server *server, struct ss_decision *answers)
{
	memset(answers, 0, RIG_PROBES * sizeof(*answers)); /* padding too: compared as bytes */
	for (uint32_t i = 0; i < RIG_PROBES; i++) {
		flask_sid_t source = 1 + i % POLICY_INITIAL_SIDS;
		flask_sid_t target = 1 + (i * 5 + i / POLICY_INITIAL_SIDS) % POLICY_INITIAL_SIDS;

		if (ss_decide(server, source, target, 1 + i % rig->classes, &answers[i]))
			errx(1, "a probe was refused");
	}
}

static bool same_answers(const struct ss_decision *a, const struct ss_decision *b)
{
	for (uint32_t i = 0; i < RIG_PROBES; i++)
		if (a[i].seqno != b[i].seqno || a[i].access.allowed != b[i].access.allowed ||
		    a[i].access.auditallow != b[i].access.auditallow ||
		    a[i].access.auditdeny != b[i].access.auditdeny || a[i].access.permissive != b[i].access.permissive)
			return false;
	return true;
}

/* Whether an initial SID or a device of @policy has the label: it is there from the load on. */
static bool is_taken(const struct policy *policy, const struct policy_context *context)
{
	for (int kind = 0; kind < OCON_KINDS; kind++)
		for (uint32_t i = 0; i < policy->nocons[kind]; i++)
			if (context_equal(context, &policy->ocons[kind][i].context))
				return true;
	return false;
}

/* The first valid label that is not there yet. */
static bool find_new_label(struct rig *rig, const struct policy *policy)
{
	struct policy_context c = {0};
	struct text text;

	for (c.user = 1; c.user <= policy->nusers; c.user++)
		for (c.role = 1; c.role <= policy->nroles; c.role++)
			for (c.type = 1; c.type <= policy->ntypes; c.type++) {
				if (!policy_context_is_valid(policy, &c) || policy->types[c.type - 1].attribute ||
				    is_taken(policy, &c))
					continue;
				text_init(&text, rig->new_label, sizeof(rig->new_label));
				context_print(policy, &c, &text);
				return !text.cut;
			}
	return false;
}

static void read_facts(struct rig *rig)
{
	struct image_error error;
	struct policy *policy;

	if (policy_create(rig->image.bytes, rig->image.size, &policy, &error))
		errx(1, "the good image is refused: %s at byte %zu: %s", error.section, error.offset, error.reason);
	rig->classes = policy->nclasses;
	if (!find_new_label(rig, policy))
		errx(1, "the policy leaves no label to grow");
	policy_destroy(policy);
}

static void make_batch(struct rig *rig)
{
	for (uint32_t i = 0; i < RIG_BATCH; i++) {
		struct image_error error = {0};
		int rc;

		ss_init(&rig->servers[i], rig->config);
		rc = load(&rig->servers[i], &rig->image, &error);
		if (rc)
			errx(1, "the good image does not load: %d %s %s", rc, error.section ? error.section : "",
			     error.reason);
	}
	rig->used = 0;
	port_posix_quiesce();
}

/* After each server was tried on: the good image still loads, and nothing stays when it goes. */
static void end_batch(struct rig *rig)
{
	struct image_error error = {0};

	for (uint32_t i = 0; i < RIG_BATCH; i++) {
		if (load(&rig->servers[i], &rig->image, &error))
			rig_violation(rig, "afterwards", "the good image does not load");
		ss_fini(&rig->servers[i]);
	}
	port_posix_quiesce();
	if (port_posix_live_allocs() != rig->live_before)
		rig_violation(rig, "afterwards", "memory is lost");
}

struct ss_server *rig_server(struct rig *rig)
{
	if (rig->used == RIG_BATCH) {
		end_batch(rig);
		make_batch(rig);
	}
	return &rig->servers[rig->used++];
}

void rig_check_untouched(struct rig *rig, struct ss_server *server, uint64_t live, const char *what)
{
	struct ss_decision now[RIG_PROBES];
	struct ss_facts facts = ss_facts(server);
	flask_sid_t sid = 0;

	rig->checks++;
	if (port_posix_live_allocs() != live)
		rig_violation(rig, what, "allocations remain");
	probe(rig, server, now);
	if (!same_answers(now, rig->answers))
		rig_violation(rig, what, "the old policy does not answer as before");
	if (facts.seqno != rig->facts.seqno || facts.sids != rig->facts.sids || facts.types != rig->facts.types ||
	    facts.rules != rig->facts.rules || facts.lost_sids)
		rig_violation(rig, what, "the facts of the server changed");
	if (ss_context_to_sid(server, rig->new_label, strlen(rig->new_label), &sid))
		rig_violation(rig, what, "a label cannot be grown");
	else if (sid != rig->facts.sids + 1)
		rig_violation(rig, what, "the new label does not get the next number");
}

void rig_init(struct rig *rig, const struct ss_config *config, struct blob image)
{
	memset(rig, 0, sizeof(*rig));
	rig->config = config;
	rig->image = image;
	read_facts(rig);
	port_posix_quiesce();
	rig->live_before = port_posix_live_allocs();
	make_batch(rig);
	probe(rig, &rig->servers[0], rig->answers);
	rig->facts = ss_facts(&rig->servers[0]);
}

void rig_fini(struct rig *rig)
{
	end_batch(rig);
}
