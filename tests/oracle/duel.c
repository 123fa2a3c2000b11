/* SPDX-License-Identifier: BSD-2-Clause */
#include "tests/oracle/duel.h"

#include "flask/ss/context.h"
#include "tests/oracle/exceptions.h"

#include <err.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#define PRINTED_DIFFERENCES 20u
/* About as many are tried of a policy with MLS: libsepol looks labels up one by one. */
#define LEVELLED_CONTEXTS 5000u
#define TEXT_MAX	  16384u /* every category of a range by name */

static void print_level(const struct policy_level *level)
{
	printf(" s%" PRIu32, level->sens);
	for (uint32_t i = 0; i < level->cats.nwords; i++)
		printf(":%" PRIu32 "+%" PRIx64, level->cats.words[i].start, level->cats.words[i].bits);
}

static void print_label(const struct duel *duel, const struct policy_context *c)
{
	const char *user = reference_name(duel->ref, REFERENCE_USER, c->user);
	const char *role = reference_name(duel->ref, REFERENCE_ROLE, c->role);
	const char *type = reference_name(duel->ref, REFERENCE_TYPE, c->type);

	printf(" %s:%s:%s (%" PRIu32 ":%" PRIu32 ":%" PRIu32, user ? user : "?", role ? role : "?", type ? type : "?",
	       c->user, c->role, c->type);
	print_level(&c->range.low);
	print_level(&c->range.high);
	printf(")");
}

/* Counts a difference; false when enough were printed. Prints how it begins. */
static bool report(struct duel *duel, const char *what)
{
	if (duel->tally.differences++ >= PRINTED_DIFFERENCES)
		return false;
	printf("DIFFERENCE %s: %s:", duel->name, what);
	return true;
}

static void report_query(struct duel *duel, const struct query *q)
{
	const char *class = reference_name(duel->ref, REFERENCE_CLASS, q->tclass);

	print_label(duel, &q->source->ours);
	printf(" ->");
	print_label(duel, &q->target->ours);
	printf(" class %s (%" PRIu32 ") booleans", class ? class : "?", q->tclass);
	for (uint32_t i = 0; i < duel->policy->nbools; i++)
		printf(" %s=%d", duel->policy->bools[i].name ? duel->policy->bools[i].name : "?", duel->bools[i]);
	printf("\n");
}

static bool same_vectors(const struct duel *duel, const struct query *q, bool known, const struct decision *ours,
			 bool theirs_known, const struct vectors *theirs)
{
	uint32_t mask = UINT32_MAX;

	if (!known || !theirs_known)
		return known == theirs_known;
	if (duel->declared_only)
		mask = reference_permissions(duel->ref, q->tclass);
	return !((ours->allowed ^ theirs->allowed) & mask) && !((ours->auditallow ^ theirs->auditallow) & mask) &&
	       !((ours->auditdeny ^ theirs->auditdeny) & mask);
}

static void hole_decision(struct duel *duel, const struct query *q)
{
	struct decision ours;

	duel->tally.excepted[DUEL_HOLE]++;
	if (decide_access(&duel->state, &q->source->ours, &q->target->ours, q->tclass, &ours, NULL) != -EINVAL &&
	    report(duel, "a class that nobody declared is decided"))
		report_query(duel, q);
}

void duel_access(struct duel *duel, const struct duel_label *source, const struct duel_label *target, uint32_t tclass)
{
	struct query q = {source, target, tclass, RULE_ALLOW};
	struct decision ours;
	struct vectors native, xen;
	bool known, native_known, permissive;

	duel->tally.decisions++;
	if (exception_class_is_hole(duel, &q)) { /* libsepol reads through it */
		hole_decision(duel, &q);
		return;
	}
	known = !decide_access(&duel->state, &source->ours, &target->ours, tclass, &ours, NULL);
	native_known = reference_access(duel->ref, REFERENCE_NATIVE, source->sid, target->sid, tclass, &native);
	permissive = reference_permissive(duel->ref, source->ours.type);
	if (same_vectors(duel, &q, known, &ours, native_known, &native) && ours.permissive == permissive)
		return;
	native_known = reference_access(duel->ref, REFERENCE_AS_XEN, source->sid, target->sid, tclass, &xen);
	if (same_vectors(duel, &q, known, &ours, native_known, &xen) && ours.permissive == permissive &&
	    exception_applies(duel, &q))
		return;
	if (!report(duel, "decision"))
		return;
	report_query(duel, &q);
	printf("  ours     known %d allowed %08" PRIx32 " auditallow %08" PRIx32 " auditdeny %08" PRIx32
	       " permissive %d\n",
	       known, ours.allowed, ours.auditallow, ours.auditdeny, ours.permissive);
	if (native_known)
		printf("  libsepol allowed %08" PRIx32 " auditallow %08" PRIx32 " auditdeny %08" PRIx32
		       ", as Xen %08" PRIx32 " %08" PRIx32 " %08" PRIx32 " permissive %d\n",
		       native.allowed, native.auditallow, native.auditdeny, xen.allowed, xen.auditallow, xen.auditdeny,
		       permissive);
	else
		printf("  libsepol refuses the query\n");
}

