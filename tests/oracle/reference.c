/* SPDX-License-Identifier: BSD-2-Clause */
#include "tests/oracle/reference_private.h"

#include <err.h>
#include <stdlib.h>

#include <sepol/debug.h>
#include <sepol/policydb/services.h>

static const int part_table[] = {
    [REFERENCE_USER] = SYM_USERS,    [REFERENCE_ROLE] = SYM_ROLES, [REFERENCE_TYPE] = SYM_TYPES,
    [REFERENCE_CLASS] = SYM_CLASSES, [REFERENCE_BOOL] = SYM_BOOLS, [REFERENCE_SENS] = SYM_LEVELS,
    [REFERENCE_CATEGORY] = SYM_CATS,
};

static bool read_view(struct policydb *db, const void *bytes, size_t size)
{
	struct policy_file file;

	if (policydb_init(db))
		errx(1, "libsepol: no memory");
	policy_file_init(&file);
	file.type = PF_USE_MEMORY;
	file.data = (char *)(uintptr_t)bytes; /* only read; the structure lacks the const */
	file.len = size;
	return policydb_read(db, &file, 0) == 0;
}

struct reference *reference_create(const void *bytes, size_t size)
{
	struct reference *ref = calloc(1, sizeof(*ref));
	bool ok;

	if (!ref)
		errx(1, "no memory");
	sepol_debug(0);
	ok = read_view(&ref->views[REFERENCE_NATIVE], bytes, size);
	ok = read_view(&ref->views[REFERENCE_AS_XEN], bytes, size) && ok;
	if (sepol_sidtab_init(&ref->sids))
		errx(1, "libsepol: no memory");
	if (!ok) {
		reference_destroy(ref);
		return NULL;
	}
	reference_edit_as_xen(ref);
	sepol_set_sidtab(&ref->sids);
	return ref;
}

void reference_destroy(struct reference *ref)
{
	if (!ref)
		return;
	sepol_sidtab_destroy(&ref->sids);
	policydb_destroy(&ref->views[REFERENCE_NATIVE]);
	policydb_destroy(&ref->views[REFERENCE_AS_XEN]);
	free(ref->bounds);
	free(ref);
}

uint32_t reference_count(const struct reference *ref, enum reference_part part)
{
	return ref->views[REFERENCE_NATIVE].symtab[part_table[part]].nprim;
}

const char *reference_name(const struct reference *ref, enum reference_part part, uint32_t value)
{
	if (!value || value > reference_count(ref, part))
		return NULL;
	return ref->views[REFERENCE_NATIVE].sym_val_to_name[part_table[part]][value - 1];
}

bool reference_declares(const struct reference *ref, enum reference_part part, uint32_t value)
{
	return reference_name(ref, part, value) != NULL;
}

static void fill_level(mls_level_t *level, const struct label_level *from)
{
	level->sens = from->sens;
	for (uint32_t bit = 0; bit < LABEL_WORDS * 64; bit++)
		if ((from->cats[bit / 64] >> bit % 64 & 1) && ebitmap_set_bit(&level->cat, bit, 1))
			errx(1, "libsepol: no memory");
}

/* Given back by context_destroy(). */
static context_struct_t context_of(const struct label *label)
{
	context_struct_t context;

	context_init(&context);
	context.user = label->user;
	context.role = label->role;
	context.type = label->type;
	fill_level(&context.range.level[0], &label->low);
	fill_level(&context.range.level[1], &label->high);
	return context;
}

static struct label_level level_of(const mls_level_t *from)
{
	struct label_level level = {.sens = from->sens};
	const ebitmap_node_t *node;

	for (node = from->cat.node; node; node = node->next) {
		if (node->startbit / 64 >= LABEL_WORDS)
			errx(1, "more categories than the oracle has room for");
		level.cats[node->startbit / 64] = node->map;
	}
	return level;
}

static struct label label_of(const context_struct_t *context)
{
	return (struct label){context->user, context->role, context->type, level_of(&context->range.level[0]),
			      level_of(&context->range.level[1])};
}

bool reference_is_valid(const struct reference *ref, enum reference_view view, const struct label *label)
{
	context_struct_t context = context_of(label);
	bool valid = policydb_context_isvalid(&ref->views[view], &context);

	context_destroy(&context);
	return valid;
}

uint32_t reference_sid(struct reference *ref, const struct label *label)
{
	context_struct_t context = context_of(label);
	sepol_security_id_t sid;

	if (sepol_sidtab_context_to_sid(&ref->sids, &context, &sid))
		errx(1, "libsepol: no memory");
	context_destroy(&context);
	return sid;
}

void reference_set_bools(struct reference *ref, const bool *values)
{
	for (int view = REFERENCE_NATIVE; view <= REFERENCE_AS_XEN; view++) {
		struct policydb *db = &ref->views[view];

		for (uint32_t i = 0; i < db->p_bools.nprim; i++)
			if (db->bool_val_to_struct[i])
				db->bool_val_to_struct[i]->state = values[i];
		if (evaluate_conds(db))
			errx(1, "libsepol: a condition cannot be evaluated");
	}
}

bool reference_bool(const struct reference *ref, uint32_t value)
{
	return ref->views[REFERENCE_NATIVE].bool_val_to_struct[value - 1]->state;
}

