/* SPDX-License-Identifier: BSD-2-Clause */
/* Range transitions through the three passes. */
#include "flask/base/sort.h"
#include "flask/db/parse.h"

#define RANGE_TRANS_MIN 28u /* bytes: three words and a range of no level */

static void parse_one(struct policy_draft *draft, struct draft_range_trans *trans)
{
	struct image *im = &draft->im;

	trans->at = draft_at(draft);
	trans->source = image_u32(im);
	trans->target = image_u32(im);
	trans->tclass = image_u32(im);
	draft_read_range(draft, &trans->range, "range of a transition", NULL);
}

void policy_parse_range_trans(struct policy_draft *draft)
{
	struct image *im = &draft->im;
	size_t at = im->pos;
	uint32_t i, count;

	image_section(im, "range transitions");
	count = image_count(im, RANGE_TRANS_MIN);
	if (count && !draft->policy->mls)
		image_fail_number(im, at, "range transitions without MLS; there are", count);
	draft->policy->nrange_trans = count;
	draft->range_trans = draft_scratch(draft, count, sizeof(*draft->range_trans));
	for (i = 0; i < count && !im->status; i++)
		parse_one(draft, &draft->range_trans[i]);
}

void policy_validate_range_trans(struct policy_draft *draft)
{
	uint32_t i;

	image_section(&draft->im, "range transitions");
	for (i = 0; i < draft->policy->nrange_trans && !draft->im.status; i++) {
		const struct draft_range_trans *trans = &draft->range_trans[i];

		draft_require(draft, DRAFT_TYPES, trans->source, trans->at, "source type of a range transition");
		draft_require(draft, DRAFT_TYPES, trans->target, trans->at + 4, "target type of a range transition");
		draft_require(draft, DRAFT_CLASSES, trans->tclass, trans->at + 8, "class of a range transition");
	}
}

/* Equal keys keep the order of the file. */
static struct sort_key *sorted(struct policy_draft *draft)
{
	uint32_t i, count = draft->policy->nrange_trans;
	struct sort_key *keys = draft_scratch(draft, count, sizeof(*keys));

	if (!keys)
		return NULL;
	for (i = 0; i < count; i++) {
		const struct draft_range_trans *trans = &draft->range_trans[i];

		keys[i] =
		    (struct sort_key){(uint64_t)trans->source << 32 | (uint64_t)trans->target << 16 | trans->tclass, i};
	}
	if (!sort_keys(keys, count))
		return keys;
	image_fail_memory(&draft->im);
	return NULL;
}

void policy_index_range_trans(struct policy_draft *draft)
{
	struct policy *policy = draft->policy;
	struct sort_key *keys;
	uint32_t i;

	image_section(&draft->im, "range transitions");
	keys = sorted(draft);
	policy->range_trans = draft_alloc(draft, policy->nrange_trans, sizeof(*policy->range_trans));
	if (!keys || !policy->range_trans)
		return;
	for (i = 0; i < policy->nrange_trans; i++) {
		const struct draft_range_trans *trans = &draft->range_trans[keys[i].item];

		policy->range_trans[i] = (struct policy_range_trans){(uint16_t)trans->source, (uint16_t)trans->target,
								     (uint16_t)trans->tclass, trans->range};
	}
}