static bool same_label(bool valid, const struct policy_context *ours, bool theirs_valid, const struct label *theirs)
{
	struct label label;

	if (!valid || !theirs_valid)
		return valid == theirs_valid;
	label = label_from(ours);
	return label_equal(&label, theirs);
}

void duel_new_label(struct duel *duel, enum policy_rule_kind kind, const struct duel_label *source,
		    const struct duel_label *target, uint32_t tclass)
{
	struct query q = {source, target, tclass, kind};
	struct policy_context ours;
	struct label native = {0}, xen = {0};
	bool valid, native_valid, xen_valid;

	duel->tally.transitions++;
	if (exception_class_is_hole(duel, &q)) {
		duel->tally.excepted[DUEL_HOLE]++;
		return;
	}
	ours = decide_label(&duel->state, &source->ours, &target->ours, tclass, kind);
	valid = policy_context_is_valid(duel->policy, &ours);
	native_valid =
	    reference_new_label(duel->ref, REFERENCE_NATIVE, kind, source->sid, target->sid, tclass, &native);
	if (same_label(valid, &ours, native_valid, &native))
		return;
	xen_valid = reference_new_label(duel->ref, REFERENCE_AS_XEN, kind, source->sid, target->sid, tclass, &xen);
	if (same_label(valid, &ours, xen_valid, &xen) && exception_applies(duel, &q))
		return;
	if (!report(duel, "new label"))
		return;
	report_query(duel, &q);
	printf("  kind %02x: ours valid %d", kind, valid);
	print_label(duel, &ours);
	printf("; libsepol valid %d %" PRIu32 ":%" PRIu32 ":%" PRIu32 ", as Xen valid %d %" PRIu32 ":%" PRIu32
	       ":%" PRIu32 "\n",
	       native_valid, native.user, native.role, native.type, xen_valid, xen.user, xen.role, xen.type);
}

static void plain_level(const struct duel *duel, const struct policy_level *level, FILE *out)
{
	const char *before = ":";
	uint32_t bit;

	fputs(reference_name(duel->ref, REFERENCE_SENS, level->sens), out);
	for (bit = 0; bitmap_next(&level->cats, &bit); bit++) {
		fprintf(out, "%s%s", before, reference_name(duel->ref, REFERENCE_CATEGORY, bit + 1));
		before = ",";
	}
}

/* The text of declared names, written by neither engine: each category by its name. False: there is none. */
static bool plain_text(const struct duel *duel, const struct policy_context *c, char *text)
{
	FILE *out = fmemopen(text, TEXT_MAX, "w");

	if (!out)
		err(1, "fmemopen");
	fprintf(out, "%s:%s:%s", reference_name(duel->ref, REFERENCE_USER, c->user),
		reference_name(duel->ref, REFERENCE_ROLE, c->role), reference_name(duel->ref, REFERENCE_TYPE, c->type));
	if (duel->policy->mls) {
		fputc(':', out);
		plain_level(duel, &c->range.low, out);
		fputc('-', out);
		plain_level(duel, &c->range.high, out);
	}
	return fclose(out) == 0 && strlen(text) < TEXT_MAX - 1;
}

/* Where libsepol misprints: a run ends with its word and an empty word follows before the last one. */
static bool misprinted(const struct bitmap *cats)
{
	for (uint32_t i = 0; i + 1 < cats->nwords; i++)
		if (cats->words[i].bits >> 63 && cats->words[i + 1].start != cats->words[i].start + 64)
			return true;
	return false;
}

