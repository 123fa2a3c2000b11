/* SPDX-License-Identifier: BSD-2-Clause */
/* Labels of devices under tests/fixtures/vectors/oc.conf: asked, walked, changed at run time, dropped by a load. */
#include "tests/unit/ss/world.h"

#include <pthread.h>
#include <stdio.h>

#define MAX UINT64_MAX

static struct ss_server server;
static uint64_t allocs_before;
static flask_sid_t io, d, irq, pci, node, unused;

static flask_sid_t object(const char *type)
{
	char text[64];

	snprintf(text, sizeof(text), "sys_u:object_r:%s", type);
	return world_sid(&server, text);
}

static void start(void)
{
	port_posix_quiesce();
	allocs_before = port_posix_live_allocs();
	world_log_start();
	ss_init(&server, &world_config);
	world_load(&server, "oc");
	io = object("io_t");
	d = object("d_t");
	irq = object("irq_t");
	pci = object("pci_t");
	node = object("node_t");
	unused = object("free_t");
}

static void finish(void)
{
	ss_fini(&server);
	port_posix_quiesce();
	assert_int_equal(port_posix_live_allocs(), allocs_before);
}

/* What a walk saw: one word for each piece. */
struct seen {
	char text[512];
	unsigned int stop_at; /* the piece that answers -EACCES; 0: none */
	unsigned int pieces;
};

static const char *name_of(flask_sid_t sid)
{
	if (sid == io)
		return "io";
	if (sid == d)
		return "d";
	if (sid == unused)
		return "free";
	return sid == ISID_IOMEM || sid == ISID_IOPORT ? "default" : "?";
}

/* Asks the server, as a hook does. */
static int see(void *context, flask_sid_t sid, uint64_t low, uint64_t high)
{
	struct seen *seen = context;
	size_t used = strlen(seen->text);
	struct ss_decision decision;

	assert_int_equal(ss_decide(&server, sid, sid, CLASS_GRANT, &decision), 0);
	snprintf(seen->text + used, sizeof(seen->text) - used, "%s[%llx-%llx]%s", used ? " " : "",
		 (unsigned long long)low, (unsigned long long)high, name_of(sid));
	return ++seen->pieces == seen->stop_at ? -EACCES : 0;
}

static void expect_walk(enum policy_ocon_kind kind, uint64_t low, uint64_t high, const char *wanted)
{
	struct seen seen = {.text = ""};

	assert_int_equal(ss_device_range_walk(&server, kind, low, high, see, &seen), 0);
	assert_string_equal(seen.text, wanted);
}

static void vector_32(void **test)
{
	(void)test;
	start();
	expect_walk(OCON_IOMEM, 0x8, 0x50, "[8-f]default [10-1f]io [20-2f]default [30-3f]d [40-50]default");
	expect_walk(OCON_IOMEM, 0x1f, 0x30, "[1f-1f]io [20-2f]default [30-30]d");
	expect_walk(OCON_IOMEM, 0x12, 0x14, "[12-14]io");
	expect_walk(OCON_IOMEM, 0x40, 0x50, "[40-50]default");
	finish();
}

