/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Object contexts: a number, range or path may be labelled once. Xen takes
 * repeats and overlaps, and the order of the file then decides which label
 * holds.
 */
#include "flask/base/sort.h"
#include "flask/db/parse.h"

static int isid_compare(const void *left, const void *right)
{
	const struct policy_ocon *a = left, *b = right;

	return a->low < b->low ? -1 : a->low > b->low;
}

/* Initial SIDs are kept by number; the other kinds keep the order of the file. */
static void index_isids(struct policy_draft *draft)
{
	struct policy *policy = draft->policy;

	image_section(&draft->im, policy_ocon_section(OCON_ISID));
	if (draft->im.status)
		return;
	if (sort_items(policy->ocons[OCON_ISID], policy->nocons[OCON_ISID], sizeof(struct policy_ocon), isid_compare))
		image_fail_memory(&draft->im);
}

/* Refuses two entries that share a number. The offset is that of the one that starts higher or stands later. */
static void refuse_overlap(struct policy_draft *draft, enum policy_ocon_kind kind)
{
	const struct policy_ocon *ocons = draft->policy->ocons[kind];
	uint32_t i, count = draft->policy->nocons[kind];
	struct sort_key *keys;

	image_section(&draft->im, policy_ocon_section(kind));
	keys = draft_scratch(draft, count, sizeof(*keys));
	if (!keys)
		return;
	for (i = 0; i < count; i++)
		keys[i] = (struct sort_key){ocons[i].low, i};
	if (sort_keys(keys, count)) {
		image_fail_memory(&draft->im);
		return;
	}
	for (i = 1; i < count; i++)
		if (ocons[keys[i].item].low <= ocons[keys[i - 1].item].high)
			image_fail_at(&draft->im, draft->ocons[kind][keys[i].item].at,
				      "the number or range meets one that is already labelled");
}

static void refuse_repeated_path(struct policy_draft *draft)
{
	const struct policy_ocon *ocons = draft->policy->ocons[OCON_DTREE];
	struct names names = {draft->policy->nocons[OCON_DTREE], NULL};
	const char *twice;
	uint32_t i = 0;
	int rc;

	image_section(&draft->im, policy_ocon_section(OCON_DTREE));
	names.entries = draft_scratch(draft, names.count, sizeof(*names.entries));
	if (!names.entries)
		return;
	for (i = 0; i < names.count; i++)
		names_entry(&names.entries[i], ocons[i].path, (uint32_t)strlen(ocons[i].path), i + 1);
	rc = names_index(&names, &twice);
	if (!rc)
		return;
	if (rc != -EEXIST) {
		image_fail_memory(&draft->im);
		return;
	}
	for (i = 0; ocons[i].path != twice; i++)
		;
	image_fail_name(&draft->im, draft->ocons[OCON_DTREE][i].at, "the path stands twice:", twice);
}

void policy_index_objects(struct policy_draft *draft)
{
	enum policy_ocon_kind kind;

	for (kind = OCON_ISID; kind < OCON_DTREE; kind++)
		refuse_overlap(draft, kind);
	refuse_repeated_path(draft);
	index_isids(draft);
}
