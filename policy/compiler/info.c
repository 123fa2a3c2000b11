/* SPDX-License-Identifier: BSD-2-Clause */
/* What a policy holds, in numbers, and the few things that are worth a line each. */
#include "policy/compiler/commands.h"
#include "flask/ss/context.h"
#include "tools/common/output.h"

#include <stdlib.h>

static const char *const isid_names[] = {
    "none",
#define INITIAL_SID(name, NAME, number) [number] = #name,
#include "flask/initial_sids.def"
};

static void put_name(const char *name)
{
	put_escaped(stdout, name, strlen(name));
}

static void put_count(const char *what, uint32_t count, const char *note)
{
	printf("%-22s %10u%s\n", what, count, note);
}

/* "  NAME<padding>": an entry below a count. */
static void put_entry(const char *name)
{
	int pad = 22 - (int)strlen(name);

	printf("  ");
	put_name(name);
	printf("%*s ", pad > 0 ? pad - 2 : 0, "");
}

/* Printed twice: first to see how long it is. */
static void put_context(const struct policy *policy, const struct policy_context *context)
{
	char none[1], *buf;
	struct text text;

	text_init(&text, none, sizeof(none));
	context_print(policy, context, &text);
	buf = allocate(text.wanted + 1, 1);
	text_init(&text, buf, text.wanted + 1);
	context_print(policy, context, &text);
	put_escaped(stdout, text.buf, text.len);
	putchar('\n');
	free(buf);
}

static void put_header(const struct policy *policy)
{
	static const char *const unknown[] = {
	    [POLICY_UNKNOWN_DENY] = "deny", [POLICY_UNKNOWN_REJECT] = "reject", [POLICY_UNKNOWN_ALLOW] = "allow"};

	printf("%-22s %10u\n%-22s %10s\n", "version", policy->version, "target",
	       policy->target == POLICY_TARGET_XEN ? "XenFlask" : "SE Linux");
	printf("%-22s %10s\n%-22s %10s\n", "MLS", policy->mls ? "yes" : "no", "handle_unknown",
	       unknown[policy->unknown]);
	put_count("capabilities", bitmap_count(&policy->capabilities), "");
}

static void put_classes(const struct policy *policy)
{
	uint32_t classes = 0, perms = 0, constraints = 0, validatetrans = 0, i;

	for (i = 0; i < policy->nclasses; i++) {
		classes += policy->classes[i].name != NULL;
		perms += policy->classes[i].perms.count;
		constraints += policy->classes[i].nconstraints;
		validatetrans += policy->classes[i].nvalidatetrans;
	}
	put_count("classes", classes, "");
	put_count("permissions", perms, "");
	put_count("constraints", constraints, "");
	put_count("validatetrans", validatetrans, validatetrans ? " (shown, not enforced)" : "");
}

static void put_types(const struct policy *policy)
{
	uint32_t types = 0, attributes = 0, i;

	for (i = 0; i < policy->ntypes; i++)
		if (policy->types[i].name)
			*(policy->types[i].attribute ? &attributes : &types) += 1;
	put_count("types", types, "");
	put_count("attributes", attributes, "");
	put_count("aliases", policy->type_names.count - types - attributes, "");
	put_count("roles", policy->role_names.count, "");
	put_count("users", policy->user_names.count, "");
}

static uint32_t declared_sensitivities(const struct policy *policy)
{
	uint32_t count = 0, i;

	for (i = 0; i < policy->nsens; i++)
		count += policy->sens[i].name != NULL;
	return count;
}

static uint32_t declared_categories(const struct policy *policy)
{
	uint32_t count = 0, i;

	for (i = 0; i < policy->ncats; i++)
		count += policy->cats[i].name != NULL;
	return count;
}

/* Each sensitivity, lowest first, and how many categories it may have. */
static void put_levels(const struct policy *policy)
{
	uint32_t sens = declared_sensitivities(policy), cats = declared_categories(policy), i;

	if (!policy->mls)
		return;
	put_count("sensitivities", sens, "");
	for (i = 0; i < policy->nsens; i++)
		if (policy->sens[i].name) {
			put_entry(policy->sens[i].name);
			printf("%10u\n", bitmap_count(&policy->sens[i].cats));
		}
	put_count("categories", cats, "");
	put_count("aliases of levels", policy->sens_names.count - sens + policy->cat_names.count - cats, "");
	put_count("range_transition", policy->nrange_trans, "");
}

static void put_bools(const struct policy *policy)
{
	uint32_t i;

	put_count("booleans", policy->bool_names.count, "");
	for (i = 0; i < policy->nbools; i++)
		if (policy->bools[i].name) {
			put_entry(policy->bools[i].name);
			printf("%10s\n", policy->bools[i].state ? "true" : "false");
		}
}

static uint32_t count_cond_rules(const struct policy *policy, uint32_t kind)
{
	uint32_t count = 0, i;

	for (i = 0; i < policy->ncond_rules; i++)
		count += policy->cond_rules[i].kind == kind;
	return count;
}

