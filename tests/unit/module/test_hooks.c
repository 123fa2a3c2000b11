/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What each hook asks: run permissive under a policy that allows nothing, where
 * every check leaves a line, the lines are compared with those written here;
 * then enforcing, where the first check ends it; then with all allowed.
 */
#include "tests/unit/module/world.h"
#include "flask/module/hooks.h"
#include "hooks/abi/console.h"
#include "hooks/abi/domctl.h"
#include "hooks/abi/grant_table.h"

#include <stdio.h>

#define T(type) "system_u:system_r:" type
#define O(type) "system_u:object_r:" type

static struct evtchn chn, peer_chn;

static int create_gate(void)
{
	return flask_domctl(NULL, XEN_DOMCTL_createdomain, SECINITSID_DOMU);
}

static int create_gate_unlabeled(void)
{
	return flask_domctl(NULL, XEN_DOMCTL_createdomain, 0);
}

static int destroy(void)
{
	return flask_domctl(&a, XEN_DOMCTL_destroydomain, 0);
}

static int pause_domain(void)
{
	return flask_domctl(&a, XEN_DOMCTL_pausedomain, 0);
}

static int unpause(void)
{
	return flask_domctl(&b, XEN_DOMCTL_unpausedomain, 0);
}

static int pause_by_guest(void)
{
	fake_current = &a;
	return flask_domctl(&b, XEN_DOMCTL_pausedomain, 0);
}

static int pause_self(void)
{
	fake_current = &a;
	return flask_domctl(&a, XEN_DOMCTL_pausedomain, 0);
}

static int info(void)
{
	return flask_getdomaininfo(&a);
}

static int unbound(void)
{
	fake_current = &a;
	return flask_evtchn_unbound(&a, &chn, 2);
}

static int unbound_for_another(void)
{
	return flask_evtchn_unbound(&a, &chn, 2);
}

static int unbound_to_self(void)
{
	fake_current = &a;
	return flask_evtchn_unbound(&a, &chn, 0x7ff0);
}

static int interdomain(void)
{
	fake_current = &b;
	peer_chn.label = world_sid("system_u:object_r:a_chan_t");
	return flask_evtchn_interdomain(&b, &chn, &a, &peer_chn);
}

static int send(void)
{
	fake_current = &a;
	chn = (struct evtchn){world_sid("system_u:object_r:a_chan_t"), HV_EVTCHN_INTERDOMAIN};
	return flask_evtchn_send(&a, &chn);
}

static int status_of_own(void)
{
	fake_current = &a;
	chn.label = world_sid("system_u:object_r:a_chan_t");
	return flask_evtchn_status(&a, &chn);
}

static int status_of_other(void)
{
	chn.label = world_sid("system_u:object_r:a_chan_t");
	return flask_evtchn_status(&a, &chn);
}

static int reset(void)
{
	return flask_evtchn_reset(&dom0, &a);
}

static int reset_self(void)
{
	fake_current = &a;
	return flask_evtchn_reset(&a, &a);
}

static int map(void)
{
	fake_current = &a;
	return flask_grant_mapref(&a, &b, GNTMAP_host_map);
}

static int map_readonly(void)
{
	fake_current = &a;
	return flask_grant_mapref(&a, &b, GNTMAP_host_map | GNTMAP_readonly);
}

static int unmap(void)
{
	fake_current = &b;
	return flask_grant_unmapref(&b, &a);
}

static int copy(void)
{
	fake_current = &b;
	return flask_grant_copy(&a, &b);
}

static int copy_self(void)
{
	fake_current = &a;
	return flask_grant_copy(&a, &a);
}

static int write_console(void)
{
	fake_current = &b;
	return flask_console_io(&b, CONSOLEIO_write);
}

static int read_console(void)
{
	return flask_console_io(&dom0, CONSOLEIO_read);
}

/* Without the number and the mode, which the runs add. */
#define LINE(perms, who, source, target, tclass) \
	"avc:  denied  { " perms " } for " who " scontext=" source " tcontext=" target " tclass=" tclass " op=hc.sub"

