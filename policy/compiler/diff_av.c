/* SPDX-License-Identifier: BSD-2-Clause */
#include "policy/compiler/diff_av.h"

#include "policy/compiler/contexts.h"
#include "policy/compiler/facts.h"
#include "policy/compiler/labels.h"
#include "policy/compiler/reach.h"
#include "tools/common/output.h"

#include <stdlib.h>

enum { BEFORE, AFTER, SIDES };

#define PERM_BITS 32u

/* A name that either policy has, and its value in each; 0: not there. */
struct both {
	const char *text; /* borrowed from the labels of a side */
	uint32_t value[SIDES];
};

struct union_of {
	struct both *items; /* owned; ascending by text */
	size_t count;
};

/* Permissions of a class in both policies, by name: what bits are on either side. */
struct class_perms {
	const char *names[SIDES * PERM_BITS];
	uint8_t place[SIDES][PERM_BITS]; /* by bit of that side */
	bool same;			 /* each bit has the same name on both sides */
};

struct side {
	const struct policy_file *file;
	struct policy_context *contexts;
	struct labels types, classes;
	struct reach reach;
};

struct diff {
	struct side sides[SIDES];
	struct union_of types, classes;
	struct class_perms *perms; /* by place in classes */
	char **perm_texts;	   /* owned; what class_perms borrows */
	size_t nperm_texts;
	struct diff_out *out;
};

static void add_both(struct union_of *all, const char *text, uint32_t before, uint32_t after)
{
	all->items = make_room(all->items, all->count, sizeof(*all->items));
	all->items[all->count++] = (struct both){text, {before, after}};
}

/* Merges two sorted lists. */
static struct union_of unite(const struct labels *a, const struct labels *b)
{
	struct union_of all = {0};
	size_t i = 0, k = 0;
	int order;

	while (i < a->count || k < b->count) {
		order = i == a->count ? 1 : k == b->count ? -1 : strcmp(a->items[i].text, b->items[k].text);
		add_both(&all, order <= 0 ? a->items[i].text : b->items[k].text, order <= 0 ? a->items[i].value : 0,
			 order >= 0 ? b->items[k].value : 0);
		i += order <= 0;
		k += order >= 0;
	}
	return all;
}

static const struct policy *policy_of(const struct diff *diff, int side)
{
	return diff->sides[side].file->policy;
}

static const char *perm_text(struct diff *diff, const char *name)
{
	char *text = facts_words(name);

	diff->perm_texts = make_room(diff->perm_texts, diff->nperm_texts, sizeof(*diff->perm_texts));
	diff->perm_texts[diff->nperm_texts++] = text;
	return text;
}

/* The place of a permission of @side among the names, or the first free one. */
static uint32_t place_of(struct diff *diff, struct class_perms *perms, uint32_t *count, const char *name)
{
	const char *text = perm_text(diff, name);
	uint32_t i;

	for (i = 0; i < *count; i++)
		if (!strcmp(perms->names[i], text))
			return i;
	perms->names[(*count)++] = text;
	return i;
}

static void unite_perms(struct diff *diff, const struct both *tclass, struct class_perms *perms)
{
	const struct policy_class *classes[SIDES];
	uint32_t count = 0, bit;
	int side;

	for (side = BEFORE; side < SIDES; side++) {
		classes[side] = tclass->value[side] ? &policy_of(diff, side)->classes[tclass->value[side] - 1] : NULL;
		for (bit = 0; classes[side] && bit < classes[side]->nperms; bit++)
			if (classes[side]->perm_names[bit])
				perms->place[side][bit] =
				    (uint8_t)place_of(diff, perms, &count, classes[side]->perm_names[bit]);
	}
	perms->same = classes[BEFORE] && classes[AFTER] && classes[BEFORE]->nperms == classes[AFTER]->nperms &&
		      !memcmp(perms->place[BEFORE], perms->place[AFTER], sizeof(perms->place[BEFORE])) &&
		      count == classes[BEFORE]->perms.count && count == classes[AFTER]->perms.count;
}

static void decide(const struct diff *diff, int side, const struct both *source, const struct both *target,
		   const struct both *tclass, struct decision *decision)
{
	const struct side *s = &diff->sides[side];

	*decision = (struct decision){.auditdeny = UINT32_MAX};
	if (!source->value[side] || !target->value[side] || !tclass->value[side])
		return;
	if (decide_access(&s->file->state, &s->contexts[source->value[side] - 1], &s->contexts[target->value[side] - 1],
			  tclass->value[side], decision, NULL))
		complain("class %s is refused", tclass->text);
}

static uint64_t by_name(const struct diff *diff, int side, const struct both *tclass, const struct class_perms *perms,
			uint32_t mask)
{
	const struct policy_class *class;
	uint64_t named = 0;
	uint32_t bit;

	if (!tclass->value[side])
		return 0;
	class = &policy_of(diff, side)->classes[tclass->value[side] - 1];
	for (bit = 0; bit < class->nperms; bit++)
		if (class->perm_names[bit] && mask >> bit & 1)
			named |= UINT64_C(1) << perms->place[side][bit];
	return named;
}

