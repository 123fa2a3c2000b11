/* SPDX-License-Identifier: BSD-2-Clause */
/* The verbs of scenarios other than hypercalls: what a guest does in its own memory, and what must hold. */
#include "hooks/model/scenario_private.h"

#include "hooks/model/console.h"
#include "hooks/model/event.h"
#include "hooks/model/log.h"

#include <stdlib.h>

static bool word_is(const struct scn_word *word, const char *text)
{
	return !word->name && !word->quoted && !strcmp(word->value, text);
}

/* A heading, for those who watch. */
static bool run_say(struct scn_run *run, const struct scn_statement *st)
{
	struct scn_text text;

	if (!scn_expand(run->vars, &st->words[0], &text, run->error))
		return false;
	if (run->trace)
		fprintf(run->trace, "%s\n", text.bytes);
	return true;
}

static bool check_let(const struct scn_statement *st, char error[SCN_ERROR_MAX])
{
	const struct scn_word *word = &st->words[0];

	if (!word->name || word->capture || !scn_vars_is_name(word->name, strlen(word->name)))
		return scn_fail(error, "let takes NAME=VALUE");
	return true;
}

static bool run_let(struct scn_run *run, const struct scn_statement *st)
{
	struct scn_text text;

	if (!scn_expand(run->vars, &st->words[0], &text, run->error))
		return false;
	return scn_vars_set(run->vars, st->words[0].name, text.bytes) || scn_fail(run->error, "no such name");
}

static bool run_type(struct scn_run *run, const struct scn_statement *st)
{
	struct scn_text text;

	if (!scn_expand(run->vars, &st->words[0], &text, run->error))
		return false;
	return hv_console_type(text.bytes, text.length) || scn_fail(run->error, "the console's input is full");
}

/* Whether @text is @pattern, in which each * stands for any characters. */
static bool glob_matches(const char *pattern, const char *text)
{
	const char *star = NULL, *retry = NULL;

	while (*text) {
		if (*pattern == '*') {
			star = ++pattern;
			retry = text;
		} else if (*pattern == *text) {
			pattern++;
			text++;
		} else if (star) {
			pattern = star;
			text = ++retry;
		} else {
			return false;
		}
	}
	while (*pattern == '*')
		pattern++;
	return !*pattern;
}

/* log skip; log none; log [any] [glob] "TEXT" */
static bool check_log(const struct scn_statement *st, char error[SCN_ERROR_MAX])
{
	size_t i = 0;

	if (st->count == 1 && (word_is(&st->words[0], "skip") || word_is(&st->words[0], "none")))
		return true;
	i += word_is(&st->words[i], "any");
	i += i < st->count && word_is(&st->words[i], "glob");
	if (i + 1 != st->count || !st->words[i].quoted)
		return scn_fail(error, "log takes skip, none or [any] [glob] \"TEXT\"");
	return true;
}

static bool log_holds(struct scn_run *run, const char *text, bool any, bool glob)
{
	size_t count = hv_log_count();
	size_t i;

	for (i = run->log_seen; i < count; i++) {
		if (glob ? glob_matches(text, hv_log_line(i)) : !strcmp(text, hv_log_line(i))) {
			run->log_seen = i + 1;
			return true;
		}
		if (!any)
			return scn_fail(run->error, "expected in the log \"%.400s\", came \"%.400s\"", text,
					hv_log_line(i));
	}
	return scn_fail(run->error, "expected in the log \"%.400s\", came %s", text,
			any && count > run->log_seen ? "other lines" : "nothing");
}

static bool run_log(struct scn_run *run, const struct scn_statement *st)
{
	const struct scn_word *last = &st->words[st->count - 1];
	struct scn_text text;

	if (word_is(last, "skip")) {
		run->log_seen = hv_log_count();
		return true;
	}
	if (word_is(last, "none")) {
		if (run->log_seen == hv_log_count())
			return true;
		return scn_fail(run->error, "expected nothing in the log, came \"%.800s\"", hv_log_line(run->log_seen));
	}
	if (!scn_expand(run->vars, last, &text, run->error))
		return false;
	return log_holds(run, text.bytes, word_is(&st->words[0], "any"),
			 st->count > 1 && word_is(&st->words[st->count - 2], "glob"));
}

static bool run_write(struct scn_run *run, const struct scn_statement *st)
{
	uint8_t *bytes;
	int64_t address;
	size_t count;
	int rc;

	if (!scn_word_number(run, &st->words[0], &address) || !scn_bytes(run, &st->words[1], &bytes, &count))
		return false;
	rc = hv_memory_write(&run->domain->memory, (uint64_t)address, bytes, count);
	free(bytes);
	if (rc)
		return scn_fail(run->error, "d%u cannot write there", run->domain->id);
	return true;
}

/* dN memory ADDRESS "TEXT": reads as that; memory ADDRESS fault: cannot be read. */
static bool run_memory(struct scn_run *run, const struct scn_statement *st)
{
	int64_t address;
	uint8_t byte;

	if (!scn_word_number(run, &st->words[0], &address))
		return false;
	if (!word_is(&st->words[1], "fault"))
		return scn_expect_memory(run, "memory", (uint64_t)address, &st->words[1]);
	if (hv_memory_read(&run->domain->memory, (uint64_t)address, &byte, 1))
		return true;
	return scn_fail(run->error, "expected a fault, came the byte 0x%02x", byte);
}