static const struct {
	const char *name;
	int (*hook)(void);
	const char *checks[4];
} rows[] = {
    {"domctl createdomain", create_gate, {LINE("create", "current=d0", T("dom0_t"), T("a_t"), "domain")}},
    {"domctl createdomain, no label",
     create_gate_unlabeled,
     {LINE("create", "current=d0", T("dom0_t"), T("unlabeled_t"), "domain")}},
    {"domctl destroydomain", destroy, {LINE("destroy", "source=d0 target=d1", T("dom0_t"), T("a_t"), "domain")}},
    {"domctl pausedomain", pause_domain, {LINE("pause", "source=d0 target=d1", T("dom0_t"), T("a_t"), "domain")}},
    {"domctl unpausedomain", unpause, {LINE("unpause", "source=d0 target=d2", T("dom0_t"), T("b_t"), "domain")}},
    {"domctl by a guest", pause_by_guest, {LINE("pause", "source=d1 target=d2", T("a_t"), T("b_t"), "domain")}},
    {"domctl on itself", pause_self, {LINE("pause", "source=d1", T("a_t"), T("a_self_t"), "domain")}},
    {"getdomaininfo", info, {LINE("getdomaininfo", "source=d0 target=d1", T("dom0_t"), T("a_t"), "domain")}},
    {"evtchn_unbound",
     unbound,
     {LINE("create", "current=d1", T("a_t"), O("a_chan_t"), "event"),
      LINE("bind", "current=d1", O("a_chan_t"), T("b_t"), "event")}},
    {"evtchn_unbound for another domain",
     unbound_for_another,
     {LINE("create", "current=d0", T("dom0_t"), O("a_chan_t"), "event"),
      LINE("bind", "current=d0", O("a_chan_t"), T("b_t"), "event")}},
    {"evtchn_unbound, itself the peer",
     unbound_to_self,
     {LINE("create", "current=d1", T("a_t"), O("a_own_chan_t"), "event"),
      LINE("bind", "current=d1", O("a_own_chan_t"), T("a_self_t"), "event")}},
    {"evtchn_interdomain",
     interdomain,
     {LINE("create", "source=d2 target=d1", T("b_t"), O("b_chan_t"), "event"),
      LINE("bind", "source=d2 target=d1", O("b_chan_t"), T("a_t"), "event"),
      LINE("bind", "source=d2 target=d1", O("a_chan_t"), T("b_t"), "event")}},
    {"evtchn_send", send, {LINE("send", "current=d1", T("a_t"), O("a_chan_t"), "event")}},
    {"evtchn_status", status_of_own, {LINE("status", "current=d1", T("a_t"), O("a_chan_t"), "event")}},
    {"evtchn_status of another domain",
     status_of_other,
     {LINE("status", "current=d0", T("dom0_t"), O("a_chan_t"), "event"),
      LINE("status", "current=d0", T("a_t"), O("a_chan_t"), "event")}},
    {"evtchn_reset", reset, {LINE("reset", "source=d0 target=d1", T("dom0_t"), T("a_t"), "event")}},
    {"evtchn_reset of itself", reset_self, {LINE("reset", "source=d1", T("a_t"), T("a_self_t"), "event")}},
    {"grant_mapref", map, {LINE("map_read map_write", "source=d1 target=d2", T("a_t"), T("b_t"), "grant")}},
    {"grant_mapref, readonly", map_readonly, {LINE("map_read", "source=d1 target=d2", T("a_t"), T("b_t"), "grant")}},
    {"grant_unmapref", unmap, {LINE("unmap", "source=d2 target=d1", T("b_t"), T("a_t"), "grant")}},
    {"grant_copy", copy, {LINE("copy", "source=d1 target=d2", T("a_t"), T("b_t"), "grant")}},
    {"grant_copy within a domain", copy_self, {LINE("copy", "source=d1", T("a_t"), T("a_self_t"), "grant")}},
    {"console_io write", write_console, {LINE("writeconsole", "current=d2", T("b_t"), T("xen_t"), "xen")}},
    {"console_io read", read_console, {LINE("readconsole", "current=d0", T("dom0_t"), T("xen_t"), "xen")}},
};

/* Compares the log with the first @n checks of row @i. */
static void expect_checks(size_t i, size_t n, bool permissive)
{
	char lines[4][512];
	const char *expected[5] = {NULL};
	const char *difference;
	size_t k;

	for (k = 0; k < n; k++) {
		snprintf(lines[k], sizeof(lines[k]), "%s seq=%zu permissive=%d", rows[i].checks[k], k + 1, permissive);
		expected[k] = lines[k];
	}
	difference = log_difference(expected);
	if (difference)
		fail_msg("%s: %s", rows[i].name, difference);
}

static size_t count_checks(size_t i)
{
	size_t n = 0;

	while (n < 4 && rows[i].checks[n])
		n++;
	return n;
}

