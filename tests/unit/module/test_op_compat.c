/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The Flask hypercall of 32-bit callers, byte by byte: offsets and sizes here are
 * written by hand from the layout of Xen's public header on a 32-bit machine.
 */
#include "flask/module/hooks.h"
#include "tests/unit/module/guest.h"

#define OP_BYTES 40u

static uint8_t *const at_op = fake_memory;

static void put(unsigned int at, uint32_t value)
{
	memcpy(at_op + at, &value, sizeof(value));
}

static uint32_t get(unsigned int at)
{
	uint32_t value;

	memcpy(&value, at_op + at, sizeof(value));
	return value;
}

/* Everything else is 0xa5, so that what is read beyond a field is seen. */
static void start(uint32_t cmd)
{
	memset(at_op, 0xa5, 64);
	put(0, cmd);
	put(4, 1);
}

static int call(void)
{
	uint8_t behind[24];
	int rc;

	memcpy(behind, at_op + OP_BYTES, sizeof(behind));
	fake_operation = (struct hv_operation){"xsm_op", NULL};
	rc = flask_compat_do_xsm_op(GUEST_OP);
	assert_memory_equal(behind, at_op + OP_BYTES, sizeof(behind));
	return rc;
}

static void open_world(void)
{
	world_with_guests(FLASK_MODE_ENFORCING);
	world_set("open", true);
}

static void the_frame_of_a_call(void **state)
{
	static const uint32_t none[] = {0, FLASK_USER, FLASK_DISABLE, 26, 0xffffffff};
	size_t i;

	(void)state;
	open_world();
	assert_int_equal(flask_compat_do_xsm_op(GUEST_NOWHERE), -EFAULT);
	assert_int_equal(flask_compat_do_xsm_op(GUEST_NOWHERE - OP_BYTES + 1), -EFAULT);
	for (i = 0; i < PORT_ARRAY_SIZE(none); i++) {
		start(none[i]);
		assert_int_equal(call(), -ENOSYS);
	}
	start(FLASK_GETENFORCE);
	put(4, 2);
	assert_int_equal(call(), -ENOSYS);
	start(FLASK_GETENFORCE);
	assert_int_equal(call(), 1);
	assert_int_equal(get(8), 0xa5a5a5a5);
	world_end();
}

/* buffer 8, size 12 */
static void load(void **state)
{
	struct blob image = world_image();

	(void)state;
	open_world();
	memcpy(fake_memory + 0x10000, image.bytes, image.size);
	start(FLASK_LOAD);
	put(8, FAKE_BASE + 0x10000);
	put(12, (uint32_t)image.size);
	assert_int_equal(call(), 0);
	start(FLASK_LOAD);
	put(8, 0xffffffff);
	put(12, 1);
	assert_int_equal(call(), -EFAULT);
	put(12, 0xffffffff);
	assert_int_equal(call(), -EINVAL);
	world_end();
	blob_free(&image);
}

/* sid 8, size 12, context 16 */
static void contexts(void **state)
{
	(void)state;
	open_world();
	strcpy(guest_text(), GUEST_DOM0);
	start(FLASK_CONTEXT_TO_SID);
	put(12, 24);
	put(16, GUEST_TEXT);
	assert_int_equal(call(), 0);
	assert_int_equal(get(8), SECINITSID_DOM0);
	assert_int_equal(get(12), 24);
	assert_int_equal(get(16), GUEST_TEXT);
	assert_int_equal(get(20), 0xa5a5a5a5);

	start(FLASK_SID_TO_CONTEXT);
	put(8, SECINITSID_XEN);
	put(12, 64);
	put(16, GUEST_TEXT);
	assert_int_equal(call(), 0);
	assert_string_equal(guest_text(), "system_u:system_r:xen_t");
	assert_int_equal(get(12), 24);
	assert_int_equal(get(20), 0xa5a5a5a5);

	start(FLASK_SID_TO_CONTEXT);
	put(8, SECINITSID_XEN);
	put(12, 23);
	put(16, GUEST_TEXT);
	assert_int_equal(call(), -ERANGE);
	assert_int_equal(get(12), 23);
	put(12, 64);
	put(16, 0xffffffff);
	assert_int_equal(call(), -EFAULT);
	world_end();
}

