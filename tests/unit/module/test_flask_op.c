/* SPDX-License-Identifier: BSD-2-Clause */
/* The Flask hypercall: every command, its permission, its results and each of its errors. */
#include "tests/unit/module/world.h"
#include "flask/module/hooks.h"
#include "hooks/abi/flask_op.h"

#define OP_AT	 FAKE_BASE
#define TEXT_AT	 (FAKE_BASE + 0x1000)
#define IMAGE_AT (FAKE_BASE + 0x10000)
#define NOWHERE	 (FAKE_BASE + FAKE_BYTES)
#define BY_NAME	 0xffffffffu

#define DOM0 "system_u:system_r:dom0_t"
#define DENIED(perm, cmd)                                          \
	"avc:  denied  { " perm " } for current=d0 scontext=" DOM0 \
	" tcontext=system_u:system_r:security_t tclass=security op=xsm_op." cmd " seq=1 permissive=0"
#define LOADED                                                         \
	"avc:  granted  { load_policy } for current=d0 scontext=" DOM0 \
	" tcontext=system_u:system_r:security_t tclass=security"

static struct xen_flask_op op;

/* Calls with @op in guest memory and reads back what the guest then sees. */
static int call(uint32_t cmd)
{
	int rc;

	op.cmd = cmd;
	op.interface_version = XEN_FLASK_INTERFACE_VERSION;
	memcpy(fake_memory + (OP_AT - FAKE_BASE), &op, sizeof(op));
	rc = flask_do_xsm_op(OP_AT);
	memcpy(&op, fake_memory + (OP_AT - FAKE_BASE), sizeof(op));
	return rc;
}

static char *guest_text(void)
{
	return (char *)fake_memory + (TEXT_AT - FAKE_BASE);
}

static void put_text(const char *text)
{
	strcpy(guest_text(), text);
}

static void put_image(const struct blob *image)
{
	assert_in_range(image->size, 1, NOWHERE - IMAGE_AT);
	memcpy(fake_memory + (IMAGE_AT - FAKE_BASE), image->bytes, image->size);
}

/* dom0 is current and may do anything to the security server. */
static void open_world(void)
{
	world_with_guests(FLASK_MODE_ENFORCING);
	world_set("open", true);
	memset(&op, 0, sizeof(op));
}

static void the_frame_of_a_call(void **state)
{
	static const uint32_t none[] = {0, FLASK_USER, FLASK_DISABLE, 26, 0xffffffff};
	size_t i;

	(void)state;
	open_world();
	assert_int_equal(flask_do_xsm_op(NOWHERE), -EFAULT);
	assert_int_equal(flask_do_xsm_op(NOWHERE - sizeof(op) + 1), -EFAULT);
	for (i = 0; i < PORT_ARRAY_SIZE(none); i++)
		assert_int_equal(call(none[i]), -ENOSYS);

	op.cmd = FLASK_GETENFORCE;
	op.interface_version = 0;
	memcpy(fake_memory, &op, sizeof(op));
	assert_int_equal(flask_do_xsm_op(OP_AT), -ENOSYS);
	op.interface_version = 2;
	memcpy(fake_memory, &op, sizeof(op));
	assert_int_equal(flask_do_xsm_op(OP_AT), -ENOSYS);
	log_expect_none();
	world_end();
}

