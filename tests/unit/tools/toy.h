/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A policy of a few names, put together by hand:
 *   types    a_t 1, b_t 2, c_t 3, alias x_t of a_t; attributes guests 4 {a_t b_t}, all 5 {a_t b_t c_t}
 *   users    u1, u2; roles object_r, top_r (dominates low_r), low_r
 *   class    grant, the third: map_read bit 0, map_write bit 1, copy bit 2
 */
#ifndef TESTS_UNIT_TOOLS_TOY_H
#define TESTS_UNIT_TOOLS_TOY_H

#include "flask/db/policy.h"

enum { A_T = 1, B_T, C_T, GUESTS, ALL };
enum { U1 = 1, U2 };
enum { TOP_R = 2, LOW_R };
enum { GRANT = 3, MAP_READ = 1, MAP_WRITE = 2, COPY = 4 };

/* The one toy; made at the first call, never freed. */
const struct policy *toy(void);

#endif
