/* SPDX-License-Identifier: BSD-2-Clause */
#include "policy/compiler/contexts.h"

#include "tools/common/output.h"

#include <stdlib.h>

/* The users, or the roles, to try, by name: numbers differ from compiler to compiler. */
struct candidate {
	const char *name;
	uint32_t value;
};

struct candidates {
	struct candidate *items; /* owned */
	size_t count;
};

static void add(struct candidates *candidates, const char *name, uint32_t value, const char *only)
{
	if (!name || (only && strcmp(name, only) != 0))
		return;
	candidates->items = make_room(candidates->items, candidates->count, sizeof(*candidates->items));
	candidates->items[candidates->count++] = (struct candidate){name, value};
}

static int by_name(const void *a, const void *b)
{
	return strcmp(((const struct candidate *)a)->name, ((const struct candidate *)b)->name);
}

static struct candidates users_named(const struct policy *policy, const char *only)
{
	struct candidates users = {0};
	uint32_t i;

	for (i = 0; i < policy->nusers; i++)
		add(&users, policy->users[i].name, i + 1, only);
	if (users.count)
		qsort(users.items, users.count, sizeof(*users.items), by_name);
	return users;
}

/* object_r goes with every type: it is a candidate only when it is asked for. */
static struct candidates roles_named(const struct policy *policy, const char *only)
{
	struct candidates roles = {0};
	uint32_t i;

	for (i = 0; i < policy->nroles; i++)
		if (only || i + 1 != POLICY_OBJECT_R)
			add(&roles, policy->roles[i].name, i + 1, only);
	if (roles.count)
		qsort(roles.items, roles.count, sizeof(*roles.items), by_name);
	return roles;
}

static struct policy_range range_of(const struct policy *policy, uint32_t user, const struct policy_range *range)
{
	const struct policy_level *low = &policy->users[user - 1].range.low;

	return range ? *range : (struct policy_range){*low, *low};
}

static struct policy_context choose(const struct policy *policy, const struct candidates *users,
				    const struct candidates *roles, const struct policy_range *range, uint32_t type)
{
	struct policy_context context = {.type = type};
	size_t u, r;

	for (u = 0; u < users->count; u++)
		for (r = 0; r < roles->count; r++) {
			context.user = users->items[u].value;
			context.role = roles->items[r].value;
			context.range = range_of(policy, context.user, range);
			if (policy_context_is_valid(policy, &context))
				return context;
		}
	context.user = users->items[0].value;
	context.role = POLICY_OBJECT_R;
	context.range = range_of(policy, context.user, range);
	return context;
}

/* Whether there is what was asked for; complains when not. */
static bool is_complete(const struct candidates *users, const struct candidates *roles, const char *user,
			const char *role)
{
	if (users->count && (roles->count || !role))
		return true;
	if (user && !users->count)
		complain("--user %s: the policy has no such user", user);
	else if (!users->count)
		complain("the policy has no user: no context can be formed");
	else
		complain("--role %s: the policy has no such role", role);
	return false;
}

int contexts_choose(const struct policy *policy, const char *user, const char *role, const struct policy_range *range,
		    struct policy_context *contexts)
{
	struct candidates users = users_named(policy, user), roles = roles_named(policy, role);
	bool complete = is_complete(&users, &roles, user, role);
	uint32_t type;

	for (type = 1; complete && type <= policy->ntypes; type++)
		contexts[type - 1] = choose(policy, &users, &roles, range, type);
	free(users.items);
	free(roles.items);
	return complete ? 0 : -1;
}

/* The value of a name of one policy in the other, or 0. */
static uint32_t find(const struct names *names, const char *name)
{
	return names_find(names, name, strlen(name));
}

/* Gives the type in @to the user and the role that it has in @from. False: @to does not take them, nothing changed. */
static bool carry(const struct policy *from, const struct policy_context *chosen, const struct policy *to,
		  struct policy_context *context)
{
	struct policy_context carried = *context;

	carried.user = find(&to->user_names, from->users[chosen->user - 1].name);
	carried.role = find(&to->role_names, from->roles[chosen->role - 1].name);
	if (!carried.user)
		return false;
	carried.range = range_of(to, carried.user, NULL);
	if (!policy_context_is_valid(to, &carried))
		return false;
	*context = carried;
	return true;
}

static void make_alike(const struct policy *before, const struct policy *after, struct policy_context *old_context,
		       struct policy_context *new_context)
{
	if (!carry(before, old_context, after, new_context))
		(void)carry(after, new_context, before, old_context);
}

int contexts_choose_pair(const struct policy *before, const struct policy *after, struct policy_context *old_contexts,
			 struct policy_context *new_contexts)
{
	uint32_t i, value;

	if (contexts_choose(before, NULL, NULL, NULL, old_contexts) ||
	    contexts_choose(after, NULL, NULL, NULL, new_contexts))
		return -1;
	for (i = 0; i < before->ntypes; i++) {
		value = before->types[i].name ? find(&after->type_names, before->types[i].name) : 0;
		if (value)
			make_alike(before, after, &old_contexts[i], &new_contexts[value - 1]);
	}
	return 0;
}