static void what_each_command_needs(void **state)
{
	static const struct {
		uint32_t cmd;
		const char *name;
		int rc;
		const char *line;
	} rows[] = {
	    {FLASK_LOAD, "load", -EACCES, DENIED("load_policy", "load")},
	    {FLASK_GETENFORCE, "getenforce", 1, NULL},
	    {FLASK_SETENFORCE, "setenforce", -EACCES, DENIED("setenforce", "setenforce")},
	    {FLASK_CONTEXT_TO_SID, "context_to_sid", -EACCES, DENIED("check_context", "context_to_sid")},
	    {FLASK_SID_TO_CONTEXT, "sid_to_context", -EACCES, DENIED("check_context", "sid_to_context")},
	    {FLASK_ACCESS, "access", -EACCES, DENIED("compute_av", "access")},
	    {FLASK_POLICYVERS, "policyvers", 30, NULL},
	    {FLASK_MLS, "mls", 0, NULL},
	    {FLASK_GETBOOL, "getbool", 0, NULL},
	    {FLASK_SETBOOL, "setbool", -EACCES, DENIED("setbool", "setbool")},
	    {FLASK_COMMITBOOLS, "commitbools", -EACCES, DENIED("setbool", "commitbools")},
	};
	size_t i;

	(void)state;
	for (i = 0; i < PORT_ARRAY_SIZE(rows); i++) {
		print_message("  %s\n", rows[i].name);
		world_with_guests(FLASK_MODE_ENFORCING);
		world_set("dom0_loads", false);
		fake_operation = (struct hv_operation){"xsm_op", NULL};
		memset(&op, 0, sizeof(op));
		assert_int_equal(call(rows[i].cmd), rows[i].rc);
		log_expect(rows[i].line);
		assert_true(avc_enforcing(&flask.avc));
		world_end();
	}
}

static void the_mode(void **state)
{
	(void)state;
	world_with_guests(FLASK_MODE_ENFORCING);
	memset(&op, 0, sizeof(op));
	assert_int_equal(call(FLASK_GETENFORCE), 1);
	/* No change, no permission. */
	op.u.enforce.enforcing = 77;
	assert_int_equal(call(FLASK_SETENFORCE), 0);
	log_expect_none();

	world_set("open", true);
	op.u.enforce.enforcing = 0;
	assert_int_equal(call(FLASK_SETENFORCE), 0);
	log_expect("Flask: permissive from now on, set by d0");
	assert_int_equal(call(FLASK_GETENFORCE), 0);
	op.u.enforce.enforcing = 0x100;
	assert_int_equal(call(FLASK_SETENFORCE), 0);
	log_expect("Flask: enforcing from now on, set by d0");
	assert_int_equal(call(FLASK_GETENFORCE), 1);
	world_end();
}

static void loading_a_policy(void **state)
{
	struct blob image = world_image();
	flask_sid_t sid;

	(void)state;
	open_world();
	sid = world_sid("odd_t");
	put_image(&image);
	op.u.load.buffer = IMAGE_AT;
	op.u.load.size = (uint32_t)image.size;
	assert_int_equal(call(FLASK_LOAD), 0);
	/* Sequence number 1 is the boot's, 2 to 4 are changes of booleans. 14 rules: 3 of access, 11 of types. */
	log_expect(LOADED, "Flask: policy 5 loaded: 21 types, 13 classes, 14 rules, 12 booleans, by d0");
	assert_int_equal(world_sid("odd_t"), sid);
	world_expect_label(&a, "a_t", "a_self_t");
	world_end();
	blob_free(&image);
}

static void refused_loads_change_nothing(void **state)
{
	struct blob image = world_image();
	uint32_t seqno;

	(void)state;
	open_world();
	seqno = ss_seqno(&flask.server);
	op.u.load.buffer = IMAGE_AT;
	op.u.load.size = (64u << 20) + 1;
	assert_int_equal(call(FLASK_LOAD), -EINVAL);
	op.u.load.size = 64u << 20;
	assert_int_equal(call(FLASK_LOAD), -EFAULT);
	op.u.load.buffer = NOWHERE;
	op.u.load.size = 1;
	assert_int_equal(call(FLASK_LOAD), -EFAULT);
	log_expect(LOADED,
		   "Flask: policy refused: hypercall at byte 0: an image has at most 64 MiB; the old policy stays",
		   LOADED, "Flask: policy refused: the caller's memory does not hold the image; the old policy stays",
		   LOADED, "Flask: policy refused: the caller's memory does not hold the image; the old policy stays");

	put_image(&image);
	op.u.load.buffer = IMAGE_AT;
	op.u.load.size = (uint32_t)image.size - 1;
	assert_int_equal(call(FLASK_LOAD), -EINVAL);
	assert_int_equal(log_count(), 2);
	assert_int_equal(log_level(1), PORT_ERROR);
	assert_memory_equal(log_line(1), "Flask: policy refused: ", 23);
	assert_non_null(strstr(log_line(1), " at byte "));
	assert_string_equal(log_line(1) + strlen(log_line(1)) - 22, "; the old policy stays");
	log_forget();

	op.u.load.size = 0;
	assert_int_equal(call(FLASK_LOAD), -EINVAL);
	assert_int_equal(log_count(), 2);
	assert_int_equal(ss_seqno(&flask.server), seqno);
	world_end();
	blob_free(&image);
}

