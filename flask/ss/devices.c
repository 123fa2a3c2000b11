/* SPDX-License-Identifier: BSD-2-Clause */
/* The table of device labels: one piece of memory, written before it is published. */
#include "flask/ss/devices.h"

#include "flask/base/sort.h"
#include "flask/base/text.h"

static int compare_numbers(const void *left, const void *right)
{
	const struct ss_device *a = left, *b = right;

	return a->low < b->low ? -1 : a->low > b->low;
}

static int compare_paths(const void *left, const void *right)
{
	const struct ss_device *a = left, *b = right;

	return strcmp(a->path, b->path);
}

/* Entries of each kind, then @path_bytes for paths, from *@paths. */
static struct ss_devices *table_alloc(const uint32_t counts[OCON_KINDS], size_t path_bytes, char **paths)
{
	struct ss_devices *table;
	struct ss_device *next;
	size_t total = 0;
	uint32_t kind;

	for (kind = 0; kind < OCON_KINDS; kind++)
		total += counts[kind];
	table = port_alloc(sizeof(*table) + total * sizeof(*next) + path_bytes);
	if (!table)
		return NULL;
	next = (struct ss_device *)(table + 1);
	for (kind = 0; kind < OCON_KINDS; kind++) {
		table->lists[kind].count = counts[kind];
		table->lists[kind].devices = next;
		next += counts[kind];
	}
	*paths = (char *)next;
	return table;
}

static int fill(struct ss_device_list *list, const struct policy_ocon *ocons, enum policy_ocon_kind kind)
{
	struct ss_device *device;
	uint32_t i;

	for (i = 0; i < list->count; i++) {
		device = &list->devices[i];
		device->low = ocons[i].low;
		device->high = ocons[i].high;
		device->path = ocons[i].path;
		device->ocon = &ocons[i];
	}
	return sort_items(list->devices, list->count, sizeof(*list->devices),
			  kind == OCON_DTREE ? compare_paths : compare_numbers);
}

struct ss_devices *ss_devices_create(const struct policy *policy)
{
	uint32_t counts[OCON_KINDS] = {0};
	enum policy_ocon_kind kind;
	struct ss_devices *table;
	char *paths;

	for (kind = OCON_PIRQ; kind < OCON_KINDS; kind++)
		counts[kind] = policy->nocons[kind];
	table = table_alloc(counts, 0, &paths);
	for (kind = OCON_PIRQ; table && kind < OCON_KINDS; kind++)
		if (fill(&table->lists[kind], policy->ocons[kind], kind)) {
			ss_devices_destroy(table);
			table = NULL;
		}
	return table;
}

void ss_devices_destroy(struct ss_devices *devices)
{
	port_free(devices);
}

static int label_device(struct ss_device *device, struct sidtab *sids)
{
	const struct policy_context *context = &device->ocon->context;
	int rc = 0;

	device->sid = sidtab_find_context(sids, context);
	if (device->sid)
		return 0;
	rc = sidtab_insert(sids, context);
	if (!rc)
		device->sid = sidtab_count(sids);
	return rc;
}

int ss_devices_label(struct ss_devices *devices, struct sidtab *sids)
{
	uint32_t kind, i;
	int rc = 0;

	for (kind = 0; kind < OCON_KINDS; kind++)
		for (i = 0; !rc && i < devices->lists[kind].count; i++)
			rc = label_device(&devices->lists[kind].devices[i], sids);
	return rc;
}