static struct diff_perms compare_masks(const struct diff *diff, const struct both *tclass,
				       const struct class_perms *perms, const char *word, uint32_t before,
				       uint32_t after)
{
	uint64_t old = by_name(diff, BEFORE, tclass, perms, before), new = by_name(diff, AFTER, tclass, perms, after);

	return (struct diff_perms){word, perms->names, new & ~old, old & ~new};
}

static void compare_class(const struct diff *diff, const struct both *source, const struct both *target, size_t index)
{
	const struct both *tclass = &diff->classes.items[index];
	const struct class_perms *perms = &diff->perms[index];
	struct decision a, b;
	struct diff_perms parts[3];
	size_t i;

	decide(diff, BEFORE, source, target, tclass, &a);
	decide(diff, AFTER, source, target, tclass, &b);
	if (perms->same && a.allowed == b.allowed && a.auditallow == b.auditallow && a.auditdeny == b.auditdeny)
		return;
	parts[0] = compare_masks(diff, tclass, perms, "allow", a.allowed, b.allowed);
	parts[1] = compare_masks(diff, tclass, perms, "auditallow", a.auditallow, b.auditallow);
	parts[2] = compare_masks(diff, tclass, perms, "dontaudit", ~a.auditdeny, ~b.auditdeny);
	for (i = 0; i < PORT_ARRAY_SIZE(parts); i++)
		if (parts[i].gained | parts[i].lost) {
			diff_out_decision(diff->out, source->text, target->text, tclass->text, parts,
					  PORT_ARRAY_SIZE(parts));
			return;
		}
}

static bool speaks_of(const struct diff *diff, int side, const struct both *source, const struct both *target)
{
	return source->value[side] && target->value[side] && diff->sides[side].reach.targets[target->value[side] - 1];
}

static bool speaks_of_class(const struct diff *diff, int side, const struct both *target, const struct both *tclass)
{
	return tclass->value[side] &&
	       diff->sides[side].reach.pairs[(size_t)(target->value[side] - 1) * policy_of(diff, side)->nclasses +
					     tclass->value[side] - 1];
}

/* Pairs of which neither policy speaks are denied in both. */
static void compare_pair(const struct diff *diff, const struct both *source, const struct both *target)
{
	bool speaks[SIDES] = {speaks_of(diff, BEFORE, source, target), speaks_of(diff, AFTER, source, target)};
	size_t i;

	if (!speaks[BEFORE] && !speaks[AFTER])
		return;
	for (i = 0; i < diff->classes.count; i++)
		if ((speaks[BEFORE] && speaks_of_class(diff, BEFORE, target, &diff->classes.items[i])) ||
		    (speaks[AFTER] && speaks_of_class(diff, AFTER, target, &diff->classes.items[i])))
			compare_class(diff, source, target, i);
}

static void compare_source(struct diff *diff, const struct both *source)
{
	int side;
	size_t i;

	for (side = BEFORE; side < SIDES; side++)
		if (source->value[side])
			reach_mark(&diff->sides[side].reach, source->value[side]);
	for (i = 0; i < diff->types.count; i++)
		compare_pair(diff, source, &diff->types.items[i]);
}

static void init(struct diff *diff)
{
	struct side *side;
	size_t i;

	for (side = diff->sides; side < diff->sides + SIDES; side++) {
		side->types = labels_of_types(side->file->policy);
		side->classes = labels_of_classes(side->file->policy);
		reach_init(&side->reach, side->file->policy);
	}
	diff->types = unite(&diff->sides[BEFORE].types, &diff->sides[AFTER].types);
	diff->classes = unite(&diff->sides[BEFORE].classes, &diff->sides[AFTER].classes);
	diff->perms = allocate(diff->classes.count, sizeof(*diff->perms));
	for (i = 0; i < diff->classes.count; i++)
		unite_perms(diff, &diff->classes.items[i], &diff->perms[i]);
}

static void fini(struct diff *diff)
{
	struct side *side;
	size_t i;

	for (i = 0; i < diff->nperm_texts; i++)
		free(diff->perm_texts[i]);
	free(diff->perm_texts);
	free(diff->perms);
	free(diff->classes.items);
	free(diff->types.items);
	for (side = diff->sides; side < diff->sides + SIDES; side++) {
		reach_fini(&side->reach);
		labels_free(&side->classes);
		labels_free(&side->types);
	}
}

int diff_av(const struct policy_file *before, const struct policy_file *after, struct diff_out *out)
{
	struct diff diff = {.sides = {{.file = before}, {.file = after}}, .out = out};
	struct policy_context *contexts[SIDES];
	size_t i;
	int rc;

	contexts[BEFORE] = allocate(before->policy->ntypes, sizeof(*contexts[BEFORE]));
	contexts[AFTER] = allocate(after->policy->ntypes, sizeof(*contexts[AFTER]));
	rc = contexts_choose_pair(before->policy, after->policy, contexts[BEFORE], contexts[AFTER]);
	if (!rc) {
		diff.sides[BEFORE].contexts = contexts[BEFORE];
		diff.sides[AFTER].contexts = contexts[AFTER];
		init(&diff);
		for (i = 0; i < diff.types.count && !output_is_broken(); i++)
			compare_source(&diff, &diff.types.items[i]);
		fini(&diff);
	}
	free(contexts[BEFORE]);
	free(contexts[AFTER]);
	return rc;
}