static bool compute(uint32_t source, uint32_t target, uint16_t tclass, struct vectors *out)
{
	struct sepol_av_decision av;

	if (sepol_compute_av(source, target, tclass, 0, &av))
		return false;
	*out = (struct vectors){av.allowed, av.auditallow, av.auditdeny};
	return true;
}

/* The number of the label of @sid with its type replaced by that type's bound; 0: it has none. */
static uint32_t bounded_sid(struct reference *ref, uint32_t sid)
{
	struct label label = label_of(sepol_sidtab_search(&ref->sids, sid));

	label.type = reference_bound(ref, label.type);
	return label.type ? reference_sid(ref, &label) : 0;
}

/*
 * libsepol's own rule, one step from the source. libsepol 3.4 writes through a
 * null pointer when the bound of a bound takes something away; so a chain is
 * climbed here, and each step is computed by libsepol as if it were the last.
 */
static bool compute_native(struct reference *ref, uint32_t source, uint32_t target, uint16_t tclass,
			   struct vectors *out)
{
	uint32_t up_source = bounded_sid(ref, source), up_target = bounded_sid(ref, target), bounds;
	type_datum_t *type;
	struct vectors above;
	bool ok;

	if (!up_source || !bounded_sid(ref, up_source))
		return compute(source, target, tclass, out);
	type = ref->views[REFERENCE_NATIVE].type_val_to_struct[sepol_sidtab_search(&ref->sids, source)->type - 1];
	bounds = type->bounds;
	type->bounds = 0;
	ok = compute(source, target, tclass, out);
	type->bounds = bounds;
	if (!ok || !compute_native(ref, up_source, up_target ? up_target : target, tclass, &above))
		return false;
	out->allowed &= above.allowed;
	return true;
}

/*
 * Xen's staged bounds over libsepol's plain computation (the edited view knows
 * no bounds): each stage may stop with "nothing to remove"; the last one reached
 * says what goes. At most three steps upward: both loaders saw to it.
 */
static bool compute_staged(struct reference *ref, uint32_t source, uint32_t target, uint16_t tclass,
			   struct vectors *out)
{
	uint32_t up_source = bounded_sid(ref, source), up_target = bounded_sid(ref, target);
	uint32_t pairs[3][2] = {{up_source, target}, {source, up_target}, {up_source, up_target}};
	uint32_t excess = 0;

	if (!compute(source, target, tclass, out))
		return false;
	for (int stage = 0; stage < 3; stage++) {
		struct vectors above;

		if (!pairs[stage][0] || !pairs[stage][1])
			continue;
		if (!compute_staged(ref, pairs[stage][0], pairs[stage][1], tclass, &above))
			return false;
		excess = out->allowed & ~above.allowed;
		if (!excess)
			return true;
	}
	out->allowed &= ~excess;
	return true;
}

bool reference_access(struct reference *ref, enum reference_view view, uint32_t source, uint32_t target,
		      uint16_t tclass, struct vectors *out)
{
	sepol_set_policydb(&ref->views[view]);
	return view == REFERENCE_NATIVE ? compute_native(ref, source, target, tclass, out)
					: compute_staged(ref, source, target, tclass, out);
}

bool reference_new_label(struct reference *ref, enum reference_view view, uint32_t kind, uint32_t source,
			 uint32_t target, uint16_t tclass, struct label *out)
{
	sepol_security_id_t sid;
	int rc;

	sepol_set_policydb(&ref->views[view]);
	if (kind == AVTAB_TRANSITION)
		rc = sepol_transition_sid(source, target, tclass, &sid);
	else if (kind == AVTAB_MEMBER)
		rc = sepol_member_sid(source, target, tclass, &sid);
	else
		rc = sepol_change_sid(source, target, tclass, &sid);
	if (!rc)
		*out = label_of(sepol_sidtab_search(&ref->sids, sid));
	return !rc;
}

bool reference_parse(struct reference *ref, const char *text, struct label *out)
{
	sepol_security_id_t sid;

	sepol_set_policydb(&ref->views[REFERENCE_NATIVE]);
	if (sepol_context_to_sid(text, strlen(text) + 1, &sid))
		return false;
	*out = label_of(sepol_sidtab_search(&ref->sids, sid));
	return true;
}

char *reference_text(struct reference *ref, uint32_t sid)
{
	char *text;
	size_t len;

	sepol_set_policydb(&ref->views[REFERENCE_NATIVE]);
	return sepol_sid_to_context(sid, &text, &len) ? NULL : text;
}

uint32_t reference_permissions(const struct reference *ref, uint16_t tclass)
{
	const struct policydb *db = &ref->views[REFERENCE_NATIVE];
	uint32_t n;

	if (!tclass || tclass > db->p_classes.nprim || !db->class_val_to_struct[tclass - 1])
		return 0;
	n = db->class_val_to_struct[tclass - 1]->permissions.nprim;
	return n < 32 ? (1u << n) - 1 : UINT32_MAX;
}

bool reference_permissive(const struct reference *ref, uint32_t type)
{
	return ebitmap_get_bit(&ref->views[REFERENCE_NATIVE].permissive_map, type);
}

bool reference_initial(const struct reference *ref, uint32_t sid, struct label *out)
{
	const ocontext_t *c;

	for (c = ref->views[REFERENCE_NATIVE].ocontexts[OCON_XEN_ISID]; c; c = c->next)
		if (c->sid[0] == sid) {
			*out = label_of(&c->context[0]);
			return true;
		}
	return false;
}
