/* SPDX-License-Identifier: BSD-2-Clause */
#include "tools/audit/expr_text.h"

#include "flask/ss/mls.h"

#define NAMES_SHOWN 6u /* members of a set that are named; the rest is counted */

/* A value of the evaluation: its text, its truth, and the comparisons that decided it. */
struct term {
	char bytes[2][EXPR_TEXT_MAX];
	struct text expression, reason;
	bool holds;
	uint8_t kind; /* NODE_AND or NODE_OR; 0: needs no parentheses */
};

struct view {
	const struct policy *policy;
	const struct policy_context *source, *target;
};

static void term_init(struct term *term)
{
	text_init(&term->expression, term->bytes[0], EXPR_TEXT_MAX);
	text_init(&term->reason, term->bytes[1], EXPR_TEXT_MAX);
}

static const char *op_text(uint8_t op)
{
	static const char *const ops[] = {
	    [OP_EQ] = " == ", [OP_NEQ] = " != ", [OP_DOM] = " dom ", [OP_DOMBY] = " domby ", [OP_INCOMP] = " incomp "};

	return ops[op];
}

/* What a node compares: users, roles or types. */
struct attr {
	const char *letter, *one, *many;
	uint32_t source, target;
	const char *source_name, *target_name;
};

static struct attr attr_of(const struct view *view, uint16_t attr)
{
	const struct policy *p = view->policy;
	const struct policy_context *s = view->source, *t = view->target;

	if (attr & ATTR_USER)
		return (struct attr){
		    "u", "user", "users", s->user, t->user, p->users[s->user - 1].name, p->users[t->user - 1].name};
	if (attr & ATTR_ROLE)
		return (struct attr){
		    "r", "role", "roles", s->role, t->role, p->roles[s->role - 1].name, p->roles[t->role - 1].name};
	return (struct attr){
	    "t", "type", "types", s->type, t->type, p->types[s->type - 1].name, p->types[t->type - 1].name};
}

static const char *name_of(const struct policy *policy, uint16_t attr, uint32_t value)
{
	if (attr & ATTR_USER)
		return value <= policy->nusers ? policy->users[value - 1].name : NULL;
	if (attr & ATTR_ROLE)
		return value <= policy->nroles ? policy->roles[value - 1].name : NULL;
	return value <= policy->ntypes ? policy->types[value - 1].name : NULL;
}

/* Whether @set is exactly the types of the attribute @value. */
static bool is_attribute(const struct policy *policy, const struct bitmap *set, uint32_t value)
{
	uint32_t i;

	if (!policy->types[value - 1].name || !policy->types[value - 1].attribute)
		return false;
	for (i = 0; i < policy->ntypes; i++)
		if (policy->types[i].name && !policy->types[i].attribute &&
		    bitmap_has(set, i) != bitmap_has(&policy->types[i].attrs, value - 1))
			return false;
	return true;
}

/* The compiler expanded attributes: this finds back the one that a larger set of types was. */
static const char *attribute_name(const struct policy *policy, const struct policy_node *node)
{
	uint32_t value;

	if (node->attr & (ATTR_USER | ATTR_ROLE) || bitmap_count(&node->names) < 2)
		return NULL;
	for (value = 1; value <= policy->ntypes; value++)
		if (is_attribute(policy, &node->names, value))
			return policy->types[value - 1].name;
	return NULL;
}

static void add_set(struct text *text, const struct policy *policy, const struct policy_node *node)
{
	const char *attribute = attribute_name(policy, node);
	uint32_t count = bitmap_count(&node->names), shown = 0, bit;
	const char *name;

	if (attribute) {
		text_add(text, attribute);
		return;
	}
	if (count != 1)
		text_add(text, "{ ");
	for (bit = 0; shown < NAMES_SHOWN && bitmap_next(&node->names, &bit); bit++, shown++) {
		name = name_of(policy, node->attr, bit + 1);
		if (shown)
			text_add(text, " ");
		text_add(text, name ? name : "?");
	}
	if (count > shown) {
		text_add(text, " and ");
		text_add_u32(text, count - shown);
		text_add(text, " more");
	}
	if (count != 1)
		text_add(text, " }");
}