static void walks_at_edges(void **test)
{
	struct seen seen = {.text = ""};

	(void)test;
	start();
	expect_walk(OCON_IOMEM, 0, 0, "[0-0]default");
	expect_walk(OCON_IOMEM, 0x10, 0x1f, "[10-1f]io");
	expect_walk(OCON_IOMEM, 0x3f, 0x3f, "[3f-3f]d");
	expect_walk(OCON_IOMEM, MAX, MAX, "[ffffffffffffffff-ffffffffffffffff]default");
	expect_walk(OCON_IOMEM, 0x3f, MAX, "[3f-3f]d [40-ffffffffffffffff]default");
	/* Neighbours without a gap. */
	expect_walk(OCON_IOPORT, 0x6f, 0x80, "[6f-6f]io [70-7f]d [80-80]default");
	assert_int_equal(ss_device_range_walk(&server, OCON_IOMEM, 2, 1, see, &seen), -EINVAL);
	assert_string_equal(seen.text, "");

	assert_int_equal(ss_ocontext_add(&server, OCON_IOMEM, MAX - 1, MAX, unused), 0);
	assert_int_equal(ss_ocontext_add(&server, OCON_IOMEM, 0, 0, unused), 0);
	expect_walk(OCON_IOMEM, 0, 0x10, "[0-0]free [1-f]default [10-10]io");
	expect_walk(OCON_IOMEM, MAX - 2, MAX,
		    "[fffffffffffffffd-fffffffffffffffd]default [fffffffffffffffe-ffffffffffffffff]free");
	expect_walk(OCON_IOMEM, MAX, MAX, "[ffffffffffffffff-ffffffffffffffff]free");
	assert_int_equal(ss_ocontext_del(&server, OCON_IOMEM, 0x10, 0x1f), 0);
	assert_int_equal(ss_ocontext_del(&server, OCON_IOMEM, 0x30, 0x3f), 0);
	assert_int_equal(ss_ocontext_del(&server, OCON_IOMEM, 0, 0), 0);
	assert_int_equal(ss_ocontext_del(&server, OCON_IOMEM, MAX - 1, MAX), 0);
	assert_int_equal(ss_ocontext_add(&server, OCON_IOMEM, 0, MAX, io), 0);
	expect_walk(OCON_IOMEM, 0, MAX, "[0-ffffffffffffffff]io");
	finish();
}

static void the_first_refusal_ends_a_walk(void **test)
{
	struct seen seen;

	(void)test;
	start();
	for (unsigned int stop = 1; stop <= 5; stop++) {
		seen = (struct seen){.stop_at = stop};
		assert_int_equal(ss_device_range_walk(&server, OCON_IOMEM, 0x8, 0x50, see, &seen), -EACCES);
		assert_int_equal(seen.pieces, stop);
	}
	finish();
}

static void exact_devices(void **test)
{
	(void)test;
	start();
	const struct {
		enum policy_ocon_kind kind;
		uint64_t number;
		flask_sid_t sid;
	} rows[] = {
	    {OCON_PIRQ, 0, d},
	    {OCON_PIRQ, 1, ISID_IRQ},
	    {OCON_PIRQ, 33, irq},
	    {OCON_PIRQ, 65535, irq},
	    {OCON_PIRQ, 65536, ISID_IRQ},
	    {OCON_PIRQ, 65536 + 33, ISID_IRQ},
	    {OCON_IOPORT, 0xf, ISID_IOPORT},
	    {OCON_IOPORT, 0x10, d},
	    {OCON_IOPORT, 0x60, io},
	    {OCON_IOPORT, 0x6f, io},
	    {OCON_IOPORT, 0x70, d},
	    {OCON_IOPORT, 0x80, ISID_IOPORT},
	    {OCON_IOMEM, 0x2f, ISID_IOMEM},
	    {OCON_IOMEM, 0x30, d},
	    {OCON_IOMEM, MAX, ISID_IOMEM},
	    {OCON_PCIDEVICE, 0, d},
	    {OCON_PCIDEVICE, 0xc800, pci},
	    {OCON_PCIDEVICE, 0xc801, ISID_DEVICE},
	    {OCON_PCIDEVICE, 0x10000c800, ISID_DEVICE},
	};
	for (size_t i = 0; i < PORT_ARRAY_SIZE(rows); i++)
		assert_int_equal(ss_device_sid(&server, rows[i].kind, rows[i].number), rows[i].sid);

	assert_int_equal(ss_device_tree_sid(&server, "/soc/uart@1"), node);
	assert_int_equal(ss_device_tree_sid(&server, "/soc"), d);
	assert_int_equal(ss_device_tree_sid(&server, "/soc/"), ISID_DEVICE);
	assert_int_equal(ss_device_tree_sid(&server, "/"), ISID_DEVICE);
	assert_int_equal(ss_device_tree_sid(&server, ""), ISID_DEVICE);
	assert_int_equal(ss_device_tree_sid(&server, "/soc/uart@12"), ISID_DEVICE);
	finish();
}

