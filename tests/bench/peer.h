/* SPDX-License-Identifier: BSD-2-Clause */
/* libsepol as the contender: as thin as can be over its calls. */
#ifndef TESTS_BENCH_PEER_H
#define TESTS_BENCH_PEER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Reads the image and gives it back. False: refused. */
bool peer_load(const void *bytes, size_t size);

/* Reads the image and its initial SIDs into a SID table, and gives both back. */
bool peer_load_sids(const void *bytes, size_t size);

/* Keeps a policy and its SIDs for the calls below. */
bool peer_open(const void *bytes, size_t size);
void peer_close(void);

/* 0: refused. */
uint32_t peer_sid(const char *text, size_t size);
uint32_t peer_access(uint32_t source, uint32_t target, uint16_t tclass);
size_t peer_text(uint32_t sid);

#endif
