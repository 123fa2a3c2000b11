/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The points where Xen's answers differ from libsepol's, as edits of what
 * libsepol read, and as predicates over the untouched image (docs/oracle.md).
 */
#include "tests/oracle/reference_private.h"

#include <err.h>
#include <stdlib.h>

#define NO_CLASS UINT16_MAX /* no query asks for it */

/* The class of processes, by its name alone. */
static uint16_t named_domain(const struct policydb *db)
{
	class_datum_t *class = hashtab_search(db->p_classes.table, "domain");

	return class ? (uint16_t) class->s.value : NO_CLASS;
}

/* The permission that role allow gates, by its name alone; 0: there is none. */
static sepol_access_vector_t named_transition(const struct policydb *db)
{
	class_datum_t *class = hashtab_search(db->p_classes.table, "domain");
	perm_datum_t *perm = class ? hashtab_search(class->permissions.table, "transition") : NULL;

	if (!perm && class && class->comdatum)
		perm = hashtab_search(class->comdatum->permissions.table, "transition");
	return perm ? UINT32_C(1) << (perm->s.value - 1) : 0;
}

static void keep_bounds(struct reference *ref)
{
	struct policydb *db = &ref->views[REFERENCE_AS_XEN];

	ref->bounds = calloc(db->p_types.nprim + 1, sizeof(*ref->bounds));
	if (!ref->bounds)
		errx(1, "no memory");
	for (uint32_t i = 0; i < db->p_types.nprim; i++)
		if (db->type_val_to_struct[i]) {
			ref->bounds[i] = db->type_val_to_struct[i]->bounds;
			db->type_val_to_struct[i]->bounds = 0; /* compute_staged() applies them */
		}
}

static bool rules_are_stale(const cond_av_list_t *rules, bool active)
{
	for (; rules; rules = rules->next)
		if (!!(rules->node->key.specified & AVTAB_ENABLED) != active)
			return true;
	return false;
}

static bool conditions_are_stale(struct policydb *db)
{
	for (cond_node_t *node = db->cond_list; node; node = node->next) {
		int value = cond_evaluate_expr(db, node->expr);

		if (node->cur_state != value || rules_are_stale(node->true_list, value == 1) ||
		    rules_are_stale(node->false_list, value == 0))
			return true;
	}
	return false;
}

/* No stored state is believed; a state that no expression has makes libsepol set every flag anew. */
static void recompute_conditions(struct policydb *db)
{
	for (cond_node_t *node = db->cond_list; node; node = node->next)
		node->cur_state = -2;
	if (evaluate_conds(db))
		errx(1, "libsepol: a condition cannot be evaluated");
}

/* libsepol replaces an attribute in a role's types by the types that have it; Xen takes the set as it is. */
static void take_raw_roles(struct reference *ref)
{
	struct policydb *db = &ref->views[REFERENCE_AS_XEN];

	for (uint32_t i = 0; i < db->p_roles.nprim; i++) {
		role_datum_t *role = db->role_val_to_struct[i];

		if (!role || ebitmap_cmp(&role->cache, &role->types.types))
			continue;
		ref->attributes_in_roles = true;
		ebitmap_destroy(&role->cache);
		if (ebitmap_cpy(&role->cache, &role->types.types))
			errx(1, "no memory");
	}
}

void reference_edit_as_xen(struct reference *ref)
{
	struct policydb *db = &ref->views[REFERENCE_AS_XEN];

	keep_bounds(ref);
	take_raw_roles(ref);
	for (uint32_t i = 0; i < db->p_classes.nprim; i++) {
		class_datum_t *class = db->class_val_to_struct[i];

		if (class)
			class->default_user = class->default_role = class->default_type = class->default_range = 0;
	}
	for (role_trans_t *rule = db->role_tr; rule; rule = rule->next)
		rule->tclass = named_domain(db);
	db->process_class = named_domain(db);
	db->process_trans = db->process_trans_dyntrans = named_transition(db);
	ref->stale_conditions = conditions_are_stale(&ref->views[REFERENCE_NATIVE]);
	recompute_conditions(db);
}

uint32_t reference_bound(const struct reference *ref, uint32_t type)
{
	return ref->bounds[type - 1];
}

bool reference_has_defaults(const struct reference *ref, uint16_t tclass)
{
	const struct policydb *db = &ref->views[REFERENCE_NATIVE];
	const class_datum_t *class;

	if (!tclass || tclass > db->p_classes.nprim || !db->class_val_to_struct[tclass - 1])
		return false;
	class = db->class_val_to_struct[tclass - 1];
	return class->default_user || class->default_role || class->default_type || class->default_range;
}

/* The role that the rules give: the first rule of the pair, whose class counts or does not. 0: none. */
static uint32_t new_role(const struct reference *ref, uint32_t role, uint32_t type, uint16_t tclass, bool class_counts)
{
	const role_trans_t *rule = ref->views[REFERENCE_NATIVE].role_tr;

	for (; rule; rule = rule->next)
		if (rule->role == role && rule->type == type && (!class_counts || rule->tclass == tclass))
			return rule->new_role;
	return 0;
}

bool reference_role_trans_moves(const struct reference *ref, uint32_t role, uint32_t type, uint16_t tclass)
{
	uint32_t by_class = new_role(ref, role, type, tclass, true);
	uint32_t in_xen =
	    tclass == named_domain(&ref->views[REFERENCE_NATIVE]) ? new_role(ref, role, type, tclass, false) : 0;

	return by_class != in_xen;
}

bool reference_lacks_domain(const struct reference *ref)
{
	const struct policydb *db = &ref->views[REFERENCE_NATIVE];

	return db->process_class != named_domain(db) || db->process_trans_dyntrans != named_transition(db);
}

bool reference_roles_hold_attributes(const struct reference *ref)
{
	return ref->attributes_in_roles;
}

bool reference_has_stale_conditions(const struct reference *ref)
{
	return ref->stale_conditions;
}
