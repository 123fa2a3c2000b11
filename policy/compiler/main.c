/* SPDX-License-Identifier: BSD-2-Clause */
/* flask-policy: looks into a compiled policy, or compares two. */
#include "policy/compiler/commands.h"
#include "tools/common/options.h"
#include "tools/common/output.h"

#include <stdlib.h>

enum { OPT_HELP = 1, OPT_ALL, OPT_USER, OPT_ROLE, OPT_LEVEL, OPT_BOOL, OPT_JSON };

static const struct option_name info_options[] = {{"help", false, OPT_HELP}, {0}};
static const struct option_name av_options[] = {{"help", false, OPT_HELP},
						{"all", false, OPT_ALL},
						{"user", true, OPT_USER},
						{"role", true, OPT_ROLE},
						{"level", true, OPT_LEVEL},
						{"bool", true, OPT_BOOL},
						{0}};
static const struct option_name transition_options[] = {{"help", false, OPT_HELP}, {"bool", true, OPT_BOOL}, {0}};
static const struct option_name diff_options[] = {
    {"help", false, OPT_HELP}, {"json", false, OPT_JSON}, {"bool", true, OPT_BOOL}, {0}};
static const struct option_name abi_options[] = {{"help", false, OPT_HELP}, {0}};

static const struct command {
	const char *words[2]; /* the second may be NULL */
	const struct option_name *options;
	/* One of these, by what the command takes: a policy, two of them, or two names. */
	int (*run)(const struct policy_file *file, const struct request *request);
	int (*compare)(const struct policy_file *before, const struct policy_file *after,
		       const struct request *request);
	int (*compare_paths)(const char *before, const char *after);
} commands[] = {
    {{"info"}, info_options, command_info, NULL, NULL},
    {{"dump", "av"}, av_options, command_dump_av, NULL, NULL},
    {{"dump", "transitions"}, transition_options, command_dump_transitions, NULL, NULL},
    {{"diff"}, diff_options, NULL, command_diff, NULL},
    {{"diff-abi"}, abi_options, NULL, NULL, command_diff_abi},
};

/* A command line after its command. */
struct invocation {
	const struct command *command;
	const char *paths[2];
	size_t npaths;
	struct request request;
	const char **settings; /* owned; --bool in their order */
	size_t nsettings;
	bool help;
};

static const char help[] =
    "usage: flask-policy info FILE\n"
    "       flask-policy dump av [--all] [--user USER] [--role ROLE] [--level RANGE]\n"
    "                            [--bool NAME=0|1]... FILE\n"
    "       flask-policy dump transitions [--bool NAME=0|1]... FILE\n"
    "       flask-policy diff [--json] [--bool NAME=0|1]... OLD NEW\n"
    "       flask-policy diff-abi OLD NEW\n"
    "\n"
    "info              what the policy holds, counted\n"
    "dump av           lines `source target class allowed auditallow auditdeny', sorted;\n"
    "                  those that differ from the default 0 0 0xffffffff\n"
    "  --all           every line\n"
    "  --user, --role  of both contexts; by default the first that the type may have\n"
    "  --level RANGE   of both contexts; by default the lowest level of the user\n"
    "dump transitions  lines `source target class kind result', sorted; the rules in force\n"
    "  --bool NAME=0|1 decide with this boolean set so, not as the policy presets it\n"
    "\n"
    "diff              what two policies mean differently; lines + added, - removed, ~ changed\n"
    "  --json          as one JSON document\n"
    "diff-abi          which classes and permissions appeared, went, moved; each of OLD and\n"
    "                  NEW is a policy, or a directory with security_classes and access_vectors\n"
    "\n"
    "Exit status: 0 done, 1 failed, 2 wrong usage; of diff and diff-abi: 0 same, 1 different,\n"
    "2 trouble.\n";

/* Finds the command of argv[1..]; its number of words goes to *@nwords. NULL: complained. */
static const struct command *find_command(char **argv, int *nwords)
{
	const char *first = argv[1], *second = first ? argv[2] : NULL;
	size_t i;

	for (i = 0; first && i < PORT_ARRAY_SIZE(commands); i++) {
		const char *const *words = commands[i].words;

		*nwords = words[1] ? 2 : 1;
		if (!strcmp(first, words[0]) && (!words[1] || (second && !strcmp(second, words[1]))))
			return &commands[i];
	}
	if (!first)
		complain("no command; --help lists them");
	else if (!strcmp(first, "dump") && !second)
		complain("dump what: av or transitions?");
	else if (!strcmp(first, "dump"))
		complain("unknown command dump %s; --help lists them", second);
	else
		complain("unknown command %s; --help lists them", first);
	return NULL;
}

