/* SPDX-License-Identifier: BSD-2-Clause */
#include "tests/oom/judge.h"

#include "tests/oom/unused.h"
#include "tests/oracle/duel.h"
#include "tests/oracle/states.h"

#include <err.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#define PAIRS  160u
#define STATES 4u
#define ALONE  12u /* labels */

static const enum policy_rule_kind kinds[] = {RULE_TRANSITION, RULE_MEMBER, RULE_CHANGE};

static void one_query(struct duel *duel, const struct duel_label *s, const struct duel_label *t)
{
	for (uint32_t tclass = 1; tclass <= duel->policy->nclasses; tclass++) {
		duel_access(duel, s, t, tclass);
		for (size_t k = 0; k < PORT_ARRAY_SIZE(kinds); k++)
			duel_new_label(duel, kinds[k], s, t, tclass);
	}
}

/* The image's own state, then others, on a sample of pairs (all of them when they are few). */
static void compare(struct duel *duel)
{
	uint64_t random = 1, pairs;
	uint32_t count;
	struct duel_label *labels = duel_labels(duel, &count);

	pairs = (uint64_t)count * count;
	for (uint32_t state = 0; state < (duel->policy->nbools ? STATES : 1); state++) {
		for (uint64_t i = 0; i < (pairs < PAIRS ? pairs : PAIRS); i++) {
			uint64_t pair = pairs < PAIRS ? i : random_next(&random) % pairs;

			one_query(duel, &labels[pair / count], &labels[pair % count]);
		}
		for (uint32_t i = 0; i < duel->policy->nbools; i++)
			duel->bools[i] = random_next(&random) & 1;
		duel_commit_bools(duel);
	}
	free(labels);
}

static enum judgement against(const char *what, const struct blob *image, const struct blob *theirs)
{
	struct image_error error;
	enum judgement j;
	struct duel duel;

	switch (duel_open(&duel, what, image->bytes, image->size, theirs->bytes, theirs->size, &error)) {
	case DUEL_REFUSED_BY_OURS:
		errx(1, "%s: accepted, then refused", what);
	case DUEL_REFUSED_BY_REFERENCE:
		return JUDGE_LIBSEPOL_REFUSES;
	case DUEL_TABLES_DIFFER:
		return JUDGE_DIFFERENT;
	case DUEL_OPEN:
		break;
	}
	duel.declared_only = image != theirs; /* bits that no class has are cut from its masks in the copy */
	compare(&duel);
	j = duel.tally.differences ? JUDGE_DIFFERENT : duel_excepted(&duel.tally) ? JUDGE_EXCEPTED : JUDGE_EQUAL;
	duel_close(&duel);
	return j;
}

static enum judgement in_child(const char *what, const struct blob *image)
{
	enum judgement j = against(what, image, image);
	struct blob reset = blob_copy(image);

	if (j == JUDGE_LIBSEPOL_REFUSES && unused_reset(&reset)) {
		j = against(what, image, &reset);
		if (j == JUDGE_EQUAL || j == JUDGE_EXCEPTED)
			j = JUDGE_UNUSED;
	}
	blob_free(&reset);
	return j;
}

/* Ends at once: what the parent's servers hold is not this process's to check or free. */
static void child(const char *what, const struct blob *image)
{
	const struct rlimit no_core = {0, 0};
	enum judgement j;

	setrlimit(RLIMIT_CORE, &no_core);
	alarm(JUDGE_SECONDS);
	j = in_child(what, image);
	fflush(stdout);
	_exit(100 + (int)j);
}

/* Every decision between the first labels by us alone: a crash of ours must not pass for libsepol's. */
static void decide_alone(const struct policy *policy)
{
	struct policy_context labels[ALONE], c = {0};
	bool *bools = calloc(policy->nbools + 1, sizeof(*bools));
	uint8_t *cond_true = calloc(policy->nconds + 1, 1);
	struct policy_state state = {policy, bools, cond_true};
	struct decision decision;
	uint32_t n = 0;

	if (!bools || !cond_true)
		errx(1, "no memory");
	cond_evaluate(policy, bools, cond_true);
	for (c.user = 1; c.user <= policy->nusers; c.user++)
		for (c.role = 1; c.role <= policy->nroles; c.role++)
			for (c.type = 1; c.type <= policy->ntypes && n < ALONE; c.type++)
				if (policy_context_is_valid(policy, &c))
					labels[n++] = c;
	for (uint32_t i = 0; i < n * n; i++)
		for (uint32_t tclass = 1; tclass <= policy->nclasses; tclass++) {
			if (decide_access(&state, &labels[i / n], &labels[i % n], tclass, &decision, NULL) &&
			    policy->classes[tclass - 1].name)
				errx(1, "a declared class is refused");
			decide_label(&state, &labels[i / n], &labels[i % n], tclass, RULE_TRANSITION);
		}
	free(bools);
	free(cond_true);
}

static void judge_alone(const char *what, const struct blob *image)
{
	struct image_error error;
	struct policy *policy;

	if (policy_create(image->bytes, image->size, &policy, &error))
		errx(1, "%s: staged, then refused", what);
	decide_alone(policy);
	policy_destroy(policy);
}

enum judgement judge(const char *what, const struct blob *image)
{
	pid_t pid;
	int status;

	judge_alone(what, image);
	fflush(stdout);
	pid = fork();
	if (pid < 0)
		err(1, "fork");
	if (!pid)
		child(what, image);
	while (waitpid(pid, &status, 0) != pid)
		if (errno != EINTR) /* a fuzzer's timer */
			err(1, "waitpid");
	if (WIFEXITED(status) && WEXITSTATUS(status) >= 100 && WEXITSTATUS(status) < 100 + JUDGE_KINDS)
		return (enum judgement)(WEXITSTATUS(status) - 100);
	return JUDGE_LIBSEPOL_DIES;
}

const char *judge_text(enum judgement judgement)
{
	static const char *const texts[JUDGE_KINDS] = {
	    [JUDGE_EQUAL] = "accepted, decisions equal",
	    [JUDGE_EXCEPTED] = "accepted, equal but for rows of the table",
	    [JUDGE_UNUSED] = "accepted, libsepol refuses a field that nobody uses, else equal",
	    [JUDGE_LIBSEPOL_REFUSES] = "accepted, libsepol refuses",
	    [JUDGE_LIBSEPOL_DIES] = "accepted, libsepol crashes",
	    [JUDGE_DIFFERENT] = "accepted, decisions DIFFER",
	};

	return texts[judgement];
}