/* bool_id 8, enforcing 12, pending 13, new_value 14, commit 15, size 16, name 20 */
static void booleans(void **state)
{
	uint32_t id;

	(void)state;
	open_world();
	assert_int_equal(ss_bool_find(&flask.server, "a_binds", 7, &id), 0);
	strcpy(guest_text(), "a_binds");
	start(FLASK_GETBOOL);
	put(8, 0xffffffff);
	put(16, 7);
	put(20, GUEST_TEXT);
	assert_int_equal(call(), 0);
	assert_int_equal(get(8), id);
	assert_int_equal(at_op[12], 0);
	assert_int_equal(at_op[13], 0);
	assert_int_equal(at_op[14], 0xa5);
	assert_int_equal(at_op[15], 0xa5);
	assert_int_equal(get(16), 0);
	assert_int_equal(get(20), GUEST_TEXT);
	assert_int_equal(get(24), 0xa5a5a5a5);

	start(FLASK_SETBOOL);
	put(8, id);
	at_op[14] = 1;
	at_op[15] = 0;
	put(16, 0);
	assert_int_equal(call(), 0);
	assert_int_equal(at_op[12], 0);
	assert_int_equal(at_op[13], 1);

	memset(guest_text(), '#', 16);
	start(FLASK_GETBOOL);
	put(8, id);
	put(16, 16);
	put(20, GUEST_TEXT);
	assert_int_equal(call(), 0);
	assert_int_equal(at_op[12], 0);
	assert_int_equal(at_op[13], 1);
	assert_int_equal(get(16), 7);
	assert_memory_equal(guest_text(), "a_binds#", 8);
	world_end();
}

/* sid 8, length 12, path 16 */
static void paths(void **state)
{
	(void)state;
	open_world();
	strcpy(guest_text(), "/a");
	start(FLASK_DEVICETREE_LABEL);
	put(8, SECINITSID_DOMU);
	put(12, 2);
	put(16, GUEST_TEXT);
	assert_int_equal(call(), 0);
	assert_int_equal(ss_device_tree_sid(&flask.server, "/a"), SECINITSID_DOMU);
	put(8, 0);
	assert_int_equal(call(), 0);
	assert_int_equal(ss_device_tree_sid(&flask.server, "/a"), SECINITSID_DEVICE);
	world_end();
}

/* Structures without an address lie the same: access 8..39, ocontext with its 64-bit numbers at 16 and 24. */
static void the_others(void **state)
{
	(void)state;
	open_world();
	start(FLASK_ACCESS);
	put(8, SECINITSID_XENBOOT);
	put(12, SECINITSID_DOM0);
	put(16, SECCLASS_DOMAIN);
	assert_int_equal(call(), 0);
	assert_int_equal(get(20), 0xa5a5a5a5);
	assert_int_equal(get(24) & DOMAIN__CREATE, DOMAIN__CREATE);
	assert_int_equal(get(28), 0);
	assert_int_equal(get(32), 0xffffffff);
	assert_int_equal(get(36), ss_seqno(&flask.server));

	start(FLASK_CREATE);
	put(8, SECINITSID_DOMU);
	put(12, SECINITSID_DOMU);
	put(16, SECCLASS_GRANT);
	assert_int_equal(call(), 0);
	assert_in_range(get(20), 1, 1000);

	start(FLASK_ADD_OCONTEXT);
	put(8, OCON_IOMEM);
	put(12, SECINITSID_DOMU);
	put(16, 5);
	put(20, 1);
	put(24, 6);
	put(28, 1);
	assert_int_equal(call(), 0);
	assert_int_equal(ss_device_sid(&flask.server, OCON_IOMEM, 0x100000005), SECINITSID_DOMU);
	assert_int_equal(ss_device_sid(&flask.server, OCON_IOMEM, 0x100000006), SECINITSID_DOMU);
	assert_int_equal(ss_device_sid(&flask.server, OCON_IOMEM, 0x100000007), SECINITSID_IOMEM);

	start(FLASK_AVC_CACHESTATS);
	put(8, 0);
	assert_int_equal(call(), 0);
	assert_int_equal(get(32), 0);
	assert_int_equal(get(36), 0xa5a5a5a5);
	world_end();
}

