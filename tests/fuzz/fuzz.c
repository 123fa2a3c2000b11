/* SPDX-License-Identifier: BSD-2-Clause */
#include "tests/fuzz/fuzz.h"

#include "hooks/model/port_posix.h"

#include <err.h>
#include <pthread.h>
#include <sanitizer/common_interface_defs.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>

void fuzz_fail(const char *what)
{
	fprintf(stderr, "%s\n", what);
	abort();
}

static void drop_line(void *context, enum port_level level, const char *line)
{
	(void)context;
	(void)level;
	(void)line;
}

/* What kills a child (libsepol, on hostile bytes) is not a find. */
static void child_dies_quietly(void)
{
	static const int signals[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGALRM};

	for (size_t i = 0; i < PORT_ARRAY_SIZE(signals); i++)
		signal(signals[i], SIG_DFL);
	__sanitizer_set_death_callback(NULL);
}

void fuzz_start(void)
{
	port_posix_set_log(drop_line, NULL);
	pthread_atfork(NULL, NULL, child_dies_quietly);
}

struct blob fuzz_file(const char *variable, const char *path)
{
	const char *directory = getenv(variable);
	char full[1024];

	if (!directory)
		errx(1, "%s is not set: run by `make check-fuzz` or `make fuzz`", variable);
	snprintf(full, sizeof(full), "%s/%s", directory, path);
	return blob_read(full);
}

int fuzz_load(struct ss_server *server, const struct blob *image)
{
	struct image_error error = {0};
	struct ss_stage *stage;
	int rc = ss_stage(server, image->bytes, image->size, &stage, &error);

	return rc ? rc : ss_commit(server, stage);
}
