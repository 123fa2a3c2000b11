/* SPDX-License-Identifier: BSD-2-Clause */
/* The commands of flask-policy. Each writes to stdout and returns an exit status, having complained when it failed. */
#ifndef POLICY_COMPILER_COMMANDS_H
#define POLICY_COMPILER_COMMANDS_H

#include "tools/common/policy_file.h"

/* What the command line asks for besides the policies; names are borrowed. */
struct request {
	bool all, json;
	const char *user, *role; /* NULL: any */
	const char *level;	 /* range of the contexts; NULL: the lowest */
};

int command_info(const struct policy_file *file, const struct request *request);
int command_dump_av(const struct policy_file *file, const struct request *request);
int command_dump_transitions(const struct policy_file *file, const struct request *request);

/* These compare: EXIT_SAME, EXIT_DIFFERENT, EXIT_TROUBLE. */
int command_diff(const struct policy_file *before, const struct policy_file *after, const struct request *request);
int command_diff_abi(const char *before, const char *after);

#endif
