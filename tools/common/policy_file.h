/* SPDX-License-Identifier: BSD-2-Clause */
/* A policy image on disk, opened for questions: the policy and the state of its booleans. */
#ifndef TOOLS_COMMON_POLICY_FILE_H
#define TOOLS_COMMON_POLICY_FILE_H

#include "flask/ss/decide.h"

struct policy_file {
	struct policy *policy; /* owned */
	bool *bools;	       /* owned; by value - 1 */
	uint8_t *cond_true;    /* owned; by condition */
	struct policy_state state;
};

/*
 * Opens @path with its booleans at their defaults. 0, or -1: complained already,
 * "PATH: SECTION at byte N: REASON" for an image that was refused.
 */
int policy_file_open(const char *path, struct policy_file *file) PORT_MUST_CHECK;

/* Whether @setting has the form NAME=0 or NAME=1; complains when not. */
bool policy_setting_is_valid(const char *setting);

/* Sets a boolean by a valid setting. 0, or -1: complained already that the policy has no such boolean. */
int policy_file_set_bool(struct policy_file *file, const char *setting) PORT_MUST_CHECK;

/* An all-zero structure is allowed. */
void policy_file_close(struct policy_file *file);

#endif
