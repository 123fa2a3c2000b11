/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The audit line. It always fits: names of permissions that would take too much
 * room are shown as bits, contexts share what the other fields leave, and what
 * says which check this was (class, operation, number) is never cut.
 */
#include "flask/avc/audit.h"

#define CONTEXT_MAX 320u /* bytes of a context's text that can be shown */
#define NAMES_MAX   400u /* bytes for names of permissions; the longest class of the ABI takes 356 */
#define ESCAPED_MAX 4u	 /* bytes that one byte becomes at most: \xNN */

struct audit_context {
	struct text text;
	char bytes[CONTEXT_MAX];
	bool known; /* there is a text */
	bool whole; /* ... and all of it was shown */
};

/* A member for each row of audit.def, and what the rows' conditions look at. */
struct audit_view {
	struct audit_domain source, target, current;
	struct audit_context scontext, tcontext;
	flask_sid_t ssid, tsid;
	const struct ss_abi_class *tclass; /* NULL: not a class of the hypervisor */
	const struct audit_subject *op;
	uint32_t seq, permissive;
	bool between_domains, one_domain, denied;
	uint32_t tclass_number;
	size_t room; /* bytes that each context may take */
};

static void view_context(struct audit_context *context, const struct ss_server *server, flask_sid_t sid)
{
	text_init(&context->text, context->bytes, sizeof(context->bytes));
	context->known = !ss_sid_to_context(server, sid, &context->text);
	context->whole = false;
}

static void view_init(struct audit_view *v, const struct ss_server *server, const struct audit_event *event)
{
	const struct audit_subject *subject = event->subject;

	v->source = subject->source;
	v->target = subject->target;
	v->current = subject->current;
	v->between_domains = subject->source.kind != AUDIT_DOMAIN_NONE;
	v->one_domain = subject->target.kind == AUDIT_DOMAIN_NONE ||
			(subject->source.kind == subject->target.kind && subject->source.id == subject->target.id);
	view_context(&v->scontext, server, event->source);
	view_context(&v->tcontext, server, event->target);
	v->ssid = event->source;
	v->tsid = event->target;
	v->tclass = ss_config_class(server->config, event->tclass);
	v->tclass_number = event->tclass;
	v->op = subject;
	v->denied = event->denied;
	v->seq = event->seq;
	v->permissive = event->permissive;
}

static void add_domain(struct text *line, const struct audit_view *v, const struct audit_domain *domain)
{
	static const char *const fixed[] = {
	    [AUDIT_DOMAIN_NONE] = "none",
	    [AUDIT_DOMAIN_IDLE] = "d[IDLE]",
	    [AUDIT_DOMAIN_XEN] = "d[XEN]",
	    [AUDIT_DOMAIN_IO] = "d[IO]",
	};

	(void)v;
	if (domain->kind == AUDIT_DOMAIN_ID) {
		text_add(line, "d");
		text_add_u32(line, domain->id);
		return;
	}
	text_add(line, fixed[domain->kind]);
}

/* Also a blank: what it ends is the field. */
static void add_context_byte(struct text *line, const char *byte)
{
	if (*byte == ' ')
		text_add(line, "\\x20");
	else
		text_add_escaped(line, byte, 1);
}

/* Contexts come from a policy file: escaped, byte by byte while one more escape fits. */
static void add_context(struct text *line, const struct audit_view *v, struct audit_context *context)
{
	size_t stop = line->len + v->room;
	size_t i;

	for (i = 0; i < context->text.len && line->len + ESCAPED_MAX <= stop; i++)
		add_context_byte(line, &context->bytes[i]);
	context->whole = i == context->text.len && !context->text.cut;
	if (!context->whole)
		text_add(line, "...");
}

static void add_number(struct text *line, const struct audit_view *v, const uint32_t *number)
{
	(void)v;
	text_add_u32(line, *number);
}

static void add_tclass(struct text *line, const struct audit_view *v, const struct ss_abi_class *const *tclass)
{
	if (*tclass)
		text_add(line, (*tclass)->name);
	else
		text_add_u32(line, v->tclass_number);
}

static void add_operation(struct text *line, const struct audit_view *v, const struct audit_subject *const *op)
{
	(void)v;
	text_add(line, (*op)->hypercall);
	if ((*op)->subop) {
		text_add(line, ".");
		text_add(line, (*op)->subop);
	}
}

/* ` { name name 0xbits }`: by bit; bits without a name, or whose name does not fit, as one number. */
static void add_perms(struct text *line, const struct ss_abi_class *tclass, uint32_t perms)
{
	size_t stop = line->len + NAMES_MAX;
	const char *name;
	uint32_t bit;

	text_add(line, " {");
	for (bit = 0; tclass && bit < tclass->nperms && bit < 32; bit++) {
		name = tclass->perms[bit];
		if (!(perms & 1u << bit) || !name || line->len + 1 + strlen(name) > stop)
			continue;
		text_add(line, " ");
		text_add(line, name);
		perms &= ~(1u << bit);
	}
	if (perms) {
		text_add(line, " ");
		text_add_hex(line, perms);
	}
	text_add(line, " }");
}

static void add_line(struct text *line, struct audit_view *v, uint32_t perms)
{
	text_add(line, v->denied ? "avc:  denied " : "avc:  granted ");
	if (perms)
		add_perms(line, v->tclass, perms);
	else
		text_add(line, " null");
	text_add(line, " for");
#define AUDIT_FIELD(name, kind, when, meaning) \
	if (when) {                            \
		text_add(line, " " #name "="); \
		add_##kind(line, v, &v->name); \
	}
#include "flask/avc/audit.def"
}

/* Twice: first without contexts, to see how much room they may share. */
void audit_format(struct text *line, const struct ss_server *server, const struct audit_event *event)
{
	struct audit_view view;
	size_t start = line->len;

	view_init(&view, server, event);
	view.room = 0;
	add_line(line, &view, event->perms);
	view.room = (line->size - 1 - line->len) / 2;
	line->buf[start] = 0;
	line->len = start;
	add_line(line, &view, event->perms);
}
