/* SPDX-License-Identifier: BSD-2-Clause */
#include "hooks/model/scenario_private.h"

#include "hooks/model/log.h"

#include <stdlib.h>

/* Finds who acts. A verb that looks at absent domains gets NULL. */
static bool find_domain(struct scn_run *run, const struct scn_statement *st)
{
	struct scn_word word = {.value = st->domain};
	struct scn_text text;
	hv_domid_t id;

	run->domain = NULL;
	if (!st->domain)
		return true;
	if (!scn_expand(run->vars, &word, &text, run->error) || !scn_domain_id(text.bytes, &id, run->error))
		return false;
	run->domain = hv_domain_find(id);
	if (run->domain || !strcmp(st->verb->name, "is"))
		return true;
	return scn_fail(run->error, "there is no d%u", id);
}

static bool run_statement(struct scn_run *run, const struct scn_statement *st)
{
	run->shown[0] = '\0';
	return find_domain(run, st) && st->verb->run(run, st);
}

/*
 * One line per step: the statement up to what was expected, and what came; then
 * what the hypervisor logged meanwhile.
 */
static void trace(const struct scn_run *run, const struct scn_statement *st, size_t log_before)
{
	const char *arrow = strstr(st->source, " -> ");
	int length = arrow ? (int)(arrow - st->source) : (int)strlen(st->source);
	size_t i;

	if (!run->trace || st->verb->heading)
		return;
	fprintf(run->trace, "%4u  %-78.*s  %s\n", st->line, length, st->source, *run->shown ? run->shown : "ok");
	for (i = log_before; i < hv_log_count(); i++)
		fprintf(run->trace, "      (XEN) %s\n", hv_log_line(i));
	fflush(run->trace);
}

/* The number of steps, or -1 and one line in @error. */
static int run_statements(struct scn_run *run, const struct scenario *s, char error[SCN_ERROR_MAX])
{
	size_t i;

	for (i = 0; i < s->count; i++) {
		size_t log_before = hv_log_count();

		if (!run_statement(run, &s->statements[i])) {
			snprintf(error, SCN_ERROR_MAX, "%s:%u: %.900s", s->path, s->statements[i].line, run->error);
			return -1;
		}
		trace(run, &s->statements[i], log_before);
	}
	return (int)s->count;
}

int scenario_run(const struct scenario *s, struct scn_vars *vars, FILE *trace_file, char error[SCN_ERROR_MAX])
{
	struct scn_run run = {.vars = vars, .trace = trace_file};

	return run_statements(&run, s, error);
}

int scenario_run_lines(const char *name, FILE *in, struct scn_vars *vars, FILE *trace_file, char error[SCN_ERROR_MAX])
{
	struct scn_run run = {.vars = vars, .trace = trace_file};
	unsigned int number = 0;
	char *line = NULL;
	size_t room = 0;
	int steps = 0;
	ssize_t length;

	while (steps >= 0 && (length = getline(&line, &room, in)) > 0) {
		struct scenario *s = scenario_parse(name, ++number, line, (size_t)length, error);
		int done = s ? run_statements(&run, s, error) : -1;

		steps = done < 0 ? -1 : steps + done;
		scenario_destroy(s);
	}
	free(line);
	return steps;
}