static size_t operands_of(const struct command *command)
{
	return command->run ? 1 : 2;
}

static int take_operand(struct invocation *call, const char *operand)
{
	if (call->npaths == operands_of(call->command)) {
		complain(call->command->run ? "one FILE at a time: what is %s?" : "OLD and NEW are given: what is %s?",
			 operand);
		return EXIT_USAGE;
	}
	call->paths[call->npaths++] = operand;
	return EXIT_DONE;
}

static int take_option(struct invocation *call, int id, const char *value)
{
	switch (id) {
	case OPT_HELP:
		call->help = true;
		return EXIT_DONE;
	case OPT_ALL:
		call->request.all = true;
		return EXIT_DONE;
	case OPT_JSON:
		call->request.json = true;
		return EXIT_DONE;
	case OPT_USER:
		call->request.user = value;
		return EXIT_DONE;
	case OPT_ROLE:
		call->request.role = value;
		return EXIT_DONE;
	case OPT_LEVEL:
		call->request.level = value;
		return EXIT_DONE;
	case OPT_BOOL:
		if (!policy_setting_is_valid(value))
			return EXIT_USAGE;
		call->settings = make_room(call->settings, call->nsettings, sizeof(*call->settings));
		call->settings[call->nsettings++] = value;
		return EXIT_DONE;
	case OPTION_OPERAND:
		return take_operand(call, value);
	default:
		return EXIT_USAGE;
	}
}

static int read_command_line(char **argv, struct invocation *call)
{
	struct options options = {.argv = argv};
	int nwords, id, status = EXIT_DONE;
	const char *value;

	if (argv[1] && !strcmp(argv[1], "--help")) {
		call->help = true;
		return EXIT_DONE;
	}
	call->command = find_command(argv, &nwords);
	if (!call->command)
		return EXIT_USAGE;
	if (!call->command->run) /* 1 would say that they differ */
		output_failure_is(EXIT_TROUBLE);
	options.names = call->command->options;
	options.next = 1 + nwords;
	while (!status && (id = options_next(&options, &value)) != OPTION_NONE_LEFT)
		status = take_option(call, id, value);
	if (!status && call->npaths < operands_of(call->command) && !call->help) {
		complain(call->command->run ? "which policy? a FILE is missing"
					    : "compare what? OLD and NEW are needed");
		status = EXIT_USAGE;
	}
	return status;
}

/* 0, or -1: complained already. */
static int open_policy(const struct invocation *call, const char *path, struct policy_file *file)
{
	size_t i;

	if (policy_file_open(path, file))
		return -1;
	for (i = 0; i < call->nsettings; i++)
		if (policy_file_set_bool(file, call->settings[i]))
			return -1;
	return 0;
}

static int run_on_one(const struct invocation *call)
{
	struct policy_file file = {0};
	int status = EXIT_FAILED;

	if (!open_policy(call, call->paths[0], &file))
		status = call->command->run(&file, &call->request);
	policy_file_close(&file);
	return status;
}

static int run_on_two(const struct invocation *call)
{
	struct policy_file before = {0}, after = {0};
	int status = EXIT_TROUBLE;

	if (!open_policy(call, call->paths[0], &before) && !open_policy(call, call->paths[1], &after))
		status = call->command->compare(&before, &after, &call->request);
	policy_file_close(&before);
	policy_file_close(&after);
	return status;
}

static int run(const struct invocation *call)
{
	if (call->command->run)
		return run_on_one(call);
	if (call->command->compare)
		return run_on_two(call);
	return call->command->compare_paths(call->paths[0], call->paths[1]);
}

int main(int argc, char **argv)
{
	struct invocation call = {0};
	int status;

	(void)argc;
	output_start("flask-policy");
	status = read_command_line(argv, &call);
	if (!status && call.help)
		fputs(help, stdout);
	else if (!status)
		status = run(&call);
	free(call.settings);
	return output_finish(status);
}
