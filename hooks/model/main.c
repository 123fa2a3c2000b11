/* SPDX-License-Identifier: BSD-2-Clause */
/* xsm-model: boots the model hypervisor with a module and runs a scenario on it. */
#include "flask/flask.h"
#include "hooks/model/boot.h"
#include "hooks/model/console.h"
#include "hooks/model/log.h"
#include "hooks/model/options.h"
#include "hooks/model/port_posix.h"

#include <fcntl.h>
#include <stdarg.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define FILE_BYTES_MAX (64u << 20)

struct file {
	char *bytes;
	size_t count;
};

static int fail(const char *name, const char *cause)
{
	fflush(stdout);
	fprintf(stderr, "xsm-model: %s: %s\n", name, cause);
	return 1;
}

static bool read_all(int fd, struct file *file)
{
	size_t done = 0;

	while (done < file->count) {
		ssize_t n = read(fd, file->bytes + done, file->count - done);

		if (n <= 0)
			return false;
		done += (size_t)n;
	}
	return true;
}

/* 0, or 1 when the file cannot be read, which was told. */
static int slurp(const char *path, struct file *file)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	struct stat st;
	int rc = 0;

	if (fd < 0 || fstat(fd, &st) < 0) {
		rc = fail(path, strerror(errno));
	} else if (!S_ISREG(st.st_mode) || st.st_size > FILE_BYTES_MAX) {
		rc = fail(path, "not a file of at most 64 MiB");
	} else {
		file->count = (size_t)st.st_size;
		file->bytes = malloc(file->count + 1);
		if (!file->bytes || !read_all(fd, file))
			rc = fail(path, "cannot be read whole");
	}
	if (fd >= 0)
		close(fd);
	return rc;
}

/* Chooses the module: Flask unless it is switched off. *@started when it must be stopped in the end. */
static int choose_module(const struct options *options, enum flask_mode mode, const struct file *policy, bool *started)
{
	struct flask_boot boot = {.mode = mode, .policy = policy->bytes, .policy_size = policy->count};
	const struct xsm_ops *ops = NULL;
	const char *reason;
	bool refused = false;

	if (!strcmp(options->xsm, "flask"))
		ops = flask_init(&boot, &refused);
	if (refused) {
		reason = hv_log_last_error();
		return fail("boot refused", reason ? reason : "Flask could not start");
	}
	xsm_choose(ops ? ops : &dummy_ops);
	*started = ops;
	return 0;
}

static bool is_stdin(const char *path)
{
	return path && !strcmp(path, "-");
}

/* A file is parsed whole before its first step; standard input runs as it comes. */
static int run_steps(const char *path, const struct file *text, struct scn_vars *vars, FILE *trace,
		     char error[SCN_ERROR_MAX])
{
	struct scenario *s;
	int steps = -1;

	if (is_stdin(path))
		return scenario_run_lines("standard input", stdin, vars, trace, error);
	s = scenario_parse(path, 1, text->bytes, text->count, error);
	if (s)
		steps = scenario_run(s, vars, trace, error);
	scenario_destroy(s);
	return steps;
}

static int run_scenario(const char *path, const struct file *text, const struct options *options, struct scn_vars *vars)
{
	char error[SCN_ERROR_MAX];
	int steps;

	/* A trace has the lines of the log below the step that caused them. */
	if (options->trace)
		hv_log_echo(NULL);
	steps = run_steps(path, text, vars, options->trace ? stdout : NULL, error);
	fflush(stdout);
	if (steps < 0) {
		fprintf(stderr, "xsm-model: %s\n", error);
		return 1;
	}
	printf("scenario %s: %d steps ok\n", path, steps);
	return 0;
}

/* A boot without a scenario is all about its log. */
static void show_boot(const struct options *options)
{
	size_t i;

	for (i = 0; i < hv_log_count() && !options->log; i++)
		printf("(XEN) %s\n", hv_log_line(i));
}

/* On the chosen module: boots, runs, shuts down. */
static int boot_and_run(const struct options *options, const struct file files[3], struct scn_vars *vars)
{
	int status = 0;
	int rc = hv_boot();

	if (rc)
		return fail("boot failed", strerror(-rc));
	if (files[2].count && !hv_console_type(files[2].bytes, files[2].count))
		status = fail(options->console, "more than the console holds");
	else if (options->scenario)
		status = run_scenario(options->scenario, &files[1], options, vars);
	else
		show_boot(options);
	hv_shutdown();
	return status;
}

static int run(const struct options *options, enum flask_mode mode, const struct file files[3], struct scn_vars *vars)
{
	bool flask_started = false;
	int status;

	hv_log_open();
	hv_log_echo(options->log ? stdout : NULL);
	status = choose_module(options, mode, &files[0], &flask_started);
	if (!status)
		status = boot_and_run(options, files, vars);
	if (flask_started)
		flask_fini();
	port_posix_quiesce();
	hv_log_close();
	return status;
}

/* Reads the files and runs. */
static int start(const struct options *options, struct scn_vars *vars)
{
	const char *paths[3] = {options->policy, options->scenario, options->console};
	struct file files[3] = {{NULL, 0}};
	enum flask_mode mode;
	int status = 0;
	size_t i;

	if (!flask_mode_parse(options->flask, &mode)) {
		fprintf(stderr, "xsm-model: %s: --flask takes enforcing, permissive, late or disabled\n",
			options->flask);
		return 2;
	}
	for (i = 0; i < PORT_ARRAY_SIZE(paths) && !status; i++)
		if (paths[i] && !is_stdin(paths[i]))
			status = slurp(paths[i], &files[i]);
	if (!status)
		status = run(options, mode, files, vars);
	for (i = 0; i < PORT_ARRAY_SIZE(files); i++)
		free(files[i].bytes);
	return status;
}

int main(int argc, char **argv)
{
	struct scn_vars *vars = scn_vars_create();
	struct options options;
	int status;

	if (!vars)
		port_panic("no memory");
	setvbuf(stdout, NULL, _IOLBF, 0); /* whoever follows the output sees whole lines as they come */
	status = options_parse(argc, argv, &options, vars);
	if (status < 0)
		status = start(&options, vars);
	scn_vars_destroy(vars);
	return status;
}
