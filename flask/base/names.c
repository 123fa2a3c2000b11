/* SPDX-License-Identifier: BSD-2-Clause */
#include "flask/base/names.h"
#include "flask/base/sort.h"

/* FNV-1a: every byte counts. Chosen collisions cost a comparison of names, never more steps. */
static uint64_t name_hash(const char *name, size_t len)
{
	uint64_t hash = 0xcbf29ce484222325ull;
	size_t i;

	for (i = 0; i < len; i++)
		hash = (hash ^ (uint8_t)name[i]) * 0x100000001b3ull;
	return hash;
}

static int entry_compare(const void *left, const void *right)
{
	const struct name_entry *a = left, *b = right;

	if (a->hash != b->hash)
		return a->hash < b->hash ? -1 : 1;
	if (a->len != b->len)
		return a->len < b->len ? -1 : 1;
	return memcmp(a->name, b->name, a->len);
}

void names_entry(struct name_entry *entry, const char *name, uint32_t len, uint32_t value)
{
	entry->hash = name_hash(name, len);
	entry->name = name;
	entry->len = len;
	entry->value = value;
}

int names_index(struct names *names, const char **twice)
{
	uint32_t i;
	int rc;

	rc = sort_items(names->entries, names->count, sizeof(*names->entries), entry_compare);
	if (rc)
		return rc;
	for (i = 1; i < names->count; i++) {
		if (!entry_compare(&names->entries[i - 1], &names->entries[i])) {
			*twice = names->entries[i].name;
			return -EEXIST;
		}
	}
	return 0;
}

uint32_t names_find(const struct names *names, const char *name, size_t len)
{
	uint32_t low = 0, high = names->count;
	struct name_entry wanted;

	if (len > UINT32_MAX)
		return 0;
	names_entry(&wanted, name, (uint32_t)len, 0);
	while (low < high) {
		uint32_t middle = low + (high - low) / 2;
		int order = entry_compare(&wanted, &names->entries[middle]);

		if (!order)
			return names->entries[middle].value;
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return 0;
}
