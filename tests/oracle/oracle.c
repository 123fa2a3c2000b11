/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * oracle [--decisions N] [--jobs N] [--theirs FILE] POLICY...: puts every query
 * about a policy to us and to libsepol. All pairs of valid labels when that needs
 * few enough decisions, else a repeatable random sample of them; one line per
 * policy says which (--decisions is the bound of both). Exit 1 on a difference
 * that no row of the table explains.
 *
 * Each policy has a process of its own: libsepol's server is a set of globals.
 */
#include "tests/oracle/duel.h"
#include "tests/oracle/old_target.h"
#include "tests/oracle/server.h"
#include "tests/oracle/states.h"
#include "tests/support/blob.h"

#include <err.h>
#include <getopt.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#define SEED		 2026u
#define ALL_DECISIONS	 3000000u /* of one policy: up to here all pairs are tried */
#define SAMPLE_DECISIONS 1000000u /* else a sample of this size */
#define DEFAULT_JOBS	 2u
#define MIN_PAIRS	 256u
#define SERVER_QUERIES	 2000u

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

struct options {
	uint64_t all, sample; /* decisions of one policy */
	uint32_t jobs;
	const char *theirs; /* what libsepol is given instead; NULL: the same */
};

static uint64_t choose_pairs(const struct options *options, uint32_t labels, uint32_t classes, uint32_t states)
{
	uint64_t all = (uint64_t)labels * labels, each = (uint64_t)(classes + 2) * states;

	if (all * each <= options->all)
		return all;
	return options->sample / each < MIN_PAIRS ? MIN_PAIRS : options->sample / each;
}

static void one_policy(struct duel *duel, const struct blob *image, const struct options *options)
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
	pairs = choose_pairs(options, count, duel->policy->nclasses, nstates);
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
static struct duel_tally run_policy(const char *path, const struct options *options)
{
	const char *slash = strrchr(path, '/');
	struct blob ours = blob_read(path), theirs = blob_read(options->theirs ? options->theirs : path);
	struct image_error error = {0};
	struct duel duel;

	old_target_rewrite(&theirs);
	switch (duel_open(&duel, slash ? slash + 1 : path, ours.bytes, ours.size, theirs.bytes, theirs.size, &error)) {
	case DUEL_OPEN:
		one_policy(&duel, &ours, options);
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
	blob_free(&ours);
	blob_free(&theirs);
	return duel.tally;
}

struct job {
	pid_t pid;
	FILE *output;
};

static void start(struct job *job, const char *path, const struct options *options, struct duel_tally *tally)
{
	job->output = tmpfile();
	if (!job->output)
		err(1, "temporary file");
	fflush(NULL);
	job->pid = fork();
	if (job->pid < 0)
		err(1, "fork");
	if (job->pid)
		return;
	if (dup2(fileno(job->output), STDOUT_FILENO) < 0)
		err(1, "dup2");
	*tally = run_policy(path, options);
	exit(0);
}

/* What it printed goes to stdout; a process that died is a difference. */
static void finish(struct job *job, const char *path, struct duel_tally *tally)
{
	char buf[4096];
	size_t n;
	int status;

	if (waitpid(job->pid, &status, 0) != job->pid)
		err(1, "waitpid");
	rewind(job->output);
	while ((n = fread(buf, 1, sizeof(buf), job->output)) > 0)
		fwrite(buf, 1, n, stdout);
	fclose(job->output);
	if (!WIFEXITED(status) || WEXITSTATUS(status)) {
		printf("DIFFERENCE %s: the comparison died (wait status %#x)\n", path, (unsigned int)status);
		tally->differences++;
	}
	fflush(stdout);
}

/* Runs @count policies, options->jobs at a time, and reports them in their order. */
static void run_policies(char **paths, int count, const struct options *options, struct duel_tally *sum)
{
	size_t size = (size_t)count * sizeof(struct duel_tally);
	struct duel_tally *tallies = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	static struct job *jobs; /* static: a child that ends still refers to it */
	int started = 0;

	jobs = calloc((size_t)count, sizeof(*jobs));
	if (tallies == MAP_FAILED || !jobs)
		errx(1, "no memory");
	for (int done = 0; done < count; done++) {
		for (; started < count && started < done + (int)options->jobs; started++)
			start(&jobs[started], paths[started], options, &tallies[started]);
		finish(&jobs[done], paths[done], &tallies[done]);
		add(sum, &tallies[done]);
	}
	free(jobs);
	munmap(tallies, size);
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
	static const struct option long_options[] = {
	    {"decisions", required_argument, NULL, 'd'},
	    {"jobs", required_argument, NULL, 'j'},
	    {"theirs", required_argument, NULL, 't'},
	    {0},
	};
	struct options options = {ALL_DECISIONS, SAMPLE_DECISIONS, DEFAULT_JOBS, NULL};
	struct duel_tally sum = {0};
	int option;

	while ((option = getopt_long(argc, argv, "", long_options, NULL)) != -1) {
		if (option == 'd')
			options.all = options.sample = strtoull(optarg, NULL, 10);
		else if (option == 'j')
			options.jobs = (uint32_t)strtoul(optarg, NULL, 10);
		else if (option == 't')
			options.theirs = optarg;
		else
			return 2;
	}
	if (optind == argc || !options.jobs) {
		fprintf(stderr, "usage: oracle [--decisions N] [--jobs N] [--theirs FILE] POLICY...\n");
		return 2;
	}
	run_policies(argv + optind, argc - optind, &options, &sum);
	print_summary(argc - optind, &sum);
	return sum.differences != 0;
}