/* The same policy, in which lenient_t has another name. */
static void a_load_says_which_labels_it_loses(void **state)
{
	struct blob image = world_image();
	flask_sid_t sid;
	size_t at;

	(void)state;
	open_world();
	sid = world_sid("lenient_t");
	for (at = 0; at + 9 <= image.size && memcmp(image.bytes + at, "lenient_t", 9); at++)
		;
	assert_in_range(at, 1, image.size - 9);
	image.bytes[at] = 'L';
	put_image(&image);
	op.u.load.buffer = IMAGE_AT;
	op.u.load.size = (uint32_t)image.size;
	assert_int_equal(call(FLASK_LOAD), 0);
	assert_string_equal(log_line(0), LOADED);
	assert_string_equal(log_line(log_count() - 2),
			    "Flask: labels without a place in this policy, acting as unlabeled: 1");
	assert_false(ss_sid_exists(&flask.server, sid));
	log_forget();
	assert_int_equal(flask_domctl(NULL, 1, sid), -EINVAL);
	world_end();
	blob_free(&image);
}

static void the_first_load_of_a_late_boot(void **state)
{
	struct blob image = world_image();

	(void)state;
	world_boot_late();
	fake_current = &dom0;
	memset(&op, 0, sizeof(op));
	put_image(&image);
	op.u.load.buffer = IMAGE_AT;
	op.u.load.size = 100;
	assert_int_equal(call(FLASK_LOAD), -EINVAL);
	assert_non_null(strstr(log_line(0), "; there is still no policy"));
	log_forget();
	op.u.load.size = (uint32_t)image.size;
	assert_int_equal(call(FLASK_LOAD), 0);
	log_expect("Flask: policy 1 loaded: 21 types, 13 classes, 14 rules, 12 booleans, by d0");
	assert_int_equal(flask_getdomaininfo(&dom0), -EACCES);
	world_end();
	blob_free(&image);
}

static int context_to_sid(uint64_t at, uint32_t size)
{
	op.u.sid_context.sid = 4711;
	op.u.sid_context.size = size;
	op.u.sid_context.context = at;
	return call(FLASK_CONTEXT_TO_SID);
}

static void from_context_to_sid(void **state)
{
	static const struct {
		const char *name, *text;
		uint32_t size;
		int rc;
	} rows[] = {
	    {"without its NUL", DOM0, 24, 0},
	    {"with its NUL", DOM0, 25, 0},
	    {"two NULs", DOM0 "\0", 26, -EINVAL},
	    {"a NUL inside", "system_u:system_r\0dom0_t", 24, -EINVAL},
	    {"empty", "", 0, -EINVAL},
	    {"empty with NUL", "", 1, -EINVAL},
	    {"unknown type", "system_u:system_r:nosuch_t", 26, -EINVAL},
	    {"an attribute", "system_u:system_r:any", 21, -EINVAL},
	    {"no role for it", "system_u:system_r:orphan_t", 26, -EINVAL},
	    {"bytes after it", DOM0 " x", 26, -EINVAL},
	    {"one page", NULL, 4096, -EINVAL},
	    {"more than a page", NULL, 4097, -ENOBUFS},
	};
	size_t i;

	(void)state;
	open_world();
	for (i = 0; i < PORT_ARRAY_SIZE(rows); i++) {
		print_message("  %s\n", rows[i].name);
		memset(guest_text(), 'x', 4097);
		if (rows[i].text)
			memcpy(guest_text(), rows[i].text, rows[i].size);
		assert_int_equal(context_to_sid(TEXT_AT, rows[i].size), rows[i].rc);
		assert_int_equal(op.u.sid_context.sid, rows[i].rc ? 4711 : SECINITSID_DOM0);
	}
	assert_int_equal(context_to_sid(NOWHERE - 5, 6), -EFAULT);
	put_text("system_u:object_r:dom0_t");
	assert_int_equal(context_to_sid(TEXT_AT, 24), 0);
	assert_in_range(op.u.sid_context.sid, SECINITSID_DOMDM + 1, 1000);

	port_posix_fail_alloc(1);
	assert_int_equal(context_to_sid(TEXT_AT, 24), -ENOMEM);
	port_posix_fail_alloc(0);
	log_expect_none();
	world_end();
}

