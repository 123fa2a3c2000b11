/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Sizes, lengths, numbers of the Flask hypercall at 0, the highest, one more, all
 * ones. Those of devices: test_op_device.c; ports, CPUs, the threshold: test_op_compute.c.
 * The policy has 12 booleans and Xen's 13 classes; 12 is the initial SID domU.
 */
#include "flask/module/hooks.h"
#include "hooks/abi/xen.h"
#include "tests/unit/module/guest.h"

#define ALL UINT32_MAX

static struct xen_flask_op op;

static void open_world(void)
{
	world_with_guests(FLASK_MODE_ENFORCING);
	world_set("open", true);
	memset(&op, 0, sizeof(op));
	memset(guest_text(), 'x', 4097);
}

static void versions(void **state)
{
	static const uint32_t none[] = {0, 2, 257, 65537, ALL};
	size_t i;

	(void)state;
	open_world();
	for (i = 0; i < PORT_ARRAY_SIZE(none); i++) {
		op = (struct xen_flask_op){.cmd = FLASK_GETENFORCE, .interface_version = none[i]};
		memcpy(fake_memory, &op, sizeof(op));
		assert_int_equal(flask_do_xsm_op(GUEST_OP), -ENOSYS);
		assert_int_equal(flask_compat_do_xsm_op(GUEST_OP), -ENOSYS);
	}
	world_end();
}

static void modes(void **state)
{
	static const struct {
		uint32_t value;
		int then;
	} rows[] = {{0, 0}, {1, 1}, {0, 0}, {2, 1}, {0, 0}, {0x80000000, 1}, {0, 0}, {ALL, 1}};
	size_t i;

	(void)state;
	open_world();
	for (i = 0; i < PORT_ARRAY_SIZE(rows); i++) {
		op.u.enforce.enforcing = rows[i].value;
		assert_int_equal(guest_call(&op, FLASK_SETENFORCE), 0);
		assert_int_equal(guest_call(&op, FLASK_GETENFORCE), rows[i].then);
	}
	world_end();
}

/* Whatever the size: nothing is read at an address that the caller does not have. */
static void strings(void **state)
{
	static const struct {
		uint32_t size;
		int context, boolean;
	} rows[] = {
	    {0, -EINVAL, -ENOENT},     {1, -EINVAL, -ENOENT},	   {4095, -EINVAL, -ENOENT},
	    {4096, -EINVAL, -ENOENT},  {4097, -ENOBUFS, -ENOBUFS}, {0x80000000, -ENOBUFS, -ENOBUFS},
	    {ALL, -ENOBUFS, -ENOBUFS},
	};
	size_t i;

	(void)state;
	open_world();
	for (i = 0; i < PORT_ARRAY_SIZE(rows); i++) {
		print_message("  %u bytes\n", rows[i].size);
		op.u.sid_context = (struct xen_flask_sid_context){4711, rows[i].size, GUEST_TEXT};
		assert_int_equal(guest_call(&op, FLASK_CONTEXT_TO_SID), rows[i].context);
		assert_int_equal(op.u.sid_context.sid, 4711);
		op.u.boolean = (struct xen_flask_boolean){ALL, 8, 8, 1, 1, rows[i].size, GUEST_TEXT};
		assert_int_equal(guest_call(&op, FLASK_GETBOOL), rows[i].boolean);
		op.u.boolean = (struct xen_flask_boolean){ALL, 8, 8, 1, 1, rows[i].size, GUEST_TEXT};
		assert_int_equal(guest_call(&op, FLASK_SETBOOL), rows[i].boolean);
		assert_int_equal(op.u.boolean.bool_id, ALL);
		assert_int_equal(op.u.boolean.pending, 8);
		assert_int_equal(op.u.boolean.size, rows[i].size);

		op.u.sid_context = (struct xen_flask_sid_context){4711, 1, UINT64_MAX - 1};
		assert_int_equal(guest_call(&op, FLASK_CONTEXT_TO_SID), -EFAULT);
		op.u.boolean = (struct xen_flask_boolean){ALL, 8, 8, 1, 1, 4096, UINT64_MAX};
		assert_int_equal(guest_call(&op, FLASK_SETBOOL), -EFAULT);
	}
	log_expect_none();
	world_end();
}

