/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * oracle [--decisions N] [--theirs FILE] POLICY...: puts every query about a
 * policy to us and to libsepol. All pairs of valid labels when that needs at
 * most N decisions, else a repeatable random sample of them; one line per policy
 * says which. Exit 1 on a difference that no row of the table explains.
 */
#include "tests/oracle/duel.h"
#include "tests/oracle/server.h"
#include "tests/oracle/states.h"
#include "tests/support/blob.h"

#include <err.h>
#include <getopt.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#define SEED		  2026u
#define DEFAULT_DECISIONS 1500000u /* of one policy */
#define MIN_PAIRS	  256u
#define SERVER_QUERIES	  2000u

static const enum policy_rule_kind label_kinds[] = {RULE_TRANSITION, RULE_MEMBER, RULE_CHANGE};

/* Class 0 and one above the last belong to the queries: both must refuse, or act alike. */
static void one_pair(struct duel *duel, const struct duel_label *source, const struct duel_label *target)
{
	uint32_t last = duel->policy->nclasses + 1;

	for (uint32_t tclass = 0; tclass <= last; tclass++) {
		duel_access(duel, source, target, tclass);
		for (size_t k = 0; k < PORT_ARRAY_SIZE(label_kinds); k++)
			duel_new_label(duel, label_kinds[k], source, target, tclass);
	}
}

/* All pairs, or @pairs random ones of them. */
static void one_state(struct duel *duel, const struct duel_label *labels, uint32_t count, uint64_t pairs,
		      uint64_t *random)
{
	uint64_t all = (uint64_t)count * count;

	for (uint64_t i = 0; i < pairs; i++) {
		uint64_t pair = pairs == all ? i : random_next(random) % all;

		one_pair(duel, &labels[pair / count], &labels[pair % count]);
	}
}

static uint64_t choose_pairs(uint64_t budget, uint32_t labels, uint32_t classes, uint32_t states)
{
	uint64_t all = (uint64_t)labels * labels, pairs = budget / ((uint64_t)(classes + 2) * states);

	if (pairs >= all)
		return all;
	return pairs < MIN_PAIRS ? MIN_PAIRS : pairs;
}

static void one_policy(struct duel *duel, const struct blob *image, uint64_t budget)
{
	uint64_t random = SEED, pairs;
	struct duel_label *labels;
	struct states states;
	bool *defaults;
	uint32_t count, nstates;

	labels = duel_labels(duel, &count);
	defaults = calloc(duel->policy->nbools + 1, sizeof(*defaults));
	if (!defaults)
		errx(1, "no memory");
	memcpy(defaults, duel->bools, duel->policy->nbools * sizeof(*defaults));
	states_init(&states, defaults, duel->policy->nbools, SEED);
	nstates = states_count(&states);
	pairs = choose_pairs(budget, count, duel->policy->nclasses, nstates);
	for (uint32_t i = 0; i < nstates; i++) {
		states_get(&states, i, duel->bools);
		duel_commit_bools(duel);
		one_state(duel, labels, count, pairs, &random);
	}
	duel_server(duel, image->bytes, image->size, labels, count, SERVER_QUERIES, &random);
	printf("%-20s contexts %" PRIu64 " valid %" PRIu32 " pairs %" PRIu64 " of %" PRIu64 " classes %" PRIu32
	       " states %" PRIu32 " excepted %" PRIu64 "\n",
	       duel->name, duel->tally.contexts, count, pairs, (uint64_t)count * count, duel->policy->nclasses, nstates,
	       duel_excepted(&duel->tally));
	free(defaults);
	free(labels);
}

static void add(struct duel_tally *sum, const struct duel_tally *tally)
{
	sum->contexts += tally->contexts;
	sum->decisions += tally->decisions;
	sum->transitions += tally->transitions;
	sum->differences += tally->differences;
	for (int i = 0; i < DUEL_EXCEPTIONS; i++)
		sum->excepted[i] += tally->excepted[i];
}

/* A refusal by either side is a difference too: every policy given here is an honest one. */
static void run_policy(const char *path, const char *theirs_path, uint64_t budget, struct duel_tally *sum)
{
	const char *slash = strrchr(path, '/');
	struct blob ours = blob_read(path), theirs = blob_read(theirs_path ? theirs_path : path);
	struct image_error error = {0};
	struct duel duel;

	switch (duel_open(&duel, slash ? slash + 1 : path, ours.bytes, ours.size, theirs.bytes, theirs.size, &error)) {
	case DUEL_OPEN:
		one_policy(&duel, &ours, budget);
		duel_close(&duel);
		break;
	case DUEL_REFUSED_BY_OURS:
		printf("DIFFERENCE %s: refused by us: %s at byte %zu: %s\n", path, error.section, error.offset,
		       error.reason);
		duel.tally.differences++;
		break;
	case DUEL_REFUSED_BY_REFERENCE:
		printf("DIFFERENCE %s: refused by libsepol\n", path);
		duel.tally.differences++;
		break;
	case DUEL_TABLES_DIFFER:
		break;
	}
	fflush(stdout);
	add(sum, &duel.tally);
	blob_free(&ours);
	blob_free(&theirs);
}

static void print_summary(int policies, const struct duel_tally *sum)
{
	for (int i = 0; i < DUEL_EXCEPTIONS; i++)
		printf("excepted %10" PRIu64 "  %s\n", sum->excepted[i], duel_exception_text(i));
	printf("policies %d decisions %" PRIu64 " transitions %" PRIu64 " excepted %" PRIu64 " differences %" PRIu64
	       "\n",
	       policies, sum->decisions, sum->transitions, duel_excepted(sum), sum->differences);
}

int main(int argc, char **argv)
{
	static const struct option options[] = {
	    {"decisions", required_argument, NULL, 'd'},
	    {"theirs", required_argument, NULL, 't'},
	    {0},
	};
	uint64_t budget = DEFAULT_DECISIONS;
	const char *theirs = NULL;
	struct duel_tally sum = {0};
	int option;

	while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
		if (option == 'd')
			budget = strtoull(optarg, NULL, 10);
		else if (option == 't')
			theirs = optarg;
		else
			return 2;
	}
	if (optind == argc) {
		fprintf(stderr, "usage: oracle [--decisions N] [--theirs FILE] POLICY...\n");
		return 2;
	}
	for (int i = optind; i < argc; i++)
		run_policy(argv[i], theirs, budget, &sum);
	print_summary(argc - optind, &sum);
	return sum.differences != 0;
}