static int sid_to_context(uint32_t sid, uint64_t at, uint32_t size)
{
	memset(guest_text(), 'x', 64);
	op.u.sid_context.sid = sid;
	op.u.sid_context.size = size;
	op.u.sid_context.context = at;
	return call(FLASK_SID_TO_CONTEXT);
}

static void from_sid_to_context(void **state)
{
	(void)state;
	open_world();
	assert_int_equal(sid_to_context(SECINITSID_DOM0, TEXT_AT, 64), 0);
	assert_string_equal(guest_text(), DOM0);
	assert_int_equal(op.u.sid_context.size, 25);
	assert_int_equal(sid_to_context(SECINITSID_DOM0, TEXT_AT, 25), 0);
	assert_string_equal(guest_text(), DOM0);

	assert_int_equal(sid_to_context(SECINITSID_DOM0, TEXT_AT, 24), -ERANGE);
	assert_int_equal(op.u.sid_context.size, 24);
	assert_int_equal(guest_text()[0], 'x');
	assert_int_equal(sid_to_context(SECINITSID_DOM0, TEXT_AT, 0), -ERANGE);
	assert_int_equal(sid_to_context(SECINITSID_DOM0, NOWHERE - 24, 64), -EFAULT);

	/* A number that nobody gave, and 0. */
	assert_int_equal(sid_to_context(60000, TEXT_AT, 64), 0);
	assert_string_equal(guest_text(), "system_u:system_r:unlabeled_t");
	assert_int_equal(sid_to_context(0, TEXT_AT, 64), 0);
	assert_string_equal(guest_text(), "system_u:system_r:unlabeled_t");

	port_posix_fail_alloc(1);
	assert_int_equal(sid_to_context(SECINITSID_DOM0, TEXT_AT, 64), -ENOMEM);
	port_posix_fail_alloc(0);
	world_end();
}

static void labels_before_a_policy(void **state)
{
	(void)state;
	world_boot_late();
	fake_current = &dom0;
	memset(&op, 0, sizeof(op));
	assert_int_equal(sid_to_context(SECINITSID_DOM0, TEXT_AT, 64), 0);
	assert_string_equal(guest_text(), "dom0");
	assert_int_equal(op.u.sid_context.size, 5);
	assert_int_equal(sid_to_context(SECINITSID_DOMDM + 1, TEXT_AT, 64), -EINVAL);
	put_text("domU");
	assert_int_equal(context_to_sid(TEXT_AT, 4), 0);
	assert_int_equal(op.u.sid_context.sid, SECINITSID_DOMU);
	put_text("nonsense");
	assert_int_equal(context_to_sid(TEXT_AT, 8), 0);
	assert_int_equal(op.u.sid_context.sid, SECINITSID_XEN);
	world_end();
}

static void results_that_cannot_be_given_back(void **state)
{
	(void)state;
	open_world();
	put_text(DOM0);
	fake_memory_read_only = true;
	assert_int_equal(context_to_sid(TEXT_AT, 24), -EFAULT);
	/* These give nothing back. */
	assert_int_equal(call(FLASK_GETENFORCE), 1);
	assert_int_equal(call(FLASK_POLICYVERS), 30);
	world_end();
}