static void buffers(void **state)
{
	static const struct {
		uint32_t sid, size;
		int rc;
		uint32_t then;
	} rows[] = {
	    {SECINITSID_DOM0, 0, -ERANGE, 0},
	    {SECINITSID_DOM0, 24, -ERANGE, 24},
	    {SECINITSID_DOM0, 25, 0, 25},
	    {SECINITSID_DOM0, 26, 0, 25},
	    {SECINITSID_DOM0, ALL, 0, 25},
	    {0, ALL, 0, 30},
	    {SECINITSID_DOMDM + 60000, 30, 0, 30},
	    {ALL, 29, -ERANGE, 29},
	    {ALL, 30, 0, 30},
	};
	uint32_t id;
	size_t i;

	(void)state;
	open_world();
	for (i = 0; i < PORT_ARRAY_SIZE(rows); i++) {
		print_message("  row %zu\n", i);
		op.u.sid_context = (struct xen_flask_sid_context){rows[i].sid, rows[i].size, GUEST_TEXT};
		assert_int_equal(guest_call(&op, FLASK_SID_TO_CONTEXT), rows[i].rc);
		assert_int_equal(op.u.sid_context.size, rows[i].then);
	}
	assert_int_equal(ss_bool_find(&flask.server, "a_binds", 7, &id), 0);
	op.u.boolean = (struct xen_flask_boolean){id, 8, 8, 8, 8, ALL, GUEST_TEXT};
	assert_int_equal(guest_call(&op, FLASK_GETBOOL), 0);
	assert_int_equal(op.u.boolean.size, 7);
	op.u.boolean = (struct xen_flask_boolean){id, 8, 8, 8, 8, 1, GUEST_TEXT};
	assert_int_equal(guest_call(&op, FLASK_GETBOOL), -ERANGE);
	op.u.boolean = (struct xen_flask_boolean){id, 8, 8, 8, 8, ALL, UINT64_MAX - 3};
	assert_int_equal(guest_call(&op, FLASK_GETBOOL), -EFAULT);
	world_end();
}

static void images(void **state)
{
	static const struct {
		uint32_t size;
		int rc;
	} rows[] = {{0, -EINVAL},	   {1, -EINVAL},  {64u << 20, -EFAULT}, {(64u << 20) + 1, -EINVAL},
		    {0x80000000, -EINVAL}, {ALL, -EINVAL}};
	uint32_t seqno;
	size_t i;

	(void)state;
	open_world();
	seqno = ss_seqno(&flask.server);
	for (i = 0; i < PORT_ARRAY_SIZE(rows); i++) {
		op.u.load = (struct xen_flask_load){GUEST_TEXT, rows[i].size};
		assert_int_equal(guest_call(&op, FLASK_LOAD), rows[i].rc);
	}
	assert_int_equal(ss_seqno(&flask.server), seqno);
	world_end();
}

static void classes_and_labels(void **state)
{
	static const uint32_t computes[] = {FLASK_CREATE, FLASK_RELABEL, FLASK_MEMBER};
	static const struct {
		uint32_t source, target, tclass;
		int rc;
	} rows[] = {
	    {12, 12, 0, -EINVAL},     {12, 12, 1, 0},		{12, 12, 13, 0},	  {12, 12, 14, -EINVAL},
	    {12, 12, 65535, -EINVAL}, {12, 12, 65536, -EINVAL}, {12, 12, 65537, -EINVAL}, {12, 12, ALL, -EINVAL},
	    {0, 12, 13, 0},	      {12, 0, 13, 0},		{60000, 12, 13, 0},	  {12, 60000, 13, 0},
	    {ALL, 12, 13, 0},	      {12, ALL, 13, 0},		{ALL, ALL, ALL, -EINVAL},
	};
	size_t i, k;

	(void)state;
	open_world();
	for (i = 0; i < PORT_ARRAY_SIZE(rows); i++) {
		print_message("  row %zu\n", i);
		op.u.access =
		    (struct xen_flask_access){rows[i].source, rows[i].target, rows[i].tclass, ALL, 1, 2, 3, 4};
		assert_int_equal(guest_call(&op, FLASK_ACCESS), rows[i].rc);
		assert_int_equal(op.u.access.audit_deny, rows[i].rc ? 3 : ALL);
		for (k = 0; k < PORT_ARRAY_SIZE(computes); k++) {
			op.u.transition =
			    (struct xen_flask_transition){rows[i].source, rows[i].target, rows[i].tclass, 60001};
			assert_int_equal(guest_call(&op, computes[k]), rows[i].rc);
			if (rows[i].rc)
				assert_int_equal(op.u.transition.newsid, 60001);
			else
				assert_true(ss_sid_exists(&flask.server, op.u.transition.newsid));
		}
	}
	world_end();
}

