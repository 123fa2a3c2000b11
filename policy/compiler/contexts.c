/* SPDX-License-Identifier: BSD-2-Clause */
#include "policy/compiler/contexts.h"

#include "tools/common/output.h"

/* The values to try: from..to. */
struct span {
	uint32_t from, to;
};

static int narrow(const struct names *names, const char *option, const char *name, struct span *span)
{
	uint32_t value;

	if (!name)
		return 0;
	value = names_find(names, name, strlen(name));
	if (!value) {
		complain("--%s %s: the policy has no such %s", option, name, option);
		return -1;
	}
	*span = (struct span){value, value};
	return 0;
}

/* The first user that exists; 0 when there is none. */
static uint32_t first_user(const struct policy *policy, const struct span *users)
{
	uint32_t user;

	for (user = users->from; user <= users->to; user++)
		if (policy->users[user - 1].name)
			return user;
	return 0;
}

static struct policy_context choose(const struct policy *policy, const struct span *users, const struct span *roles,
				    uint32_t type)
{
	struct policy_context context = {.type = type};

	for (context.user = users->from; context.user <= users->to; context.user++)
		for (context.role = roles->from; context.role <= roles->to; context.role++)
			if (policy_context_is_valid(policy, &context))
				return context;
	context.user = first_user(policy, users);
	context.role = POLICY_OBJECT_R;
	return context;
}

int contexts_choose(const struct policy *policy, const char *user, const char *role, struct policy_context *contexts)
{
	struct span users = {1, policy->nusers};
	struct span roles = {POLICY_OBJECT_R + 1, policy->nroles};
	uint32_t type;

	if (narrow(&policy->user_names, "user", user, &users) || narrow(&policy->role_names, "role", role, &roles))
		return -1;
	if (!first_user(policy, &users)) {
		complain("the policy has no user: no context can be formed");
		return -1;
	}
	for (type = 1; type <= policy->ntypes; type++)
		contexts[type - 1] = choose(policy, &users, &roles, type);
	return 0;
}
