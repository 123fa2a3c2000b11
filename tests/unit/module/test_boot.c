/* SPDX-License-Identifier: BSD-2-Clause */
/* The start of the module: each mode with and without a policy that loads, and what the log says. */
#include "tests/unit/module/world.h"
#include "flask/module/abi.h"
#include "flask/module/hooks.h"
#include "flask/module/ops.h"

static void mode_words(void **state)
{
	static const struct {
		const char *word;
		bool known;
		enum flask_mode mode;
	} rows[] = {
	    {"enforcing", true, FLASK_MODE_ENFORCING},
	    {"permissive", true, FLASK_MODE_PERMISSIVE},
	    {"late", true, FLASK_MODE_LATE},
	    {"disabled", true, FLASK_MODE_DISABLED},
	    {"", false, FLASK_MODE_ENFORCING},
	    {"Enforcing", false, FLASK_MODE_ENFORCING},
	    {"enforcing ", false, FLASK_MODE_ENFORCING},
	    {"enforce", false, FLASK_MODE_ENFORCING},
	    {"1", false, FLASK_MODE_ENFORCING},
	};
	enum flask_mode mode;
	size_t i;

	(void)state;
	for (i = 0; i < PORT_ARRAY_SIZE(rows); i++) {
		mode = (enum flask_mode)99;
		assert_int_equal(flask_mode_parse(rows[i].word, &mode), rows[i].known);
		assert_int_equal((int)mode, rows[i].known ? (int)rows[i].mode : 99);
	}
}

enum { NO_IMAGE, EMPTY, GOOD, BROKEN };

static const struct {
	const char *name;
	enum flask_mode mode;
	int image;
	bool boots, refused, loaded, enforcing;
	const char *lines[3];
} boots[] = {
    {"enforcing",
     FLASK_MODE_ENFORCING,
     GOOD,
     true,
     false,
     true,
     true,
     {"Flask: 21 types, 13 classes, 177 permissions, enforcing"}},
    {"enforcing, no image",
     FLASK_MODE_ENFORCING,
     NO_IMAGE,
     false,
     true,
     false,
     false,
     {"Flask: no policy was given; enforcing mode does not boot without a policy"}},
    {"enforcing, empty image",
     FLASK_MODE_ENFORCING,
     EMPTY,
     false,
     true,
     false,
     false,
     {"Flask: no policy was given; enforcing mode does not boot without a policy"}},
    {"enforcing, broken image",
     FLASK_MODE_ENFORCING,
     BROKEN,
     false,
     true,
     false,
     false,
     {"Flask: policy refused: *; enforcing mode does not boot without a policy"}},
    {"permissive",
     FLASK_MODE_PERMISSIVE,
     GOOD,
     true,
     false,
     true,
     false,
     {"Flask: 21 types, 13 classes, 177 permissions, permissive"}},
    {"permissive, no image",
     FLASK_MODE_PERMISSIVE,
     NO_IMAGE,
     true,
     false,
     false,
     false,
     {"Flask: NO POLICY: every check passes"}},
    {"permissive, broken image",
     FLASK_MODE_PERMISSIVE,
     BROKEN,
     true,
     false,
     false,
     false,
     {"Flask: policy refused: *; permissive mode boots without a policy", "Flask: NO POLICY: every check passes"}},
    {"late",
     FLASK_MODE_LATE,
     NO_IMAGE,
     true,
     false,
     false,
     true,
     {"Flask: late: a policy is awaited", "Flask: NO POLICY: every check passes"}},
    {"late, with an image",
     FLASK_MODE_LATE,
     GOOD,
     true,
     false,
     false,
     true,
     {"Flask: late: the boot policy is ignored; a policy is awaited", "Flask: NO POLICY: every check passes"}},
    {"disabled",
     FLASK_MODE_DISABLED,
     GOOD,
     false,
     false,
     false,
     false,
     {"Flask: disabled at boot; the default module decides"}},
};

/* A line matches one with a `*` when what stands before and behind it does. */
static bool matches(const char *line, const char *pattern)
{
	const char *star = strchr(pattern, '*');
	size_t before, behind;

	if (!star)
		return !strcmp(line, pattern);
	before = (size_t)(star - pattern);
	behind = strlen(star + 1);
	return strlen(line) > before + behind && !memcmp(line, pattern, before) &&
	       !strcmp(line + strlen(line) - behind, star + 1);
}

static struct flask_boot options(const struct blob *image, size_t i)
{
	struct flask_boot boot = {.mode = boots[i].mode};

	if (boots[i].image == NO_IMAGE)
		return boot;
	boot.policy = image->bytes;
	boot.policy_size = boots[i].image == GOOD ? image->size : boots[i].image == EMPTY ? 0 : image->size / 2;
	return boot;
}