/* 13 initial SIDs and 5 labels of devices: the load made them, questions make none. */
static void labels_are_there_when_the_policy_is(void **test)
{
	(void)test;
	port_posix_quiesce();
	allocs_before = port_posix_live_allocs();
	world_log_start();
	ss_init(&server, &world_config);
	assert_int_equal(ss_device_sid(&server, OCON_PIRQ, 33), ISID_IRQ);
	assert_int_equal(ss_device_tree_sid(&server, "/soc"), ISID_DEVICE);
	expect_walk(OCON_IOPORT, 0, 0x1000, "[0-1000]default");

	world_load(&server, "oc");
	assert_int_equal(ss_facts(&server).sids, ISID_LAST + 5);
	world_expect_label(&server, ss_device_sid(&server, OCON_PIRQ, 33), "sys_u:object_r:irq_t");
	world_expect_label(&server, ss_device_sid(&server, OCON_IOPORT, 0x60), "sys_u:object_r:io_t");
	world_expect_label(&server, ss_device_tree_sid(&server, "/soc/uart@1"), "sys_u:object_r:node_t");
	assert_int_equal(ss_facts(&server).sids, ISID_LAST + 5);
	finish();
}

static void adding(void **test)
{
	(void)test;
	start();
	const struct {
		const char *what;
		uint32_t kind;
		uint64_t low, high;
		flask_sid_t sid;
		int rc;
	} rows[] = {
	    {"kind of initial SIDs", OCON_ISID, 1, 1, d, -EINVAL},
	    {"kind of paths", OCON_DTREE, 1, 1, d, -EINVAL},
	    {"kind 6", OCON_KINDS, 1, 1, d, -EINVAL},
	    {"kind of all ones", UINT32_MAX, 1, 1, d, -EINVAL},
	    {"interrupts in a row", OCON_PIRQ, 4, 5, d, -EINVAL},
	    {"interrupt range upside down", OCON_PIRQ, 5, 4, d, -EINVAL},
	    {"interrupt 65536 is not interrupt 0", OCON_PIRQ, 65536, 65536, d, -EINVAL},
	    {"interrupt of all ones", OCON_PIRQ, MAX, MAX, d, -EINVAL},
	    {"interrupt, SID 0", OCON_PIRQ, 4, 4, 0, -EINVAL},
	    {"interrupt, a number that is no label", OCON_PIRQ, 4, 4, 60000, -EINVAL},
	    {"interrupt, all ones", OCON_PIRQ, 4, 4, UINT32_MAX, -EINVAL},
	    {"interrupt of the policy, other label", OCON_PIRQ, 33, 33, d, -EEXIST},
	    {"interrupt of the policy, its label", OCON_PIRQ, 33, 33, irq, 0},
	    {"interrupt", OCON_PIRQ, 4, 4, unused, 0},
	    {"the same again", OCON_PIRQ, 4, 4, unused, 0},
	    {"the same, other label", OCON_PIRQ, 4, 4, d, -EEXIST},
	    {"highest interrupt but one", OCON_PIRQ, 65534, 65534, unused, 0},
	    {"devices in a row", OCON_PCIDEVICE, 1, 2, d, -EINVAL},
	    {"device above 32 bits is not device 0xc800", OCON_PCIDEVICE, 0x10000c800, 0x10000c800, pci, -EINVAL},
	    {"device of the policy, other label", OCON_PCIDEVICE, 0xc800, 0xc800, d, -EEXIST},
	    {"highest device", OCON_PCIDEVICE, UINT32_MAX, UINT32_MAX, unused, 0},
	    {"device, an initial SID", OCON_PCIDEVICE, 7, 7, ISID_DOM0, 0},
	    {"port above 32 bits", OCON_IOPORT, 0x100000000, 0x100000000, d, -EINVAL},
	    {"ports that end above 32 bits", OCON_IOPORT, 0x1000, 0x100000000, d, -EINVAL},
	    {"ports: same range, same label", OCON_IOPORT, 0x60, 0x6f, io, 0},
	    {"ports: same range, other label", OCON_IOPORT, 0x60, 0x6f, d, -EEXIST},
	    {"ports: first inside", OCON_IOPORT, 0x7f, 0x90, d, -EEXIST},
	    {"ports: last inside", OCON_IOPORT, 0x50, 0x60, io, -EEXIST},
	    {"ports: inside", OCON_IOPORT, 0x61, 0x62, io, -EEXIST},
	    {"ports: around", OCON_IOPORT, 0, 0x100, io, -EEXIST},
	    {"ports: around one, same label, same start", OCON_IOPORT, 0x70, 0x80, d, -EEXIST},
	    {"ports: fits in between", OCON_IOPORT, 0x11, 0x5f, unused, 0},
	    {"ports: up to the end", OCON_IOPORT, 0x80, UINT32_MAX, unused, 0},
	    {"memory upside down", OCON_IOMEM, 2, 1, d, -EINVAL},
	    {"memory: between", OCON_IOMEM, 0x20, 0x2f, unused, 0},
	    {"memory: to the last frame", OCON_IOMEM, 0x40, MAX, unused, 0},
	    {"memory: nothing is left", OCON_IOMEM, MAX, MAX, unused, -EEXIST},
	};
	for (size_t i = 0; i < PORT_ARRAY_SIZE(rows); i++) {
		print_message("  %s\n", rows[i].what);
		assert_int_equal(ss_ocontext_add(&server, rows[i].kind, rows[i].low, rows[i].high, rows[i].sid),
				 rows[i].rc);
	}
	assert_int_equal(ss_device_sid(&server, OCON_PIRQ, 4), unused);
	assert_int_equal(ss_device_sid(&server, OCON_PIRQ, 65534), unused);
	assert_int_equal(ss_device_sid(&server, OCON_PIRQ, 33), irq);
	assert_int_equal(ss_device_sid(&server, OCON_PIRQ, 0), d);
	assert_int_equal(ss_device_sid(&server, OCON_PCIDEVICE, UINT32_MAX), unused);
	assert_int_equal(ss_device_sid(&server, OCON_PCIDEVICE, 7), ISID_DOM0);
	expect_walk(OCON_IOPORT, 0, 0xffff, "[0-f]default [10-10]d [11-5f]free [60-6f]io [70-7f]d [80-ffff]free");
	expect_walk(OCON_IOMEM, 0x10, 0x50, "[10-1f]io [20-2f]free [30-3f]d [40-50]free");
	assert_int_equal(ss_facts(&server).seqno, 1);
	finish();
}

