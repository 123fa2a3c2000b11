/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A hypercall of a scenario: `dN name field=value ... -> result field=value ...`.
 * It plays the guest: puts buffers and the structures into the memory of the
 * caller, makes the call, and looks there for the results.
 */
#include "hooks/model/scenario_private.h"

#include "hooks/abi/flask_op.h"
#include "hooks/model/dispatch.h"

#include <inttypes.h>
#include <stdlib.h>

/* Where the caller keeps its arguments: frames from here on are free for them. */
#define SCRATCH_START ((uint64_t)HV_FRAMES_MIN * HV_PAGE_BYTES)

struct attempt {
	struct scn_run *run;
	const struct scn_statement *st;
	struct scn_call call; /* of @st, as this caller lays it out */
	size_t arrow;	      /* index of ->, or the count of words */
	uint8_t args[SCN_ENTRIES_MAX][SCN_ARGUMENT_MAX];
	size_t entries;
	uint64_t where; /* guest address of the structures */
	uint64_t next;	/* free scratch memory */
	uint64_t size;	/* of the last bytes put: @size */
	int64_t count;	/* @count, or -1 */
	int64_t result;
};

static bool word_is(const struct scn_word *word, const char *text)
{
	return !word->name && !word->quoted && !strcmp(word->value, text);
}

static size_t find_arrow(const struct scn_statement *st)
{
	size_t i;

	for (i = 0; i < st->count; i++)
		if (word_is(&st->words[i], "->"))
			break;
	return i;
}

/* A field, or what only the caller knows: where the structure is and how many there are. */
static bool check_field(const struct scn_statement *st, const struct scn_word *word, char error[SCN_ERROR_MAX])
{
	if (!word->name)
		return scn_fail(error, "%s is not a field=value", word->value);
	if (!strcmp(word->name, "@arg") || !strcmp(word->name, "@count"))
		return !word->capture || scn_fail(error, "%s is not a result", word->name);
	if (!scn_field_find(&st->call, word->name))
		return scn_fail(error, "the call has no field %s", word->name);
	if (!word->capture)
		return true;
	if (!scn_vars_is_name(word->value, strlen(word->value)))
		return scn_fail(error, "%s is no name of a variable", word->value);
	if (scn_field_find(&st->call, word->name)->kind == SCN_BYTES)
		return scn_fail(error, "%s is no number", word->name);
	return true;
}

static bool check_call(const struct scn_statement *st, char error[SCN_ERROR_MAX])
{
	size_t arrow = find_arrow(st);
	size_t entries = 1, results = 1;
	size_t i;

	for (i = 0; i < st->count; i++) {
		const struct scn_word *word = &st->words[i];

		if (i == arrow)
			continue;
		if (i == arrow + 1) {
			if (word->name || word->quoted)
				return scn_fail(error, "-> is followed by the result: 0, a number or -ENAME");
			continue;
		}
		if (word_is(word, ";")) {
			*(i < arrow ? &entries : &results) += 1;
			continue;
		}
		if (i < arrow && word->capture)
			return scn_fail(error, "%s=> stands before ->", word->name);
		if (!check_field(st, word, error))
			return false;
	}
	if (arrow + 1 == st->count)
		return scn_fail(error, "-> is followed by the result: 0, a number or -ENAME");
	if (entries > SCN_ENTRIES_MAX || results > entries)
		return scn_fail(error, "at most %u entries, and no more results than entries", SCN_ENTRIES_MAX);
	if (entries > 1 && st->call.shape != SCN_ARRAY)
		return scn_fail(error, "only grant_table_op takes several entries");
	return true;
}

/* Puts bytes into the caller's scratch memory. */
static bool put(struct attempt *a, const void *bytes, size_t count, uint64_t *where)
{
	*where = a->next;
	if (hv_memory_write(&a->run->domain->memory, a->next, bytes, count))
		return scn_fail(a->run->error, "%zu bytes do not fit in the memory of d%u", count, a->run->domain->id);
	a->next += (count + 15) & ~(uint64_t)15;
	return true;
}

static bool set_bytes(struct attempt *a, const struct scn_field *field, const struct scn_word *word, uint8_t *args)
{
	uint64_t address;
	uint8_t *bytes;
	size_t count;
	bool ok = true;

	if (!scn_bytes(a->run, word, &bytes, &count))
		return false;
	if (field->kind == SCN_ADDRESS) {
		ok = put(a, bytes, count, &address);
		a->size = count;
		scn_field_set(field, args, address);
	} else if (count > field->size) {
		ok = scn_fail(a->run->error, "%s holds %zu bytes", field->name, field->size);
	} else {
		memcpy(args + field->offset, bytes, count);
	}
	free(bytes);
	return ok;
}

