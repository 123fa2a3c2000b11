/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Xen: refuses a policy whose classes or permissions have other numbers than
 * the hypervisor's, or are absent. Here numbers do not matter, names do.
 */
#include "flask/ss/map.h"
#include "flask/ss/private.h"

static uint32_t all_perms(const struct ss_abi_class *abi)
{
	return abi->nperms < SS_MAP_BITS ? (1u << abi->nperms) - 1 : UINT32_MAX;
}

const struct ss_abi_class *ss_config_class(const struct ss_config *config, uint32_t number)
{
	if (number - 1 < config->nclasses)
		return &config->classes[number - 1];
	if (number - SS_OWN_CLASS < config->nown_classes)
		return &config->own_classes[number - SS_OWN_CLASS];
	return NULL;
}

static const struct ss_abi_class *class_of_row(const struct ss_config *config, uint32_t i)
{
	return i < config->nclasses ? &config->classes[i] : &config->own_classes[i - config->nclasses];
}

static void map_perms(const struct ss_abi_class *abi, const struct policy_class *tclass, struct ss_map_class *row)
{
	uint32_t bit, found;

	for (bit = 0; bit < abi->nperms; bit++) {
		found = names_find(&tclass->perms, abi->perms[bit], strlen(abi->perms[bit]));
		if (!found)
			continue;
		row->known |= 1u << bit;
		row->bits[found - 1] = (uint8_t)bit;
		row->same_bits = row->same_bits && found - 1 == bit;
	}
}

/* Without a number of its own, a class has the one that no rule names: 0, or the policy's for a lacking domain. */
static void map_class(const struct ss_abi_class *abi, const struct policy *policy, struct ss_map_class *row)
{
	uint32_t found = names_find(&policy->class_names, abi->name, strlen(abi->name));

	memset(row->bits, SS_MAP_BITS, sizeof(row->bits));
	row->same_bits = true;
	row->tclass = found;
	if (found)
		map_perms(abi, &policy->classes[found - 1], row);
}

static void add_perms(struct text *line, const struct ss_abi_class *abi, uint32_t perms)
{
	uint32_t bit;

	text_add(line, abi->name);
	text_add(line, " {");
	for (bit = 0; bit < abi->nperms; bit++) {
		if (!(perms & 1u << bit))
			continue;
		text_add(line, " ");
		text_add(line, abi->perms[bit]);
	}
	text_add(line, " }");
}

static uint32_t lacking(const struct ss_config *config, const struct ss_map *map, uint32_t i)
{
	return all_perms(class_of_row(config, i)) & ~map->classes[i].known;
}

/*
 * What becomes of a class of Xen's where the policy does not know it. A policy
 * that allows what it does not know was not asked whether everybody may load
 * another one: rights over the security server are never given so.
 */
static enum policy_unknown fate_of(const struct ss_config *config, const struct policy *policy, uint32_t i)
{
	if (policy->unknown == POLICY_UNKNOWN_ALLOW && i + 1 == config->guarded_class)
		return POLICY_UNKNOWN_DENY;
	return policy->unknown;
}

static void report_class(const struct ss_abi_class *abi, uint32_t perms, bool whole, enum policy_unknown unknown)
{
	static const char *const fates[] = {[POLICY_UNKNOWN_DENY] = ": denied",
					    [POLICY_UNKNOWN_REJECT] = ": rejected",
					    [POLICY_UNKNOWN_ALLOW] = ": allowed"};
	char buf[SS_LINE_MAX];
	struct text line;

	text_init(&line, buf, sizeof(buf));
	text_add(&line, whole ? "Flask: the policy does not know the class " : "Flask: the policy does not know ");
	add_perms(&line, abi, perms);
	text_add(&line, fates[unknown]);
	port_log(PORT_WARNING, buf);
}

static void report_own(const struct ss_config *config, const struct ss_map *map)
{
	char buf[SS_LINE_MAX];
	struct text line;
	bool any = false;
	uint32_t i, perms;

	text_init(&line, buf, sizeof(buf));
	text_add(&line, "Flask: not enforced, for the policy does not know:");
	for (i = map->nclasses; i < map->nclasses + map->nown; i++) {
		perms = lacking(config, map, i);
		if (!perms)
			continue;
		any = true;
		text_add(&line, " ");
		add_perms(&line, class_of_row(config, i), perms);
	}
	if (any)
		port_log(PORT_WARNING, buf);
}