static void deleting(void **test)
{
	static const struct {
		const char *what;
		uint32_t kind;
		uint64_t low, high;
		int rc;
	} rows[] = {
	    {"kind of initial SIDs", OCON_ISID, 1, 1, -EINVAL},
	    {"kind of paths", OCON_DTREE, 1, 1, -EINVAL},
	    {"kind of all ones", UINT32_MAX, 1, 1, -EINVAL},
	    {"interrupt without label", OCON_PIRQ, 4, 4, -ENOENT},
	    {"interrupt 65536 + 33 is not 33", OCON_PIRQ, 65536 + 33, 65536 + 33, -ENOENT},
	    {"upside down", OCON_PIRQ, 33, 32, -EINVAL},
	    {"interrupt: the high number is not looked at", OCON_PIRQ, 33, 99, 0},
	    {"interrupt: gone", OCON_PIRQ, 33, 33, -ENOENT},
	    {"first interrupt", OCON_PIRQ, 0, 0, 0},
	    {"last interrupt", OCON_PIRQ, 65535, 65535, 0},
	    {"device without label", OCON_PCIDEVICE, 1, 1, -ENOENT},
	    {"device: the high number is not looked at", OCON_PCIDEVICE, 0xc800, MAX, 0},
	    {"ports: other end", OCON_IOPORT, 0x60, 0x6e, -ENOENT},
	    {"ports: other start", OCON_IOPORT, 0x61, 0x6f, -ENOENT},
	    {"ports: two ranges", OCON_IOPORT, 0x60, 0x7f, -ENOENT},
	    {"ports: exact", OCON_IOPORT, 0x60, 0x6f, 0},
	    {"memory: exact", OCON_IOMEM, 0x10, 0x1f, 0},
	    {"memory: all", OCON_IOMEM, 0, MAX, -ENOENT},
	};

	(void)test;
	start();
	for (size_t i = 0; i < PORT_ARRAY_SIZE(rows); i++) {
		print_message("  %s\n", rows[i].what);
		assert_int_equal(ss_ocontext_del(&server, rows[i].kind, rows[i].low, rows[i].high), rows[i].rc);
	}
	assert_int_equal(ss_device_sid(&server, OCON_PIRQ, 0), ISID_IRQ);
	assert_int_equal(ss_device_sid(&server, OCON_PIRQ, 33), ISID_IRQ);
	assert_int_equal(ss_device_sid(&server, OCON_PIRQ, 65535), ISID_IRQ);
	assert_int_equal(ss_device_sid(&server, OCON_PCIDEVICE, 0), d);
	assert_int_equal(ss_device_sid(&server, OCON_PCIDEVICE, 0xc800), ISID_DEVICE);
	expect_walk(OCON_IOPORT, 0x10, 0x80, "[10-10]d [11-6f]default [70-7f]d [80-80]default");
	expect_walk(OCON_IOMEM, 0x10, 0x3f, "[10-2f]default [30-3f]d");
	finish();
}