static bool set_number(struct attempt *a, const struct scn_field *field, const struct scn_word *word, uint8_t *args)
{
	int64_t value = (int64_t)a->size;

	if (strcmp(word->value, "@size") != 0 && !scn_word_number(a->run, word, &value))
		return false;
	if (!scn_field_holds(field, value))
		return scn_fail(a->run->error, "%s does not fit in %s", word->value, field->name);
	scn_field_set(field, args, (uint64_t)value);
	return true;
}

static bool set_field(struct attempt *a, const struct scn_word *word, uint8_t *args)
{
	const struct scn_field *field;
	int64_t value;

	if (word->name[0] == '@') {
		if (!scn_word_number(a->run, word, &value))
			return false;
		if (!strcmp(word->name, "@arg"))
			a->where = (uint64_t)value;
		else
			a->count = value;
		return true;
	}
	field = scn_field_find(&a->call, word->name);
	if (field->kind == SCN_BYTES || (field->kind == SCN_ADDRESS && (word->quoted || word->value[0] == '@')))
		return set_bytes(a, field, word, args);
	return set_number(a, field, word, args);
}

/* What every structure of these hypercalls says of itself. */
static void set_header(const struct scn_call *call, uint8_t *args)
{
	const struct scn_field *cmd = scn_field_find(call, "cmd");
	const struct scn_field *version = scn_field_find(call, "interface_version");

	if (cmd)
		scn_field_set(cmd, args, call->subop);
	if (version)
		scn_field_set(version, args,
			      call->shape == SCN_DOMCTL ? XEN_DOMCTL_INTERFACE_VERSION : XEN_FLASK_INTERFACE_VERSION);
}

static bool fill_args(struct attempt *a)
{
	const struct scn_call *call = &a->call;
	size_t entry = 0;
	size_t i;

	set_header(call, a->args[0]);
	for (i = 0; i < a->arrow; i++)
		if (word_is(&a->st->words[i], ";"))
			entry++;
		else if (!set_field(a, &a->st->words[i], a->args[entry]))
			return false;
	a->entries = entry + 1;
	return true;
}

/* The structures lie one after the other, as a guest's array does. */
static bool put_args(struct attempt *a)
{
	uint8_t packed[SCN_ENTRIES_MAX * SCN_ARGUMENT_MAX];
	size_t size = a->call.size;
	uint64_t address;
	size_t i;

	for (i = 0; i < a->entries; i++)
		memcpy(packed + i * size, a->args[i], size);
	if (!put(a, packed, a->entries * size, &address))
		return false;
	if (!a->where)
		a->where = address;
	return true;
}

static void make_call(struct attempt *a)
{
	const struct scn_call *call = &a->call;
	struct scn_console console;
	uint64_t arg[HV_ARGS] = {0};

	switch (call->shape) {
	case SCN_DOMCTL:
	case SCN_MODULE:
		arg[0] = a->where;
		break;
	case SCN_CONSOLE:
		memcpy(&console, a->args[0], sizeof(console));
		arg[0] = call->subop;
		arg[1] = console.count;
		arg[2] = console.buffer;
		break;
	case SCN_STRUCT:
	case SCN_ARRAY:
		arg[0] = call->subop;
		arg[1] = a->where;
		arg[2] = a->count >= 0 ? (uint64_t)a->count : a->entries;
		break;
	}
	a->result = hv_hypercall(a->run->domain, call->hypercall, arg);
}

/* Shows one result in the trace. */
static void show(struct attempt *a, const char *name, const char *value)
{
	size_t used = strlen(a->run->shown);

	if (name)
		snprintf(a->run->shown + used, SCN_ERROR_MAX - used, " %s=%s", name, value);
	else
		snprintf(a->run->shown + used, SCN_ERROR_MAX - used, "%s", value);
}

static void field_format(const struct scn_field *field, const uint8_t *args, char text[SCN_NUMBER_MAX])
{
	if (field->kind == SCN_STATUS)
		scn_status_format(scn_field_get(field, args), text);
	else
		snprintf(text, SCN_NUMBER_MAX, "%" PRIu64, (uint64_t)scn_field_get(field, args));
}

/* Compares a field of bytes with an expected text. */
static bool expect_inline(struct attempt *a, const struct scn_field *field, const struct scn_word *word,
			  const uint8_t *args)
{
	uint8_t *wanted;
	size_t count;
	bool same;

	if (!scn_bytes(a->run, word, &wanted, &count))
		return false;
	if (count > field->size)
		same = scn_fail(a->run->error, "%s holds %zu bytes", field->name, field->size);
	else
		same = !memcmp(args + field->offset, wanted, count) ||
		       scn_fail_bytes(a->run->error, field->name, wanted, args + field->offset, count);
	free(wanted);
	return same;
}

