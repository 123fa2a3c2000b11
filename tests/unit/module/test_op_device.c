/* SPDX-License-Identifier: BSD-2-Clause */
/* ADD_OCONTEXT, DEL_OCONTEXT, DEVICETREE_LABEL: permissions, each error, and that an error changes nothing. */
#include "tests/unit/module/guest.h"

#define ALL UINT64_MAX

static struct xen_flask_op op;

static int ocontext(uint32_t cmd, uint32_t kind, flask_sid_t sid, uint64_t low, uint64_t high)
{
	op.u.ocontext = (struct xen_flask_ocontext){kind, sid, low, high};
	return guest_call(&op, cmd);
}

static int devicetree(flask_sid_t sid, const char *path, uint32_t length)
{
	if (path)
		memcpy(guest_text(), path, length);
	op.u.devicetree_label = (struct xen_flask_devicetree_label){sid, length, GUEST_TEXT};
	return guest_call(&op, FLASK_DEVICETREE_LABEL);
}

static void permissions(void **state)
{
	(void)state;
	world_with_guests(FLASK_MODE_ENFORCING);
	assert_int_equal(ocontext(FLASK_ADD_OCONTEXT, OCON_PIRQ, SECINITSID_DOMU, 7, 7), -EACCES);
	log_expect(GUEST_DENIED("add_ocontext", "add_ocontext"));
	world_end();

	world_with_guests(FLASK_MODE_ENFORCING);
	assert_int_equal(ocontext(FLASK_DEL_OCONTEXT, OCON_PIRQ, 0, 7, 7), -EACCES);
	log_expect(GUEST_DENIED("del_ocontext", "del_ocontext"));
	world_end();

	world_with_guests(FLASK_MODE_ENFORCING);
	assert_int_equal(devicetree(SECINITSID_DOMU, "/a", 2), -EACCES);
	log_expect(GUEST_DENIED("add_ocontext", "devicetree_label"));
	world_end();

	world_with_guests(FLASK_MODE_ENFORCING);
	assert_int_equal(devicetree(0, "/a", 2), -EACCES);
	log_expect(GUEST_DENIED("del_ocontext", "devicetree_label"));
	/* Said to everybody, and nobody learns more: not the kinds, not which numbers are labels. */
	assert_int_equal(ocontext(FLASK_ADD_OCONTEXT, OCON_IOMEM, SECINITSID_DOMU, 8, 7), -EINVAL);
	assert_int_equal(ocontext(FLASK_DEL_OCONTEXT, OCON_IOMEM, 0, 8, 7), -EINVAL);
	log_expect_none();
	assert_int_equal(ocontext(FLASK_ADD_OCONTEXT, 99, 60000, 7, 7), -EACCES);
	assert_int_equal(ocontext(FLASK_DEL_OCONTEXT, 99, 60000, 7, 7), -EACCES);
	world_end();
}