/* Xen keeps a second entry, which stays when the first is deleted. */
static void added_twice_is_deleted_once(void **test)
{
	(void)test;
	start();
	assert_int_equal(ss_ocontext_add(&server, OCON_PIRQ, 9, 9, unused), 0);
	assert_int_equal(ss_ocontext_add(&server, OCON_PIRQ, 9, 9, unused), 0);
	assert_int_equal(ss_ocontext_del(&server, OCON_PIRQ, 9, 9), 0);
	assert_int_equal(ss_device_sid(&server, OCON_PIRQ, 9), ISID_IRQ);
	assert_int_equal(ss_ocontext_del(&server, OCON_PIRQ, 9, 9), -ENOENT);
	finish();
}

static void paths(void **test)
{
	(void)test;
	start();
	assert_int_equal(ss_device_tree_add(&server, "", d), -EINVAL);
	assert_int_equal(ss_device_tree_add(&server, "/a\n", d), -EINVAL);
	assert_int_equal(ss_device_tree_add(&server, "/a\x7f", d), -EINVAL);
	assert_int_equal(ss_device_tree_add(&server, "/a b", d), 0);
	assert_int_equal(ss_device_tree_add(&server, "/a", 0), -EINVAL);
	assert_int_equal(ss_device_tree_add(&server, "/a", 60000), -EINVAL);
	assert_int_equal(ss_device_tree_add(&server, "/soc", node), -EEXIST);
	assert_int_equal(ss_device_tree_add(&server, "/soc", d), -EEXIST);
	assert_int_equal(ss_device_tree_del(&server, "/so"), -ENOENT);
	assert_int_equal(ss_device_tree_del(&server, ""), -ENOENT);

	/* Before, between and after those of the policy; texts of the caller are copied. */
	for (char name[] = "/a"; name[1] <= 'z'; name[1]++)
		assert_int_equal(ss_device_tree_add(&server, name, unused), 0);
	assert_int_equal(ss_device_tree_add(&server, "/soc/a", io), 0);
	assert_int_equal(ss_device_tree_add(&server, "/soc/a", io), -EEXIST);
	assert_int_equal(ss_ocontext_add(&server, OCON_PIRQ, 9, 9, unused), 0);
	for (char name[] = "/a"; name[1] <= 'z'; name[1]++)
		assert_int_equal(ss_device_tree_sid(&server, name), unused);
	assert_int_equal(ss_device_tree_sid(&server, "/soc"), d);
	assert_int_equal(ss_device_tree_sid(&server, "/soc/a"), io);
	assert_int_equal(ss_device_tree_sid(&server, "/soc/uart@1"), node);

	assert_int_equal(ss_device_tree_del(&server, "/soc/uart@1"), 0);
	assert_int_equal(ss_device_tree_sid(&server, "/soc/uart@1"), ISID_DEVICE);
	assert_int_equal(ss_device_tree_add(&server, "/soc/uart@1", io), 0);
	assert_int_equal(ss_device_tree_sid(&server, "/soc/uart@1"), io);
	assert_int_equal(ss_device_tree_del(&server, "/soc/uart@1"), 0);
	assert_int_equal(ss_device_tree_del(&server, "/m"), 0);
	assert_int_equal(ss_device_tree_sid(&server, "/l"), unused);
	assert_int_equal(ss_device_tree_sid(&server, "/m"), ISID_DEVICE);
	assert_int_equal(ss_device_tree_sid(&server, "/n"), unused);
	finish();
}

