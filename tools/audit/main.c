/* SPDX-License-Identifier: BSD-2-Clause */
/* flask-audit: explains the denials in a hypervisor's log. */
#include "tools/audit/report.h"
#include "tools/common/options.h"
#include "tools/common/output.h"

#include <inttypes.h>
#include <stdlib.h>

enum { OPT_HELP = 1, OPT_POLICY, OPT_SOURCE, OPT_BOOL, OPT_UNKNOWN };

static const struct option_name option_names[] = {{"help", false, OPT_HELP},	   {"policy", true, OPT_POLICY},
						  {"source", true, OPT_SOURCE},	   {"bool", true, OPT_BOOL},
						  {"unknown", false, OPT_UNKNOWN}, {0}};

static const char help[] =
    "usage: flask-audit [--policy FILE [--bool NAME=0|1]... [--source FILE]] [--unknown] [LOG...]\n"
    "\n"
    "Reads logs (standard input when there is none, or for -) and tells which accesses\n"
    "Flask denied, how often and why.\n"
    "\n"
    "  --policy FILE    the policy that was in force: tells which rule, constraint, role\n"
    "                   or bound decided, and the rules that would change it\n"
    "  --bool NAME=0|1  with this boolean set so, not as the policy presets it\n"
    "  --source FILE    the policy's source after m4 -s: tells which neverallow forbids a rule\n"
    "  --unknown        first shows the lines that were not understood\n"
    "\n"
    "Exit status: 0 done, 1 failed, 2 wrong usage.\n";

struct invocation {
	const char *policy, *source;
	const char **settings, **logs; /* owned */
	size_t nsettings, nlogs;
	bool unknown, help;
};

/* One pass over the logs. */
struct run {
	struct tally tally;
	struct log_reader reader;
	const char *log; /* the one being read */
	bool show_unknown;
};

static int take_option(struct invocation *call, int id, const char *value)
{
	switch (id) {
	case OPT_HELP:
		call->help = true;
		return EXIT_DONE;
	case OPT_POLICY:
		call->policy = value;
		return EXIT_DONE;
	case OPT_SOURCE:
		call->source = value;
		return EXIT_DONE;
	case OPT_UNKNOWN:
		call->unknown = true;
		return EXIT_DONE;
	case OPT_BOOL:
		if (!policy_setting_is_valid(value))
			return EXIT_USAGE;
		call->settings = make_room(call->settings, call->nsettings, sizeof(*call->settings));
		call->settings[call->nsettings++] = value;
		return EXIT_DONE;
	case OPTION_OPERAND:
		call->logs = make_room(call->logs, call->nlogs, sizeof(*call->logs));
		call->logs[call->nlogs++] = value;
		return EXIT_DONE;
	default:
		return EXIT_USAGE;
	}
}

static int read_command_line(char **argv, struct invocation *call)
{
	struct options options = {.names = option_names, .argv = argv, .next = 1};
	int id, status = EXIT_DONE;
	const char *value;

	while (!status && (id = options_next(&options, &value)) != OPTION_NONE_LEFT)
		status = take_option(call, id, value);
	if (!status && !call->policy && (call->source || call->nsettings)) {
		complain("option --%s needs --policy", call->source ? "source" : "bool");
		status = EXIT_USAGE;
	}
	return status;
}

static void take_item(void *context, const struct log_item *item)
{
	struct run *run = context;

	tally_add(&run->tally, item);
	if (!run->show_unknown || item->kind != LOG_UNKNOWN)
		return;
	put_escaped(stdout, run->log, strlen(run->log));
	printf(":%" PRIu64 ": ", item->number);
	put_escaped(stdout, item->text.text, item->text.len);
	puts(item->lines ? "" : " ... (the rest of a long line)");
}

static int read_log(struct run *run, const char *path)
{
	bool is_stdin = !strcmp(path, "-");
	FILE *file = is_stdin ? stdin : fopen(path, "re");
	int rc;

	if (!file) {
		complain("%s: %s", path, strerror(errno));
		return EXIT_FAILED;
	}
	run->log = is_stdin ? "standard input" : path;
	rc = log_reader_file(&run->reader, file);
	if (!is_stdin)
		fclose(file);
	if (rc)
		complain("%s: %s", run->log, strerror(-rc));
	return rc ? EXIT_FAILED : EXIT_DONE;
}

static int read_logs(struct run *run, const struct invocation *call)
{
	int status = EXIT_DONE;
	size_t i;

	if (!call->nlogs)
		return read_log(run, "-");
	for (i = 0; i < call->nlogs && !status; i++)
		status = read_log(run, call->logs[i]);
	return status;
}

static int open_policy(const struct invocation *call, struct policy_file *file, struct neverallows *never)
{
	size_t i;

	if (!call->policy)
		return EXIT_DONE;
	if (policy_file_open(call->policy, file))
		return EXIT_FAILED;
	for (i = 0; i < call->nsettings; i++)
		if (policy_file_set_bool(file, call->settings[i]))
			return EXIT_FAILED;
	if (call->source && neverallows_read(call->source, never))
		return EXIT_FAILED;
	return EXIT_DONE;
}

static int audit(const struct invocation *call)
{
	static struct run run;
	struct policy_file file = {0};
	struct neverallows never = {0};
	int status = open_policy(call, &file, &never);

	run.reader.sink = take_item;
	run.reader.context = &run;
	run.show_unknown = call->unknown;
	if (!status)
		status = read_logs(&run, call);
	if (!status)
		report(&run.tally, call->policy ? &file : NULL, call->source ? &never : NULL);
	tally_free(&run.tally);
	neverallows_free(&never);
	policy_file_close(&file);
	return status;
}

int main(int argc, char **argv)
{
	struct invocation call = {0};
	int status;

	(void)argc;
	output_start("flask-audit");
	status = read_command_line(argv, &call);
	if (!status && call.help)
		fputs(help, stdout);
	else if (!status)
		status = audit(&call);
	free(call.settings);
	free(call.logs);
	return output_finish(status);
}
