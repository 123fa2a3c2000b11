/* SPDX-License-Identifier: BSD-2-Clause */
/* Which decisions of two policies differ, between types by name. */
#ifndef POLICY_COMPILER_DIFF_AV_H
#define POLICY_COMPILER_DIFF_AV_H

#include "policy/compiler/diff_out.h"
#include "tools/common/policy_file.h"

/*
 * Writes each (source, target, class) whose permissions differ, sorted by
 * names. What one policy does not have, denies all in it. 0, or -1: complained.
 */
int diff_av(const struct policy_file *before, const struct policy_file *after, struct diff_out *out) PORT_MUST_CHECK;

#endif