void ss_map_report(const struct ss_config *config, const struct policy *policy, const struct ss_map *map)
{
	uint32_t i, perms;

	if (!map)
		return;
	for (i = 0; i < map->nclasses; i++) {
		perms = lacking(config, map, i);
		if (perms)
			report_class(class_of_row(config, i), perms, map->classes[i].tclass - 1 >= policy->nclasses,
				     fate_of(config, policy, i));
	}
	report_own(config, map);
}

/* The first class of Xen's with something that the policy lacks; nclasses: none. */
static uint32_t first_lacking(const struct ss_config *config, const struct ss_map *map)
{
	uint32_t i = 0;

	while (i < map->nclasses && !lacking(config, map, i))
		i++;
	return i;
}

static int check_reject(const struct ss_config *config, const struct policy *policy, const struct ss_map *map,
			struct image_error *error)
{
	uint32_t i = first_lacking(config, map);
	char buf[SS_LINE_MAX];
	struct text reason;

	if (policy->unknown != POLICY_UNKNOWN_REJECT || i == map->nclasses)
		return 0;
	ss_map_report(config, policy, map);
	text_init(&reason, buf, sizeof(buf));
	text_add(&reason, "the policy wants to be rejected where it does not know a permission: ");
	add_perms(&reason, class_of_row(config, i), lacking(config, map, i));
	return ss_refuse(error, "hypervisor", &reason);
}

static void fill(const struct ss_config *config, const struct policy *policy, struct ss_map *map)
{
	struct ss_map_class *row;
	uint32_t i;

	map->nclasses = config->nclasses;
	map->nown = config->nown_classes;
	for (i = 0; i < map->nclasses + map->nown; i++) {
		row = &map->classes[i];
		map_class(class_of_row(config, i), policy, row);
		if (!row->tclass && i + 1 == config->domain_class)
			row->tclass = policy->domain_class;
		if (i >= map->nclasses || fate_of(config, policy, i) == POLICY_UNKNOWN_ALLOW)
			row->given = lacking(config, map, i);
	}
}

int ss_map_create(const struct ss_config *config, const struct policy *policy, struct ss_map **map,
		  struct image_error *error)
{
	uint32_t count = config->nclasses + config->nown_classes;
	struct ss_map *made;
	int rc;

	*map = NULL;
	if (!count)
		return 0;
	made = port_alloc(sizeof(*made) + count * sizeof(made->classes[0]));
	if (!made)
		return -ENOMEM;
	fill(config, policy, made);
	rc = check_reject(config, policy, made, error);
	if (rc)
		port_free(made);
	else
		*map = made;
	return rc;
}

/* A class of the policy alone; what the hypervisor has, too, goes by the hypervisor's number only. */
static uint32_t find_policys_own(const struct ss_map *map, const struct policy *policy, uint32_t tclass)
{
	uint32_t i;

	if (tclass - 1 >= policy->nclasses || !policy->classes[tclass - 1].name)
		return 0;
	for (i = 0; i < map->nclasses + map->nown; i++)
		if (map->classes[i].tclass == tclass)
			return 0;
	return tclass;
}

uint32_t ss_map_find(const struct ss_map *map, const struct policy *policy, uint32_t number,
		     const struct ss_map_class **row)
{
	*row = NULL;
	if (!map)
		return number;
	if (number - 1 < map->nclasses)
		*row = &map->classes[number - 1];
	else if (number - SS_OWN_CLASS < map->nown)
		*row = &map->classes[map->nclasses + number - SS_OWN_CLASS];
	else
		return find_policys_own(map, policy, number - SS_POLICY_CLASS);
	return (*row)->tclass;
}

/* Bits of the policy that the hypervisor has no permission for are dropped. */
static uint32_t to_hypervisor(const struct ss_map_class *row, uint32_t mask)
{
	uint32_t out = 0, bit;

	if (row->same_bits)
		return mask & row->known;
	for (; mask; mask &= mask - 1) {
		bit = row->bits[__builtin_ctz(mask)];
		if (bit < SS_MAP_BITS)
			out |= 1u << bit;
	}
	return out;
}

void ss_map_answer(const struct ss_map_class *row, struct decision *decision)
{
	decision->allowed = to_hypervisor(row, decision->allowed) | row->given;
	decision->auditallow = to_hypervisor(row, decision->auditallow);
	decision->auditdeny = ~to_hypervisor(row, ~decision->auditdeny);
}