/* Each number at 0, its highest, one more, all ones. SID 12 is domU, 60000 is nobody's. */
static void every_field_at_its_limits(void **state)
{
	static const struct {
		uint32_t cmd, kind;
		flask_sid_t sid;
		uint64_t low, high;
		int rc;
	} rows[] = {
	    {FLASK_ADD_OCONTEXT, 0, 12, 1, 1, -EINVAL},
	    {FLASK_ADD_OCONTEXT, 5, 12, 1, 1, -EINVAL},
	    {FLASK_ADD_OCONTEXT, 6, 12, 1, 1, -EINVAL},
	    {FLASK_ADD_OCONTEXT, UINT32_MAX, 12, 1, 1, -EINVAL},
	    {FLASK_ADD_OCONTEXT, OCON_PIRQ, 0, 1, 1, -EINVAL},
	    {FLASK_ADD_OCONTEXT, OCON_PIRQ, 60000, 1, 1, -EINVAL},
	    {FLASK_ADD_OCONTEXT, OCON_PIRQ, UINT32_MAX, 1, 1, -EINVAL},
	    {FLASK_ADD_OCONTEXT, OCON_PIRQ, 12, 65536, 65536, -EINVAL},
	    {FLASK_ADD_OCONTEXT, OCON_PIRQ, 12, ALL, ALL, -EINVAL},
	    {FLASK_ADD_OCONTEXT, OCON_PIRQ, 12, 0, 1, -EINVAL},
	    {FLASK_ADD_OCONTEXT, OCON_PIRQ, 12, 1, 0, -EINVAL},
	    {FLASK_ADD_OCONTEXT, OCON_PCIDEVICE, 12, 0x100000000, 0x100000000, -EINVAL},
	    {FLASK_ADD_OCONTEXT, OCON_PCIDEVICE, 12, ALL, ALL, -EINVAL},
	    {FLASK_ADD_OCONTEXT, OCON_PCIDEVICE, 12, 0, ALL, -EINVAL},
	    {FLASK_ADD_OCONTEXT, OCON_IOPORT, 12, 0, 0x100000000, -EINVAL},
	    {FLASK_ADD_OCONTEXT, OCON_IOPORT, 12, ALL, ALL, -EINVAL},
	    {FLASK_ADD_OCONTEXT, OCON_IOPORT, 12, ALL, 0, -EINVAL},
	    {FLASK_ADD_OCONTEXT, OCON_IOMEM, 12, 1, 0, -EINVAL},
	    {FLASK_DEL_OCONTEXT, 0, 12, 1, 1, -EINVAL},
	    {FLASK_DEL_OCONTEXT, 5, 12, 1, 1, -EINVAL},
	    {FLASK_DEL_OCONTEXT, UINT32_MAX, 12, 1, 1, -EINVAL},
	    {FLASK_DEL_OCONTEXT, OCON_PIRQ, 12, 65536, 65536, -ENOENT},
	    {FLASK_DEL_OCONTEXT, OCON_PCIDEVICE, 12, ALL, ALL, -ENOENT},
	    {FLASK_DEL_OCONTEXT, OCON_IOPORT, 12, 0, ALL, -ENOENT},
	    {FLASK_DEL_OCONTEXT, OCON_IOMEM, 12, 0, ALL, -ENOENT},
	    {FLASK_DEL_OCONTEXT, OCON_IOMEM, 12, 1, 0, -EINVAL},

	    {FLASK_ADD_OCONTEXT, OCON_PIRQ, 12, 0, 0, 0},
	    {FLASK_ADD_OCONTEXT, OCON_PIRQ, 12, 65535, 65535, 0},
	    {FLASK_ADD_OCONTEXT, OCON_PIRQ, 12, 65535, 65535, 0},
	    {FLASK_ADD_OCONTEXT, OCON_PIRQ, 13, 65535, 65535, -EEXIST},
	    {FLASK_ADD_OCONTEXT, OCON_PCIDEVICE, 12, UINT32_MAX, UINT32_MAX, 0},
	    {FLASK_ADD_OCONTEXT, OCON_IOPORT, 12, 0, UINT32_MAX, 0},
	    {FLASK_ADD_OCONTEXT, OCON_IOMEM, 12, 0, ALL, 0},
	    {FLASK_DEL_OCONTEXT, OCON_IOMEM, 0, 0, ALL, 0},
	    {FLASK_DEL_OCONTEXT, OCON_IOPORT, UINT32_MAX, 0, UINT32_MAX, 0},
	    {FLASK_DEL_OCONTEXT, OCON_PIRQ, 0, 65535, 65535, 0},
	};
	size_t i;

	(void)state;
	world_with_guests(FLASK_MODE_ENFORCING);
	world_set("open", true);
	for (i = 0; i < PORT_ARRAY_SIZE(rows); i++) {
		print_message("  row %zu\n", i);
		if (rows[i].rc) /* until the first success there is no label, so a refusal is seen */
			assert_int_equal(ss_device_sid(&flask.server, OCON_IOMEM, 1), SECINITSID_IOMEM);
		assert_int_equal(ocontext(rows[i].cmd, rows[i].kind, rows[i].sid, rows[i].low, rows[i].high),
				 rows[i].rc);
		/* Nothing comes back. */
		assert_int_equal(op.u.ocontext.sid, rows[i].sid);
	}
	assert_int_equal(ss_device_sid(&flask.server, OCON_PIRQ, 0), SECINITSID_DOMU);
	assert_int_equal(ss_device_sid(&flask.server, OCON_PIRQ, 65535), SECINITSID_IRQ);
	assert_int_equal(ss_device_sid(&flask.server, OCON_PCIDEVICE, UINT32_MAX), SECINITSID_DOMU);
	assert_int_equal(ss_device_sid(&flask.server, OCON_IOPORT, 1), SECINITSID_IOPORT);
	world_end();
}