/* Sizes do not change on the way, and the end of a 32-bit address space is no other place. */
static void sizes(void **state)
{
	static const struct {
		uint32_t cmd, number;
		unsigned int size_at, address_at;
		uint32_t size, address;
		int rc;
	} rows[] = {
	    {FLASK_LOAD, 0, 12, 8, 0, GUEST_TEXT, -EINVAL},
	    {FLASK_LOAD, 0, 12, 8, (64u << 20) + 1, GUEST_TEXT, -EINVAL},
	    {FLASK_CONTEXT_TO_SID, 4711, 12, 16, 0, GUEST_TEXT, -EINVAL},
	    {FLASK_CONTEXT_TO_SID, 4711, 12, 16, 4096, GUEST_TEXT, -EINVAL},
	    {FLASK_CONTEXT_TO_SID, 4711, 12, 16, 4097, GUEST_TEXT, -ENOBUFS},
	    {FLASK_CONTEXT_TO_SID, 4711, 12, 16, 0xffffffff, GUEST_TEXT, -ENOBUFS},
	    {FLASK_CONTEXT_TO_SID, 4711, 12, 16, 4096, 0xffffffff, -EFAULT},
	    {FLASK_SID_TO_CONTEXT, SECINITSID_XEN, 12, 16, 0, GUEST_TEXT, -ERANGE},
	    {FLASK_SID_TO_CONTEXT, SECINITSID_XEN, 12, 16, 0xffffffff, 0xffffffff, -EFAULT},
	    {FLASK_SETBOOL, 0xffffffff, 16, 20, 0, GUEST_TEXT, -ENOENT},
	    {FLASK_SETBOOL, 0xffffffff, 16, 20, 4096, GUEST_TEXT, -ENOENT},
	    {FLASK_SETBOOL, 0xffffffff, 16, 20, 4097, GUEST_TEXT, -ENOBUFS},
	    {FLASK_GETBOOL, 0xffffffff, 16, 20, 0xffffffff, GUEST_TEXT, -ENOBUFS},
	    {FLASK_GETBOOL, 0xffffffff, 16, 20, 1, 0xffffffff, -EFAULT},
	    {FLASK_GETBOOL, 0xfffffffe, 16, 20, 0, GUEST_TEXT, -ENOENT},
	    {FLASK_DEVICETREE_LABEL, SECINITSID_DOMU, 12, 16, 0, GUEST_TEXT, -EINVAL},
	    {FLASK_DEVICETREE_LABEL, SECINITSID_DOMU, 12, 16, 4097, GUEST_TEXT, -ENOBUFS},
	    {FLASK_DEVICETREE_LABEL, SECINITSID_DOMU, 12, 16, 0xffffffff, GUEST_TEXT, -ENOBUFS},
	    {FLASK_DEVICETREE_LABEL, 0xffffffff, 12, 16, 4096, GUEST_TEXT, -EINVAL},
	};
	uint8_t before[OP_BYTES];
	size_t i;

	(void)state;
	open_world();
	memset(guest_text(), 'x', 4097);
	for (i = 0; i < PORT_ARRAY_SIZE(rows); i++) {
		print_message("  row %zu\n", i);
		start(rows[i].cmd);
		put(8, rows[i].number);
		put(rows[i].address_at, rows[i].address);
		put(rows[i].size_at, rows[i].size);
		memcpy(before, at_op, sizeof(before));
		assert_int_equal(call(), rows[i].rc);
		/* Nothing goes back with an error. */
		assert_memory_equal(at_op, before, sizeof(before));
	}
	world_end();
}

static void results_that_cannot_be_given_back(void **state)
{
	(void)state;
	open_world();
	start(FLASK_AVC_HASHSTATS);
	fake_memory_read_only = true;
	assert_int_equal(call(), -EFAULT);
	start(FLASK_GETENFORCE);
	assert_int_equal(call(), 1);
	world_end();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(the_frame_of_a_call),
	    cmocka_unit_test(load),
	    cmocka_unit_test(contexts),
	    cmocka_unit_test(booleans),
	    cmocka_unit_test(paths),
	    cmocka_unit_test(the_others),
	    cmocka_unit_test(sizes),
	    cmocka_unit_test(results_that_cannot_be_given_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
