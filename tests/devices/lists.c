/* SPDX-License-Identifier: BSD-2-Clause */
#include <sepol/policydb/conditional.h> /* before <stdbool.h>: it has a member of the name bool */
#include <sepol/debug.h>
#include <sepol/policydb/policydb.h>
#include <sepol/policydb/services.h>
#include <sepol/policydb/sidtab.h>

#include "tests/devices/lists.h"

#include <err.h>
#include <stdlib.h>
#include <string.h>

static void read_image(policydb_t *db, const void *bytes, size_t size)
{
	struct policy_file file;

	sepol_debug(0);
	if (policydb_init(db))
		errx(1, "libsepol: no memory");
	policy_file_init(&file);
	file.type = PF_USE_MEMORY;
	file.data = (char *)(uintptr_t)bytes; /* only read; the structure lacks the const */
	file.len = size;
	if (policydb_read(db, &file, 0))
		errx(1, "libsepol refuses the image");
}

static char *label_text(sidtab_t *sids, const ocontext_t *from)
{
	sepol_security_id_t sid;
	char *text;
	size_t size;

	if (sepol_sidtab_context_to_sid(sids, (context_struct_t *)(uintptr_t)&from->context[0], &sid) ||
	    sepol_sid_to_context(sid, &text, &size))
		errx(1, "libsepol: a label without text");
	return text;
}

static struct lists_entry entry_of(int kind, const ocontext_t *from)
{
	struct lists_entry entry = {.low = 0};

	switch (kind) {
	case OCON_XEN_PIRQ:
		entry.low = entry.high = from->u.pirq;
		break;
	case OCON_XEN_IOPORT:
		entry.low = from->u.ioport.low_ioport;
		entry.high = from->u.ioport.high_ioport;
		break;
	case OCON_XEN_IOMEM:
		entry.low = from->u.iomem.low_iomem;
		entry.high = from->u.iomem.high_iomem;
		break;
	case OCON_XEN_PCIDEVICE:
		entry.low = entry.high = from->u.device;
		break;
	case OCON_XEN_DEVICETREE:
		entry.path = strdup(from->u.name);
		break;
	}
	return entry;
}

static void add(struct lists *list, const struct lists_entry *entry)
{
	list->entries = realloc(list->entries, (list->count + 1) * sizeof(*list->entries));
	if (!list->entries)
		errx(1, "no memory");
	list->entries[list->count++] = *entry;
}

void lists_open(const void *bytes, size_t size, struct lists lists[6])
{
	const ocontext_t *from;
	policydb_t db;
	sidtab_t sids;

	read_image(&db, bytes, size);
	if (sepol_sidtab_init(&sids))
		errx(1, "libsepol: no memory");
	sepol_set_policydb(&db);
	sepol_set_sidtab(&sids);
	memset(lists, 0, 6 * sizeof(*lists));
	for (int kind = OCON_XEN_PIRQ; kind <= OCON_XEN_DEVICETREE; kind++)
		for (from = db.ocontexts[kind]; from; from = from->next) {
			struct lists_entry entry = entry_of(kind, from);

			entry.label = label_text(&sids, from);
			add(&lists[kind], &entry);
		}
	sepol_sidtab_destroy(&sids);
	policydb_destroy(&db);
}

void lists_close(struct lists lists[6])
{
	for (int kind = 0; kind < 6; kind++) {
		for (size_t i = 0; i < lists[kind].count; i++) {
			free((char *)(uintptr_t)lists[kind].entries[i].path);
			free(lists[kind].entries[i].label);
		}
		free(lists[kind].entries);
	}
}
