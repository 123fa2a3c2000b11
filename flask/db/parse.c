/* SPDX-License-Identifier: BSD-2-Clause */
/* The header and the order of the sections. Format: docs/policy-format.md. */
#include "flask/db/parse.h"

#define MAGIC	      0xf97cff8cu
#define TARGET_LEN    8u
#define CONFIG_MLS    1u
#define CONFIG_REJECT 2u
#define CONFIG_ALLOW  4u

static void parse_target(struct policy *policy, struct image *im)
{
	size_t at = im->pos;
	uint32_t len = image_u32(im);
	const char *target;

	if (len != TARGET_LEN)
		image_fail_number(im, at, "length of the target name must be 8, not", len);
	at = im->pos;
	target = image_bytes(im, TARGET_LEN);
	if (!target)
		return;
	if (!memcmp(target, "SE Linux", TARGET_LEN))
		policy->target = POLICY_TARGET_SELINUX;
	else if (memcmp(target, "XenFlask", TARGET_LEN) != 0)
		image_fail_at(im, at, "target is neither `XenFlask' nor `SE Linux'");
}

static void parse_version(struct policy *policy, struct image *im)
{
	size_t at = im->pos;

	policy->version = image_u32(im);
	if (policy->version != 24 && policy->version != 30)
		image_fail_number(im, at, "version must be 24 or 30, not", policy->version);
	if (policy->target == POLICY_TARGET_SELINUX && policy->version != 24)
		image_fail_number(im, at, "version for target `SE Linux' must be 24, not", policy->version);
}

/* Other bits of the word mean nothing to Xen either. */
static void parse_config(struct policy *policy, struct image *im)
{
	size_t at = im->pos;
	uint32_t config = image_u32(im);

	if ((config & CONFIG_REJECT) && (config & CONFIG_ALLOW))
		image_fail_at(im, at, "unknown permissions both rejected and allowed");
	policy->mls = config & CONFIG_MLS;
	policy->unknown = POLICY_UNKNOWN_DENY;
	if (config & CONFIG_REJECT)
		policy->unknown = POLICY_UNKNOWN_REJECT;
	if (config & CONFIG_ALLOW)
		policy->unknown = POLICY_UNKNOWN_ALLOW;
}

/* The old target has lists for what other kernels label; here all but the first are empty. */
static uint32_t object_kinds(const struct policy *policy)
{
	if (policy->target == POLICY_TARGET_SELINUX)
		return 7;
	return policy->version == 30 ? 6 : 5;
}

static void parse_header(struct policy *policy, struct image *im)
{
	uint32_t number;
	size_t at;

	image_section(im, "header");
	if (image_u32(im) != MAGIC)
		image_fail_at(im, 0, "not a policy image: wrong magic number");
	parse_target(policy, im);
	parse_version(policy, im);
	parse_config(policy, im);
	at = im->pos;
	number = image_u32(im);
	if (number != DRAFT_TABLES)
		image_fail_number(im, at, "number of symbol tables must be 8, not", number);
	at = im->pos;
	number = image_u32(im);
	if (number != object_kinds(policy))
		image_fail_number(im, at, "number of object context kinds does not fit target and version:", number);
}

int policy_parse(struct policy_draft *draft)
{
	struct policy *policy = draft->policy;
	struct image *im = &draft->im;

	parse_header(policy, im);
	image_section(im, "capabilities");
	image_bitmap(im, &policy->arena, &policy->capabilities);
	image_section(im, "permissive types");
	draft->permissive_at = draft_at(draft);
	image_bitmap(im, &policy->arena, &policy->permissive);
	policy_parse_symbols(draft);
	policy_parse_rules(draft);
	policy_parse_objects(draft);
	image_section(im, "end");
	if (image_left(im))
		image_fail(im, "bytes after the end of the policy");
	return im->status;
}
