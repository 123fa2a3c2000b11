/* SPDX-License-Identifier: BSD-2-Clause */
#include "hooks/model/options.h"

#include <getopt.h>
#include <stdlib.h>

#define VERSION "0.1"

static const char help_text[] =
    "usage: xsm-model [OPTION]... [SCENARIO]\n"
    "Boot the model hypervisor and run a scenario of hypercalls on it.\n"
    "\n"
    "  --policy FILE       policy image, as a boot loader hands it over\n"
    "  --flask MODE        enforcing (the default), permissive, late or disabled\n"
    "  --xsm MODULE        flask (the default) or dummy\n"
    "  --scenario FILE     the same as SCENARIO; - runs each line of standard input as it comes\n"
    "  --define NAME=TEXT  set $NAME in the scenario\n"
    "  --console FILE      type the bytes of FILE into the console\n"
    "  --trace             show each step and what came back\n"
    "  --log               show the log of the hypervisor\n"
    "  --help, --version\n"
    "\n"
    "Exit status: 0 all steps held, 1 the boot was refused or a step failed, 2 usage.\n";

enum { POLICY = 1, FLASK, XSM, SCENARIO, DEFINE, CONSOLE, TRACE, LOG, HELP, SHOW_VERSION };

static const struct option long_options[] = {
    {"policy", required_argument, NULL, POLICY},
    {"flask", required_argument, NULL, FLASK},
    {"xsm", required_argument, NULL, XSM},
    {"scenario", required_argument, NULL, SCENARIO},
    {"define", required_argument, NULL, DEFINE},
    {"console", required_argument, NULL, CONSOLE},
    {"trace", no_argument, NULL, TRACE},
    {"log", no_argument, NULL, LOG},
    {"help", no_argument, NULL, HELP},
    {"version", no_argument, NULL, SHOW_VERSION},
    {NULL, 0, NULL, 0},
};

static int usage_error(const char *name, const char *cause)
{
	fprintf(stderr, "xsm-model: %s: %s\n", name, cause);
	return 2;
}

static int define(const char *text, struct scn_vars *vars)
{
	const char *equals = strchr(text, '=');
	char *name = strdup(text);
	bool ok;

	if (!name)
		port_panic("no memory for an option");
	name[equals ? equals - text : 0] = '\0';
	ok = equals && scn_vars_set(vars, name, equals + 1);
	free(name);
	return ok ? -1 : usage_error(text, "--define takes NAME=TEXT");
}

static int set_scenario(const char *path, struct options *options)
{
	if (options->scenario)
		return usage_error(path, "only one scenario can be run");
	options->scenario = path;
	return -1;
}

/* The module word is checked here, the mode word by the module. */
static int set_xsm(const char *word, struct options *options)
{
	options->xsm = word;
	if (strcmp(word, "flask") != 0 && strcmp(word, "dummy") != 0)
		return usage_error(word, "--xsm takes flask or dummy");
	return -1;
}

static int bad_option(char **argv, int option)
{
	const char *name = argv[optind - 1];

	if (option == ':')
		return usage_error(name, "this option needs a value");
	/* getopt_long() tells of an option that it knows by its value. */
	return usage_error(name, optopt && optopt <= SHOW_VERSION ? "this option takes no value" : "no such option");
}

static int apply(int option, char **argv, struct options *options, struct scn_vars *vars)
{
	switch (option) {
	case POLICY:
		options->policy = optarg;
		return -1;
	case FLASK:
		options->flask = optarg;
		return -1;
	case XSM:
		return set_xsm(optarg, options);
	case SCENARIO:
		return set_scenario(optarg, options);
	case DEFINE:
		return define(optarg, vars);
	case CONSOLE:
		options->console = optarg;
		return -1;
	case TRACE:
		options->trace = true;
		return -1;
	case LOG:
		options->log = true;
		return -1;
	case HELP:
		fputs(help_text, stdout);
		return 0;
	case SHOW_VERSION:
		puts("xsm-model " VERSION);
		return 0;
	default:
		return bad_option(argv, option);
	}
}

int options_parse(int argc, char **argv, struct options *options, struct scn_vars *vars)
{
	int option, status;

	*options = (struct options){.flask = "enforcing", .xsm = "flask"};
	opterr = 0;
	optind = 1;
	while ((option = getopt_long(argc, argv, ":", long_options, NULL)) != -1) {
		status = apply(option, argv, options, vars);
		if (status >= 0)
			return status;
	}
	for (; optind < argc; optind++) {
		status = set_scenario(argv[optind], options);
		if (status >= 0)
			return status;
	}
	return -1;
}