static void nothing_to_change_before_a_policy(void **test)
{
	(void)test;
	port_posix_quiesce();
	allocs_before = port_posix_live_allocs();
	ss_init(&server, &world_config);
	assert_int_equal(ss_ocontext_add(&server, OCON_PIRQ, 9, 9, ISID_DOM0), -EINVAL);
	assert_int_equal(ss_ocontext_del(&server, OCON_PIRQ, 9, 9), -ENOENT);
	assert_int_equal(ss_device_tree_add(&server, "/a", ISID_DOM0), -EINVAL);
	assert_int_equal(ss_device_tree_del(&server, "/a"), -ENOENT);
	finish();
}

static void a_load_drops_and_counts_changes(void **test)
{
	(void)test;
	start();
	world_load(&server, "oc");
	assert_false(world_log_has("at run time"));

	assert_int_equal(ss_ocontext_add(&server, OCON_PIRQ, 9, 9, unused), 0);
	assert_int_equal(ss_ocontext_add(&server, OCON_PIRQ, 10, 10, unused), 0);
	assert_int_equal(ss_ocontext_add(&server, OCON_PIRQ, 33, 33, irq), 0); /* changes nothing */
	assert_int_equal(ss_ocontext_del(&server, OCON_PIRQ, 10, 10), 0);
	assert_int_equal(ss_device_tree_add(&server, "/a", unused), 0);
	assert_int_equal(ss_ocontext_del(&server, OCON_IOMEM, 0x10, 0x1f), 0);
	/* A change of booleans keeps them. */
	assert_int_equal(ss_bools_commit(&server, (bool[]){true}, 1), 0);
	assert_int_equal(ss_device_sid(&server, OCON_PIRQ, 9), unused);
	assert_int_equal(ss_device_sid(&server, OCON_IOMEM, 0x10), ISID_IOMEM);

	world_load(&server, "oc");
	assert_true(world_log_has("Flask: labels of devices set at run time are gone: 2; of the policy, deleted at "
				  "run time and back: 1\n"));
	assert_int_equal(ss_device_sid(&server, OCON_PIRQ, 9), ISID_IRQ);
	assert_int_equal(ss_device_tree_sid(&server, "/a"), ISID_DEVICE);
	assert_int_equal(ss_device_sid(&server, OCON_IOMEM, 0x10), io);
	finish();
}

static int add_irq(void)
{
	return ss_ocontext_add(&server, OCON_PIRQ, 9, 9, unused);
}

static int delete_irq(void)
{
	return ss_ocontext_del(&server, OCON_PIRQ, 33, 33);
}

static int add_node(void)
{
	return ss_device_tree_add(&server, "/soc/a", io);
}

static int delete_node(void)
{
	return ss_device_tree_del(&server, "/soc");
}

/* The new table and the new snapshot. */
static void changes_fail_at_each_allocation(void **test)
{
	static int (*const operations[])(void) = {add_irq, delete_irq, add_node, delete_node};
	uint64_t allocs;

	(void)test;
	for (size_t i = 0; i < PORT_ARRAY_SIZE(operations); i++) {
		start();
		for (uint64_t nth = 1; nth <= 2; nth++) {
			allocs = port_posix_live_allocs();
			port_posix_fail_alloc(nth);
			assert_int_equal(operations[i](), -ENOMEM);
			port_posix_fail_alloc(0);
			assert_int_equal(port_posix_live_allocs(), allocs);
			assert_int_equal(ss_device_sid(&server, OCON_PIRQ, 9), ISID_IRQ);
			assert_int_equal(ss_device_sid(&server, OCON_PIRQ, 33), irq);
			assert_int_equal(ss_device_tree_sid(&server, "/soc/a"), ISID_DEVICE);
			assert_int_equal(ss_device_tree_sid(&server, "/soc"), d);
		}
		port_posix_fail_alloc(3);
		assert_int_equal(operations[i](), 0);
		port_posix_fail_alloc(0);
		finish();
	}
}

