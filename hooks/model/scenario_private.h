/* SPDX-License-Identifier: BSD-2-Clause */
/* What the files of the scenario language share. */
#ifndef HOOKS_MODEL_SCENARIO_PRIVATE_H
#define HOOKS_MODEL_SCENARIO_PRIVATE_H

#include "hooks/model/args.h"
#include "hooks/model/domain.h"
#include "hooks/model/scenario.h"

#define SCN_TEXT_MAX	4096u /* bytes of one value */
#define SCN_WORDS_MAX	64u
#define SCN_ENTRIES_MAX 8u /* structures in one array */

/* [name=]value or [name=]"value" or name=>variable, as written. */
struct scn_word {
	char *name; /* NULL: a bare value */
	char *value;
	bool quoted;
	bool capture;
};

struct scn_run;
struct scn_statement;

struct scn_verb {
	const char *name;
	size_t min, max; /* words after it */
	bool heading;	 /* is its own line in a trace */
	/* Checks what needs no running machine; may be NULL. False: a cause is in @error. */
	bool (*check)(const struct scn_statement *st, char error[SCN_ERROR_MAX]);
	/* False: what was expected and what came is in run->error. */
	bool (*run)(struct scn_run *run, const struct scn_statement *st);
};

struct scn_statement {
	unsigned int line;
	char *source; /* the line, for people */
	char *domain; /* after the d of the first word; NULL: no domain acts */
	const struct scn_verb *verb;
	struct scn_call call; /* of the verb that is a hypercall */
	struct scn_word *words;
	size_t count;
};

struct scenario {
	char *path;
	struct scn_statement *statements;
	size_t count;
};

struct scn_run {
	struct scn_vars *vars;
	struct domain *domain; /* the one that acts, or NULL */
	size_t log_seen;       /* lines of the log that were spoken of */
	FILE *trace;
	char error[SCN_ERROR_MAX]; /* why the step does not hold */
	char shown[SCN_ERROR_MAX]; /* what the trace shows as its result */
};

struct scn_text {
	size_t length;
	char bytes[SCN_TEXT_MAX + 1]; /* a NUL follows */
};

/* Writes a cause; false, so that a caller can return it. */
#define scn_fail(error, ...) (scn_explain(error, __VA_ARGS__), false)
void scn_explain(char error[SCN_ERROR_MAX], const char *format, ...) PORT_PRINTF(2, 3);

/* Splits a line into at most SCN_WORDS_MAX words, owned by the caller. */
bool scn_words_split(const char *line, struct scn_word **words, size_t *count, char error[SCN_ERROR_MAX]);
void scn_words_free(struct scn_word *words, size_t count);

/* A value with its escapes and variables resolved; @vars NULL: variables are left out, for a dry run. */
bool scn_expand(const struct scn_vars *vars, const struct scn_word *word, struct scn_text *text,
		char error[SCN_ERROR_MAX]);
bool scn_vars_is_name(const char *name, size_t length);

/* A number: decimal, 0x..., a constant, or several of them joined by |; a minus in front. */
bool scn_number(const char *text, int64_t *value, char error[SCN_ERROR_MAX]);
bool scn_word_number(struct scn_run *run, const struct scn_word *word, int64_t *value);

/* The domain that the text after the d names; *@id is set when it is a number. */
bool scn_domain_id(const char *text, hv_domid_t *id, char error[SCN_ERROR_MAX]);

/* Bytes of a text, of `@file:PATH` or of `@buffer:N`; the caller frees *@bytes. */
bool scn_bytes(struct scn_run *run, const struct scn_word *word, uint8_t **bytes, size_t *count);

/* Fails with the bytes that were expected and those that came, for people; @came NULL: a fault. */
bool scn_fail_bytes(char error[SCN_ERROR_MAX], const char *what, const uint8_t *wanted, const uint8_t *came,
		    size_t count);

/* Reads printable text up to its NUL from the memory of the acting domain; false when it is none. */
bool scn_guest_text(const struct scn_run *run, uint64_t address, char text[SCN_TEXT_MAX + 1]);

/* Whether the acting domain reads the bytes of @word at @address; @what they are, for people. */
bool scn_expect_memory(struct scn_run *run, const char *what, uint64_t address, const struct scn_word *word);

/* The verb called @name, of a domain or not; NULL. */
const struct scn_verb *scn_verb_find(const char *name, bool of_domain);

/* The verb of hypercalls, which has no name (scenario_call.c). */
extern const struct scn_verb scn_verb_call;

#endif
