/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Scenario text is read from files that anybody may write: whatever is in one, it
 * is run or refused in one line. What each mistake is told: tests/scenario/cli.sh.
 */
#include "hooks/model/scenario.h"

#include "hooks/model/log.h"
#include "hooks/model/port_posix.h"
#include "tests/unit/model/machine.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

static int start(void **state)
{
	machine_start(state);
	hv_log_open();
	return 0;
}

static int stop(void **state)
{
	hv_log_close();
	return machine_stop(state);
}

/* Parses and runs; the error, or "" (static). */
static const char *run(const char *text, size_t bytes, int *steps)
{
	static char error[SCN_ERROR_MAX];
	struct scn_vars *vars = scn_vars_create();
	struct scenario *s = scenario_parse("t", 1, text, bytes, error);

	*steps = -1;
	if (s) {
		error[0] = '\0';
		*steps = scenario_run(s, vars, NULL, error);
	}
	scenario_destroy(s);
	scn_vars_destroy(vars);
	assert_null(strchr(error, '\n'));
	return error;
}

static void expect(const char *text, const char *wanted)
{
	int steps;

	assert_string_equal(run(text, strlen(text), &steps), wanted);
	assert_int_equal(steps < 0, *wanted != '\0');
}

static int steps_of(const char *text)
{
	int steps;

	run(text, strlen(text), &steps);
	return steps;
}

static void test_nothing_is_a_scenario(void **state)
{
	(void)state;
	assert_int_equal(steps_of(""), 0);
	assert_int_equal(steps_of("# only\n\n   # comments"), 0);
	assert_int_equal(steps_of("say \"one\"\nsay two # and three\n"), 2);
}

static void test_variables(void **state)
{
	(void)state;
	expect("let A=5\nlet B=$A\nd1 write 0x2000 \"$A-${B}6-\\$A\"\nd1 memory 0x2000 \"5-56-\\$\"", "");
	expect("let A=5\nlet A=6\nd1 write 0x2000 \"$A\"\nd1 memory 0x2000 \"6\"", "");
	expect("say \"${A\"", "t:1: $ is not followed by a name");
	expect("say $1", "t:1: $ is not followed by a name");
	expect("say $A", "t:1: $A is not set");
	expect("d1 event_channel_op.alloc_unbound dom=DOMID_SELF remote_dom=2 -> 0 port=>p\n"
	       "d1 event_channel_op.close port=$p\n"
	       "d1 event_channel_op.close port=$p -> -EINVAL",
	       "");
	expect("d1 event_channel_op.alloc_unbound dom=DOMID_SELF remote_dom=2 -> 0 port=>7p",
	       "t:1: 7p is no name of a variable");
	expect("type \"abc\"\nd0 console_io.read buffer=@buffer:9 count=@size -> 3 buffer=>text\n"
	       "d0 write 0x2000 \"$text\"\nd0 memory 0x2000 \"abc\\0\"",
	       "");
	expect("type \"a\\x01\"\nd0 console_io.read buffer=@buffer:9 count=@size -> 2 buffer=>text",
	       "t:2: buffer is not a text");
	expect("d0 console_io.read buffer=0x10000 count=0 -> 0 buffer=>text", "t:1: buffer is not a text");
	expect("d0 domctl.createdomain -> 0 handle=>h", "t:1: handle is no number");
}

static void test_numbers(void **state)
{
	(void)state;
	expect("d1 event_channel_op.close port=0x3f -> -EINVAL", "");
	expect("d1 event_channel_op.close port=1|2|4 -> -EINVAL", "");
	expect("d1 event_channel_op.close port=4294967295 -> -EINVAL", "");
	expect("d1 event_channel_op.close port=-1 -> -EINVAL", "");
	expect("d1 event_channel_op.close port=4294967296", "t:1: 4294967296 does not fit in port");
	expect("d1 event_channel_op.close port=99999999999999999999", "t:1: 99999999999999999999 is not a number");
	expect("d1 event_channel_op.close port=1|", "t:1:  is neither a number nor a known constant");
	expect("d1 event_channel_op.close port=", "t:1:  is neither a number nor a known constant");
	expect("d1 event_channel_op.close port=--1", "t:1: -1 is neither a number nor a known constant");
	expect("d1 event_channel_op.close port=3x", "t:1: 3x is not a number");
}

static void test_escapes(void **state)
{
	(void)state;
	expect("d1 write 0x2000 \"\\x41\\n\\t\\r\\0\\\"\\\\\"\nd1 memory 0x2000 \"A\\x0a\\x09\\x0d\\x00\\x22\\x5c\"",
	       "");
	expect("say \"\\x4\"", "t:1: unknown escape \\x in a text");
	expect("say \"\\\"", "t:1: a text does not end with \" and a space");
	expect("say \"a\"b", "t:1: a text does not end with \" and a space");
}

