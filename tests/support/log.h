/* SPDX-License-Identifier: BSD-2-Clause */
/* The log of a test program: lines kept instead of printed. */
#ifndef TESTS_SUPPORT_LOG_H
#define TESTS_SUPPORT_LOG_H

#include "hooks/port.h"

/* Starts keeping lines; forgets those kept so far. */
void log_keep(void);

/* Lines kept since log_keep() or log_forget(). */
unsigned int log_count(void);
const char *log_line(unsigned int index); /* "" beyond the last */
enum port_level log_level(unsigned int index);

void log_forget(void);

/*
 * Compares the kept lines with @lines, which end in NULL, and forgets them.
 * NULL: the same; else what differs (static text).
 */
const char *log_difference(const char *const *lines);

/* Fails the test (cmocka) unless exactly these lines were kept. */
#define log_expect(...)	  log_expect_(((const char *const[]){__VA_ARGS__, NULL}))
#define log_expect_none() log_expect_((const char *const[]){NULL})
#define log_expect_(lines)                                       \
	do {                                                     \
		const char *difference_ = log_difference(lines); \
                                                                 \
		if (difference_)                                 \
			fail_msg("%s", difference_);             \
	} while (0)

#endif
