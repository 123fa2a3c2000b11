/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * bench POLICY...: loading, deciding and naming labels, against libsepol on the
 * same image in the same run. Prints figures; judges nothing but that both sides
 * did the work (the sums of what they allowed must agree).
 */
#include "flask/module/abi.h"
#include "flask/ss/context.h"
#include "flask/ss/server.h"
#include "hooks/model/port_posix.h"
#include "tests/bench/measure.h"
#include "tests/bench/peer.h"
#include "tests/oracle/states.h"
#include "tests/support/blob.h"

#include <err.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#define LABELS	200u  /* carried by domains and objects of one host */
#define TRIPLES 5000u /* distinct questions, asked in random order */
#define TEXT	256u

struct triple {
	uint32_t source, target; /* indexes of labels */
	uint32_t tclass;
};

struct bench {
	const char *name;
	struct blob image;
	struct ss_server server;
	struct policy *policy;
	bool *bools;
	uint8_t *cond_true;
	struct policy_state state;
	uint32_t nlabels;
	struct policy_context contexts[LABELS];
	char texts[LABELS][TEXT];
	flask_sid_t sids[LABELS];
	uint32_t peer_sids[LABELS];
	struct triple triples[TRIPLES];
	uint64_t sum; /* keeps the work from being optimised away */
};

static void ours_create(void *context, uint64_t times)
{
	struct bench *b = context;
	struct image_error error;

	while (times--) {
		struct policy *policy;

		if (policy_create(b->image.bytes, b->image.size, &policy, &error))
			errx(1, "%s: %s: %s", b->name, error.section, error.reason);
		policy_destroy(policy);
	}
}

static void peer_create(void *context, uint64_t times)
{
	struct bench *b = context;

	while (times--)
		if (!peer_load(b->image.bytes, b->image.size))
			errx(1, "%s: libsepol refuses it", b->name);
}

static void ours_stage(void *context, uint64_t times)
{
	struct bench *b = context;
	struct image_error error;

	while (times--) {
		struct ss_server server;
		struct ss_stage *stage;

		ss_init(&server, flask_abi_config());
		if (ss_stage(&server, b->image.bytes, b->image.size, &stage, &error))
			errx(1, "%s: %s: %s", b->name, error.section, error.reason);
		ss_abandon(&server, stage);
		ss_fini(&server);
	}
}

static void peer_stage(void *context, uint64_t times)
{
	struct bench *b = context;

	while (times--)
		if (!peer_load_sids(b->image.bytes, b->image.size))
			errx(1, "%s: libsepol refuses it", b->name);
}

static void ours_decide(void *context, uint64_t times)
{
	struct bench *b = context;
	uint32_t i = 0;

	while (times--) {
		const struct triple *t = &b->triples[i];
		struct decision d;

		if (decide_access(&b->state, &b->contexts[t->source], &b->contexts[t->target], t->tclass, &d, NULL))
			errx(1, "refused");
		b->sum += d.allowed;
		i = i + 1 == TRIPLES ? 0 : i + 1;
	}
}

static void ours_decide_sid(void *context, uint64_t times)
{
	struct bench *b = context;
	uint32_t i = 0;

	while (times--) {
		const struct triple *t = &b->triples[i];
		struct ss_decision d;

		if (ss_decide(&b->server, b->sids[t->source], b->sids[t->target], t->tclass, &d))
			errx(1, "refused");
		b->sum += d.access.allowed;
		i = i + 1 == TRIPLES ? 0 : i + 1;
	}
}

static void peer_decide(void *context, uint64_t times)
{
	struct bench *b = context;
	uint32_t i = 0;

	while (times--) {
		const struct triple *t = &b->triples[i];

		b->sum += peer_access(b->peer_sids[t->source], b->peer_sids[t->target], (uint16_t)t->tclass);
		i = i + 1 == TRIPLES ? 0 : i + 1;
	}
}

static void ours_to_sid(void *context, uint64_t times)
{
	struct bench *b = context;
	uint32_t i = 0;

	while (times--) {
		flask_sid_t sid;

		if (ss_context_to_sid(&b->server, b->texts[i], strlen(b->texts[i]) + 1, &sid))
			errx(1, "refused");
		b->sum += sid;
		i = i + 1 == b->nlabels ? 0 : i + 1;
	}
}

static void peer_to_sid(void *context, uint64_t times)
{
	struct bench *b = context;
	uint32_t i = 0;

	while (times--) {
		b->sum += peer_sid(b->texts[i], strlen(b->texts[i]) + 1);
		i = i + 1 == b->nlabels ? 0 : i + 1;
	}
}

static void ours_to_text(void *context, uint64_t times)
{
	struct bench *b = context;
	char buf[TEXT];
	struct text text;
	uint32_t i = 0;

	while (times--) {
		text_init(&text, buf, sizeof(buf));
		if (ss_sid_to_context(&b->server, b->sids[i], &text))
			errx(1, "refused");
		b->sum += text.len;
		i = i + 1 == b->nlabels ? 0 : i + 1;
	}
}

static void peer_to_text(void *context, uint64_t times)
{
	struct bench *b = context;
	uint32_t i = 0;

	while (times--) {
		b->sum += peer_text(b->peer_sids[i]);
		i = i + 1 == b->nlabels ? 0 : i + 1;
	}
}

