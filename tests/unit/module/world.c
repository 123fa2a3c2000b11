/* SPDX-License-Identifier: BSD-2-Clause */
/* See world.h. */
#include "tests/unit/module/world.h"
#include "flask/module/hooks.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

struct domain idle, dom0, a, b;

static uint64_t allocs_before;

struct blob world_image_of(const char *name)
{
	const char *fixtures = getenv("PORTCULLIS_FIXTURES");
	char path[1024];

	if (!fixtures)
		fail_msg("PORTCULLIS_FIXTURES is not set: run by `make check-unit`");
	snprintf(path, sizeof(path), "%s/module/%s.30", fixtures, name);
	return blob_read(path);
}

struct blob world_image(void)
{
	return world_image_of("hooks");
}

/* Fresh objects, a running hypervisor and the module's start. */
static void boot(const struct flask_boot *options)
{
	bool refused = true;

	idle = (struct domain){.id = 0x7fff, .kind = HV_DOMAIN_IDLE, .privileged = true};
	dom0 = (struct domain){.id = 0, .privileged = true};
	a = (struct domain){.id = 1};
	b = (struct domain){.id = 2};
	memset(fake_domains, 0, sizeof(fake_domains));
	fake_domains[0] = &dom0;
	fake_domains[1] = &a;
	fake_domains[2] = &b;
	fake_operation = (struct hv_operation){NULL, NULL};
	fake_current = &idle;
	fake_memory_read_only = false;
	port_posix_quiesce();
	allocs_before = port_posix_live_allocs();
	log_keep();

	assert_non_null(flask_init(options, &refused));
	assert_false(refused);
	assert_int_equal(flask_alloc_security_domain(&idle), 0);
	assert_int_equal(flask_alloc_security_domain(&dom0), 0);
	log_forget();
}

static void boot_policy(enum flask_mode mode, const char *name)
{
	struct blob image = world_image_of(name);
	struct flask_boot options = {.mode = mode, .policy = image.bytes, .policy_size = image.size};

	boot(&options);
	blob_free(&image);
}

void world_boot(enum flask_mode mode)
{
	boot_policy(mode, "hooks");
}

void world_boot_late(void)
{
	struct flask_boot options = {.mode = FLASK_MODE_LATE};

	boot(&options);
}

void world_with_policy(enum flask_mode mode, const char *name)
{
	boot_policy(mode, name);
	assert_int_equal(flask_domain_create(&dom0, 0), 0);
	assert_int_equal(flask_set_system_active(), 0);
	fake_current = &dom0;
	assert_int_equal(flask_alloc_security_domain(&a), 0);
	assert_int_equal(flask_alloc_security_domain(&b), 0);
	world_set("dom0_creates", true);
	assert_int_equal(flask_domain_create(&a, world_sid("a_t")), 0);
	assert_int_equal(flask_domain_create(&b, world_sid("b_t")), 0);
	world_set("dom0_creates", false);
	log_forget();
}

void world_with_guests(enum flask_mode mode)
{
	world_with_policy(mode, "hooks");
}

void world_end(void)
{
	fake_current = &idle;
	flask_free_security_domain(&b);
	flask_free_security_domain(&a);
	flask_free_security_domain(&dom0);
	flask_free_security_domain(&idle);
	flask_fini();
	port_posix_quiesce();
	assert_int_equal(port_posix_live_allocs(), allocs_before);
	assert_int_equal(dom0.pins + a.pins + b.pins, 0);
}

void world_set(const char *boolean, bool value)
{
	uint32_t count = ss_bool_count(&flask.server);
	bool values[16];
	uint32_t i, index;

	assert_in_range(count, 1, 16);
	for (i = 0; i < count; i++)
		assert_int_equal(ss_bool_get(&flask.server, i, &values[i], NULL), 0);
	assert_int_equal(ss_bool_find(&flask.server, boolean, strlen(boolean), &index), 0);
	values[index] = value;
	assert_int_equal(ss_bools_commit(&flask.server, values, count), 0);
}

flask_sid_t world_sid(const char *type)
{
	char context[256];
	flask_sid_t sid;

	snprintf(context, sizeof(context), "%s%s", strchr(type, ':') ? "" : "system_u:system_r:", type);
	if (ss_context_to_sid(&flask.server, context, strlen(context), &sid))
		fail_msg("%s is no context", context);
	return sid;
}

/* To release what is not held stops the machine: tried in a child. */
bool world_is_held(flask_sid_t sid)
{
	int status;
	pid_t child = fork();

	if (!child) {
		fclose(stderr);
		ss_release(&flask.server, sid);
		_exit(0);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	return WIFEXITED(status) && !WEXITSTATUS(status);
}

void world_expect_label(struct domain *d, const char *type, const char *self_type)
{
	assert_int_equal(flask_subject_sid(d), world_sid(type));
	assert_int_equal(flask_object_sid(d, d), world_sid(self_type));
}
