/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef TESTS_ORACLE_OLD_TARGET_H
#define TESTS_ORACLE_OLD_TARGET_H

#include "tests/support/blob.h"

/*
 * libsepol takes an image of the target "SE Linux" for another kernel's, with
 * that kernel's initial labels and class names. This makes it the same policy
 * for the target "XenFlask": other bytes in the header, and two empty lists of
 * labels less. Any other image stays as it is.
 */
void old_target_rewrite(struct blob *image);

#endif