static void run_row(size_t i, enum flask_mode mode, bool open, int expected)
{
	uint32_t label;

	world_with_guests(mode);
	world_set("open", open);
	fake_operation = (struct hv_operation){"hc", "sub"};
	chn = (struct evtchn){0, HV_EVTCHN_FREE};
	flask_alloc_security_evtchn(&chn);
	label = chn.label;
	assert_int_equal(rows[i].hook(), expected);
	/* A refused channel keeps no trace. */
	if (expected && (rows[i].hook == unbound || rows[i].hook == interdomain))
		assert_int_equal(chn.label, label);
}

static void every_check_of_every_hook(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < PORT_ARRAY_SIZE(rows); i++) {
		print_message("  %s\n", rows[i].name);
		run_row(i, FLASK_MODE_PERMISSIVE, false, 0);
		expect_checks(i, count_checks(i), true);
		world_end();

		run_row(i, FLASK_MODE_ENFORCING, false, -EACCES);
		expect_checks(i, 1, false);
		world_end();

		run_row(i, FLASK_MODE_ENFORCING, true, 0);
		expect_checks(i, 0, false);
		world_end();
	}
}

static void each_check_of_a_channel_counts(void **state)
{
	(void)state;
	world_with_guests(FLASK_MODE_ENFORCING);
	flask_alloc_security_evtchn(&chn);
	world_set("channel_create", true);
	assert_int_equal(unbound(), -EACCES);
	assert_int_equal(interdomain(), -EACCES);
	world_set("a_binds", true);
	assert_int_equal(unbound(), 0);
	assert_int_equal(chn.label, world_sid("system_u:object_r:a_chan_t"));
	assert_int_equal(flask_evtchn_close_post(&chn), 0);
	assert_int_equal(chn.label, SECINITSID_UNLABELED);

	assert_int_equal(interdomain(), -EACCES); /* b's end may not bind */
	assert_int_equal(chn.label, SECINITSID_UNLABELED);
	world_set("a_binds", false);
	world_set("b_binds", true);
	assert_int_equal(interdomain(), -EACCES); /* a's end may not any more */
	assert_int_equal(chn.label, SECINITSID_UNLABELED);
	world_set("a_binds", true);
	assert_int_equal(interdomain(), 0);
	assert_int_equal(chn.label, world_sid("system_u:object_r:b_chan_t"));
	assert_int_equal(peer_chn.label, world_sid("system_u:object_r:a_chan_t"));
	world_end();
}

static void status_asks_caller_and_owner(void **state)
{
	(void)state;
	world_with_guests(FLASK_MODE_ENFORCING);
	world_set("owner_status", true);
	assert_int_equal(status_of_own(), 0);
	fake_current = &dom0;
	assert_int_equal(status_of_other(), -EACCES);
	world_set("caller_status", true);
	assert_int_equal(status_of_other(), 0);
	world_set("owner_status", false);
	assert_int_equal(status_of_other(), -EACCES);
	world_end();
}

static void an_unknown_peer_is_refused(void **state)
{
	(void)state;
	world_with_guests(FLASK_MODE_PERMISSIVE);
	flask_alloc_security_evtchn(&chn);
	fake_current = &a;
	assert_int_equal(flask_evtchn_unbound(&a, &chn, 7), -EPERM);
	assert_int_equal(chn.label, SECINITSID_UNLABELED);
	log_expect_none();
	world_end();
}

static void send_depends_on_the_state(void **state)
{
	static const struct {
		enum hv_evtchn_state state;
		int enforcing;
		const char *line;
	} cases[] = {
	    {HV_EVTCHN_UNBOUND, 0, NULL},
	    {HV_EVTCHN_IPI, 0, NULL},
	    {HV_EVTCHN_FREE, -EPERM, "Flask: Denying unknown event channel state: 0."},
	    {HV_EVTCHN_PIRQ, -EPERM, "Flask: Denying unknown event channel state: 3."},
	    {HV_EVTCHN_VIRQ, -EPERM, "Flask: Denying unknown event channel state: 4."},
	};
	size_t i;

	(void)state;
	world_with_guests(FLASK_MODE_ENFORCING);
	for (i = 0; i < PORT_ARRAY_SIZE(cases); i++) {
		chn = (struct evtchn){SECINITSID_UNLABELED, cases[i].state};
		assert_int_equal(flask_evtchn_send(&a, &chn), cases[i].enforcing);
		log_expect(cases[i].line);
	}
	world_end();
}