static int access_of(uint32_t ssid, uint32_t tsid, uint32_t tclass)
{
	op.u.access = (struct xen_flask_access){ssid, tsid, tclass, 0xffffffff, 1, 2, 3, 4};
	return call(FLASK_ACCESS);
}

static void access_vectors(void **state)
{
	(void)state;
	world_with_guests(FLASK_MODE_PERMISSIVE);
	memset(&op, 0, sizeof(op));
	assert_int_equal(access_of(SECINITSID_XENBOOT, SECINITSID_DOM0, SECCLASS_DOMAIN), 0);
	assert_int_equal(op.u.access.allowed, DOMAIN__CREATE);
	assert_int_equal(op.u.access.audit_allow, 0);
	assert_int_equal(op.u.access.audit_deny, 0xffffffff);
	assert_int_equal(op.u.access.seqno, 3);
	assert_int_equal(access_of(SECINITSID_DOM0, SECINITSID_SECURITY, SECCLASS_SECURITY), 0);
	assert_int_equal(op.u.access.allowed, SECURITY__LOAD_POLICY);
	assert_int_equal(op.u.access.audit_allow, SECURITY__LOAD_POLICY);
	assert_int_equal(access_of(SECINITSID_DOMU, SECINITSID_XEN, SECCLASS_XEN), 0);
	assert_int_equal(op.u.access.audit_deny, ~(uint32_t)XEN__READCONSOLE);

	assert_int_equal(access_of(SECINITSID_DOM0, SECINITSID_DOM0, 0), -EINVAL);
	assert_int_equal(op.u.access.allowed, 1);
	assert_int_equal(access_of(SECINITSID_DOM0, SECINITSID_DOM0, SECCLASS_ARGO + 1), -EINVAL);
	assert_int_equal(access_of(SECINITSID_DOM0, SECINITSID_DOM0, 0x10000 + SECCLASS_DOMAIN), -EINVAL);
	world_end();
}

static int getbool(uint32_t id, const char *name, uint32_t size)
{
	memset(guest_text(), '#', 64);
	if (name)
		memcpy(guest_text(), name, strlen(name) + 1);
	op.u.boolean = (struct xen_flask_boolean){id, 8, 8, 8, 8, size, TEXT_AT};
	return call(FLASK_GETBOOL);
}

static uint32_t bool_id(const char *name)
{
	uint32_t id;

	assert_int_equal(ss_bool_find(&flask.server, name, strlen(name), &id), 0);
	return id;
}

static void assert_bool(const char *name, bool enforcing, bool pending)
{
	assert_int_equal(getbool(BY_NAME, name, (uint32_t)strlen(name)), 0);
	assert_int_equal(op.u.boolean.enforcing, enforcing);
	assert_int_equal(op.u.boolean.pending, pending);
}