/* Ours prints the label as libsepol does, but for that point. */
static bool prints_alike(struct duel *duel, const struct policy_context *c)
{
	struct label label = label_from(c);
	char printed[TEXT_MAX], *theirs = reference_text(duel->ref, reference_sid(duel->ref, &label));
	struct text out;
	bool same;

	text_init(&out, printed, sizeof(printed));
	context_print(duel->policy, c, &out);
	same = theirs && !out.cut && !strcmp(printed, theirs);
	free(theirs);
	if (same || (!misprinted(&c->range.low.cats) && !misprinted(&c->range.high.cats)))
		return same;
	duel->tally.excepted[DUEL_CATEGORY_TEXT]++;
	return true;
}

/* Both parsers take or refuse the text alike and find the same parts; ours prints it back. */
static void duel_text(struct duel *duel, const struct policy_context *c)
{
	struct policy_context ours = {0};
	struct label theirs = {0};
	bool valid, theirs_valid, same;
	char text[TEXT_MAX];

	if (!plain_text(duel, c, text))
		return;
	valid = !context_create(duel->policy, text, strlen(text) + 1, &ours);
	theirs_valid = reference_parse(duel->ref, text, &theirs);
	same = same_label(valid, &ours, theirs_valid, &theirs);
	if (same && valid)
		same = context_equal(&ours, c) && prints_alike(duel, &ours);
	context_fini(&ours);
	if (!same && report(duel, "text"))
		printf(" `%s' ours valid %d, libsepol valid %d\n", text, valid, theirs_valid);
}

/* No hole and no number out of range, for which there is no name. */
static bool has_names(const struct duel *duel, const struct policy_level *level)
{
	uint32_t bit;

	if (!duel->policy->mls)
		return true;
	if (!reference_declares(duel->ref, REFERENCE_SENS, level->sens))
		return false;
	for (bit = 0; bitmap_next(&level->cats, &bit); bit++)
		if (!reference_declares(duel->ref, REFERENCE_CATEGORY, bit + 1))
			return false;
	return true;
}

/* libsepol's answer, or Xen's where it may differ and ours is that. */
static bool native_validity(struct duel *duel, const struct label *label, bool ours)
{
	bool native = reference_is_valid(duel->ref, REFERENCE_NATIVE, label);

	if (native == ours || !reference_roles_hold_attributes(duel->ref))
		return native;
	duel->tally.excepted[DUEL_ROLE_ATTRIBUTE]++;
	return reference_is_valid(duel->ref, REFERENCE_AS_XEN, label);
}

bool duel_context(struct duel *duel, const struct policy_context *c)
{
	struct label label = label_from(c);
	bool ours = policy_context_is_valid(duel->policy, c), theirs;
	bool declared = reference_declares(duel->ref, REFERENCE_USER, c->user) &&
			reference_declares(duel->ref, REFERENCE_ROLE, c->role) &&
			reference_declares(duel->ref, REFERENCE_TYPE, c->type);
	bool in_range = c->user && c->user <= reference_count(duel->ref, REFERENCE_USER) && c->role &&
			c->role <= reference_count(duel->ref, REFERENCE_ROLE) && c->type &&
			c->type <= reference_count(duel->ref, REFERENCE_TYPE);

	duel->tally.contexts++;
	if (in_range && !declared) {
		duel->tally.excepted[DUEL_HOLE]++;
		theirs = false;
	} else {
		theirs = native_validity(duel, &label, ours);
	}
	if (ours != theirs && report(duel, "validity")) {
		print_label(duel, c);
		printf(" ours %d, libsepol %d\n", ours, theirs);
	}
	if (declared && has_names(duel, &c->range.low) && has_names(duel, &c->range.high))
		duel_text(duel, c);
	return ours && theirs;
}

static void *grow(void *memory, uint32_t count, size_t size)
{
	if (count & (count - 1)) /* room doubles at each power of two */
		return memory;
	memory = realloc(memory, (count ? 2 * (size_t)count : 1) * size);
	if (!memory)
		errx(1, "no memory");
	return memory;
}

/* Every @stride-th range, another one first for each context. */
static struct duel_label *add_labels(struct duel *duel, struct policy_context c, uint64_t stride,
				     struct duel_label *labels, uint32_t *count)
{
	for (uint64_t i = (c.user + c.role + c.type) % stride; i < duel->ranges.count; i += stride) {
		struct label label;

		c.range = duel->ranges.items[i];
		if (!duel_context(duel, &c))
			continue;
		label = label_from(&c);
		labels = grow(labels, *count, sizeof(*labels));
		labels[(*count)++] = (struct duel_label){c, reference_sid(duel->ref, &label)};
	}
	return labels;
}

