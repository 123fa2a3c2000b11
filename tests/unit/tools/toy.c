/* SPDX-License-Identifier: BSD-2-Clause */
#include "tests/unit/tools/toy.h"

#include <stdlib.h>

#define BIT(value) (UINT64_C(1) << ((value)-1))
#define SET(bits)                              \
	{                                      \
		1, &(const struct bitmap_word) \
		{                              \
			0, bits                \
		}                              \
	}

static struct policy_type types[] = {
    {.name = "a_t", .attrs = SET(BIT(A_T) | BIT(GUESTS) | BIT(ALL))},
    {.name = "b_t", .attrs = SET(BIT(B_T) | BIT(GUESTS) | BIT(ALL))},
    {.name = "c_t", .attrs = SET(BIT(C_T) | BIT(ALL))},
    {.name = "guests", .attribute = true, .attrs = SET(BIT(GUESTS))},
    {.name = "all", .attribute = true, .attrs = SET(BIT(ALL))},
};
static struct policy_user users[] = {{.name = "u1"}, {.name = "u2"}};
static struct policy_role roles[] = {
    {.name = "object_r"},
    {.name = "top_r", .dominates = SET(BIT(TOP_R) | BIT(LOW_R))},
    {.name = "low_r", .dominates = SET(BIT(LOW_R))},
};
static struct policy_class classes[] = {
    {.name = "xen"},
    {.name = "domain"},
    {.name = "grant", .nperms = 3, .perm_names = {"map_read", "map_write", "copy"}},
};
static struct name_entry type_entries[6];
static struct policy policy = {
    .ntypes = 5,
    .nusers = 2,
    .nroles = 3,
    .nclasses = 3,
    .types = types,
    .users = users,
    .roles = roles,
    .classes = classes,
    .domain_class = 2,
    .type_names = {0, type_entries},
};

static void add_type(const char *name, uint32_t value)
{
	names_entry(&type_entries[policy.type_names.count++], name, (uint32_t)strlen(name), value);
}

const struct policy *toy(void)
{
	const char *twice;
	uint32_t i;

	if (policy.type_names.count)
		return &policy;
	for (i = 0; i < policy.ntypes; i++)
		add_type(types[i].name, i + 1);
	add_type("x_t", A_T);
	if (names_index(&policy.type_names, &twice))
		abort();
	return &policy;
}
