/* SPDX-License-Identifier: BSD-2-Clause */
/* Command lines: --name, --name VALUE, --name=VALUE in any order with operands; `--` ends the options. */
#ifndef TOOLS_COMMON_OPTIONS_H
#define TOOLS_COMMON_OPTIONS_H

#include "hooks/port.h"

struct option_name {
	const char *name; /* without the dashes; the table ends with NULL */
	bool takes_value;
	int id; /* > 0 */
};

enum { OPTION_NONE_LEFT = 0, OPTION_OPERAND = -1, OPTION_REFUSED = -2 };

/* A walk over argv[next..]; set the first three members, the rest to 0. */
struct options {
	const struct option_name *names;
	char **argv; /* NULL at the end */
	int next;
	bool operands_only;
};

/*
 * The next option's id with its value in *@value (NULL when it takes none),
 * or OPTION_OPERAND with the operand. OPTION_REFUSED: complained already. A
 * single dash is an operand.
 */
int options_next(struct options *options, const char **value);

#endif
