/* SPDX-License-Identifier: BSD-2-Clause */
/* Object contexts, genfs and the type attribute map. */
#include "flask/db/parse.h"

#define PIRQ_MAX 65535u

static void parse_ocon_isid(struct policy_draft *draft, struct policy_ocon *ocon)
{
	struct image *im = &draft->im;
	size_t at = im->pos;
	uint32_t sid = image_u32(im);

	if (!sid || sid > POLICY_ISID_MAX)
		image_fail_number(im, at, "initial SID must be 1..1024, not", sid);
	ocon->low = ocon->high = sid;
}

/* Xen: keeps the low 16 bits of any number, and so labels another interrupt. */
static void parse_ocon_pirq(struct policy_draft *draft, struct policy_ocon *ocon)
{
	struct image *im = &draft->im;
	size_t at = im->pos;
	uint32_t irq = image_u32(im);

	if (irq > PIRQ_MAX)
		image_fail_number(im, at, "interrupt number above 65535:", irq);
	ocon->low = ocon->high = irq;
}

static void check_range(struct image *im, size_t at, const struct policy_ocon *ocon)
{
	if (ocon->low > ocon->high)
		image_fail_at(im, at, "the range ends before it starts");
}

static void parse_ocon_ioport(struct policy_draft *draft, struct policy_ocon *ocon)
{
	struct image *im = &draft->im;
	size_t at = im->pos;

	ocon->low = image_u32(im);
	ocon->high = image_u32(im);
	check_range(im, at, ocon);
}

static void parse_ocon_iomem(struct policy_draft *draft, struct policy_ocon *ocon)
{
	struct image *im = &draft->im;
	bool wide = draft->policy->version == 30;
	size_t at = im->pos;

	ocon->low = wide ? image_u64(im) : image_u32(im);
	ocon->high = wide ? image_u64(im) : image_u32(im);
	check_range(im, at, ocon);
}

static void parse_ocon_pcidevice(struct policy_draft *draft, struct policy_ocon *ocon)
{
	ocon->low = ocon->high = image_u32(&draft->im);
}

static void parse_ocon_dtree(struct policy_draft *draft, struct policy_ocon *ocon)
{
	uint32_t len = image_u32(&draft->im);

	ocon->path = image_name(&draft->im, &draft->policy->arena, len);
}

static const struct ocon_form {
	const char *section;
	size_t min_record[2]; /* version 24, 30 */
	void (*parse)(struct policy_draft *draft, struct policy_ocon *ocon);
} ocon_forms[OCON_KINDS] = {
    [OCON_ISID] = {"initial SIDs", {32, 32}, parse_ocon_isid},
    [OCON_PIRQ] = {"pirqs", {32, 32}, parse_ocon_pirq},
    [OCON_IOPORT] = {"ioports", {36, 36}, parse_ocon_ioport},
    [OCON_IOMEM] = {"iomem ranges", {36, 44}, parse_ocon_iomem},
    [OCON_PCIDEVICE] = {"PCI devices", {32, 32}, parse_ocon_pcidevice},
    [OCON_DTREE] = {"device tree nodes", {32, 32}, parse_ocon_dtree},
};

const char *policy_ocon_section(enum policy_ocon_kind kind)
{
	return ocon_forms[kind].section;
}

static void parse_context(struct policy_draft *draft, struct policy_context *context)
{
	context->user = image_u32(&draft->im);
	context->role = image_u32(&draft->im);
	context->type = image_u32(&draft->im);
	draft_read_range(draft, &context->range, "range of the context", NULL);
}

static void parse_ocons(struct policy_draft *draft, enum policy_ocon_kind kind)
{
	struct policy *policy = draft->policy;
	struct image *im = &draft->im;
	uint32_t i, count;

	image_section(im, ocon_forms[kind].section);
	count = image_count(im, ocon_forms[kind].min_record[policy->version == 30]);
	policy->nocons[kind] = count;
	policy->ocons[kind] = draft_alloc(draft, count, sizeof(*policy->ocons[kind]));
	draft->ocons[kind] = draft_scratch(draft, count, sizeof(*draft->ocons[kind]));
	for (i = 0; i < count && !im->status; i++) {
		draft->ocons[kind][i].at = draft_at(draft);
		ocon_forms[kind].parse(draft, &policy->ocons[kind][i]);
		draft->ocons[kind][i].context_at = draft_at(draft);
		parse_context(draft, &policy->ocons[kind][i].context);
	}
}

static void parse_empty(struct image *im, const char *section, const char *reason)
{
	size_t at = im->pos;
	uint32_t count;

	image_section(im, section);
	count = image_u32(im);
	if (count)
		image_fail_number(im, at, reason, count);
}

/* A value that nobody declared has a row too; it may hold its own bit and nothing else. */
static void parse_hole_attributes(struct policy_draft *draft, uint32_t bit)
{
	size_t at = draft->im.pos;
	struct bitmap row;

	image_bitmap(&draft->im, &draft->scratch, &row);
	if (bitmap_count(&row) > bitmap_has(&row, bit))
		image_fail_number(&draft->im, at, "attributes of a type that is not declared: value", bit + 1);
}

/* One row for each type value, without a count of its own. */
static void parse_attribute_map(struct policy_draft *draft)
{
	struct policy *policy = draft->policy;
	uint32_t i;

	image_section(&draft->im, "attribute map");
	for (i = 0; i < policy->ntypes && !draft->im.status; i++) {
		struct policy_type *type = &policy->types[i];

		if (type->name)
			draft_read_set(draft, &type->attrs, DRAFT_TYPES, "attributes of", type->name);
		else
			parse_hole_attributes(draft, i);
	}
}

/* Lists that no image for this hypervisor fills. */
static void parse_foreign_ocons(struct image *im)
{
	static const char *const sections[] = {"file systems", "network ports",	   "network interfaces",
					       "nodes",	       "file system uses", "IPv6 nodes"};
	uint32_t i;

	for (i = 0; i < PORT_ARRAY_SIZE(sections); i++)
		parse_empty(im, sections[i], "labels of another kernel's objects; there are");
}

void policy_parse_objects(struct policy_draft *draft)
{
	enum policy_ocon_kind kind, last = draft->policy->version == 30 ? OCON_DTREE : OCON_PCIDEVICE;
	struct image *im = &draft->im;

	if (draft->policy->target == POLICY_TARGET_SELINUX)
		last = OCON_ISID;
	for (kind = OCON_ISID; kind <= last; kind++)
		parse_ocons(draft, kind);
	if (draft->policy->target == POLICY_TARGET_SELINUX)
		parse_foreign_ocons(im);
	parse_empty(im, "genfs", "file system labels mean nothing to a hypervisor; there are");
	policy_parse_range_trans(draft);
	parse_attribute_map(draft);
}