static void put_rules_of(const struct policy *policy, const char *what, uint32_t kind, uint32_t unconditional)
{
	uint32_t conditional = count_cond_rules(policy, kind);

	printf("%-22s %10u", what, unconditional + conditional);
	if (conditional)
		printf(" (%u conditional)", conditional);
	putchar('\n');
}

static uint32_t count_type_rules(const struct policy *policy, uint32_t kind)
{
	uint32_t count = 0, i;

	for (i = 0; i < policy->ntype_rules; i++)
		count += policy->type_rules[i].kind == kind;
	return count;
}

static void put_rules(const struct policy *policy)
{
	uint32_t allow = 0, auditallow = 0, dontaudit = 0, i;

	for (i = 0; i < policy->nav_rows; i++) {
		allow += policy->av_rows[i].allow != 0;
		auditallow += policy->av_rows[i].auditallow != 0;
		dontaudit += policy->av_rows[i].auditdeny != UINT32_MAX;
	}
	put_rules_of(policy, "allow", RULE_ALLOW, allow);
	put_rules_of(policy, "auditallow", RULE_AUDITALLOW, auditallow);
	put_rules_of(policy, "dontaudit", RULE_AUDITDENY, dontaudit);
	put_rules_of(policy, "type_transition", RULE_TRANSITION, count_type_rules(policy, RULE_TRANSITION));
	put_rules_of(policy, "type_member", RULE_MEMBER, count_type_rules(policy, RULE_MEMBER));
	put_rules_of(policy, "type_change", RULE_CHANGE, count_type_rules(policy, RULE_CHANGE));
	put_count("role_transition", policy->nrole_trans, "");
	put_count("role allow", policy->nrole_allows, "");
	put_count("conditionals", policy->nconds, "");
}

static void put_initial_sids(const struct policy *policy)
{
	const struct policy_ocon *ocon = policy->ocons[OCON_ISID];
	char number[sizeof("sid 4294967295")];
	uint32_t i;

	put_count("initial SIDs", policy->nocons[OCON_ISID], "");
	for (i = 0; i < policy->nocons[OCON_ISID]; i++, ocon++) {
		snprintf(number, sizeof(number), "sid %u", (unsigned int)ocon->low);
		put_entry(ocon->low < PORT_ARRAY_SIZE(isid_names) ? isid_names[ocon->low] : number);
		put_context(policy, &ocon->context);
	}
}

static void put_devices(const struct policy *policy)
{
	put_count("pirqcon", policy->nocons[OCON_PIRQ], "");
	put_count("ioportcon", policy->nocons[OCON_IOPORT], "");
	put_count("iomemcon", policy->nocons[OCON_IOMEM], "");
	put_count("pcidevicecon", policy->nocons[OCON_PCIDEVICE], "");
	put_count("devicetreecon", policy->nocons[OCON_DTREE], "");
}

static void put_permissive(const struct policy *policy)
{
	uint32_t value;

	put_count("permissive types", bitmap_count(&policy->permissive), "");
	for (value = 0; bitmap_next(&policy->permissive, &value); value++)
		if (value && value <= policy->ntypes && policy->types[value - 1].name) {
			printf("  ");
			put_name(policy->types[value - 1].name);
			putchar('\n');
		}
}

/* One line of a bound; @name NULL is a hole. */
static void put_bound(const char *what, const char *name, const char *by)
{
	if (!name || !by)
		return;
	printf("  %s ", what);
	put_name(name);
	printf(" by ");
	put_name(by);
	putchar('\n');
}

static void put_bounds(const struct policy *policy)
{
	uint32_t count = 0, i;

	for (i = 0; i < policy->ntypes; i++)
		count += policy->types[i].bounds != 0;
	for (i = 0; i < policy->nroles; i++)
		count += policy->roles[i].bounds != 0;
	for (i = 0; i < policy->nusers; i++)
		count += policy->users[i].bounds != 0;
	put_count("bounds", count, "");
	for (i = 0; i < policy->ntypes; i++)
		put_bound("type", policy->types[i].name,
			  policy->types[i].bounds ? policy->types[policy->types[i].bounds - 1].name : NULL);
	for (i = 0; i < policy->nroles; i++)
		put_bound("role", policy->roles[i].name,
			  policy->roles[i].bounds ? policy->roles[policy->roles[i].bounds - 1].name : NULL);
	for (i = 0; i < policy->nusers; i++)
		put_bound("user", policy->users[i].name,
			  policy->users[i].bounds ? policy->users[policy->users[i].bounds - 1].name : NULL);
}

int command_info(const struct policy_file *file, const struct request *request)
{
	const struct policy *policy = file->policy;

	(void)request;
	put_header(policy);
	put_classes(policy);
	put_types(policy);
	put_levels(policy);
	put_bools(policy);
	put_rules(policy);
	put_initial_sids(policy);
	put_devices(policy);
	put_permissive(policy);
	put_bounds(policy);
	return EXIT_DONE;
}
