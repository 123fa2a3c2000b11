/* SPDX-License-Identifier: BSD-2-Clause */
/* Tables of the ABI, expanded from the policy's own sources (see flask/perms.h). */
#include "flask/module/abi.h"
#include "flask/perms.h"

#define PERMS_MAX 32u

/* Places in the tables: Xen's classes, then ours. */
enum {
#define CLASS(name, NAME, number) PLACE_##NAME,
#include "flask/classes.def"
	PLACES,
};

static const uint32_t numbers[PLACES] = {
#define CLASS(name, NAME, number) [PLACE_##NAME] = (number),
#include "flask/classes.def"
};

static const char *const perm_names[PLACES][PERMS_MAX] = {
#define PERM(class, CLASS, name, NAME, bit) [PLACE_##CLASS][bit] = #name,
#include "flask/perms.def"
};

static struct ss_abi_class classes[PLACES] = {
#define CLASS(cname, NAME, number) [PLACE_##NAME] = {.name = #cname, .perms = perm_names[PLACE_##NAME]},
#include "flask/classes.def"
};

static const char *const initial_sids[] = {
    [0] = "null",
#define INITIAL_SID(name, NAME, number) [number] = #name,
#include "flask/initial_sids.def"
};

static struct ss_config config = {
    .classes = classes,
    .domain_class = SECCLASS_DOMAIN,
    .guarded_class = SECCLASS_SECURITY,
    .initial_sids = initial_sids,
    .ninitial_sids = PORT_ARRAY_SIZE(initial_sids),
    .unlabeled = SECINITSID_UNLABELED,
    .before_policy = SECINITSID_XEN,
    .channel_class = SECCLASS_EVENT,
    .device_sids =
	{
	    [OCON_PIRQ] = SECINITSID_IRQ,
	    [OCON_IOPORT] = SECINITSID_IOPORT,
	    [OCON_IOMEM] = SECINITSID_IOMEM,
	    [OCON_PCIDEVICE] = SECINITSID_DEVICE,
	    [OCON_DTREE] = SECINITSID_DEVICE,
	},
};

/* The generator lets no bit of a class be left out: the names end at the first gap. */
static uint32_t count_perms(const char *const *names)
{
	uint32_t n;

	for (n = 0; n < PERMS_MAX && names[n]; n++)
		;
	return n;
}

const struct ss_config *flask_abi_config(void)
{
	uint32_t i, xens = 0;

	for (i = 0; i < PLACES; i++) {
		classes[i].nperms = count_perms(classes[i].perms);
		xens += numbers[i] < SS_OWN_CLASS;
	}
	config.nclasses = xens;
	config.own_classes = classes + xens;
	config.nown_classes = PLACES - xens;
	return &config;
}

uint32_t flask_abi_permissions(void)
{
	uint32_t total = 0;
	uint32_t i;

	for (i = 0; i < PORT_ARRAY_SIZE(classes); i++)
		total += count_perms(classes[i].perms);
	return total;
}