static void reading_booleans(void **state)
{
	uint32_t id;

	(void)state;
	open_world();
	id = bool_id("a_binds");
	fake_current = &a; /* everybody may */

	assert_int_equal(getbool(id, NULL, 0), 0);
	assert_int_equal(op.u.boolean.bool_id, id);
	assert_int_equal(op.u.boolean.enforcing, 0);
	assert_int_equal(op.u.boolean.pending, 0);
	assert_int_equal(op.u.boolean.size, 0);

	/* The name comes without its NUL. */
	assert_int_equal(getbool(id, NULL, 64), 0);
	assert_int_equal(op.u.boolean.size, 7);
	assert_memory_equal(guest_text(), "a_binds#", 8);
	assert_int_equal(getbool(id, NULL, 7), 0);
	assert_int_equal(getbool(id, NULL, 6), -ERANGE);
	assert_int_equal(op.u.boolean.size, 6);
	assert_int_equal(op.u.boolean.enforcing, 8);

	assert_int_equal(getbool(BY_NAME, "a_binds", 7), 0);
	assert_int_equal(op.u.boolean.bool_id, id);
	assert_int_equal(op.u.boolean.size, 0);
	assert_int_equal(getbool(BY_NAME, "open", 5), 0);
	assert_int_equal(op.u.boolean.enforcing, 1);
	assert_int_equal(op.u.boolean.pending, 1);

	assert_int_equal(getbool(12, NULL, 0), -ENOENT);
	assert_int_equal(getbool(0xfffffffe, NULL, 0), -ENOENT);
	assert_int_equal(getbool(BY_NAME, "a_bind", 6), -ENOENT);
	assert_int_equal(op.u.boolean.bool_id, BY_NAME);
	assert_int_equal(getbool(BY_NAME, "", 0), -ENOENT);
	assert_int_equal(getbool(BY_NAME, "a_binds", 4097), -ENOBUFS);
	assert_int_equal(getbool(BY_NAME, "open\0x", 6), -EINVAL);
	op.u.boolean = (struct xen_flask_boolean){.bool_id = BY_NAME, .size = 4, .name = NOWHERE};
	assert_int_equal(call(FLASK_GETBOOL), -EFAULT);
	op.u.boolean = (struct xen_flask_boolean){.bool_id = id, .size = 8, .name = NOWHERE};
	assert_int_equal(call(FLASK_GETBOOL), -EFAULT);

	port_posix_fail_alloc(1);
	assert_int_equal(getbool(BY_NAME, "open", 4), -ENOMEM);
	port_posix_fail_alloc(1);
	assert_int_equal(getbool(id, NULL, 64), -ENOMEM);
	port_posix_fail_alloc(0);
	log_expect_none();
	world_end();
}

static int setbool(uint32_t id, const char *name, uint8_t value, uint8_t commit)
{
	uint32_t size = 0;

	if (name) {
		put_text(name);
		size = (uint32_t)strlen(name);
	}
	op.u.boolean = (struct xen_flask_boolean){id, 8, 8, value, commit, size, TEXT_AT};
	return call(FLASK_SETBOOL);
}

static void pending_booleans(void **state)
{
	uint32_t seqno;

	(void)state;
	open_world();
	seqno = ss_seqno(&flask.server);
	assert_int_equal(call(FLASK_COMMITBOOLS), 0); /* nothing pending */
	log_expect_none();

	assert_int_equal(setbool(BY_NAME, "a_binds", 1, 0), 0);
	assert_int_equal(op.u.boolean.bool_id, bool_id("a_binds"));
	assert_int_equal(op.u.boolean.enforcing, 0);
	assert_int_equal(op.u.boolean.pending, 1);
	assert_bool("a_binds", false, true);
	assert_bool("b_binds", false, false);
	assert_int_equal(setbool(bool_id("b_binds"), NULL, 200, 0), 0); /* any non-zero value is true */
	assert_bool("b_binds", false, true);
	assert_int_equal(ss_seqno(&flask.server), seqno);
	log_expect_none();

	assert_int_equal(call(FLASK_COMMITBOOLS), 0);
	log_expect("Flask: booleans changed (policy 5) by d0");
	assert_bool("a_binds", true, true);
	assert_bool("b_binds", true, true);
	assert_int_equal(ss_seqno(&flask.server), seqno + 1);
	assert_int_equal(call(FLASK_COMMITBOOLS), 0);
	assert_int_equal(ss_seqno(&flask.server), seqno + 1);

	/* The next pending value starts from what is in force. */
	assert_int_equal(setbool(BY_NAME, "a_binds", 0, 0), 0);
	assert_bool("a_binds", true, false);
	assert_bool("b_binds", true, true);
	world_end();
}

static void a_committed_boolean_leaves_others_pending(void **state)
{
	(void)state;
	open_world();
	assert_int_equal(setbool(BY_NAME, "channel_create", 1, 1), 0);
	assert_int_equal(op.u.boolean.enforcing, 1);
	assert_int_equal(op.u.boolean.pending, 1);
	assert_bool("channel_create", true, true);

	assert_int_equal(setbool(BY_NAME, "a_binds", 1, 0), 0);
	assert_int_equal(setbool(BY_NAME, "b_binds", 1, 1), 0);
	assert_bool("a_binds", false, true);
	assert_bool("b_binds", true, true);
	assert_int_equal(setbool(BY_NAME, "a_binds", 0, 1), 0);
	assert_bool("a_binds", false, false);
	log_expect("Flask: booleans changed (policy 5) by d0", "Flask: booleans changed (policy 6) by d0",
		   "Flask: booleans changed (policy 7) by d0");
	world_end();
}