static void each_mode(void **state)
{
	struct blob image = world_image();
	uint64_t allocs;
	unsigned int k;
	size_t i;

	(void)state;
	for (i = 0; i < PORT_ARRAY_SIZE(boots); i++) {
		struct flask_boot boot = options(&image, i);
		bool refused = !boots[i].refused;
		const struct xsm_ops *ops;

		print_message("  %s\n", boots[i].name);
		log_keep();
		allocs = port_posix_live_allocs();
		ops = flask_init(&boot, &refused);
		assert_ptr_equal(ops, boots[i].boots ? &flask_ops : NULL);
		assert_int_equal(refused, boots[i].refused);
		for (k = 0; k < PORT_ARRAY_SIZE(boots[i].lines) && boots[i].lines[k]; k++)
			if (!matches(log_line(k), boots[i].lines[k]))
				fail_msg("%s: line %u: %s", boots[i].name, k, log_line(k));
		assert_int_equal(log_count(), k);
		if (ops) {
			assert_int_equal(ss_is_loaded(&flask.server), boots[i].loaded);
			assert_int_equal(avc_enforcing(&flask.avc), boots[i].enforcing);
			flask_fini();
		}
		port_posix_quiesce();
		assert_int_equal(port_posix_live_allocs(), allocs);
	}
	blob_free(&image);
}

static void a_boot_without_memory_is_refused(void **state)
{
	struct blob image = world_image();
	struct flask_boot boot = {FLASK_MODE_ENFORCING, image.bytes, image.size};
	uint64_t allocs = port_posix_live_allocs();
	bool refused = false;

	(void)state;
	log_keep();
	port_posix_fail_alloc(1);
	assert_null(flask_init(&boot, &refused));
	assert_true(refused);
	log_expect("Flask: no memory to start; without its checks nothing boots");
	refused = false;
	port_posix_fail_alloc(2);
	assert_null(flask_init(&boot, &refused));
	assert_true(refused);
	assert_int_equal(log_count(), 1);
	assert_true(matches(log_line(0), "Flask: policy refused: *; enforcing mode does not boot without a policy"));
	port_posix_quiesce();
	assert_int_equal(port_posix_live_allocs(), allocs);
	blob_free(&image);
}

static void the_table_can_be_put_in_force(void **state)
{
	(void)state;
	world_with_guests(FLASK_MODE_ENFORCING);
	xsm_choose(&flask_ops);
	assert_int_equal(xsm_grant_copy(&a, &b), -EACCES);
	assert_int_equal(xsm_domain_sid(&b), SECINITSID_DOMDM);
	xsm_choose(&dummy_ops);
	world_end();
}

/* Numbers by hand: facts of the ABI. */
static void the_compiled_in_tables(void **state)
{
	static const struct {
		const char *name;
		uint32_t nperms;
		const char *last;
	} rows[] = {
	    {"xen", 29, "setscheduler"},
	    {"xen2", 10, "get_dom0_console"},
	    {"domain", 30, "setpagingmempool"},
	    {"domain2", 27, "get_domain_state"},
	    {"hvm", 12, "dm"},
	    {"mmu", 13, "target_hack"},
	    {"resource", 18, "setup"},
	    {"shadow", 3, "logdirty"},
	    {"event", 5, "reset"},
	    {"grant", 7, "query"},
	    {"security", 11, "del_ocontext"},
	    {"version", 8, "xen_build_id"},
	    {"argo", 4, "send"},
	};
	const struct ss_config *config = flask_abi_config();
	size_t i;

	(void)state;
	assert_int_equal(config->nclasses, 13);
	for (i = 0; i < PORT_ARRAY_SIZE(rows); i++) {
		const struct ss_abi_class *tclass = &config->classes[i];

		print_message("  %s\n", rows[i].name);
		assert_string_equal(tclass->name, rows[i].name);
		assert_int_equal(tclass->nperms, rows[i].nperms);
		assert_string_equal(tclass->perms[tclass->nperms - 1], rows[i].last);
	}
	assert_int_equal(flask_abi_permissions(), 177);
	assert_int_equal(config->ninitial_sids, 14);
	assert_string_equal(config->initial_sids[0], "null");
	assert_string_equal(config->initial_sids[1], "xenboot");
	assert_string_equal(config->initial_sids[6], "unlabeled");
	assert_string_equal(config->initial_sids[13], "domDM");
	assert_int_equal(config->unlabeled, 6);
	assert_int_equal(config->before_policy, 2);
	assert_int_equal(config->channel_class, 9);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(mode_words),
	    cmocka_unit_test(each_mode),
	    cmocka_unit_test(a_boot_without_memory_is_refused),
	    cmocka_unit_test(the_table_can_be_put_in_force),
	    cmocka_unit_test(the_compiled_in_tables),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
