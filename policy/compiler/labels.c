/* SPDX-License-Identifier: BSD-2-Clause */
#include "policy/compiler/labels.h"

#include "flask/base/text.h"
#include "tools/common/output.h"

#include <stdlib.h>

#define ESCAPED_BYTE 4 /* "\xNN" */

static void add(struct labels *labels, const char *name, uint32_t value)
{
	size_t room = strlen(name) * ESCAPED_BYTE + 1;
	struct label *label;
	struct text text;

	labels->items = make_room(labels->items, labels->count, sizeof(*labels->items));
	label = &labels->items[labels->count++];
	label->text = allocate(room, 1);
	label->value = value;
	text_init(&text, label->text, room);
	text_add_escaped(&text, name, strlen(name));
	label->len = text.len;
}

static int by_text(const void *a, const void *b)
{
	return strcmp(((const struct label *)a)->text, ((const struct label *)b)->text);
}

struct labels labels_of_types(const struct policy *policy)
{
	struct labels labels = {0};
	uint32_t i;

	for (i = 0; i < policy->ntypes; i++)
		if (policy->types[i].name && !policy->types[i].attribute)
			add(&labels, policy->types[i].name, i + 1);
	if (labels.count)
		qsort(labels.items, labels.count, sizeof(*labels.items), by_text);
	return labels;
}

struct labels labels_of_classes(const struct policy *policy)
{
	struct labels labels = {0};
	uint32_t i;

	for (i = 0; i < policy->nclasses; i++)
		if (policy->classes[i].name)
			add(&labels, policy->classes[i].name, i + 1);
	if (labels.count)
		qsort(labels.items, labels.count, sizeof(*labels.items), by_text);
	return labels;
}

void labels_free(struct labels *labels)
{
	size_t i;

	for (i = 0; i < labels->count; i++)
		free(labels->items[i].text);
	free(labels->items);
	*labels = (struct labels){0};
}