/* The bytes of a field, or those it points to. */
static bool expect_bytes(struct attempt *a, const struct scn_field *field, const struct scn_word *word,
			 const uint8_t *args)
{
	bool same = field->kind == SCN_BYTES
			? expect_inline(a, field, word, args)
			: scn_expect_memory(a->run, field->name, (uint64_t)scn_field_get(field, args), word);

	if (same)
		show(a, field->name, word->value);
	return same;
}

/* Keeps what came as a variable: a number, or the text that an address points to. */
static bool capture(struct attempt *a, const struct scn_field *field, const struct scn_word *word, const uint8_t *args)
{
	char text[SCN_TEXT_MAX + 1];

	if (field->kind != SCN_ADDRESS)
		field_format(field, args, text);
	else if (!scn_guest_text(a->run, (uint64_t)scn_field_get(field, args), text))
		return scn_fail(a->run->error, "%s is not a text", field->name);
	show(a, field->name, text);
	return scn_vars_set(a->run->vars, word->value, text) ||
	       scn_fail(a->run->error, "%s is no name of a variable", word->value);
}

static bool expect_field(struct attempt *a, const struct scn_word *word, const uint8_t *args)
{
	const struct scn_field *field = scn_field_find(&a->call, word->name);
	char came[SCN_NUMBER_MAX];
	int64_t wanted;

	if (word->capture)
		return capture(a, field, word, args);
	if (field->kind == SCN_BYTES || (field->kind == SCN_ADDRESS && word->quoted))
		return expect_bytes(a, field, word, args);
	field_format(field, args, came);
	show(a, field->name, came);
	if (!scn_word_number(a->run, word, &wanted))
		return false;
	if (scn_field_get(field, args) == wanted)
		return true;
	return scn_fail(a->run->error, "expected %s %s, came %s", field->name, word->value, came);
}

/* A status that the scenario does not speak of must be GNTST_okay. */
static bool expect_okay(struct attempt *a, size_t entry, bool spoken)
{
	const struct scn_field *status = scn_field_find(&a->call, "status");
	char came[SCN_NUMBER_MAX];

	if (spoken || a->result || !status || status->kind != SCN_STATUS || !scn_field_get(status, a->args[entry]))
		return true;
	field_format(status, a->args[entry], came);
	return scn_fail(a->run->error, "expected status GNTST_okay, came %s", came);
}

/* Fields of entry after entry; the words are those after the result. */
static bool expect_fields(struct attempt *a)
{
	bool spoken = false;
	size_t entry = 0;
	size_t i;

	for (i = a->arrow + 2; i < a->st->count; i++) {
		const struct scn_word *word = &a->st->words[i];

		if (word_is(word, ";")) {
			if (!expect_okay(a, entry++, spoken))
				return false;
			spoken = false;
			continue;
		}
		spoken = spoken || !strcmp(word->name, "status");
		if (!expect_field(a, word, a->args[entry]))
			return false;
	}
	for (; entry < a->entries; entry++, spoken = false)
		if (!expect_okay(a, entry, spoken))
			return false;
	return true;
}

static bool expect_result(struct attempt *a)
{
	char came[SCN_NUMBER_MAX];
	int64_t wanted = 0;

	scn_result_format(a->result, came);
	show(a, NULL, came);
	if (a->arrow < a->st->count && !scn_word_number(a->run, &a->st->words[a->arrow + 1], &wanted))
		return false;
	if (a->result == wanted)
		return true;
	return scn_fail(a->run->error, "expected %s, came %s",
			a->arrow < a->st->count ? a->st->words[a->arrow + 1].value : "0", came);
}

/* The guest looks where it put its structures; a place that is none leaves what it wrote. */
static void read_back(struct attempt *a)
{
	size_t size = a->call.size;
	size_t i;

	if (a->call.shape == SCN_CONSOLE)
		return;
	for (i = 0; i < a->entries; i++)
		if (hv_memory_read(&a->run->domain->memory, a->where + i * size, a->args[i], size))
			return;
}

static bool run_call(struct scn_run *run, const struct scn_statement *st)
{
	struct attempt a = {
	    .run = run, .st = st, .call = st->call, .arrow = find_arrow(st), .next = SCRATCH_START, .count = -1};

	if (!hv_domain_is_running(run->domain))
		return scn_fail(run->error, "d%u does not run: it is %s", run->domain->id,
				run->domain->dying ? "dying" : "paused");
	a.call.compat = run->domain->compat;
	if (!fill_args(&a) || !put_args(&a))
		return false;
	make_call(&a);
	read_back(&a);
	return expect_result(&a) && expect_fields(&a);
}

const struct scn_verb scn_verb_call = {"a hypercall", 0, SCN_WORDS_MAX, false, check_call, run_call};
