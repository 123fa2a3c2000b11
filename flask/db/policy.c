/* SPDX-License-Identifier: BSD-2-Clause */
#include "flask/db/parse.h"

void policy_destroy(struct policy *policy)
{
	if (!policy)
		return;
	arena_fini(&policy->arena);
	port_free(policy);
}

static int run_passes(struct policy_draft *draft)
{
	int rc;

	rc = policy_parse(draft);
	if (rc)
		return rc;
	rc = policy_validate(draft);
	if (rc)
		return rc;
	return policy_index(draft);
}

int policy_create(const void *bytes, size_t size, struct policy **policy, struct image_error *error)
{
	struct policy_draft draft;
	int rc;

	memset(&draft, 0, sizeof(draft));
	image_init(&draft.im, bytes, size, error);
	draft.sets_end = &draft.sets;
	draft.ranges_end = &draft.ranges;
	if (size > POLICY_IMAGE_MAX)
		return image_fail(&draft.im, "the image is larger than 64 MiB");
	draft.policy = port_alloc(sizeof(*draft.policy));
	if (!draft.policy)
		return image_fail_memory(&draft.im);
	rc = run_passes(&draft);
	arena_fini(&draft.scratch);
	if (rc) {
		policy_destroy(draft.policy);
		return rc;
	}
	*policy = draft.policy;
	return 0;
}
