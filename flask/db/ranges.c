/* SPDX-License-Identifier: BSD-2-Clause */
/* Levels and ranges of the image: read as they come, proven when every level is known. */
#include "flask/base/text.h"
#include "flask/db/level.h"
#include "flask/db/parse.h"

/* Without MLS the numbers of the levels mean nothing. */
static void skip_range(struct policy_draft *draft)
{
	struct image *im = &draft->im;
	size_t at = im->pos;
	uint32_t i, levels = image_u32(im);

	if (levels > 2)
		image_fail_number(im, at, "a range has at most 2 levels, not", levels);
	for (i = 0; i < levels && !im->status; i++)
		image_u32(im);
	draft_skip_set(draft);
	if (levels == 2)
		draft_skip_set(draft);
}

static void note_range(struct policy_draft *draft, const struct policy_range *range, uint32_t at, const char *what,
		       const char *owner)
{
	struct draft_range *noted = draft_scratch(draft, 1, sizeof(*noted));

	if (!noted)
		return;
	noted->range = range;
	noted->at = at;
	noted->section = draft->im.section;
	noted->what = what;
	noted->owner = owner;
	*draft->ranges_end = noted;
	draft->ranges_end = &noted->next;
}

/* One level stands for both ends; none at all is sensitivity 0, which nobody declares. */
void draft_read_range(struct policy_draft *draft, struct policy_range *range, const char *what, const char *owner)
{
	struct arena *arena = &draft->policy->arena;
	struct image *im = &draft->im;
	uint32_t at = draft_at(draft), levels;

	if (!draft->policy->mls) {
		skip_range(draft);
		return;
	}
	levels = image_u32(im);
	if (levels > 2)
		image_fail_number(im, at, "a range has at most 2 levels, not", levels);
	range->low.sens = levels ? image_u32(im) : 0;
	range->high.sens = levels == 2 ? image_u32(im) : range->low.sens;
	image_bitmap(im, arena, &range->low.cats);
	range->high.cats = range->low.cats;
	if (levels == 2)
		image_bitmap(im, arena, &range->high.cats);
	note_range(draft, range, at, what, owner);
}

void draft_read_level(struct policy_draft *draft, struct policy_level *level, const char *what, const char *owner)
{
	uint32_t at = draft_at(draft), sens = image_u32(&draft->im);
	struct policy_range *noted;

	if (!draft->policy->mls) {
		draft_skip_set(draft);
		return;
	}
	level->sens = sens;
	image_bitmap(&draft->im, &draft->policy->arena, &level->cats);
	noted = draft_scratch(draft, 1, sizeof(*noted));
	if (!noted)
		return;
	noted->low = noted->high = *level;
	note_range(draft, noted, at, what, owner);
}

/* What is wrong with a range that is not valid. */
static const char *range_fault(const struct policy_draft *draft, const struct policy_range *range)
{
	if (!draft_declared(draft, DRAFT_LEVELS, range->low.sens) ||
	    !draft_declared(draft, DRAFT_LEVELS, range->high.sens))
		return "a sensitivity is not declared";
	if (!policy_level_dominates(&range->high, &range->low))
		return "the high level does not dominate the low one";
	return "a category is not allowed with its sensitivity";
}

static void refuse_range(struct policy_draft *draft, const struct draft_range *noted)
{
	char reason[140];
	struct text text;

	text_init(&text, reason, sizeof(reason));
	text_add(&text, range_fault(draft, noted->range));
	text_add(&text, ": ");
	text_add(&text, noted->what);
	if (noted->owner)
		image_fail_name(&draft->im, noted->at, reason, noted->owner);
	else
		image_fail_at(&draft->im, noted->at, reason);
}

void policy_validate_ranges(struct policy_draft *draft)
{
	const struct draft_range *noted;

	for (noted = draft->ranges; noted && !draft->im.status; noted = noted->next) {
		image_section(&draft->im, noted->section);
		if (!policy_range_is_valid(draft->policy, noted->range))
			refuse_range(draft, noted);
	}
}
