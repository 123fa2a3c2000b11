/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Which implementation of read sections the POSIX port has. ThreadSanitizer sees
 * C11 atomics and POSIX locks, but not the inline assembly of liburcu: under it
 * the port counts readers by itself.
 */
#ifndef HOOKS_MODEL_READERS_H
#define HOOKS_MODEL_READERS_H

#if defined(__SANITIZE_THREAD__)
#define PORT_COUNTS_READERS 1
#elif defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define PORT_COUNTS_READERS 1
#endif
#endif

#endif