uint32_t ss_devices_from(const struct ss_device_list *list, uint64_t number)
{
	uint32_t low = 0, high = list->count, middle;

	while (low < high) {
		middle = low + (high - low) / 2;
		if (list->devices[middle].high < number)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

uint32_t ss_devices_from_path(const struct ss_device_list *list, const char *path)
{
	uint32_t low = 0, high = list->count, middle;

	while (low < high) {
		middle = low + (high - low) / 2;
		if (strcmp(list->devices[middle].path, path) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* The paths that the table has to keep itself. */
static size_t own_path_bytes(const struct ss_devices *table)
{
	const struct ss_device_list *list = &table->lists[OCON_DTREE];
	size_t bytes = 0;
	uint32_t i;

	for (i = 0; i < list->count; i++)
		if (!list->devices[i].ocon)
			bytes += strlen(list->devices[i].path) + 1;
	return bytes;
}

/* A copy of one entry; its path, unless the policy has it, goes to *@paths, which moves behind it. */
static void copy_device(struct ss_device *to, const struct ss_device *from, char **paths)
{
	size_t size;

	*to = *from;
	if (!from->path || from->ocon)
		return;
	size = strlen(from->path) + 1;
	memcpy(*paths, from->path, size);
	to->path = *paths;
	*paths += size;
}

/* Entries @from..@end - 1 of @old become entries @to.. of @list. */
static void copy_devices(const struct ss_device_list *list, uint32_t to, const struct ss_device_list *old,
			 uint32_t from, uint32_t end, char **paths)
{
	for (; from < end; from++, to++)
		copy_device(&list->devices[to], &old->devices[from], paths);
}

/* @list has one entry more or less than @old; @device NULL: without entry @at. */
static void copy_changed(const struct ss_device_list *list, const struct ss_device_list *old, uint32_t at,
			 const struct ss_device *device, char **paths)
{
	copy_devices(list, 0, old, 0, at, paths);
	if (device) {
		copy_device(&list->devices[at], device, paths);
		copy_devices(list, at + 1, old, at, old->count, paths);
	} else {
		copy_devices(list, at, old, at + 1, old->count, paths);
	}
}

/* @device NULL: a copy without entry @at. */
static struct ss_devices *copy(const struct ss_devices *old, enum policy_ocon_kind changed, uint32_t at,
			       const struct ss_device *device)
{
	size_t path_bytes = own_path_bytes(old) + (device && device->path ? strlen(device->path) + 1 : 0);
	uint32_t counts[OCON_KINDS];
	enum policy_ocon_kind kind;
	struct ss_devices *table;
	char *paths;

	for (kind = 0; kind < OCON_KINDS; kind++)
		counts[kind] = old->lists[kind].count;
	if (device)
		counts[changed]++;
	else
		counts[changed]--;
	table = table_alloc(counts, path_bytes, &paths);
	if (!table)
		return NULL;
	table->added = old->added;
	table->deleted = old->deleted;
	for (kind = 0; kind < OCON_KINDS; kind++)
		if (kind == changed)
			copy_changed(&table->lists[kind], &old->lists[kind], at, device, &paths);
		else
			copy_devices(&table->lists[kind], 0, &old->lists[kind], 0, old->lists[kind].count, &paths);
	return table;
}

struct ss_devices *ss_devices_with(const struct ss_devices *old, enum policy_ocon_kind kind, uint32_t at,
				   const struct ss_device *device)
{
	struct ss_devices *table = copy(old, kind, at, device);

	if (table)
		table->added++;
	return table;
}

struct ss_devices *ss_devices_without(const struct ss_devices *old, enum policy_ocon_kind kind, uint32_t at)
{
	struct ss_devices *table = copy(old, kind, at, NULL);

	if (table && old->lists[kind].devices[at].ocon)
		table->deleted++;
	else if (table)
		table->added--;
	return table;
}

void ss_devices_report(const struct ss_devices *devices)
{
	char buf[128];
	struct text line;

	if (!devices->added && !devices->deleted)
		return;
	text_init(&line, buf, sizeof(buf));
	text_add(&line, "Flask: labels of devices set at run time are gone: ");
	text_add_u32(&line, devices->added);
	text_add(&line, "; of the policy, deleted at run time and back: ");
	text_add_u32(&line, devices->deleted);
	port_log(PORT_WARNING, buf);
}
