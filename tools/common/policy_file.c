/* SPDX-License-Identifier: BSD-2-Clause */
#include "tools/common/policy_file.h"

#include "tools/common/file.h"
#include "tools/common/output.h"

#include <stdlib.h>

static int load(const char *path, struct policy **policy)
{
	struct image_error error = {0};
	struct file_bytes image;
	int rc;

	if (file_read(path, POLICY_IMAGE_MAX, &image))
		return -1;
	rc = policy_create(image.bytes, image.size, policy, &error);
	file_free(&image);
	if (rc == -ENOMEM)
		out_of_memory();
	if (rc)
		complain("%s: %s at byte %zu: %s", path, error.section, error.offset, error.reason);
	return rc ? -1 : 0;
}

int policy_file_open(const char *path, struct policy_file *file)
{
	struct policy *policy;
	uint32_t i;

	if (load(path, &policy))
		return -1;
	file->policy = policy;
	file->bools = allocate(policy->nbools, sizeof(*file->bools));
	file->cond_true = allocate(policy->nconds, sizeof(*file->cond_true));
	for (i = 0; i < policy->nbools; i++)
		file->bools[i] = policy->bools[i].state;
	cond_evaluate(policy, file->bools, file->cond_true);
	file->state = (struct policy_state){.policy = policy, .bools = file->bools, .cond_true = file->cond_true};
	return 0;
}

bool policy_setting_is_valid(const char *setting)
{
	const char *value = setting + strcspn(setting, "=");

	if (value != setting && (!strcmp(value, "=0") || !strcmp(value, "=1")))
		return true;
	complain("--bool %s: not of the form NAME=0 or NAME=1", setting);
	return false;
}

int policy_file_set_bool(struct policy_file *file, const char *setting)
{
	size_t len = strcspn(setting, "=");
	uint32_t boolean = names_find(&file->policy->bool_names, setting, len);

	if (!boolean) {
		complain("--bool %s: the policy has no such boolean", setting);
		return -1;
	}
	file->bools[boolean - 1] = setting[len + 1] == '1';
	cond_evaluate(file->policy, file->bools, file->cond_true);
	return 0;
}

void policy_file_close(struct policy_file *file)
{
	policy_destroy(file->policy);
	free(file->bools);
	free(file->cond_true);
	*file = (struct policy_file){0};
}