static void a_load_fails_at_each_allocation(void **test)
{
	struct blob image = world_image("oc");
	struct image_error error;
	uint64_t nth, allocs;
	int rc = -ENOMEM;

	(void)test;
	start();
	assert_int_equal(add_irq(), 0);
	for (nth = 1; rc == -ENOMEM; nth++) {
		port_posix_quiesce();
		allocs = port_posix_live_allocs();
		port_posix_fail_alloc(nth);
		rc = world_try_load(&server, &image, &error);
		port_posix_fail_alloc(0);
		port_posix_quiesce();
		if (!rc)
			break;
		assert_int_equal(port_posix_live_allocs(), allocs);
		assert_int_equal(ss_device_sid(&server, OCON_PIRQ, 9), unused);
	}
	assert_int_equal(rc, 0);
	assert_in_range(nth, 10, 1000);
	assert_int_equal(ss_device_sid(&server, OCON_PIRQ, 9), ISID_IRQ);
	blob_free(&image);
	finish();
}

/* A label made between staging and commit takes the number that a device's would have had. */
static void labels_made_while_a_load_stages(void **test)
{
	struct blob image = world_image("oc");
	struct image_error error;
	struct ss_stage *stage;
	flask_sid_t late;

	(void)test;
	port_posix_quiesce();
	allocs_before = port_posix_live_allocs();
	world_log_start();
	ss_init(&server, &world_config);
	world_load(&server, "rel_old");
	assert_int_equal(ss_stage(&server, image.bytes, image.size, &stage, &error), 0);
	late = object("x_t");
	assert_int_equal(ss_commit(&server, stage), 0);
	world_expect_label(&server, late, "sys_u:object_r:x_t");
	world_expect_label(&server, ss_device_sid(&server, OCON_PIRQ, 33), "sys_u:object_r:irq_t");
	assert_in_range(ss_device_sid(&server, OCON_PIRQ, 33), late + 1, late + 5);
	blob_free(&image);
	finish();
}

#define TURNS 2000

/* Each walk must be one of one table: with the piece or without it. */
static void *walk_often(void *unused_argument)
{
	struct seen seen;

	(void)unused_argument;
	for (unsigned int i = 0; i < TURNS; i++) {
		seen = (struct seen){.text = ""};
		if (ss_device_range_walk(&server, OCON_IOMEM, 0x30, 0x50, see, &seen) ||
		    (strcmp(seen.text, "[30-3f]d [40-50]default") != 0 &&
		     strcmp(seen.text, "[30-3f]d [40-4f]free [50-50]default") != 0))
			return "a walk of two tables";
		if (ss_device_tree_sid(&server, "/soc") != d)
			return "a label that is not of its path";
	}
	return NULL;
}

static void readers_see_one_table(void **test)
{
	pthread_t readers[2];
	void *failed;

	(void)test;
	start();
	for (size_t i = 0; i < 2; i++)
		assert_int_equal(pthread_create(&readers[i], NULL, walk_often, NULL), 0);
	for (unsigned int i = 0; i < TURNS / 4; i++) {
		assert_int_equal(ss_ocontext_add(&server, OCON_IOMEM, 0x40, 0x4f, unused), 0);
		assert_int_equal(ss_device_tree_add(&server, "/a", unused), 0);
		assert_int_equal(ss_bools_commit(&server, (bool[]){i % 2}, 1), 0);
		assert_int_equal(ss_ocontext_del(&server, OCON_IOMEM, 0x40, 0x4f), 0);
		assert_int_equal(ss_device_tree_del(&server, "/a"), 0);
		if (i % 100 == 50)
			world_load(&server, "oc");
	}
	for (size_t i = 0; i < 2; i++) {
		assert_int_equal(pthread_join(readers[i], &failed), 0);
		assert_ptr_equal(failed, NULL);
	}
	finish();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(vector_32),
	    cmocka_unit_test(walks_at_edges),
	    cmocka_unit_test(the_first_refusal_ends_a_walk),
	    cmocka_unit_test(exact_devices),
	    cmocka_unit_test(labels_are_there_when_the_policy_is),
	    cmocka_unit_test(adding),
	    cmocka_unit_test(deleting),
	    cmocka_unit_test(added_twice_is_deleted_once),
	    cmocka_unit_test(paths),
	    cmocka_unit_test(nothing_to_change_before_a_policy),
	    cmocka_unit_test(a_load_drops_and_counts_changes),
	    cmocka_unit_test(changes_fail_at_each_allocation),
	    cmocka_unit_test(a_load_fails_at_each_allocation),
	    cmocka_unit_test(labels_made_while_a_load_stages),
	    cmocka_unit_test(readers_see_one_table),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
