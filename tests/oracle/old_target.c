/* SPDX-License-Identifier: BSD-2-Clause */
#include "tests/oracle/old_target.h"

#include <err.h>
#include <string.h>

#include "flask/db/policy.h"

#define TARGET_AT 8u
#define KINDS_AT  28u
#define LISTS	  28u /* bytes: six empty lists of labels, and no genfs */
#define SURPLUS	  8u  /* the two that the other target does not have */

static bool is_read(const struct blob *image)
{
	struct image_error error;
	struct policy *policy;

	if (policy_create(image->bytes, image->size, &policy, &error))
		return false;
	policy_destroy(policy);
	return true;
}

/* The image without the surplus lists, if they stand at @at. */
static bool try_at(const struct blob *image, size_t at, struct blob *rewritten)
{
	static const unsigned char empty[LISTS];

	if (memcmp(image->bytes + at, empty, LISTS))
		return false;
	*rewritten = blob_copy(image);
	rewritten->size -= SURPLUS;
	memmove(rewritten->bytes + at, image->bytes + at + SURPLUS, rewritten->size - at);
	memcpy(rewritten->bytes + TARGET_AT, "XenFlask", 8);
	rewritten->bytes[KINDS_AT] = 5;
	if (is_read(rewritten))
		return true;
	blob_free(rewritten);
	return false;
}

/* Nothing in the image says where the lists are: where they can be taken away, they were. */
void old_target_rewrite(struct blob *image)
{
	struct blob rewritten;
	size_t at;

	if (image->size < KINDS_AT + LISTS || memcmp(image->bytes + TARGET_AT, "SE Linux", 8))
		return;
	for (at = image->size - LISTS; at > KINDS_AT; at--)
		if (try_at(image, at, &rewritten)) {
			blob_free(image);
			*image = rewritten;
			return;
		}
	errx(1, "an image for `SE Linux' without its empty lists");
}