static void paths(void **state)
{
	static const struct {
		const char *what, *path;
		flask_sid_t sid;
		uint32_t length;
		int rc;
	} rows[] = {
	    {"empty", "", 12, 0, -EINVAL},
	    {"empty with NUL", "", 12, 1, -EINVAL},
	    {"empty, to delete", "", 0, 0, -ENOENT},
	    {"NUL inside", "/a\0b", 12, 4, -EINVAL},
	    {"two NULs", "/a\0", 12, 4, -EINVAL},
	    {"new line", "/a\n", 12, 3, -EINVAL},
	    {"no label", "/a", 60000, 2, -EINVAL},
	    {"no label, all ones", "/a", UINT32_MAX, 2, -EINVAL},
	    {"not there", "/a", 0, 2, -ENOENT},
	    {"without its NUL", "/a", 12, 2, 0},
	    {"with its NUL, again", "/a", 12, 3, -EEXIST},
	    {"other label", "/a", 13, 2, -EEXIST},
	    {"with its NUL, gone", "/a", 0, 3, 0},
	    {"gone", "/a", 0, 2, -ENOENT},
	    {"a page", NULL, 12, 4096, 0},
	    {"a page, again", NULL, 12, 4096, -EEXIST},
	    {"a page, gone", NULL, 0, 4096, 0},
	    {"more than a page", NULL, 12, 4097, -ENOBUFS},
	    {"more than a page, to delete", NULL, 0, 4097, -ENOBUFS},
	    {"all ones", NULL, 12, UINT32_MAX, -ENOBUFS},
	};
	size_t i;

	(void)state;
	world_with_guests(FLASK_MODE_ENFORCING);
	world_set("open", true);
	for (i = 0; i < PORT_ARRAY_SIZE(rows); i++) {
		print_message("  %s\n", rows[i].what);
		memset(guest_text(), 'x', 4097);
		assert_int_equal(devicetree(rows[i].sid, rows[i].path, rows[i].length), rows[i].rc);
	}
	op.u.devicetree_label = (struct xen_flask_devicetree_label){12, 3, GUEST_NOWHERE - 2};
	assert_int_equal(guest_call(&op, FLASK_DEVICETREE_LABEL), -EFAULT);
	log_expect_none();
	assert_int_equal(ss_device_tree_sid(&flask.server, "/a"), SECINITSID_DEVICE);
	world_end();
}

/* The copy of the path, the table, the snapshot. */
static void failed_allocations_change_nothing(void **state)
{
	unsigned int nth;

	(void)state;
	world_with_guests(FLASK_MODE_ENFORCING);
	world_set("open", true);
	for (nth = 1; nth <= 3; nth++) {
		port_posix_fail_alloc(nth);
		assert_int_equal(devicetree(12, "/a", 2), -ENOMEM);
		port_posix_fail_alloc(0);
		assert_int_equal(ss_device_tree_sid(&flask.server, "/a"), SECINITSID_DEVICE);
	}
	for (nth = 1; nth <= 2; nth++) {
		port_posix_fail_alloc(nth);
		assert_int_equal(ocontext(FLASK_ADD_OCONTEXT, OCON_PIRQ, 12, 9, 9), -ENOMEM);
		port_posix_fail_alloc(0);
		assert_int_equal(ss_device_sid(&flask.server, OCON_PIRQ, 9), SECINITSID_IRQ);
	}
	world_end();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(permissions),
	    cmocka_unit_test(every_field_at_its_limits),
	    cmocka_unit_test(paths),
	    cmocka_unit_test(failed_allocations_change_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
