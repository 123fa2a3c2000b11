/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * One mistake for each target, which it must notice (selftest.sh). A program
 * wraps one of these functions at link time, so the others' originals are absent.
 */
#include "flask/ss/context.h"
#include "flask/ss/server.h"
#include "hooks/model/scenario_private.h"
#include "tools/audit/log_notice.h"

#define ORIGINAL __attribute__((weak))

int __real_decide_access(const struct policy_state *state, const struct policy_context *source,
			 const struct policy_context *target, uint32_t tclass, struct decision *decision,
			 struct decision_steps *steps) ORIGINAL;
int __wrap_decide_access(const struct policy_state *state, const struct policy_context *source,
			 const struct policy_context *target, uint32_t tclass, struct decision *decision,
			 struct decision_steps *steps);
void __real_context_print(const struct policy *policy, const struct policy_context *context,
			  struct text *text) ORIGINAL;
void __wrap_context_print(const struct policy *policy, const struct policy_context *context, struct text *text);
int __real_ss_context_to_sid(struct ss_server *server, const char *bytes, size_t len, flask_sid_t *sid) ORIGINAL;
int __wrap_ss_context_to_sid(struct ss_server *server, const char *bytes, size_t len, flask_sid_t *sid);
enum notice __wrap_log_notice(const char *text, size_t len);
bool __wrap_scn_words_split(const char *line, struct scn_word **words, size_t *count, char error[SCN_ERROR_MAX]);

/* image: everybody gets one permission more, or less, than the policy says. */
int __wrap_decide_access(const struct policy_state *state, const struct policy_context *source,
			 const struct policy_context *target, uint32_t tclass, struct decision *decision,
			 struct decision_steps *steps)
{
	int rc = __real_decide_access(state, source, target, tclass, decision, steps);

	if (!rc)
		decision->allowed ^= 1;
	return rc;
}

/* context: the text is not quite that of the label. */
void __wrap_context_print(const struct policy *policy, const struct policy_context *context, struct text *text)
{
	__real_context_print(policy, context, text);
	text_add(text, ":");
}

/* flask_op: the label is made, and refused all the same. */
int __wrap_ss_context_to_sid(struct ss_server *server, const char *bytes, size_t len, flask_sid_t *sid)
{
	int rc = __real_ss_context_to_sid(server, bytes, len, sid);

	return rc ? rc : -ENOSPC;
}

/* audit: a line is of no known kind. */
enum notice __wrap_log_notice(const char *text, size_t len)
{
	(void)text;
	(void)len;
	return NOTICE_UNRELATED + 1;
}

/* scenario: the cause takes two lines. */
bool __wrap_scn_words_split(const char *line, struct scn_word **words, size_t *count, char error[SCN_ERROR_MAX])
{
	(void)line;
	(void)words;
	(void)count;
	strcpy(error, "one line\nand another");
	return false;
}
