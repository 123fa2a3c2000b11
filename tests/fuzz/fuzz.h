/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the libFuzzer targets share. A target is tests/fuzz/fuzz_X.c; it says at
 * its top what holds for every input. A broken promise ends the program by
 * fuzz_expect(), which libFuzzer reports with the input.
 */
#ifndef TESTS_FUZZ_FUZZ_H
#define TESTS_FUZZ_FUZZ_H

#include "flask/ss/server.h"
#include "tests/support/blob.h"

/* Of libFuzzer: called before the first input, and for each one. */
int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Of libFuzzer, for mutators of our own; @size is the old size, the new one comes back. */
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max, unsigned int seed);
size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t max);

/* Ends the program, saying what did not hold. */
void fuzz_fail(const char *what) __attribute__((noreturn));
#define fuzz_expect(holds)                                              \
	do {                                                            \
		if (!(holds))                                           \
			fuzz_fail(__FILE__ ": does not hold: " #holds); \
	} while (0)

/* Log lines go nowhere. Children that judge an image end without libFuzzer's report. */
void fuzz_start(void);

/* The file at @path under the directory that the environment variable names. */
struct blob fuzz_file(const char *variable, const char *path);

/* Stages and commits. */
int fuzz_load(struct ss_server *server, const struct blob *image);

#endif
