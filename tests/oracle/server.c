/* SPDX-License-Identifier: BSD-2-Clause */
#include "tests/oracle/server.h"

#include "flask/ss/context.h"
#include "flask/ss/server.h"
#include "tests/oracle/states.h"

#include <inttypes.h>
#include <stdio.h>

#define TEXT_MAX 4096u

static const struct ss_config any_policy = {.unlabeled = 6, .before_policy = 2};

static void differ(struct duel *duel, const char *what, const char *ours, const char *theirs)
{
	duel->tally.differences++;
	printf("DIFFERENCE %s: server: %s: `%s', expected `%s'\n", duel->name, what, ours, theirs);
}

static bool declared(const struct duel *duel, const struct policy_context *c)
{
	return !duel->policy->types[c->type - 1].attribute; /* an attribute has no text */
}

static void print_context(const struct duel *duel, const struct policy_context *c, struct text *text, char *buf)
{
	text_init(text, buf, TEXT_MAX);
	context_print(duel->policy, c, text);
}

static void initial_labels(struct duel *duel, const struct ss_server *server)
{
	for (uint32_t sid = 1; sid <= POLICY_INITIAL_SIDS; sid++) {
		char ours[TEXT_MAX], theirs[TEXT_MAX];
		struct text our_text, their_text;
		struct label label;
		struct bitmap_word words[2 * LABEL_WORDS];
		struct policy_context c;

		if (!reference_initial(duel->ref, sid, &label)) {
			differ(duel, "initial SID", "given", "absent");
			continue;
		}
		c = label_to(&label, words);
		print_context(duel, &c, &their_text, theirs);
		text_init(&our_text, ours, sizeof(ours));
		if (ss_sid_to_context(server, sid, &our_text) || strcmp(ours, theirs))
			differ(duel, "text of an initial SID", ours, theirs);
	}
}

/* The server's number of a label; its text must come back. 0 after a difference. */
static flask_sid_t server_sid(struct duel *duel, struct ss_server *server, const struct policy_context *c)
{
	char text[TEXT_MAX], back[TEXT_MAX];
	struct text out;
	flask_sid_t sid;

	print_context(duel, c, &out, text);
	if (ss_context_to_sid(server, text, out.len, &sid)) {
		differ(duel, "label refused", "", text);
		return 0;
	}
	text_init(&out, back, sizeof(back));
	if (ss_sid_to_context(server, sid, &out) || strcmp(back, text))
		differ(duel, "label to text", back, text);
	return sid;
}

static void access_by_number(struct duel *duel, const struct ss_server *server, const struct duel_label *s,
			     const struct duel_label *t, const flask_sid_t sids[2], uint32_t tclass)
{
	struct ss_decision by_number;
	struct decision d;
	int rc, expected;

	duel_access(duel, s, t, tclass);
	expected = decide_access(&duel->state, &s->ours, &t->ours, tclass, &d, NULL);
	rc = ss_decide(server, sids[0], sids[1], tclass, &by_number);
	if (rc != expected || by_number.access.allowed != d.allowed || by_number.access.auditallow != d.auditallow ||
	    by_number.access.auditdeny != d.auditdeny || by_number.access.permissive != d.permissive)
		differ(duel, "decision by number", "another", "that by context");
}

static void label_by_number(struct duel *duel, struct ss_server *server, const struct duel_label *s,
			    const struct duel_label *t, const flask_sid_t sids[2], uint32_t tclass)
{
	char ours[TEXT_MAX] = "", expected[TEXT_MAX];
	struct policy_context c = decide_label(&duel->state, &s->ours, &t->ours, tclass, RULE_TRANSITION);
	struct text text;
	flask_sid_t sid;
	int rc;

	duel_new_label(duel, RULE_TRANSITION, s, t, tclass);
	rc = ss_compute_label(server, sids[0], sids[1], tclass, RULE_TRANSITION, false, &sid);
	if (!policy_context_is_valid(duel->policy, &c)) {
		if (rc != -EACCES)
			differ(duel, "new label by number", "made", "refused");
		return;
	}
	print_context(duel, &c, &text, expected);
	text_init(&text, ours, sizeof(ours));
	if (rc || ss_sid_to_context(server, sid, &text) || strcmp(ours, expected))
		differ(duel, "new label by number", ours, expected);
}

static void query_by_number(struct duel *duel, struct ss_server *server, const struct duel_label *s,
			    const struct duel_label *t, uint32_t tclass)
{
	flask_sid_t sids[2];

	if (!declared(duel, &s->ours) || !declared(duel, &t->ours))
		return;
	sids[0] = server_sid(duel, server, &s->ours);
	sids[1] = server_sid(duel, server, &t->ours);
	if (!sids[0] || !sids[1])
		return;
	access_by_number(duel, server, s, t, sids, tclass);
	label_by_number(duel, server, s, t, sids, tclass);
}

static bool load(struct duel *duel, struct ss_server *server, const void *image, size_t size)
{
	struct image_error error = {0};
	struct ss_stage *stage;

	if (ss_stage(server, image, size, &stage, &error)) {
		differ(duel, "load refused", error.reason, "loaded");
		return false;
	}
	if (ss_commit(server, stage)) {
		differ(duel, "commit refused", "", "loaded");
		return false;
	}
	return true;
}

void duel_server(struct duel *duel, const void *image, size_t size, const struct duel_label *labels, uint32_t count,
		 uint32_t queries, uint64_t *random)
{
	struct ss_server server;

	ss_init(&server, &any_policy);
	if (load(duel, &server, image, size)) {
		initial_labels(duel, &server);
		if (ss_bools_commit(&server, duel->bools, duel->policy->nbools))
			differ(duel, "boolean commit", "refused", "in force");
		while (count && queries--) {
			const struct duel_label *s = &labels[random_next(random) % count];
			const struct duel_label *t = &labels[random_next(random) % count];

			query_by_number(duel, &server, s, t, random_next(random) % (duel->policy->nclasses + 2));
		}
	}
	ss_fini(&server);
}
