/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Labels that are made when somebody asks for them. The context is computed in a
 * read section, which may not allocate; the number is given under the sid lock,
 * which may not either. So memory is brought along: words for the categories of
 * a label that is computed, a copy of them for the table, and room in it. What
 * was computed counts only while its snapshot is still the live one.
 */
#include "flask/ss/private.h"

/* -ENOMEM: the table needs *@room, which is NULL; it takes it when it is there. A new label takes *@own's sets. */
static int intern_locked(struct ss_server *server, uint32_t seqno, struct policy_context *own, struct sid_entry **room,
			 flask_sid_t *sid)
{
	struct ss_snapshot *live = ss_live(server);
	flask_sid_t found;
	int rc;

	if (live->seqno != seqno)
		return -EAGAIN;
	found = sidtab_find_context(live->sids, own);
	if (!found) {
		rc = sidtab_room(live->sids);
		if (rc == -ENOMEM && *room) {
			sidtab_add_room(live->sids, *room);
			*room = NULL;
			rc = 0;
		}
		if (rc)
			return rc;
		found = sidtab_append(live->sids, own);
		memset(own, 0, sizeof(*own));
	}
	*sid = found;
	return 0;
}

/*
 * The table is only touched under the sid lock, where the live snapshot cannot
 * be replaced: it needs no pin. Whether another maker used the room up or
 * brought its own, the second pass ends, since then the room is in our hand.
 */
int ss_intern(struct ss_server *server, uint32_t seqno, const struct policy_context *context, flask_sid_t *sid)
{
	struct sid_entry *room = NULL;
	struct policy_context own;
	unsigned long flags;
	int rc;

	rc = context_copy(context, &own);
	if (rc)
		return rc;
	do {
		flags = port_spin_lock(&server->sid_lock);
		rc = intern_locked(server, seqno, &own, &room, sid);
		port_spin_unlock(&server->sid_lock, flags);
		if (rc != -ENOMEM)
			break;
		room = sidtab_room_create();
	} while (room);
	port_free(room);
	context_fini(&own);
	return rc;
}

/* What is asked for: a text, or the label of a new object. */
struct request {
	bool is_text;
	const char *bytes;
	size_t len;
	flask_sid_t source, target;
	uint32_t tclass;
	enum policy_rule_kind kind;
	bool permissive; /* take an invalid label */
	bool invalid;	 /* result: it was one */

	struct bitmap_word *words; /* owned: the label's sets, when the read section is over */
	size_t nwords, needed;
};

/* Whether there is memory for @needed words; it is noted that they are. */
static bool has_words(struct request *request, size_t needed)
{
	request->needed = needed;
	return needed <= request->nwords;
}

/* Outside of any read section. -EAGAIN: now there is. */
static int bring_words(struct request *request)
{
	if (request->needed <= request->nwords)
		return -EAGAIN;
	port_free(request->words);
	request->nwords = 0;
	request->words = port_alloc(request->needed * sizeof(*request->words));
	if (!request->words)
		return -ENOMEM;
	request->nwords = request->needed;
	return -EAGAIN;
}

/* *@context borrows from @live or from the words of @request. -EAGAIN: there are too few of these. */
static int resolve(const struct ss_server *server, const struct ss_snapshot *live, struct request *request,
		   struct policy_context *context)
{
	int rc;

	if (request->is_text) {
		if (!has_words(request, context_words(live->policy)))
			return -EAGAIN;
		return context_parse(live->policy, request->bytes, request->len, request->words, context);
	}
	rc = ss_snapshot_label(live, server->config, request->source, request->target, request->tclass, request->kind,
			       context);
	request->invalid = rc == -EACCES;
	return request->invalid && request->permissive ? 0 : rc;
}

/* The SID of what is asked for, or 0 and its context, kept in the words of @request. */
static int find_or_keep(const struct ss_server *server, const struct ss_snapshot *live, struct request *request,
			flask_sid_t *found, struct policy_context *kept)
{
	struct policy_context context;
	int rc = resolve(server, live, request, &context);

	if (rc)
		return rc;
	*found = sidtab_find_context(live->sids, &context);
	if (*found)
		return 0;
	if (request->is_text) { /* was made in them */
		*kept = context;
		return 0;
	}
	if (!has_words(request, context_used_words(&context)))
		return -EAGAIN;
	context_copy_to(&context, request->words, kept);
	return 0;
}

/* -EAGAIN: words are needed, or the snapshot was replaced on the way. -ENOENT: there is none. */
static int make_once(struct ss_server *server, struct request *request, flask_sid_t *sid)
{
	const struct ss_snapshot *live;
	struct policy_context context;
	flask_sid_t found = 0;
	uint32_t seqno = 0;
	int rc = -ENOENT;

	port_read_begin();
	live = ss_live(server);
	if (live) {
		seqno = live->seqno;
		rc = find_or_keep(server, live, request, &found, &context);
	}
	port_read_end();

	if (rc)
		return rc;
	if (!found)
		return ss_intern(server, seqno, &context, sid);
	*sid = found;
	return 0;
}

/* Each turn but the last means that words were brought, or that a load or a boolean commit went through. */
static int make_label(struct ss_server *server, struct request *request, flask_sid_t *sid)
{
	int rc;

	do {
		rc = make_once(server, request, sid);
		if (rc == -EAGAIN)
			rc = bring_words(request);
	} while (rc == -EAGAIN);
	port_free(request->words);
	return rc;
}

int ss_context_to_sid(struct ss_server *server, const char *bytes, size_t len, flask_sid_t *sid)
{
	struct request request = {.is_text = true, .bytes = bytes, .len = len};
	int rc = make_label(server, &request, sid);

	if (rc != -ENOENT)
		return rc;
	*sid = ss_initial_find(server->config, bytes, len);
	return 0;
}

static void warn_invalid(const struct ss_server *server, flask_sid_t sid)
{
	const struct ss_snapshot *live;
	char buf[SS_LINE_MAX];
	struct text line;

	text_init(&line, buf, sizeof(buf));
	text_add(&line, "Flask: not valid in the policy, used because nothing is enforced: ");
	port_read_begin();
	live = ss_live(server);
	ss_line_label(&line, live->policy, sid, sidtab_find(live->sids, sid));
	port_read_end();
	port_log(PORT_WARNING, buf);
}

int ss_compute_label(struct ss_server *server, flask_sid_t source, flask_sid_t target, uint32_t tclass,
		     enum policy_rule_kind kind, bool permissive, flask_sid_t *sid)
{
	struct request request = {
	    .source = source, .target = target, .tclass = tclass, .kind = kind, .permissive = permissive};
	int rc = make_label(server, &request, sid);

	if (rc == -ENOENT) {
		*sid = tclass == server->config->domain_class ? source : target;
		return 0;
	}
	if (!rc && request.invalid)
		warn_invalid(server, *sid);
	return rc;
}
