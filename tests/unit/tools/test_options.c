/* SPDX-License-Identifier: BSD-2-Clause */
/* Command lines taken apart; the messages of refusals are checked with the programs. */
#include "tools/common/options.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

enum { ALL = 1, USER, END = OPTION_NONE_LEFT, WORD = OPTION_OPERAND };

static const struct option_name names[] = {{"all", false, ALL}, {"user", true, USER}, {0}};

struct step {
	int id;
	const char *value; /* NULL: none */
};

static void walk(char **argv, const struct step *steps)
{
	struct options options = {.names = names, .argv = argv};
	const char *value;

	do {
		assert_int_equal(options_next(&options, &value), steps->id);
		if (steps->value)
			assert_string_equal(value, steps->value);
		else
			assert_null(value);
	} while (steps++->id != END);
}

static void takes_every_form(void **state)
{
	char *argv[] = {"a",	  "--all", "--user", "u1",    "--user=u2", "--user=", "-",
			"--user", "--all", "--",     "--all", "--",	   NULL};
	const struct step steps[] = {{WORD, "a"}, {ALL, NULL},	   {USER, "u1"},    {USER, "u2"}, {USER, ""},
				     {WORD, "-"}, {USER, "--all"}, {WORD, "--all"}, {WORD, "--"}, {END, NULL}};

	(void)state;
	walk(argv, steps);
}

static void takes_nothing(void **state)
{
	char *none[] = {NULL}, *end[] = {"--", NULL};
	const struct step steps[] = {{END, NULL}};

	(void)state;
	walk(none, steps);
	walk(end, steps);
}

static void refuses_what_is_not_there(void **state)
{
	static char *const words[] = {"--nosuch", "--al", "--alll", "-all", "-a", "--=x", "--all=", "--user"};
	size_t i;

	(void)state;
	for (i = 0; i < PORT_ARRAY_SIZE(words); i++) {
		char *argv[] = {words[i], NULL};
		struct options options = {.names = names, .argv = argv};
		const char *value;

		assert_int_equal(options_next(&options, &value), OPTION_REFUSED);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(takes_every_form),
	    cmocka_unit_test(takes_nothing),
	    cmocka_unit_test(refuses_what_is_not_there),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
