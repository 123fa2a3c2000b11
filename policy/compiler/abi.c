/* SPDX-License-Identifier: BSD-2-Clause */
#include "policy/compiler/abi.h"

#include "policy/compiler/facts.h"
#include "tools/common/build_text.h"
#include "tools/common/output.h"
#include "tools/common/policy_file.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

struct abi_class *abi_add_class(struct abi *abi, const char *name, uint32_t number)
{
	struct abi_class *tclass;

	abi->classes = make_room(abi->classes, abi->nclasses, sizeof(*abi->classes));
	tclass = &abi->classes[abi->nclasses++];
	*tclass = (struct abi_class){.name = facts_words(name), .number = number};
	return tclass;
}

const struct abi_class *abi_class_find(const struct abi *abi, const char *name)
{
	size_t i;

	for (i = 0; i < abi->nclasses; i++)
		if (!strcmp(abi->classes[i].name, name))
			return &abi->classes[i];
	return NULL;
}

uint32_t abi_perm_find(const struct abi_class *tclass, const char *name)
{
	uint32_t bit;

	for (bit = 0; bit < tclass->nperms; bit++)
		if (tclass->perms[bit] && !strcmp(tclass->perms[bit], name))
			return bit;
	return ABI_PERMS_MAX;
}

static void take_class(struct abi *abi, const struct policy_class *from, uint32_t number)
{
	struct abi_class *tclass = abi_add_class(abi, from->name, number);
	uint32_t bit;

	tclass->nperms = from->nperms;
	for (bit = 0; bit < from->nperms; bit++)
		if (from->perm_names[bit])
			tclass->perms[bit] = facts_words(from->perm_names[bit]);
}

static int read_policy(const char *path, struct abi *abi)
{
	struct policy_file file = {0};
	uint32_t i;

	if (policy_file_open(path, &file))
		return -1;
	for (i = 0; i < file.policy->nclasses; i++)
		if (file.policy->classes[i].name)
			take_class(abi, &file.policy->classes[i], i + 1);
	policy_file_close(&file);
	return 0;
}

static char *join(const char *directory, const char *below)
{
	struct build_text text;

	build_start(&text);
	fprintf(text.out, "%s%s", directory, below);
	return build_finish(&text);
}

static int read_tree(const char *path, struct abi *abi)
{
	static const char *const places[] = {"", "/policy", "/xen/xsm/flask/policy"};
	char *directory, *file;
	bool found = false;
	int rc = -1;
	size_t i;

	for (i = 0; i < PORT_ARRAY_SIZE(places) && !found; i++) {
		directory = join(path, places[i]);
		file = join(directory, "/security_classes");
		found = !access(file, F_OK);
		if (found)
			rc = abi_read_text(directory, abi);
		free(file);
		free(directory);
	}
	if (!found)
		complain("%s: no security_classes there, nor in policy/, nor in xen/xsm/flask/policy/", path);
	return rc;
}

int abi_read(const char *path, struct abi *abi)
{
	struct stat status;

	*abi = (struct abi){0};
	if (!stat(path, &status) && S_ISDIR(status.st_mode))
		return read_tree(path, abi);
	return read_policy(path, abi);
}

void abi_free(struct abi *abi)
{
	uint32_t bit;
	size_t i;

	for (i = 0; i < abi->nclasses; i++) {
		for (bit = 0; bit < abi->classes[i].nperms; bit++)
			free(abi->classes[i].perms[bit]);
		free(abi->classes[i].name);
	}
	free(abi->classes);
	*abi = (struct abi){0};
}