static void unknown_operations_are_refused(void **state)
{
	(void)state;
	world_with_guests(FLASK_MODE_ENFORCING);
	assert_int_equal(flask_domctl(&a, 0, 0), -EPERM);
	assert_int_equal(flask_domctl(&a, XEN_DOMCTL_getdomaininfo, 0), -EPERM);
	assert_int_equal(flask_domctl(NULL, 86, 0), -EPERM);
	assert_int_equal(flask_domctl(&a, 0xffffffff, 0), -EPERM);
	assert_int_equal(flask_console_io(&a, 2), -EPERM);
	log_expect("Flask: Denying unknown domctl: 0.", "Flask: Denying unknown domctl: 5.",
		   "Flask: Denying unknown domctl: 86.", "Flask: Denying unknown domctl: 4294967295.",
		   "Flask: Denying unknown console_io: 2.");
	world_end();
}

static void a_number_that_is_no_label_makes_no_domain(void **state)
{
	(void)state;
	world_with_guests(FLASK_MODE_ENFORCING);
	assert_int_equal(flask_domctl(NULL, XEN_DOMCTL_createdomain, 60000), -EACCES);
	world_set("dom0_creates", true);
	assert_int_equal(flask_domctl(NULL, XEN_DOMCTL_createdomain, 60000), -EINVAL);
	assert_int_equal(flask_domctl(NULL, XEN_DOMCTL_createdomain, SECINITSID_DOMU), 0);
	world_end();
}

/* A domain whose label nobody held, so that no channel labels were made for it: a mistake, which must fail closed. */
static void a_channel_without_label_is_refused_and_said_once(void **state)
{
	struct flask_label unheld = {.sid = 0};
	struct domain odd = {.id = 3};
	bool permissive = false;

	(void)state;
	do {
		world_with_guests(permissive ? FLASK_MODE_PERMISSIVE : FLASK_MODE_ENFORCING);
		world_set("open", true);
		unheld.sid = world_sid("odd_t");
		odd.label.value = &unheld;
		fake_domains[3] = &odd;
		fake_current = &a;
		flask_alloc_security_evtchn(&chn);
		assert_int_equal(flask_evtchn_unbound(&a, &chn, 3), permissive ? 0 : -EACCES);
		assert_int_equal(flask_evtchn_unbound(&a, &chn, 3), permissive ? 0 : -EACCES);
		assert_int_equal(chn.label, SECINITSID_UNLABELED);
		if (permissive)
			log_expect("Flask: no label is prepared for a channel of d1: unlabeled (said once)");
		else
			log_expect("Flask: no label is prepared for a channel of d1: refused (said once)");
		world_end();
		permissive = !permissive;
	} while (permissive);
}

static void hooks_allocate_nothing(void **state)
{
	size_t i;

	(void)state;
	world_with_guests(FLASK_MODE_PERMISSIVE);
	/* The rows look labels up by text, which exist by then: no allocation either. */
	for (i = 0; i < PORT_ARRAY_SIZE(rows); i++) {
		fake_current = &dom0;
		port_posix_fail_alloc(1);
		assert_int_equal(rows[i].hook(), 0);
		assert_null(port_alloc(1));
		log_forget();
	}
	world_end();
}

static void the_boot_subject_has_a_name(void **state)
{
	(void)state;
	world_boot(FLASK_MODE_ENFORCING);
	assert_int_equal(flask_getdomaininfo(&dom0), -EACCES);
	log_expect("avc:  denied  { getdomaininfo } for source=d[IDLE] target=d0 scontext=" T(
	    "xenboot_t") " tcontext=" T("dom0_t") " tclass=domain seq=1 permissive=0");
	world_end();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(every_check_of_every_hook),
	    cmocka_unit_test(each_check_of_a_channel_counts),
	    cmocka_unit_test(status_asks_caller_and_owner),
	    cmocka_unit_test(an_unknown_peer_is_refused),
	    cmocka_unit_test(send_depends_on_the_state),
	    cmocka_unit_test(unknown_operations_are_refused),
	    cmocka_unit_test(a_number_that_is_no_label_makes_no_domain),
	    cmocka_unit_test(a_channel_without_label_is_refused_and_said_once),
	    cmocka_unit_test(hooks_allocate_nothing),
	    cmocka_unit_test(the_boot_subject_has_a_name),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
