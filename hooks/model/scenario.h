/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Scenarios: files that drive hypercalls and say what must come back. The
 * language: docs/scenario.md.
 */
#ifndef HOOKS_MODEL_SCENARIO_H
#define HOOKS_MODEL_SCENARIO_H

#include "hooks/port.h"

#include <stdio.h>

#define SCN_ERROR_MAX 1024

struct scenario;

/* Names with texts: `--define`, `let`, captured results. */
struct scn_vars;
struct scn_vars *scn_vars_create(void);
void scn_vars_destroy(struct scn_vars *vars);

/* Sets @name (copied) to @text (copied); false when @name is no name. */
bool scn_vars_set(struct scn_vars *vars, const char *name, const char *text) PORT_MUST_CHECK;

/*
 * Parses @bytes of @text, known to people as @path from line @first on. NULL and
 * one line in @error (PATH:LINE: cause) when it is not a scenario.
 */
struct scenario *scenario_parse(const char *path, unsigned int first, const char *text, size_t bytes,
				char error[SCN_ERROR_MAX]);
void scenario_destroy(struct scenario *s);

/*
 * Runs every statement on the booted model. The number of steps done, or -1 and
 * one line in @error at the first that does not hold. @trace, if any, gets one
 * line per step.
 */
int scenario_run(const struct scenario *s, struct scn_vars *vars, FILE *trace, char error[SCN_ERROR_MAX]);

/* The same for lines of @in, known to people as @name, each parsed and run before the next is read. */
int scenario_run_lines(const char *name, FILE *in, struct scn_vars *vars, FILE *trace, char error[SCN_ERROR_MAX]);

#endif
