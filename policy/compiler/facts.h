/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What a policy says besides its decisions, as sorted sentences, so that two
 * policies are compared by comparing lists. Numbers do not occur in them:
 * everything goes by name. All text is escaped (put_escaped).
 */
#ifndef POLICY_COMPILER_FACTS_H
#define POLICY_COMPILER_FACTS_H

#include "flask/db/policy.h"

/* In the order in which they are printed. */
enum fact_section {
#define SECTION(name, word) FACT_##name,
#include "policy/compiler/facts.def"
	FACT_SECTIONS
};

struct fact {
	enum fact_section section;
	char *name;  /* owned */
	char *value; /* owned; NULL: to be there is all it says */
};

struct facts {
	struct fact *items; /* owned */
	size_t count;
};

/* The word for a section in output: "type", "constrain", ... */
const char *facts_word(enum fact_section section);

/* Everything about @policy, sorted by section, name and value, nothing twice. Never fails. */
struct facts facts_of_policy(const struct policy *policy);
void facts_free(struct facts *facts);

/* Section, then name byte by byte: as the lists are sorted. */
int facts_compare(const struct fact *a, const struct fact *b);

/* Adds one; takes @name and @value. For the files that collect. */
void facts_add(struct facts *facts, enum fact_section section, char *name, char *value);

/* The collectors, by kind of statement. */
void facts_add_symbols(struct facts *facts, const struct policy *policy);
void facts_add_levels(struct facts *facts, const struct policy *policy);
void facts_add_rules(struct facts *facts, const struct policy *policy);
void facts_add_constraints(struct facts *facts, const struct policy *policy);
void facts_add_contexts(struct facts *facts, const struct policy *policy);

/* Text owned by the caller: words joined by blanks, each escaped; a NULL ends them early. */
#define facts_words(...) facts_join((const char *const[]){__VA_ARGS__, NULL})
char *facts_join(const char *const *words);

#endif
