/* SPDX-License-Identifier: BSD-2-Clause */
/* What the command line tools say and how they end: data on stdout, one line per problem on stderr. */
#ifndef TOOLS_COMMON_OUTPUT_H
#define TOOLS_COMMON_OUTPUT_H

#include "hooks/port.h"

#include <stdio.h>

enum { EXIT_DONE = 0, EXIT_FAILED = 1, EXIT_USAGE = 2 };

/* Of commands that compare, as diff(1) has it. */
enum { EXIT_SAME = 0, EXIT_DIFFERENT = 1, EXIT_TROUBLE = 2 };

/*
 * Names the program for complain() and turns a closed pipe into a write error,
 * which output_finish() reports. Call first. @program is borrowed.
 */
void output_start(const char *program);

/* From now on the status of running out of memory, and of what cannot be written, is @status: else EXIT_FAILED. */
void output_failure_is(int status);

/* One line on stderr: "PROGRAM: MESSAGE". Escaped; cut at 2 KiB. */
void complain(const char *format, ...) PORT_PRINTF(1, 2);

/* Complains of no memory and ends the program: a tool cannot do better. */
void out_of_memory(void) __attribute__((noreturn));

/* Zeroed memory for @count objects of @size bytes, at least one byte; free() gives it back. Never NULL. */
void *allocate(size_t count, size_t size);

/*
 * Makes room for one more object of @size bytes behind the @count at @items;
 * returns the possibly moved array (@items NULL: a new one). Never NULL.
 */
void *make_room(void *items, size_t count, size_t size);

/* Writes bytes of a file: all but printable ASCII, and the backslash, become \xNN. */
void put_escaped(FILE *out, const char *bytes, size_t len);

/* Whether writing to stdout has failed already, so that long work can stop. */
bool output_is_broken(void);

/* Flushes stdout. Returns @status, or that of a failure with a complaint when something could not be written. */
int output_finish(int status);

#endif
