/* SPDX-License-Identifier: BSD-2-Clause */
#include "tests/oom/abi.h"

#include "flask/perms.h"

static const char *const class_names[] = {
#define CLASS(name, NAME, number) [(number)-1] = #name,
#include "flask/classes.def"
};

static const char *const perm_names[PORT_ARRAY_SIZE(class_names)][32] = {
#define PERM(class, CLASS, name, NAME, bit) [SECCLASS_##CLASS - 1][bit] = #name,
#include "flask/perms.def"
};

static const char *const sid_names[] = {
    [0] = "null",
#define INITIAL_SID(name, NAME, number) [number] = #name,
#include "flask/initial_sids.def"
};

const struct ss_config *abi_none(void)
{
	static const struct ss_config config = {.unlabeled = SECINITSID_UNLABELED,
						.before_policy = SECINITSID_XEN,
						.initial_sids = sid_names,
						.ninitial_sids = PORT_ARRAY_SIZE(sid_names),
						.channel_class = SECCLASS_EVENT,
						.domain_class = SECCLASS_DOMAIN};

	return &config;
}

const struct ss_config *abi_xen(void)
{
	static struct ss_abi_class classes[PORT_ARRAY_SIZE(class_names)];
	static struct ss_config config;

	for (size_t i = 0; i < PORT_ARRAY_SIZE(class_names); i++) {
		classes[i] = (struct ss_abi_class){class_names[i], 0, perm_names[i]};
		while (classes[i].nperms < 32 && perm_names[i][classes[i].nperms])
			classes[i].nperms++;
	}
	config = *abi_none();
	config.classes = classes;
	config.nclasses = PORT_ARRAY_SIZE(classes);
	return &config;
}
