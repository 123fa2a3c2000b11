// SPDX-License-Identifier: BSD-2-Clause
/*
 * Does a policy have the classes and permissions that the hypervisor compiled
 * in? Xen: each must be there under its own number; more of them are fine.
 */
#include "flask/ss/private.h"

static void init_reason(struct text *reason, char buf[SS_LINE_MAX], const char *what, const char *name)
{
	text_init(reason, buf, SS_LINE_MAX);
	text_add(reason, what);
	text_add_escaped(reason, name, strlen(name));
}

/* @found is the class at that number in the policy; NULL: there is none. */
static int refuse_class(uint32_t number, const char *name, const char *found, struct image_error *error)
{
	char buf[SS_LINE_MAX];
	struct text reason;

	if (!found) {
		init_reason(&reason, buf, "class `", name);
		text_add(&reason, "' is missing: the hypervisor's number ");
		text_add_u32(&reason, number);
		return ss_refuse(error, "hypervisor", &reason);
	}
	text_init(&reason, buf, sizeof(buf));
	text_add(&reason, "class ");
	text_add_u32(&reason, number);
	text_add(&reason, " is `");
	text_add_escaped(&reason, found, strlen(found));
	text_add(&reason, "' but the hypervisor's is `");
	text_add(&reason, name);
	text_add(&reason, "'");
	return ss_refuse(error, "hypervisor", &reason);
}

static int refuse_perm(const struct policy_class *tclass, uint32_t bit, const char *name, struct image_error *error)
{
	uint32_t found = names_find(&tclass->perms, name, strlen(name));
	char buf[SS_LINE_MAX];
	struct text reason;

	init_reason(&reason, buf, "permission `", name);
	text_add(&reason, "' of class `");
	text_add(&reason, tclass->name);
	if (!found) {
		text_add(&reason, "' is missing");
		return ss_refuse(error, "hypervisor", &reason);
	}
	text_add(&reason, "' is bit ");
	text_add_u32(&reason, found - 1);
	text_add(&reason, " but the hypervisor's is ");
	text_add_u32(&reason, bit);
	return ss_refuse(error, "hypervisor", &reason);
}

static int check_perms(const struct ss_abi_class *abi, const struct policy_class *tclass, struct image_error *error)
{
	const char *found;
	uint32_t bit;

	for (bit = 0; bit < abi->nperms; bit++) {
		found = tclass->perm_names[bit];
		if (!found || strcmp(found, abi->perms[bit]) != 0)
			return refuse_perm(tclass, bit, abi->perms[bit], error);
	}
	return 0;
}

int ss_abi_check(const struct ss_config *config, const struct policy *policy, struct image_error *error)
{
	const struct policy_class *tclass;
	const struct ss_abi_class *abi;
	uint32_t i;
	int rc;

	for (i = 0; i < config->nclasses; i++) {
		abi = &config->classes[i];
		if (i >= policy->nclasses)
			return refuse_class(i + 1, abi->name, NULL, error);
		tclass = &policy->classes[i];
		if (!tclass->name || strcmp(tclass->name, abi->name) != 0)
			return refuse_class(i + 1, abi->name, tclass->name, error);
		rc = check_perms(abi, tclass, error);
		if (rc)
			return rc;
	}
	return 0;
}
