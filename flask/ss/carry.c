/* SPDX-License-Identifier: BSD-2-Clause */
/* Labels across a reload: every number keeps its meaning, or says that it lost it. */
#include "flask/ss/private.h"

#define REPORT_LINES 16u /* labels that a reload names one by one; the rest is counted */

static char *copy_text(const char *text)
{
	size_t size = strlen(text) + 1;
	char *copy = port_alloc(size);

	if (copy)
		memcpy(copy, text, size);
	return copy;
}

/* Printed twice: first to see how long it is. */
static char *context_text(const struct policy *policy, const struct policy_context *context)
{
	char none[1], *buf;
	struct text text;

	text_init(&text, none, sizeof(none));
	context_print(policy, context, &text);
	buf = port_alloc(text.wanted + 1);
	if (!buf)
		return NULL;
	text_init(&text, buf, text.wanted + 1);
	context_print(policy, context, &text);
	return buf;
}

static int append_lost(struct sidtab *sids, char *text)
{
	if (!text)
		return -ENOMEM;
	sidtab_append_lost(sids, text);
	return 0;
}

/*
 * A lost label is tried again by its text, as if somebody asked for it now. A
 * label that is no longer valid stays while nothing is enforced, as in Xen.
 * @words: context_words() of the new policy.
 */
static int carry_label(const struct ss_snapshot *from, struct ss_snapshot *to, const struct sid_entry *entry,
		       struct bitmap_word *words)
{
	struct policy_context context;
	int rc;

	if (!entry) {
		sidtab_append_hole(to->sids);
		return 0;
	}
	if (entry->state == SID_LOST) {
		if (context_parse(to->policy, entry->lost_text, strlen(entry->lost_text), words, &context))
			return append_lost(to->sids, copy_text(entry->lost_text));
	} else {
		rc = context_convert(from->policy, to->policy, &entry->context, words, &context);
		if (rc && !(rc == -EACCES && to->keeps_invalid))
			return append_lost(to->sids, context_text(from->policy, &entry->context));
	}
	return sidtab_insert(to->sids, &context);
}

int ss_carry_labels(const struct ss_snapshot *from, struct ss_snapshot *to, uint32_t *carried)
{
	uint32_t count = sidtab_count(from->sids);
	size_t nwords = context_words(to->policy);
	struct bitmap_word *words = nwords ? port_alloc(nwords * sizeof(*words)) : NULL;
	int rc = nwords && !words ? -ENOMEM : sidtab_reserve(to->sids, count - *carried);

	while (!rc && *carried < count) {
		rc = carry_label(from, to, sidtab_find(from->sids, *carried + 1), words);
		if (!rc)
			++*carried;
	}
	port_free(words);
	return rc;
}

int ss_carry_check(const struct ss_config *config, const struct ss_snapshot *to, struct image_error *error)
{
	const struct sid_entry *entry;
	char buf[SS_LINE_MAX];
	struct text reason;
	flask_sid_t sid;

	for (sid = 1; sid < config->ninitial_sids; sid++) {
		entry = sidtab_find(to->sids, sid);
		if (entry && entry->state == SID_LIVE)
			continue;
		text_init(&reason, buf, sizeof(buf));
		text_add(&reason, "initial SID ");
		text_add_u32(&reason, sid);
		text_add(&reason, " (");
		text_add(&reason, config->initial_sids[sid]);
		text_add(&reason, ") would lose its context ");
		if (entry)
			text_add_escaped(&reason, entry->lost_text, strlen(entry->lost_text));
		return ss_refuse(error, "initial SIDs", &reason);
	}
	return 0;
}

static void report_label(const char *change, const struct policy *policy, flask_sid_t sid,
			 const struct sid_entry *entry)
{
	char buf[SS_LINE_MAX];
	struct text line;

	text_init(&line, buf, sizeof(buf));
	text_add(&line, change);
	ss_line_label(&line, policy, sid, entry);
	port_log(PORT_WARNING, buf);
}

/* What happened to the label @old, now @now, as a line; NULL: nothing worth one. */
static const char *change_of(const struct ss_snapshot *to, const struct sid_entry *old, const struct sid_entry *now)
{
	if (now->state == SID_LOST)
		return old->state == SID_LOST ? NULL : "Flask: not in the new policy, acts as unlabeled: ";
	if (!policy_context_is_valid(to->policy, &now->context))
		return "Flask: not valid in the new policy, kept because nothing is enforced: ";
	return old->state == SID_LOST ? "Flask: in the policy again: " : NULL;
}

static void report_rest(uint32_t changed)
{
	char buf[SS_LINE_MAX];
	struct text line;

	text_init(&line, buf, sizeof(buf));
	text_add(&line, "Flask: and ");
	text_add_u32(&line, changed - REPORT_LINES);
	text_add(&line, " more labels");
	port_log(PORT_WARNING, buf);
}

void ss_carry_report(const struct ss_snapshot *from, const struct ss_snapshot *to)
{
	uint32_t changed = 0, count = sidtab_count(from->sids);
	const struct sid_entry *old, *now;
	const char *change;
	flask_sid_t sid;

	for (sid = 1; sid <= count; sid++) {
		old = sidtab_find(from->sids, sid);
		now = sidtab_find(to->sids, sid);
		change = old ? change_of(to, old, now) : NULL;
		if (change && ++changed <= REPORT_LINES)
			report_label(change, to->policy, sid, now);
	}
	if (changed > REPORT_LINES)
		report_rest(changed);
}
