/* SPDX-License-Identifier: BSD-2-Clause */
/* The command line of xsm-model. */
#ifndef HOOKS_MODEL_OPTIONS_H
#define HOOKS_MODEL_OPTIONS_H

#include "hooks/model/scenario.h"

struct options {
	const char *policy; /* a file, or NULL */
	const char *flask;  /* a word of the boot parameter flask= */
	const char *xsm;    /* "flask" or "dummy" */
	const char *scenario;
	const char *console; /* file whose bytes are typed into the console, or NULL */
	bool log, trace;
};

/*
 * Reads the command line. @vars gets the --define values. -1: go on; else the
 * exit status: 0 after --help and --version, 2 for a mistake, which was told.
 */
int options_parse(int argc, char **argv, struct options *options, struct scn_vars *vars) PORT_MUST_CHECK;

#endif
