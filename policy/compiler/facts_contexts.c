/* SPDX-License-Identifier: BSD-2-Clause */
/* Contexts that the policy gives: to initial SIDs and to devices. */
#include "policy/compiler/facts.h"

#include "flask/ss/context.h"
#include "tools/common/build_text.h"
#include "tools/common/output.h"

#include <inttypes.h>
#include <stdlib.h>

static const char *const isid_names[] = {
    "none",
#define INITIAL_SID(name, NAME, number) [number] = #name,
#include "flask/initial_sids.def"
};

static const enum fact_section sections[OCON_KINDS] = {
    [OCON_ISID] = FACT_INITIAL_SID, [OCON_PIRQ] = FACT_PIRQ,	       [OCON_IOPORT] = FACT_IOPORT,
    [OCON_IOMEM] = FACT_IOMEM,	    [OCON_PCIDEVICE] = FACT_PCIDEVICE, [OCON_DTREE] = FACT_DEVICETREE,
};

static char *object_text(enum policy_ocon_kind kind, const struct policy_ocon *ocon)
{
	struct build_text text;

	build_start(&text);
	switch (kind) {
	case OCON_ISID:
		if (ocon->low < PORT_ARRAY_SIZE(isid_names))
			fputs(isid_names[ocon->low], text.out);
		else
			fprintf(text.out, "%" PRIu64, ocon->low);
		break;
	case OCON_PIRQ:
		fprintf(text.out, "%" PRIu64, ocon->low);
		break;
	case OCON_DTREE:
		put_escaped(text.out, ocon->path, strlen(ocon->path));
		break;
	default:
		fprintf(text.out, "0x%" PRIx64, ocon->low);
		if (ocon->high != ocon->low)
			fprintf(text.out, "-0x%" PRIx64, ocon->high);
	}
	return build_finish(&text);
}

/* Twice: first to see how long it is, for sets of categories may be. */
static char *context_text(const struct policy *policy, const struct policy_context *context)
{
	char none[1], *buf, *escaped;
	struct text text;
	size_t size;

	text_init(&text, none, sizeof(none));
	context_print(policy, context, &text);
	size = text.wanted + 1;
	buf = allocate(size, 1);
	text_init(&text, buf, size);
	context_print(policy, context, &text);
	escaped = facts_words(buf);
	free(buf);
	return escaped;
}

void facts_add_contexts(struct facts *facts, const struct policy *policy)
{
	const struct policy_ocon *ocon;
	int kind;

	for (kind = 0; kind < OCON_KINDS; kind++)
		for (ocon = policy->ocons[kind]; ocon < policy->ocons[kind] + policy->nocons[kind]; ocon++)
			facts_add(facts, sections[kind], object_text((enum policy_ocon_kind)kind, ocon),
				  context_text(policy, &ocon->context));
}