static void test_sizes_are_bounded(void **state)
{
	char *big = malloc(200000);
	int steps;

	(void)state;
	assert_non_null(big);
	memset(big, 'x', 200000);
	assert_string_equal(run(big, 9000, &steps), "t:1: longer than 8191 bytes");
	memcpy(big, "say ", 4);
	assert_string_equal(run(big, 6000, &steps), "t:1: the value is longer than 4096 bytes");
	memset(big, ' ', 8000);
	for (steps = 0; steps < 65; steps++)
		big[2 * steps] = 'x';
	assert_string_equal(run(big, 200, &steps), "t:1: more than 64 words");
	memset(big, '\n', 200000);
	assert_string_equal(run(big, 200000, &steps), "t:1: more than 100000 lines");
	assert_string_equal(run("say a\0b", 7, &steps), "t:1: a NUL byte");
	free(big);
	expect("d1 console_io.write buffer=@buffer:0x10001 count=1", "t:1: @buffer:N takes at most 65536 bytes");
	expect("d1 console_io.write buffer=@buffer:0x10000 count=@size", "");
}

static void test_a_caller_needs_room(void **state)
{
	(void)state;
	expect("d1 xsm_op.load buffer=@file:/dev/null size=0", "t:1: /dev/null: not a file of at most 67108864 bytes");
	expect("d1 console_io.write buffer=@buffer:0x8000 count=1", "");
	expect("d1 xsm_op.load buffer=@buffer:0x10000 size=1 ", "t:1: expected 0, came -ENOSYS");
	expect("d1 grant_table_op.copy ; ; ; ; ; ; ; ; len=1",
	       "t:1: at most 8 entries, and no more results than entries");
	expect("d1 domctl.createdomain handle=\"seventeen letters\"", "t:1: handle holds 16 bytes");
}

/* Whole statements and pieces of some, in any order: done, failed or refused, but never a crash. */
static const char *const statements[] = {
    "d0 domctl.createdomain\n",
    "d0 domctl.unpausedomain domain=3\n",
    "d0 domctl.destroydomain domain=2\n",
    "d0 domctl.pausedomain domain=1\n",
    "d0 domctl.unpausedomain domain=1\n",
    "d1 event_channel_op.alloc_unbound dom=DOMID_SELF remote_dom=2 -> 0 port=>A\n",
    "d1 event_channel_op.send port=1\n",
    "d1 event_channel_op.close port=1\n",
    "d2 event_channel_op.bind_interdomain remote_dom=1 remote_port=1\n",
    "d2 grant 8 domid=1 frame=5\n",
    "d1 grant_table_op.map_grant_ref dom=2 ref=8 host_addr=0x10000 flags=GNTMAP_host_map\n",
    "d1 grant_table_op.unmap_grant_ref handle=0 host_addr=0x10000\n",
    "d1 grant_table_op.copy source.domid=DOMID_SELF dest.domid=DOMID_SELF len=9 ; @count=2\n",
    "d1 xsm_op.1 @arg=0xffffffffffffffff -> -ENOSYS\n",
    "d1 console_io.write buffer=\"hello\" count=@size\n",
    "d1 console_io.read buffer=0x10000 count=9\n",
    "d1 write 0x1040 \"\\x01\\x00\"\n",
    "d1 memory 0x10000 fault\n",
    "d1 hypercall.1 -> -ENOSYS\n",
    "d1 domctl.2 -> -ESRCH\n",
    "log skip\n",
    "log none\n",
    "let A=1\n",
    "say \"$A\"\n",
    "d$A is running\n",
};

static const char *const pieces[] = {
    "\n",
    "d1 ",
    "d0 ",
    "d9 ",
    "domctl.createdomain ",
    "event_channel_op.send ",
    "-> ",
    "0 ",
    "-1 ",
    "; ",
    "|",
    "port=>A ",
    "domain=",
    "@count=",
    "@arg=",
    "@buffer:9 ",
    "handle=",
    "handle=>B ",
    "\\",
    "\"",
    "$A ",
    "DOMID_SELF ",
    "context=",
    "#",
    "=",
    "=>",
    "\x01",
    "\xff",
    "is ",
};

static uint32_t next_random(uint32_t *seed)
{
	*seed = *seed * 1664525 + 1013904223;
	return *seed >> 16;
}

static void test_hostile_text(void **state)
{
	unsigned int round, n, ran = 0;
	uint32_t seed = 12345;
	char text[2048];
	int steps;

	for (round = 0; round < 20000; round++) {
		text[0] = '\0';
		for (n = next_random(&seed) % 12 + 1; n; n--)
			strcat(text, next_random(&seed) % 8
					 ? statements[next_random(&seed) % PORT_ARRAY_SIZE(statements)]
					 : pieces[next_random(&seed) % PORT_ARRAY_SIZE(pieces)]);
		run(text, strlen(text), &steps);
		ran += steps > 0;
		if (hv_domain_find(2) && hv_domain_is_running(hv_domain_find(1)) && !hv_domain_find(60))
			continue;
		stop(state);
		start(state);
	}
	assert_true(ran > 500); /* not all of it fails at sight */
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(test_nothing_is_a_scenario, start, stop),
	    cmocka_unit_test_setup_teardown(test_variables, start, stop),
	    cmocka_unit_test_setup_teardown(test_numbers, start, stop),
	    cmocka_unit_test_setup_teardown(test_escapes, start, stop),
	    cmocka_unit_test_setup_teardown(test_sizes_are_bounded, start, stop),
	    cmocka_unit_test_setup_teardown(test_a_caller_needs_room, start, stop),
	    cmocka_unit_test_setup_teardown(test_hostile_text, start, stop),
	};

	return cmocka_run_group_tests_name("scenario", tests, NULL, NULL);
}