static void refused_booleans_change_nothing(void **state)
{
	(void)state;
	open_world();
	assert_int_equal(setbool(12, NULL, 1, 0), -ENOENT);
	assert_int_equal(setbool(12, NULL, 1, 1), -ENOENT);
	assert_int_equal(setbool(BY_NAME, "nosuch", 1, 0), -ENOENT);
	assert_int_equal(op.u.boolean.bool_id, BY_NAME);
	assert_int_equal(op.u.boolean.pending, 8);
	op.u.boolean.size = 4097;
	assert_int_equal(call(FLASK_SETBOOL), -ENOBUFS);
	op.u.boolean.size = 3;
	op.u.boolean.name = NOWHERE;
	assert_int_equal(call(FLASK_SETBOOL), -EFAULT);
	assert_null(flask.pending.value);
	log_expect_none();
	world_end();
}

static void booleans_fail_at_each_allocation(void **state)
{
	uint8_t commit;
	unsigned int n;
	int rc;

	(void)state;
	open_world();
	assert_int_equal(setbool(BY_NAME, "b_binds", 1, 0), 0);
	for (commit = 0; commit < 2; commit++) {
		n = 0;
		do {
			port_posix_fail_alloc(++n);
			rc = setbool(BY_NAME, "a_binds", 1, commit);
			port_posix_fail_alloc(0);
			if (!rc)
				break;
			assert_int_equal(rc, -ENOMEM);
			assert_int_equal(op.u.boolean.bool_id, BY_NAME);
			assert_bool("a_binds", false, commit);
			assert_bool("b_binds", false, true);
		} while (n < 100);
		assert_int_equal(rc, 0);
		assert_in_range(n, 2, 99);
		assert_bool("a_binds", commit, true);
	}
	n = 0;
	do {
		port_posix_fail_alloc(++n);
		rc = call(FLASK_COMMITBOOLS);
		port_posix_fail_alloc(0);
		if (rc)
			assert_bool("b_binds", false, true);
	} while (rc == -ENOMEM && n < 100);
	assert_int_equal(rc, 0);
	assert_in_range(n, 2, 99);
	assert_bool("b_binds", true, true);
	world_end();
}

static int load_at_image(size_t size)
{
	op.u.load.buffer = IMAGE_AT;
	op.u.load.size = (uint32_t)size;
	return call(FLASK_LOAD);
}

static void loading_fails_at_each_allocation(void **state)
{
	struct blob image = world_image();
	unsigned int n = 0;
	uint64_t allocs;
	uint32_t seqno;
	int rc;

	(void)state;
	open_world();
	put_image(&image);
	assert_int_equal(setbool(BY_NAME, "a_binds", 1, 0), 0);
	seqno = ss_seqno(&flask.server);
	do {
		port_posix_quiesce();
		allocs = port_posix_live_allocs();
		log_forget();
		port_posix_fail_alloc(++n);
		rc = load_at_image(image.size);
		port_posix_fail_alloc(0);
		port_posix_quiesce();
		if (!rc)
			break;
		assert_int_equal(rc, -ENOMEM);
		assert_int_equal(port_posix_live_allocs(), allocs);
		assert_int_equal(ss_seqno(&flask.server), seqno);
		assert_bool("a_binds", false, true);
	} while (n < 10000);
	assert_int_equal(rc, 0);
	assert_in_range(n, 10, 9999);
	assert_bool("a_binds", false, false);
	world_end();
	blob_free(&image);
}

static void a_load_drops_pending_booleans(void **state)
{
	struct blob image = world_image();

	(void)state;
	open_world();
	put_image(&image);
	assert_int_equal(setbool(BY_NAME, "a_binds", 1, 0), 0);
	assert_int_equal(load_at_image(image.size - 1), -EINVAL);
	assert_bool("a_binds", false, true);

	assert_int_equal(load_at_image(image.size), 0);
	assert_bool("a_binds", false, false);
	assert_bool("open", true, true);
	log_forget();
	assert_int_equal(call(FLASK_COMMITBOOLS), 0);
	log_expect_none();
	world_end();
	blob_free(&image);
}