static void add_quoted_pair(struct text *text, const char *before, const struct attr *attr)
{
	text_add(text, before);
	text_add(text, " (");
	text_add(text, attr->source_name);
	if (attr->source != attr->target) {
		text_add(text, ", ");
		text_add(text, attr->target_name);
	}
	text_add(text, ")");
}

/* "users differ (a, b)", "roles are the same (a)", "role a does not dominate role b": what is so. */
static void add_attr_fact(struct text *text, const struct policy_node *node, const struct attr *attr, bool holds)
{
	static const char *const relation[][2] = {
	    [OP_DOM] = {" does not dominate ", " dominates "},
	    [OP_DOMBY] = {" is not dominated by ", " is dominated by "},
	    [OP_INCOMP] = {" is comparable to ", " is not comparable to "},
	};

	if (node->op == OP_EQ || node->op == OP_NEQ) {
		text_add(text, attr->many);
		add_quoted_pair(text, attr->source == attr->target ? " are the same" : " differ", attr);
		return;
	}
	text_add(text, "source ");
	text_add(text, attr->one);
	text_add(text, " ");
	text_add(text, attr->source_name);
	text_add(text, relation[node->op][holds]);
	text_add(text, "target ");
	text_add(text, attr->one);
	text_add(text, " ");
	text_add(text, attr->target_name);
}

/* "source type a_t is not in { b_t c_t }", "target user is user_1". */
static void add_names_fact(struct text *text, const struct view *view, const struct policy_node *node,
			   const struct attr *attr, bool holds)
{
	bool target = node->attr & ATTR_TARGET;
	bool is_in = holds == (node->op == OP_EQ);
	bool one = bitmap_count(&node->names) == 1;

	text_add(text, target ? "target " : "source ");
	text_add(text, attr->one);
	if (!one || !is_in) {
		text_add(text, " ");
		text_add(text, target ? attr->target_name : attr->source_name);
	}
	text_add(text, is_in ? " is " : " is not ");
	text_add(text, one ? "" : "in ");
	add_set(text, view->policy, node);
}

/* The two levels that a node compares, with their names in constraints: 1 is the source, 2 the target. */
struct level_pair {
	const char *left_name, *right_name;
	const struct policy_level *left, *right;
};

static struct level_pair levels_of(const struct view *view, uint16_t attr)
{
	const struct policy_range *s = &view->source->range, *t = &view->target->range;

	switch (attr) {
	case ATTR_L1L2:
		return (struct level_pair){"l1", "l2", &s->low, &t->low};
	case ATTR_L1H2:
		return (struct level_pair){"l1", "h2", &s->low, &t->high};
	case ATTR_H1L2:
		return (struct level_pair){"h1", "l2", &s->high, &t->low};
	case ATTR_H1H2:
		return (struct level_pair){"h1", "h2", &s->high, &t->high};
	case ATTR_L1H1:
		return (struct level_pair){"l1", "h1", &s->low, &s->high};
	default:
		return (struct level_pair){"l2", "h2", &t->low, &t->high};
	}
}

static void add_level(struct text *text, const struct policy *policy, const struct policy_level *level)
{
	const struct policy_range range = {*level, *level};

	mls_range_print(policy, &range, text);
}

/* "l1 dom l2 does not hold (s0, s1:c0)"; without MLS there is nothing to say of it but its name. */
static void explain_levels(const struct view *view, const struct policy_node *node, struct term *term)
{
	struct level_pair pair = levels_of(view, node->attr);

	text_add(&term->expression, pair.left_name);
	text_add(&term->expression, op_text(node->op));
	text_add(&term->expression, pair.right_name);
	text_add_bytes(&term->reason, term->expression.buf, term->expression.len);
	text_add(&term->reason, term->holds ? " holds" : " does not hold");
	if (!view->policy->mls)
		return;
	text_add(&term->reason, " (");
	add_level(&term->reason, view->policy, pair.left);
	text_add(&term->reason, ", ");
	add_level(&term->reason, view->policy, pair.right);
	text_add(&term->reason, ")");
}

