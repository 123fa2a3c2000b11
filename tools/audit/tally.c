/* SPDX-License-Identifier: BSD-2-Clause */
#include "tools/audit/report.h"

#include "tools/common/output.h"

#include <stdlib.h>

#define NOTICE_TEXT_MAX 200u /* bytes of a line that is shown as an example */

static char *copy(const struct slice *slice, size_t max)
{
	size_t len = slice->len < max ? slice->len : max;
	char *text = allocate(len + 1, 1);

	memcpy(text, slice->text, len);
	return text;
}

static void tally_message(struct tally *tally, const struct log_item *item)
{
	groups_add(&tally->groups, item->message, &item->time);
	if (!item->time.text)
		return;
	free(tally->last_time);
	tally->last_time = copy(&item->time, item->time.len);
	if (!tally->first_time)
		tally->first_time = copy(&item->time, item->time.len);
}

void tally_add(struct tally *tally, const struct log_item *item)
{
	tally->lines[item->kind] += item->lines;
	tally->items[item->kind]++;
	if (item->kind == LOG_MESSAGE)
		tally_message(tally, item);
	if (item->kind != LOG_NOTICE)
		return;
	tally->notices[item->notice]++;
	if (!tally->notice_text[item->notice])
		tally->notice_text[item->notice] = copy(&item->text, NOTICE_TEXT_MAX);
}

void tally_free(struct tally *tally)
{
	int i;

	groups_free(&tally->groups);
	for (i = 0; i < NOTICE_KINDS; i++)
		free(tally->notice_text[i]);
	free(tally->first_time);
	free(tally->last_time);
	*tally = (struct tally){0};
}