static uint32_t little_u32(const unsigned char *at)
{
	return at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 | (uint32_t)at[3] << 24;
}

/* Where the image counts its booleans: numbers, records; each record is number, state, length, name. */
static unsigned char *boolean_counts(const struct blob *image)
{
	static const char *const names[] = {"open",    "dom0_creates",	"channel_create", "a_binds",
					    "b_binds", "caller_status", "owner_status",	  "dom0_loads"};
	size_t at, i;

	for (at = 20; at + 16 <= image->size; at++)
		for (i = 0; i < PORT_ARRAY_SIZE(names); i++)
			if (little_u32(image->bytes + at - 4) == strlen(names[i]) &&
			    !memcmp(image->bytes + at, names[i], strlen(names[i]))) {
				assert_int_equal(little_u32(image->bytes + at - 20), 12);
				assert_int_equal(little_u32(image->bytes + at - 16), 12);
				return image->bytes + at - 20;
			}
	fail_msg("no boolean in the image");
	return NULL;
}

static void a_number_without_boolean_is_skipped(void **state)
{
	struct blob image = world_image();

	(void)state;
	open_world();
	*boolean_counts(&image) = 13; /* number 13, index 12, is nobody's */
	put_image(&image);
	assert_int_equal(load_at_image(image.size), 0);
	assert_int_equal(ss_bool_count(&flask.server), 13);
	assert_int_equal(getbool(12, NULL, 0), -ENOENT);
	assert_int_equal(setbool(12, NULL, 1, 0), -ENOENT);
	assert_int_equal(setbool(BY_NAME, "a_binds", 1, 0), 0);
	assert_int_equal(call(FLASK_COMMITBOOLS), 0);
	assert_bool("a_binds", true, true);
	assert_int_equal(setbool(BY_NAME, "a_binds", 0, 1), 0);
	assert_bool("a_binds", false, false);
	world_end();
	blob_free(&image);
}

static void there_are_no_booleans_before_a_policy(void **state)
{
	(void)state;
	world_boot_late();
	fake_current = &dom0;
	assert_int_equal(getbool(0, NULL, 0), -ENOENT);
	assert_int_equal(getbool(BY_NAME, "open", 4), -ENOENT);
	assert_int_equal(setbool(0, NULL, 1, 0), -ENOENT);
	assert_int_equal(setbool(0, NULL, 1, 1), -ENOENT);
	assert_int_equal(call(FLASK_COMMITBOOLS), 0);
	world_end();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(the_frame_of_a_call),
	    cmocka_unit_test(what_each_command_needs),
	    cmocka_unit_test(the_mode),
	    cmocka_unit_test(loading_a_policy),
	    cmocka_unit_test(refused_loads_change_nothing),
	    cmocka_unit_test(loading_fails_at_each_allocation),
	    cmocka_unit_test(a_load_says_which_labels_it_loses),
	    cmocka_unit_test(the_first_load_of_a_late_boot),
	    cmocka_unit_test(from_context_to_sid),
	    cmocka_unit_test(from_sid_to_context),
	    cmocka_unit_test(labels_before_a_policy),
	    cmocka_unit_test(results_that_cannot_be_given_back),
	    cmocka_unit_test(access_vectors),
	    cmocka_unit_test(reading_booleans),
	    cmocka_unit_test(pending_booleans),
	    cmocka_unit_test(a_committed_boolean_leaves_others_pending),
	    cmocka_unit_test(refused_booleans_change_nothing),
	    cmocka_unit_test(booleans_fail_at_each_allocation),
	    cmocka_unit_test(a_load_drops_pending_booleans),
	    cmocka_unit_test(a_number_without_boolean_is_skipped),
	    cmocka_unit_test(there_are_no_booleans_before_a_policy),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
