/* SPDX-License-Identifier: BSD-2-Clause */
/* Classes: their permissions and their constraints. */
#include "flask/db/parse.h"

#define PERMS_MAX   32u
#define LEVEL_ATTRS (ATTR_L1L2 | ATTR_L1H2 | ATTR_H1L2 | ATTR_H1H2 | ATTR_L1H1 | ATTR_L2H2)

/* At most 32 permissions stand before this one, so looking at each costs no more than its bytes. */
static bool perm_stands_already(const struct policy_class *class, uint32_t nperms, const char *name)
{
	uint32_t i;

	for (i = 0; i < nperms; i++)
		if (!strcmp(class->perms.entries[i].name, name))
			return true;
	return false;
}

static void parse_perm(struct policy_draft *draft, struct policy_class *class, uint32_t highest)
{
	struct image *im = &draft->im;
	uint32_t at = draft_at(draft), len = image_u32(im), value = image_u32(im);
	const char *name = draft_read_name(draft, len);

	if (!value || value > highest)
		image_fail_name(im, at + 4, "the value is 0 or out of range, of permission", name);
	if (im->status)
		return;
	if (class->perm_names[value - 1])
		image_fail_name(im, at + 4, "the value is already taken, of permission", name);
	if (perm_stands_already(class, class->perms.count, name))
		image_fail_name(im, at, "permission stands twice:", name);
	class->perm_names[value - 1] = name;
	names_entry(&class->perms.entries[class->perms.count++], name, len, value);
	if (value > class->nperms)
		class->nperms = value;
}

void policy_parse_perms(struct policy_draft *draft, struct policy_class *class, const struct draft_perms *perms)
{
	struct image *im = &draft->im;
	uint32_t i;

	if (perms->highest > PERMS_MAX)
		image_fail_name(im, perms->at, "more than 32 permission bits in", class->name);
	if (perms->count > perms->highest)
		image_fail_name(im, perms->at + 4, "more permissions than permission bits in", class->name);
	class->perms.entries = draft_alloc(draft, perms->count, sizeof(*class->perms.entries));
	for (i = 0; i < perms->count && !im->status; i++)
		parse_perm(draft, class, perms->highest);
}

static bool attr_node_is_valid(const struct policy_node *node)
{
	uint32_t attr = node->attr;

	if (!attr || (attr & (attr - 1))) /* exactly one */
		return false;
	if (attr == ATTR_USER || attr == ATTR_TYPE)
		return node->op == OP_EQ || node->op == OP_NEQ;
	return (attr == ATTR_ROLE || (attr & LEVEL_ATTRS)) && node->op >= OP_EQ && node->op <= OP_INCOMP;
}

static bool names_node_is_valid(const struct policy_node *node, bool transition)
{
	uint32_t of = node->attr & ~(uint32_t)(ATTR_TARGET | ATTR_XTARGET);

	if (of != ATTR_USER && of != ATTR_ROLE && of != ATTR_TYPE)
		return false;
	if ((node->attr & ATTR_XTARGET) && (!transition || (node->attr & ATTR_TARGET)))
		return false;
	return node->op == OP_EQ || node->op == OP_NEQ;
}

static enum draft_table_id names_table(const struct policy_node *node)
{
	if (node->attr & ATTR_USER)
		return DRAFT_USERS;
	return node->attr & ATTR_ROLE ? DRAFT_ROLES : DRAFT_TYPES;
}

static void parse_node_names(struct policy_draft *draft, struct policy_node *node, const char *class_name)
{
	draft_read_set(draft, &node->names, names_table(node), "names in a constraint of", class_name);
	if (draft->policy->version == 24)
		return;
	draft_skip_set(draft); /* types as the source wrote them */
	draft_skip_set(draft);
	image_u32(&draft->im);
}

/* What a node takes from and leaves on the stack of the evaluator; @depth is the values before it. */
static void check_depth(struct image *im, size_t at, const struct policy_node *node, uint32_t *depth)
{
	uint32_t needs = node->kind == NODE_NOT ? 1 : node->kind == NODE_AND || node->kind == NODE_OR ? 2 : 0;

	if (*depth < needs)
		image_fail_at(im, at, "constraint operator without operands");
	*depth = *depth - needs + 1;
	if (*depth > POLICY_CONSTRAINT_DEPTH)
		image_fail_at(im, at, "constraint needs more than 5 values on the stack");
}