static void load_server(struct bench *b)
{
	struct image_error error;
	struct ss_stage *stage;

	ss_init(&b->server, flask_abi_config());
	if (ss_stage(&b->server, b->image.bytes, b->image.size, &stage, &error) || ss_commit(&b->server, stage))
		errx(1, "%s: does not load", b->name);
	if (policy_create(b->image.bytes, b->image.size, &b->policy, &error))
		errx(1, "%s: %s", b->name, error.reason);
	b->bools = calloc(b->policy->nbools + 1, sizeof(*b->bools));
	b->cond_true = calloc(b->policy->nconds + 1, 1);
	if (!b->bools || !b->cond_true)
		errx(1, "no memory");
	for (uint32_t i = 0; i < b->policy->nbools; i++)
		b->bools[i] = b->policy->bools[i].state;
	cond_evaluate(b->policy, b->bools, b->cond_true);
	b->state = (struct policy_state){b->policy, b->bools, b->cond_true};
	if (!peer_open(b->image.bytes, b->image.size))
		errx(1, "%s: libsepol refuses it", b->name);
}

/* A random valid label that has a text. */
static struct policy_context random_label(const struct policy *p, uint64_t *random)
{
	for (;;) {
		struct policy_context c = {.user = 1 + random_next(random) % p->nusers,
					   .role = 1 + random_next(random) % p->nroles,
					   .type = 1 + random_next(random) % p->ntypes};

		if (policy_context_is_valid(p, &c) && !p->types[c.type - 1].attribute)
			return c;
	}
}

static void choose_work(struct bench *b)
{
	uint64_t random = 7;
	struct text text;

	for (b->nlabels = 0; b->nlabels < LABELS; b->nlabels++) {
		uint32_t i = b->nlabels;

		b->contexts[i] = random_label(b->policy, &random);
		text_init(&text, b->texts[i], TEXT);
		context_print(b->policy, &b->contexts[i], &text);
		if (text.cut || ss_context_to_sid(&b->server, b->texts[i], text.len, &b->sids[i]))
			errx(1, "%s: label %s", b->name, b->texts[i]);
		b->peer_sids[i] = peer_sid(b->texts[i], text.len + 1);
	}
	for (uint32_t i = 0; i < TRIPLES; i++)
		b->triples[i] = (struct triple){random_next(&random) % LABELS, random_next(&random) % LABELS,
						1 + random_next(&random) % b->policy->nclasses};
}

/* Both sides answer the same before either is timed. */
static void check_work(struct bench *b)
{
	uint64_t ours, numbers;

	b->sum = 0;
	ours_decide(b, TRIPLES);
	ours = b->sum;
	b->sum = 0;
	ours_decide_sid(b, TRIPLES);
	numbers = b->sum;
	b->sum = 0;
	peer_decide(b, TRIPLES);
	if (ours != b->sum || numbers != b->sum)
		errx(1, "%s: the contenders do not agree: %" PRIu64 " %" PRIu64 " %" PRIu64, b->name, ours, numbers,
		     b->sum);
}

static void run_tasks(struct bench *b)
{
	struct contender create[] = {{"ours", ours_create, 0, 0}, {"libsepol", peer_create, 0, 0}};
	struct contender stage[] = {{"ours", ours_stage, 0, 0}, {"libsepol", peer_stage, 0, 0}};
	struct contender decide[] = {
	    {"by context", ours_decide, 0, 0}, {"by SID", ours_decide_sid, 0, 0}, {"libsepol", peer_decide, 0, 0}};
	struct contender to_sid[] = {{"ours", ours_to_sid, 0, 0}, {"libsepol", peer_to_sid, 0, 0}};
	struct contender to_text[] = {{"ours", ours_to_text, 0, 0}, {"libsepol", peer_to_text, 0, 0}};

	measure(create, 2, b, 20);
	measure_print("load", b->name, create, 2, 1.0);
	measure(stage, 2, b, 20);
	measure_print("stage", b->name, stage, 2, 1.0);
	measure(decide, 3, b, 10);
	measure_print("decision", b->name, decide, 3, 0.5);
	measure(to_sid, 2, b, 5);
	measure_print("to SID", b->name, to_sid, 2, 0);
	measure(to_text, 2, b, 5);
	measure_print("to text", b->name, to_text, 2, 0);
}

static void bench_policy(const char *path)
{
	const char *slash = strrchr(path, '/');
	struct bench *b = calloc(1, sizeof(*b));

	if (!b)
		errx(1, "no memory");
	b->name = slash ? slash + 1 : path;
	b->image = blob_read(path);
	load_server(b);
	choose_work(b);
	check_work(b);
	run_tasks(b);
	peer_close();
	policy_destroy(b->policy);
	ss_fini(&b->server);
	port_posix_quiesce();
	blob_free(&b->image);
	free(b->bools);
	free(b->cond_true);
	free(b);
}

static void drop_line(void *context, enum port_level level, const char *line)
{
	(void)context;
	(void)level;
	(void)line;
}

int main(int argc, char **argv)
{
	if (argc < 2) {
		fprintf(stderr, "usage: bench POLICY...\n");
		return 2;
	}
	port_posix_set_log(drop_line, NULL);
	printf("min/median of %u rounds, contenders in turn; ratio of the minima; decisions: %u labels, %u questions\n",
	       MEASURE_ROUNDS, LABELS, TRIPLES);
	for (int i = 1; i < argc; i++)
		bench_policy(argv[i]);
	return 0;
}