struct duel_label *duel_labels(struct duel *duel, uint32_t *count)
{
	uint32_t users = reference_count(duel->ref, REFERENCE_USER), roles = reference_count(duel->ref, REFERENCE_ROLE);
	uint32_t types = reference_count(duel->ref, REFERENCE_TYPE);
	uint64_t all = (users + 2ull) * (roles + 2ull) * (types + 2ull) * duel->ranges.count;
	uint64_t stride = duel->policy->mls ? all / LEVELLED_CONTEXTS + 1 : 1;
	struct duel_label *labels = NULL;
	struct policy_context c = {0};

	*count = 0;
	for (c.user = 0; c.user <= users + 1; c.user++)
		for (c.role = 0; c.role <= roles + 1; c.role++)
			for (c.type = 0; c.type <= types + 1; c.type++)
				labels = add_labels(duel, c, stride, labels, count);
	return labels;
}

void duel_commit_bools(struct duel *duel)
{
	cond_evaluate(duel->policy, duel->bools, duel->cond_true);
	reference_set_bools(duel->ref, duel->bools);
}

void duel_close(struct duel *duel)
{
	ranges_free(&duel->ranges);
	policy_destroy(duel->policy);
	reference_destroy(duel->ref);
	free(duel->bools);
	free(duel->cond_true);
}

/* Name @value of a table as ours has it; NULL for a hole. */
static const char *our_name(const struct policy *policy, enum reference_part part, uint32_t value)
{
	switch (part) {
	case REFERENCE_USER:
		return policy->users[value - 1].name;
	case REFERENCE_ROLE:
		return policy->roles[value - 1].name;
	case REFERENCE_TYPE:
		return policy->types[value - 1].name;
	case REFERENCE_CLASS:
		return policy->classes[value - 1].name;
	case REFERENCE_BOOL:
		return policy->bools[value - 1].name;
	case REFERENCE_SENS:
		return policy->sens[value - 1].name;
	case REFERENCE_CATEGORY:
		return policy->cats[value - 1].name;
	}
	errx(1, "no such table");
}

/* Both hold the same names under the same numbers: without that no query means the same to both. */
static bool same_tables(struct duel *duel)
{
	const struct policy *p = duel->policy;
	const uint32_t counts[] = {
	    [REFERENCE_USER] = p->nusers,    [REFERENCE_ROLE] = p->nroles, [REFERENCE_TYPE] = p->ntypes,
	    [REFERENCE_CLASS] = p->nclasses, [REFERENCE_BOOL] = p->nbools, [REFERENCE_SENS] = p->nsens,
	    [REFERENCE_CATEGORY] = p->ncats,
	};

	for (enum reference_part part = REFERENCE_USER; part <= REFERENCE_CATEGORY; part++) {
		uint32_t value = 0;
		bool same = counts[part] == reference_count(duel->ref, part);

		while (same && value++ < counts[part]) {
			const char *ours = our_name(p, part, value), *theirs = reference_name(duel->ref, part, value);

			same = ours && theirs ? !strcmp(ours, theirs) : ours == theirs;
		}
		if (!same) {
			if (report(duel, "tables"))
				printf(" table %d at number %" PRIu32 "\n", part, value);
			return false;
		}
	}
	return true;
}

/* The image's own boolean values, in force in ours. */
static void default_bools(struct duel *duel)
{
	duel->bools = calloc(duel->policy->nbools + 1, sizeof(*duel->bools));
	duel->cond_true = calloc(duel->policy->nconds + 1, 1);
	if (!duel->bools || !duel->cond_true)
		errx(1, "no memory");
	for (uint32_t i = 0; i < duel->policy->nbools; i++)
		duel->bools[i] = duel->policy->bools[i].state;
	duel->state = (struct policy_state){duel->policy, duel->bools, duel->cond_true};
	cond_evaluate(duel->policy, duel->bools, duel->cond_true);
}

enum duel_open duel_open(struct duel *duel, const char *name, const void *ours, size_t ours_size, const void *theirs,
			 size_t theirs_size, struct image_error *error)
{
	*duel = (struct duel){.name = name};
	if (policy_create(ours, ours_size, &duel->policy, error))
		return DUEL_REFUSED_BY_OURS;
	duel->ref = reference_create(theirs, theirs_size);
	if (!duel->ref) {
		duel_close(duel);
		return DUEL_REFUSED_BY_REFERENCE;
	}
	if (!same_tables(duel)) {
		duel_close(duel);
		return DUEL_TABLES_DIFFER;
	}
	default_bools(duel);
	duel->ranges = ranges_of(duel->policy);
	return DUEL_OPEN;
}
