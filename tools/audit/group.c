/* SPDX-License-Identifier: BSD-2-Clause */
#include "tools/audit/group.h"

#include "tools/common/build_text.h"
#include "tools/common/output.h"

#include <stdlib.h>

static char *copy(const struct slice *slice)
{
	char *text = allocate(slice->len + 1, 1);

	if (slice->len)
		memcpy(text, slice->text, slice->len);
	return text;
}

/* "NAME VALUE", for fields whose value alone says little. */
static char *named(const char *name, const struct slice *value)
{
	char *text;

	if (asprintf(&text, "%s %.*s", name, (int)value->len, value->text) < 0)
		out_of_memory();
	return text;
}

/* The ids that old Xen printed as plain numbers, and what they stand for. */
static const struct {
	const char *number, *name;
} special_ids[] = {{"32753", "d[IO]"}, {"32754", "d[XEN]"}, {"32767", "d[IDLE]"}};

static char *domain_of_id(const struct slice *id)
{
	char *text;
	size_t i;

	for (i = 0; i < PORT_ARRAY_SIZE(special_ids); i++)
		if (slice_is(id, special_ids[i].number))
			return copy(&(struct slice){special_ids[i].name, strlen(special_ids[i].name)});
	text = allocate(id->len + 2, 1);
	text[0] = 'd';
	memcpy(text + 1, id->text, id->len);
	return text;
}

static char *acting_domain(const struct log_line *line)
{
	if (line->domid.text)
		return domain_of_id(&line->domid);
	return copy(line->source.text ? &line->source : &line->current);
}

/* New lines leave target= out when it is the source; old ones print a plain number, or nothing at all. */
static char *target_domain(const struct log_line *line)
{
	if (line->target.text && line->target.text[0] != 'd')
		return domain_of_id(&line->target);
	return copy(line->target.text ? &line->target : &line->source);
}

/* What the request was about, besides a domain: "irq 17", and fields that have no place of their own. */
static char *object(const struct log_line *line)
{
	const struct {
		const char *name;
		const struct slice *value;
	} objects[] = {{"irq", &line->irq},	    {"device", &line->device}, {"range", &line->range},
		       {"device", &line->dtdevice}, {"pte", &line->pte},       {"mfn", &line->mfn}};
	struct build_text text;
	const char *blank = "";
	size_t i;

	build_start(&text);
	for (i = 0; i < PORT_ARRAY_SIZE(objects); i++)
		if (objects[i].value->text) {
			fprintf(text.out, "%s%s %.*s", blank, objects[i].name, (int)objects[i].value->len,
				objects[i].value->text);
			blank = " ";
		}
	for (i = 0; i < line->nothers; i++) {
		fprintf(text.out, "%s%.*s", blank, (int)line->others[i].len, line->others[i].text);
		blank = " ";
	}
	return build_finish(&text);
}

static struct group *make_group(const struct log_line *line, const struct slice *time)
{
	struct group *group = allocate(1, sizeof(*group));

	group->denied = line->denied;
	group->permissive = slice_is(&line->permissive, "1");
	for (; group->nperms < line->nperms; group->nperms++)
		group->perms[group->nperms] = copy(&line->perms[group->nperms]);
	group->who = acting_domain(line);
	group->to = target_domain(line);
	group->what = object(line);
	group->scontext_is_number = !line->scontext.text;
	group->tcontext_is_number = !line->tcontext.text;
	group->scontext = line->scontext.text ? copy(&line->scontext) : named("label", &line->ssid);
	group->tcontext = line->tcontext.text ? copy(&line->tcontext) : named("label", &line->tsid);
	group->tclass = copy(&line->tclass);
	group->op = copy(&line->op);
	group->first_time = copy(time);
	group->last_time = copy(time);
	return group;
}

/* No part holds a blank but `what' and the labels, which come last: two kinds never have one key. */
static char *make_key(const struct group *group)
{
	struct build_text key;
	uint32_t i;

	build_start(&key);
	fprintf(key.out, "%d%d %s %s %s %s {", group->denied, group->permissive, group->who, group->to, group->tclass,
		group->op);
	for (i = 0; i < group->nperms; i++)
		fprintf(key.out, "%s ", group->perms[i]);
	fprintf(key.out, "} %s|%s|%s", group->scontext, group->tcontext, group->what);
	return build_finish(&key);
}

static void free_group(struct group *group)
{
	uint32_t i;

	for (i = 0; i < group->nperms; i++)
		free(group->perms[i]);
	free(group->who);
	free(group->to);
	free(group->what);
	free(group->scontext);
	free(group->tcontext);
	free(group->tclass);
	free(group->op);
	free(group->first_time);
	free(group->last_time);
	free(group->key);
	free(group);
}

/* FNV-1a. */
static uint64_t hash(const char *text)
{
	uint64_t value = 0xcbf29ce484222325u;

	for (; *text; text++)
		value = (value ^ (unsigned char)*text) * 0x100000001b3u;
	return value;
}

/* The slot of @key: its group, or the empty one where it belongs. */
static struct group **find_slot(const struct groups *groups, const char *key)
{
	size_t slot = hash(key) & (groups->nslots - 1);

	while (groups->slots[slot] && strcmp(groups->slots[slot]->key, key) != 0)
		slot = (slot + 1) & (groups->nslots - 1);
	return &groups->slots[slot];
}

/* Keeps at least half of the slots empty. */
static void grow_slots(struct groups *groups)
{
	size_t i;

	if (2 * (groups->count + 1) <= groups->nslots)
		return;
	free(groups->slots);
	groups->nslots = groups->nslots ? 2 * groups->nslots : 64;
	groups->slots = allocate(groups->nslots, sizeof(struct group *));
	for (i = 0; i < groups->count; i++)
		*find_slot(groups, groups->items[i]->key) = groups->items[i];
}

static struct group *insert(struct groups *groups, struct group *group)
{
	struct group **slot;

	grow_slots(groups);
	slot = find_slot(groups, group->key);
	if (*slot) {
		free_group(group);
		return *slot;
	}
	groups->items = make_room(groups->items, groups->count, sizeof(struct group *));
	groups->items[groups->count++] = group;
	*slot = group;
	return group;
}

void groups_add(struct groups *groups, const struct log_line *line, const struct slice *time)
{
	struct group *group = make_group(line, time);

	group->key = make_key(group);
	group = insert(groups, group);
	group->count++;
	if (!time->len)
		return;
	free(group->last_time);
	group->last_time = copy(time);
	if (!group->first_time[0]) {
		free(group->first_time);
		group->first_time = copy(time);
	}
}

void groups_free(struct groups *groups)
{
	size_t i;

	for (i = 0; i < groups->count; i++)
		free_group(groups->items[i]);
	free(groups->items);
	free(groups->slots);
	*groups = (struct groups){0};
}
