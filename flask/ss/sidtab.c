/* SPDX-License-Identifier: BSD-2-Clause */
/* The table of labels: chunks by number, buckets by context. */
#include "flask/ss/sidtab.h"

#include "flask/ss/context.h"

#define CHUNKS (SIDTAB_MAX / SIDTAB_CHUNK)

static struct sid_entry *entry_at(const struct sidtab *table, flask_sid_t sid)
{
	uint32_t index = sid - 1;

	return &table->chunks[index / SIDTAB_CHUNK][index % SIDTAB_CHUNK];
}

static uint32_t mix(uint32_t hash, uint32_t number)
{
	return (hash ^ number) * 0x9e3779b1u;
}

static uint32_t mix_level(uint32_t hash, const struct policy_level *level)
{
	uint32_t i;

	hash = mix(hash, level->sens);
	for (i = 0; i < level->cats.nwords; i++) {
		hash = mix(hash, level->cats.words[i].start);
		hash = mix(hash, (uint32_t)level->cats.words[i].bits);
		hash = mix(hash, (uint32_t)(level->cats.words[i].bits >> 32));
	}
	return hash;
}

static uint32_t bucket_of(const struct policy_context *context)
{
	uint32_t hash = mix(context->user, context->role);

	hash = mix(hash, context->type);
	hash = mix_level(hash, &context->range.low);
	hash = mix_level(hash, &context->range.high);
	return hash / (UINT32_MAX / SIDTAB_BUCKETS + 1);
}

struct sidtab *sidtab_create(void)
{
	return port_alloc(sizeof(struct sidtab));
}

void sidtab_destroy(struct sidtab *table)
{
	uint32_t i;

	if (!table)
		return;
	for (i = 1; i <= table->count; i++) {
		context_fini(&entry_at(table, i)->context);
		port_free(entry_at(table, i)->lost_text);
	}
	for (i = 0; i < CHUNKS; i++)
		port_free(table->chunks[i]);
	port_free(table);
}

uint32_t sidtab_count(const struct sidtab *table)
{
	return port_load_u32(&table->count);
}

struct sidtab_stats sidtab_stats(const struct sidtab *table)
{
	struct sidtab_stats stats = {
	    .labels = port_load_u32(&table->linked),
	    .buckets_used = port_load_u32(&table->buckets_used),
	    .longest = port_load_u32(&table->longest),
	};

	return stats;
}

const struct sid_entry *sidtab_find(const struct sidtab *table, flask_sid_t sid)
{
	const struct sid_entry *entry;

	if (!sid || sid > sidtab_count(table))
		return NULL;
	entry = entry_at(table, sid);
	return entry->state == SID_ABSENT ? NULL : entry;
}

flask_sid_t sidtab_find_context(const struct sidtab *table, const struct policy_context *context)
{
	flask_sid_t sid = port_load_u32(&table->buckets[bucket_of(context)]);
	const struct sid_entry *entry;

	while (sid) {
		entry = entry_at(table, sid);
		if (context_equal(&entry->context, context))
			break;
		sid = port_load_u32(&entry->next);
	}
	return sid;
}

int sidtab_room(const struct sidtab *table)
{
	if (table->count >= SIDTAB_MAX)
		return -ENOSPC;
	return table->chunks[table->count / SIDTAB_CHUNK] ? 0 : -ENOMEM;
}

struct sid_entry *sidtab_room_create(void)
{
	return port_alloc(SIDTAB_CHUNK * sizeof(struct sid_entry));
}

void sidtab_add_room(struct sidtab *table, struct sid_entry *room)
{
	PORT_BUG_ON(sidtab_room(table) != -ENOMEM);
	table->chunks[table->count / SIDTAB_CHUNK] = room;
}

