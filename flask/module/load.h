/* SPDX-License-Identifier: BSD-2-Clause */
/* Putting a policy in force, at boot and by FLASK_LOAD. */
#ifndef FLASK_MODULE_LOAD_H
#define FLASK_MODULE_LOAD_H

#include "flask/db/image.h"
#include "hooks/port.h"

/*
 * Loads @size bytes at @image (borrowed); pending boolean values are dropped.
 * When refused the policy in force stays, with its pending values, and the log
 * says why: "Flask: policy refused: SECTION at byte N: REASON; OTHERWISE".
 * -EINVAL, -ENOMEM, -ENOSPC; -EAGAIN: others kept making labels meanwhile.
 */
int flask_load_policy(const void *image, size_t size, const char *otherwise) PORT_MUST_CHECK;

/* Logs why a load came to nothing (@rc), @error where it has a reason, and what holds now. */
void flask_log_refusal(int rc, const struct image_error *error, const char *otherwise);

#endif