static void booleans(void **state)
{
	static const struct {
		uint32_t id;
		uint8_t value, commit;
		int rc;
	} rows[] = {
	    {0, 1, 0, 0},
	    {0, 255, 255, 0},
	    {11, 1, 0, 0},
	    {11, 255, 255, 0},
	    {12, 1, 0, -ENOENT},
	    {12, 1, 255, -ENOENT},
	    {255, 1, 1, -ENOENT},
	    {256, 1, 1, -ENOENT},
	    {65536, 1, 1, -ENOENT},
	    {0x80000000, 1, 0, -ENOENT},
	    {ALL - 1, 1, 0, -ENOENT},
	    {ALL - 1, 1, 255, -ENOENT},
	};
	size_t i;

	(void)state;
	open_world();
	for (i = 0; i < PORT_ARRAY_SIZE(rows); i++) {
		print_message("  row %zu\n", i);
		op.u.boolean = (struct xen_flask_boolean){rows[i].id, 8, 8, rows[i].value, rows[i].commit, 0, 0};
		assert_int_equal(guest_call(&op, FLASK_SETBOOL), rows[i].rc);
		assert_int_equal(op.u.boolean.pending, rows[i].rc ? 8 : 1);
		op.u.boolean = (struct xen_flask_boolean){rows[i].id, 8, 8, 8, 8, 0, 0};
		assert_int_equal(guest_call(&op, FLASK_GETBOOL), rows[i].rc);
		assert_int_equal(op.u.boolean.pending, rows[i].rc ? 8 : 1);
	}
	world_end();
}

static void domains(void **state)
{
	static const struct {
		uint32_t domid, sid;
		int rc;
	} rows[] = {
	    {1, 0, -EINVAL},
	    {1, 60000, -EINVAL},
	    {1, ALL, -EINVAL},
	    {3, 12, -ESRCH},
	    {DOMID_IO, 12, -ESRCH},
	    {DOMID_XEN, 12, -ESRCH},
	    {DOMID_IDLE, 12, -ESRCH},
	    {UINT16_MAX, 12, -ESRCH},
	    {UINT16_MAX + 1, 12, -ESRCH},
	    {UINT16_MAX + 2, 12, -ESRCH},
	    {0x80000001, 12, -ESRCH},
	    {ALL, 12, -ESRCH},
	};
	size_t i;

	(void)state;
	open_world();
	world_set("relabel_from", true);
	world_set("relabel_to", true);
	world_set("becomes", true);
	for (i = 0; i < PORT_ARRAY_SIZE(rows); i++) {
		print_message("  row %zu\n", i);
		op.u.relabel = (struct xen_flask_relabel){rows[i].domid, rows[i].sid};
		assert_int_equal(guest_call(&op, FLASK_RELABEL_DOMAIN), rows[i].rc);
	}
	log_expect_none();
	world_expect_label(&a, "a_t", "a_self_t");
	world_end();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(versions), cmocka_unit_test(modes),   cmocka_unit_test(strings),
	    cmocka_unit_test(buffers),	cmocka_unit_test(images),  cmocka_unit_test(classes_and_labels),
	    cmocka_unit_test(booleans), cmocka_unit_test(domains),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