int sidtab_reserve(struct sidtab *table, uint32_t extra)
{
	uint32_t i, end;

	if (extra > SIDTAB_MAX - table->count)
		return -ENOSPC;
	end = (table->count + extra + SIDTAB_CHUNK - 1) / SIDTAB_CHUNK;
	for (i = table->count / SIDTAB_CHUNK; i < end; i++) {
		if (!table->chunks[i])
			table->chunks[i] = sidtab_room_create();
		if (!table->chunks[i])
			return -ENOMEM;
	}
	return 0;
}

/* The entry is complete before the count shows it, and is counted before a search can meet it. */
static flask_sid_t publish(struct sidtab *table)
{
	port_store_u32(&table->count, table->count + 1);
	return table->count;
}

static struct sid_entry *next_entry(struct sidtab *table)
{
	PORT_BUG_ON(sidtab_room(table));
	return entry_at(table, table->count + 1);
}

static void count_link(struct sidtab *table, uint32_t bucket)
{
	uint32_t length = ++table->bucket_lengths[bucket];

	port_store_u32(&table->linked, table->linked + 1);
	if (length == 1)
		port_store_u32(&table->buckets_used, table->buckets_used + 1);
	if (length > table->longest)
		port_store_u32(&table->longest, length);
}

/* At the tail, so that a search meets rising numbers: the lowest wins. */
static void link_entry(struct sidtab *table, flask_sid_t sid)
{
	uint32_t bucket = bucket_of(&entry_at(table, sid)->context);
	flask_sid_t tail = table->bucket_tails[bucket];

	table->bucket_tails[bucket] = sid;
	port_store_u32(tail ? &entry_at(table, tail)->next : &table->buckets[bucket], sid);
	count_link(table, bucket);
}

flask_sid_t sidtab_append(struct sidtab *table, const struct policy_context *context)
{
	struct sid_entry *entry = next_entry(table);
	flask_sid_t sid;

	entry->context = *context;
	entry->state = SID_LIVE;
	sid = publish(table);
	link_entry(table, sid);
	return sid;
}

int sidtab_insert(struct sidtab *table, const struct policy_context *context)
{
	struct policy_context own;
	int rc;

	rc = sidtab_reserve(table, 1);
	if (!rc)
		rc = context_copy(context, &own);
	if (!rc)
		sidtab_append(table, &own);
	return rc;
}

flask_sid_t sidtab_append_lost(struct sidtab *table, char *text)
{
	struct sid_entry *entry = next_entry(table);

	entry->lost_text = text;
	entry->state = SID_LOST;
	return publish(table);
}

void sidtab_append_hole(struct sidtab *table)
{
	next_entry(table)->state = SID_ABSENT;
	publish(table);
}

/* @sid is the highest live number, hence the tail of its bucket. */
static void unlink_entry(struct sidtab *table, flask_sid_t sid)
{
	uint32_t bucket = bucket_of(&entry_at(table, sid)->context);
	flask_sid_t before = 0, at = table->buckets[bucket];

	while (at != sid) {
		before = at;
		at = entry_at(table, at)->next;
	}
	table->bucket_tails[bucket] = before;
	if (before)
		entry_at(table, before)->next = 0;
	else
		table->buckets[bucket] = 0;
	table->linked--;
	if (--table->bucket_lengths[bucket] == 0)
		table->buckets_used--;
}

static uint32_t find_longest(const struct sidtab *table)
{
	uint32_t i, longest = 0;

	for (i = 0; i < SIDTAB_BUCKETS; i++)
		if (table->bucket_lengths[i] > longest)
			longest = table->bucket_lengths[i];
	return longest;
}

void sidtab_truncate(struct sidtab *table, uint32_t count)
{
	struct sid_entry *entry;

	while (table->count > count) {
		entry = entry_at(table, table->count);
		if (entry->state == SID_LIVE)
			unlink_entry(table, table->count);
		context_fini(&entry->context);
		port_free(entry->lost_text);
		memset(entry, 0, sizeof(*entry));
		table->count--;
	}
	table->longest = find_longest(table);
}
