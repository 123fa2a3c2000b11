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

static int refuse_class(const struct policy *policy, uint32_t number, const char *name, struct image_error *error)
{
	const char *found = number <= policy->nclasses ? policy->classes[number - 1].name : NULL;
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
		if (!found || strcmp(found, abi->perms[bit]))
			return refuse_perm(tclass, bit, abi->perms[bit], error);
	}
	return 0;
}

int ss_abi_check(const struct ss_config *config, const struct policy *policy, struct image_error *error)
{
	const struct policy_class *tclass;
	uint32_t number;
	int rc;

	for (number = 1; number <= config->nclasses; number++) {
		tclass = number <= policy->nclasses ? &policy->classes[number - 1] : NULL;
		if (!tclass || !tclass->name || strcmp(tclass->name, config->classes[number - 1].name))
			return refuse_class(policy, number, config->classes[number - 1].name, error);
		rc = check_perms(&config->classes[number - 1], tclass, error);
		if (rc)
			return rc;
	}
	return 0;
}
