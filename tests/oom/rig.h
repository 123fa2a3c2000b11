/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Servers that hold a good policy while something is tried on them, and the
 * proof that they were left as they were: the same answers and sequence number,
 * no memory lost, the next label gets the next number, the good image loads.
 */
#ifndef TESTS_OOM_RIG_H
#define TESTS_OOM_RIG_H

#include "flask/ss/server.h"
#include "tests/support/blob.h"

#define RIG_BATCH  64u
#define RIG_PROBES 256u

struct rig {
	const struct ss_config *config;
	struct blob image; /* the good one; borrowed */
	uint32_t classes;
	char new_label[256]; /* valid, carried by no initial SID */
	struct ss_decision answers[RIG_PROBES];
	struct ss_facts facts;
	uint64_t live_before; /* allocations without any server */
	struct ss_server servers[RIG_BATCH];
	uint32_t used; /* servers of the batch already tried on */
	uint64_t checks, violations;
};

/* Ends the program when @image itself does not load or leaves no label to grow. */
void rig_init(struct rig *rig, const struct ss_config *config, struct blob image);
void rig_fini(struct rig *rig);

/* A server with the good policy, untried; from a batch that is made and checked as a whole. */
struct ss_server *rig_server(struct rig *rig);

/*
 * Says what is wrong with @server after something failed on it, as @what;
 * @live is the number of allocations before the attempt.
 */
void rig_check_untouched(struct rig *rig, struct ss_server *server, uint64_t live, const char *what);

void rig_violation(struct rig *rig, const char *what, const char *how);

#endif
