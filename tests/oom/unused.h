/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Fields of an image that neither Xen nor we use, and libsepol still judges:
 * why it may refuse an image that we take. Docs of the format: docs/policy-format.md.
 */
#ifndef TESTS_OOM_UNUSED_H
#define TESTS_OOM_UNUSED_H

#include "tests/support/blob.h"

#include <stdbool.h>

/*
 * Gives the unused fields of the classes in @image, which we accepted, values
 * that libsepol takes: the permission mask of a validatetrans rule, mask bits
 * beyond the class's permissions, attribute and operator of not/and/or, the
 * type names kept for people, class defaults; a constraint of no permission goes.
 * The image may get shorter. Returns whether anything changed.
 */
bool unused_reset(struct blob *image);

#endif