static void parse_node(struct policy_draft *draft, struct policy_node *node, const char *class_name, bool transition,
		       uint32_t *depth)
{
	struct image *im = &draft->im;
	uint32_t at = draft_at(draft), kind = image_u32(im), attr = image_u32(im), op = image_u32(im);

	if (kind < NODE_NOT || kind > NODE_NAMES)
		image_fail_number(im, at, "unknown kind of constraint node:", kind);
	node->kind = (uint8_t)kind;
	if (kind == NODE_ATTR || kind == NODE_NAMES) {
		node->attr = attr > ATTR_L2H2 ? 0 : (uint16_t)attr;
		node->op = op > OP_INCOMP ? 0 : (uint8_t)op;
	}
	if (kind == NODE_ATTR && !attr_node_is_valid(node))
		image_fail_name(im, at + 4, "no such comparison in a constraint of", class_name);
	if (kind == NODE_NAMES && !names_node_is_valid(node, transition))
		image_fail_name(im, at + 4, "no such test of names in a constraint of", class_name);
	if (im->status)
		return;
	check_depth(im, at, node, depth);
	if (kind == NODE_NAMES)
		parse_node_names(draft, node, class_name);
}

static void parse_constraint(struct policy_draft *draft, struct policy_constraint *constraint, const char *class_name,
			     bool transition)
{
	struct image *im = &draft->im;
	struct policy_node *nodes;
	uint32_t i, at, depth = 0;

	constraint->perms = image_u32(im);
	at = draft_at(draft);
	constraint->nnodes = image_count(im, 12);
	constraint->nodes = nodes = draft_alloc(draft, constraint->nnodes, sizeof(*nodes));
	for (i = 0; i < constraint->nnodes && !im->status; i++)
		parse_node(draft, &nodes[i], class_name, transition, &depth);
	if (depth != 1)
		image_fail_name(im, at, "constraint does not end with one value, in", class_name);
}

static const struct policy_constraint *parse_constraints(struct policy_draft *draft, uint32_t count,
							 const char *class_name, bool transition)
{
	struct policy_constraint *constraints = draft_alloc(draft, count, sizeof(*constraints));
	uint32_t i;

	for (i = 0; i < count && !draft->im.status; i++)
		parse_constraint(draft, &constraints[i], class_name, transition);
	return constraints;
}

static void parse_class_rest(struct policy_draft *draft, struct policy_class *class)
{
	struct image *im = &draft->im;
	uint32_t i;

	class->constraints = parse_constraints(draft, class->nconstraints, class->name, false);
	class->nvalidatetrans = image_count(im, 8);
	class->validatetrans = parse_constraints(draft, class->nvalidatetrans, class->name, true);
	if (draft->policy->version == 24)
		return;
	for (i = 0; i < PORT_ARRAY_SIZE(class->defaults); i++)
		class->defaults[i] = image_u32(im);
}

void policy_read_perm_counts(struct policy_draft *draft, struct draft_perms *perms)
{
	perms->at = draft_at(draft);
	perms->highest = image_u32(&draft->im);
	perms->count = image_count(&draft->im, 8);
}

void policy_parse_class(struct policy_draft *draft)
{
	struct image *im = &draft->im;
	struct draft_symbol symbol = {.at = draft_at(draft)};
	uint32_t len = image_u32(im), common_len = image_u32(im), nconstraints;
	struct draft_perms perms;
	struct policy_class *class;

	symbol.value = image_u32(im);
	policy_read_perm_counts(draft, &perms);
	nconstraints = image_count(im, 8);
	symbol.name = draft_read_name(draft, len);
	if (common_len)
		image_fail_name(im, symbol.at + 4, "common permissions are not supported, in class", symbol.name);
	if (!draft_add_symbol(draft, DRAFT_CLASSES, &symbol, symbol.at + 8))
		return;
	class = &draft->policy->classes[symbol.value - 1];
	class->name = symbol.name;
	class->nconstraints = nconstraints;
	policy_parse_perms(draft, class, &perms);
	parse_class_rest(draft, class);
}
