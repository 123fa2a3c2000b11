/* SPDX-License-Identifier: BSD-2-Clause */
/* How the server names things in log lines and refusals. */
#include "flask/ss/private.h"

static void add_name(struct text *line, const char *name)
{
	text_add_escaped(line, name, strlen(name));
}

void ss_line_context(struct text *line, const struct policy *policy, const struct policy_context *context)
{
	char buf[SS_LINE_MAX];
	struct text printed;

	text_init(&printed, buf, sizeof(buf));
	context_print(policy, context, &printed);
	add_name(line, buf);
}

void ss_line_label(struct text *line, const struct policy *policy, flask_sid_t sid, const struct sid_entry *entry)
{
	text_add(line, "label ");
	text_add_u32(line, sid);
	text_add(line, ", ");
	if (entry->state == SID_LOST)
		add_name(line, entry->lost_text);
	else
		ss_line_context(line, policy, &entry->context);
}

int ss_refuse(struct image_error *error, const char *section, struct text *reason)
{
	struct text out;

	error->section = section;
	error->offset = 0;
	text_init(&out, error->reason, sizeof(error->reason));
	text_add(&out, reason->buf);
	return -EINVAL;
}