static bool is_grant_field(const struct scn_word *word)
{
	return word->name && !word->capture &&
	       (!strcmp(word->name, "domid") || !strcmp(word->name, "frame") || !strcmp(word->name, "flags"));
}

static bool check_grant(const struct scn_statement *st, char error[SCN_ERROR_MAX])
{
	size_t i;

	for (i = 1; i < st->count; i++)
		if (!is_grant_field(&st->words[i]))
			return scn_fail(error, "grant takes REF domid=N frame=N [flags=GTF_...]");
	return true;
}

/* dN grant REF domid= frame= [flags=]: the domain writes an entry of its grant table. */
static bool run_grant(struct scn_run *run, const struct scn_statement *st)
{
	struct grant_entry_v1 entry = {.flags = GTF_permit_access};
	int64_t ref, value;
	size_t i;

	if (!scn_word_number(run, &st->words[0], &ref))
		return false;
	for (i = 1; i < st->count; i++) {
		if (!scn_word_number(run, &st->words[i], &value))
			return false;
		if (!strcmp(st->words[i].name, "domid"))
			entry.domid = (domid_t)value;
		else if (!strcmp(st->words[i].name, "frame"))
			entry.frame = (uint32_t)value;
		else
			entry.flags = (uint16_t)value;
	}
	if (ref < 0 || (uint64_t)ref >= HV_GRANTS ||
	    hv_memory_write(&run->domain->memory,
			    HV_FRAME_GRANTS * (uint64_t)HV_PAGE_BYTES + (uint64_t)ref * sizeof(entry), &entry,
			    sizeof(entry)))
		return scn_fail(run->error, "d%u has no grant %s", run->domain->id, st->words[0].value);
	return true;
}

/* The port that the only word names, or 0 when it names none. */
static evtchn_port_t port_of(struct scn_run *run, const struct scn_statement *st)
{
	int64_t port;

	if (!scn_word_number(run, &st->words[0], &port))
		return 0;
	if (port > 0 && port < HV_PORTS)
		return (evtchn_port_t)port;
	scn_explain(run->error, "ports are 1 to %u", HV_PORTS - 1);
	return 0;
}

static bool run_pending(struct scn_run *run, const struct scn_statement *st)
{
	evtchn_port_t port = port_of(run, st);

	if (!port || hv_evtchn_is_pending(run->domain, port))
		return port;
	return scn_fail(run->error, "expected port %u pending, came quiet", port);
}

static bool run_quiet(struct scn_run *run, const struct scn_statement *st)
{
	evtchn_port_t port = port_of(run, st);

	if (!port || !hv_evtchn_is_pending(run->domain, port))
		return port;
	return scn_fail(run->error, "expected port %u quiet, came pending", port);
}

static bool run_clear(struct scn_run *run, const struct scn_statement *st)
{
	evtchn_port_t port = port_of(run, st);

	if (port)
		hv_evtchn_set_pending(run->domain, port, false);
	return port;
}

/* dN compat: its kernel is a 32-bit one from now on, and lays out its arguments so. */
static bool run_compat(struct scn_run *run, const struct scn_statement *st)
{
	(void)st;
	run->domain->compat = true;
	return true;
}

static const char *state_of(const struct domain *d)
{
	if (!d)
		return "absent";
	if (d->dying)
		return "dying";
	return d->pauses ? "paused" : "running";
}

static bool check_is(const struct scn_statement *st, char error[SCN_ERROR_MAX])
{
	static const char *const states[] = {"absent", "dying", "paused", "running"};
	size_t i;

	for (i = 0; i < PORT_ARRAY_SIZE(states); i++)
		if (word_is(&st->words[0], states[i]))
			return true;
	return scn_fail(error, "is takes absent, dying, paused or running");
}

static bool run_is(struct scn_run *run, const struct scn_statement *st)
{
	if (!strcmp(st->words[0].value, state_of(run->domain)))
		return true;
	return scn_fail(run->error, "expected d%s %s, came %s", st->domain, st->words[0].value, state_of(run->domain));
}

static const struct scn_verb verbs[] = {
    {"say", 1, 1, true, NULL, run_say},
    {"let", 1, 1, false, check_let, run_let},
    {"type", 1, 1, false, NULL, run_type},
    {"log", 1, 3, false, check_log, run_log},
};

static const struct scn_verb domain_verbs[] = {
    {"write", 2, 2, false, NULL, run_write},	    {"memory", 2, 2, false, NULL, run_memory},
    {"grant", 3, 4, false, check_grant, run_grant}, {"pending", 1, 1, false, NULL, run_pending},
    {"quiet", 1, 1, false, NULL, run_quiet},	    {"clear", 1, 1, false, NULL, run_clear},
    {"is", 1, 1, false, check_is, run_is},	    {"compat", 0, 0, false, NULL, run_compat},
};

const struct scn_verb *scn_verb_find(const char *name, bool of_domain)
{
	const struct scn_verb *table = of_domain ? domain_verbs : verbs;
	size_t count = of_domain ? PORT_ARRAY_SIZE(domain_verbs) : PORT_ARRAY_SIZE(verbs);
	size_t i;

	for (i = 0; i < count; i++)
		if (!strcmp(table[i].name, name))
			return &table[i];
	return NULL;
}