static void explain_leaf(const struct view *view, const struct policy_node *node, struct term *term)
{
	const struct policy_constraint alone = {.nnodes = 1, .nodes = node};
	struct attr attr;

	term_init(term);
	term->kind = 0;
	term->holds = constraint_holds(view->policy, &alone, view->source, view->target, NULL);
	if (!(node->attr & (ATTR_USER | ATTR_ROLE | ATTR_TYPE))) {
		explain_levels(view, node, term);
		return;
	}
	attr = attr_of(view, node->attr);
	text_add(&term->expression, attr.letter);
	text_add(&term->expression, node->kind == NODE_NAMES && node->attr & ATTR_TARGET ? "2" : "1");
	text_add(&term->expression, op_text(node->op));
	if (node->kind == NODE_NAMES) {
		add_set(&term->expression, view->policy, node);
		add_names_fact(&term->reason, view, node, &attr, term->holds);
		return;
	}
	text_add(&term->expression, attr.letter);
	text_add(&term->expression, "2");
	add_attr_fact(&term->reason, node, &attr, term->holds);
}

/* As an operand of @kind. */
static void add_term(struct text *text, const struct term *term, uint8_t kind)
{
	bool apart = term->kind && term->kind != kind;

	text_add(text, apart ? "(" : "");
	text_add_bytes(text, term->expression.buf, term->expression.len);
	text_add(text, apart ? ")" : "");
}

static void negate(struct term *term, struct term *scratch)
{
	term_init(scratch);
	text_add(&scratch->expression, "not ");
	add_term(&scratch->expression, term, NODE_NOT);
	text_add_bytes(&scratch->reason, term->reason.buf, term->reason.len);
	scratch->holds = !term->holds;
	scratch->kind = 0;
}

/* Which of the two made the result what it is: the one that settles it alone, else both. */
static void combine_reasons(struct text *reason, const struct term *left, const struct term *right, bool settling)
{
	bool by_left = left->holds == settling, by_right = right->holds == settling;

	if (by_left == by_right && !strcmp(left->reason.buf, right->reason.buf))
		by_right = !by_left;
	if (by_left || !by_right)
		text_add_bytes(reason, left->reason.buf, left->reason.len);
	if (by_left == by_right)
		text_add(reason, " and ");
	if (by_right || !by_left)
		text_add_bytes(reason, right->reason.buf, right->reason.len);
}

static void combine(const struct term *left, const struct term *right, uint8_t kind, struct term *scratch)
{
	bool is_and = kind == NODE_AND;

	term_init(scratch);
	add_term(&scratch->expression, left, kind);
	text_add(&scratch->expression, is_and ? " and " : " or ");
	add_term(&scratch->expression, right, kind);
	combine_reasons(&scratch->reason, left, right, !is_and);
	scratch->holds = is_and ? left->holds && right->holds : left->holds || right->holds;
	scratch->kind = kind;
}

/* The texts lie inside the term, so a copy has to point to its own. */
static void move_term(struct term *to, const struct term *from)
{
	memcpy(to, from, sizeof(*to));
	to->expression.buf = to->bytes[0];
	to->reason.buf = to->bytes[1];
}

static void give(char *out, const struct text *text)
{
	memcpy(out, text->buf, text->len + 1);
	if (text->cut)
		memcpy(out + EXPR_TEXT_MAX - sizeof("..."), "...", sizeof("..."));
}

/* Depth and arity were proven when the policy was made: the stack neither over- nor underflows. */
void expr_explain(const struct policy *policy, const struct policy_constraint *constraint,
		  const struct policy_context *source, const struct policy_context *target, struct expr_text *text)
{
	const struct view view = {policy, source, target};
	static struct term stack[POLICY_CONSTRAINT_DEPTH], scratch;
	uint32_t depth = 0, i;

	for (i = 0; i < constraint->nnodes; i++) {
		const struct policy_node *node = &constraint->nodes[i];

		if (node->kind == NODE_NOT) {
			negate(&stack[depth - 1], &scratch);
			move_term(&stack[depth - 1], &scratch);
		} else if (node->kind == NODE_AND || node->kind == NODE_OR) {
			depth--;
			combine(&stack[depth - 1], &stack[depth], node->kind, &scratch);
			move_term(&stack[depth - 1], &scratch);
		} else {
			explain_leaf(&view, node, &stack[depth++]);
		}
	}
	give(text->expression, &stack[0].expression);
	give(text->reason, &stack[0].reason);
}
