/* SPDX-License-Identifier: BSD-2-Clause */
/* What stands before a message, and lines that hold none. */
#include "tools/audit/log_notice.h"
#include "tools/audit/log_prefix.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <cmocka.h>

static void finds_times(void **state)
{
	static const struct {
		const char *text, *time; /* NULL: none */
	} rows[] = {
	    {"(XEN) [2026-11-23 09:12:04] ", "2026-11-23 09:12:04"},
	    {"(XEN) [2026-11-23 09:12:04.123] ", "2026-11-23 09:12:04"},
	    {"Nov 18 01:55:18.717794 (XEN) ", "01:55:18"},
	    {"(XEN) [    1.104348] ", "1.104348"},
	    {"(XEN) [12.5] ", "12.5"},
	    {"[x] [12.5] ", "12.5"},
	    {"(XEN) ", NULL},
	    {"", NULL},
	    {"[", NULL},
	    {"[12", NULL},
	    {"[12.", NULL},
	    {"[12.5", NULL},
	    {"[.5]", NULL},
	    {"1:2:3", NULL},
	    {"01:55:1", NULL},
	};
	size_t i;

	(void)state;
	for (i = 0; i < PORT_ARRAY_SIZE(rows); i++) {
		struct slice time = log_prefix_time(rows[i].text, strlen(rows[i].text));

		if (rows[i].time ? !slice_is(&time, rows[i].time) : time.text != NULL)
			fail_msg("%s", rows[i].text);
	}
}

static void knows_guests(void **state)
{
	static const struct {
		const char *text;
		bool guest;
	} rows[] = {
	    {"(d7) ", true},  {"(XEN) (d12) x", true}, {"[1.5] (d0)", true}, {"(XEN) ", false},
	    {"", false},      {"(d", false},	       {"(d)", false},	     {"(d7", false},
	    {"(d7x)", false}, {"d7)", false},	       {"(domid 7)", false},
	};
	size_t i;

	(void)state;
	for (i = 0; i < PORT_ARRAY_SIZE(rows); i++)
		if (log_prefix_is_guest(rows[i].text, strlen(rows[i].text)) != rows[i].guest)
			fail_msg("%s", rows[i].text);
}

static void skips_what_is_repeated(void **state)
{
	static const struct {
		const char *text;
		size_t want;
	} rows[] = {
	    {"", 0},	    {"x", 0},	     {"> > x", 4},	    {">>>x", 3},
	    {"(XEN) x", 6}, {"\t (XEN)", 7}, {"(XEN) [1.5] x", 12}, {"(XEN) [1.5 x", 6},
	    {"XEN) x", 0},  {"(d7) x", 0},
	};
	size_t i;

	(void)state;
	for (i = 0; i < PORT_ARRAY_SIZE(rows); i++)
		if (log_prefix_skip(rows[i].text, strlen(rows[i].text)) != rows[i].want)
			fail_msg("%s", rows[i].text);
}

static void classifies_other_lines(void **state)
{
	static const struct {
		const char *text;
		enum notice want;
	} rows[] = {
	    {"(XEN) FLASK: Denying unknown domctl: 86.", NOTICE_REFUSED},
	    {"(XEN) Flask: Allowing unknown sysctl: 9.", NOTICE_LET_THROUGH},
	    {"(XEN) Flask:  class 2 is incorrect, found domain but should be xen2", NOTICE_MISMATCH},
	    {"(XEN) Flask:  the definition of a class is incorrect", NOTICE_MISMATCH},
	    {"(XEN) Flask:  Access controls disabled until policy is loaded.", NOTICE_OPEN},
	    {"Flask: NO POLICY: every check passes", NOTICE_OPEN},
	    {"Flask: disabled at boot; the default module decides", NOTICE_OPEN},
	    {"Flask: late: a policy is awaited", NOTICE_OPEN},
	    {"Flask: policy refused: rules at byte 551: a reason; the old one stays", NOTICE_NOT_LOADED},
	    {"Flask: no policy was given; enforcing mode does not boot without a policy", NOTICE_NOT_LOADED},
	    {"Flask: not in the new policy, acts as unlabeled: label 14, a:b:c", NOTICE_LABEL},
	    {"Flask: not valid in the new policy, kept because nothing is enforced: label 14, a:b:c", NOTICE_LABEL},
	    {"Flask: no label is prepared for a channel of d3: refused (said once)", NOTICE_LABEL},
	    {"Flask: initial SID 3 (dom0) keeps its context until the next boot", NOTICE_LABEL},
	    {"Flask: 46 types, 13 classes, 177 permissions, enforcing", NOTICE_STATE},
	    {"Flask: booleans changed (policy 3) by d0", NOTICE_STATE},
	    {"Flask: d3 relabelled by d0", NOTICE_STATE},
	    {"Flask: labels of devices set at run time are gone: 1; of the policy, deleted at run time and back: 0",
	     NOTICE_STATE},
	    {"Flask: no memory to start; without its checks nothing boots", NOTICE_NOT_LOADED},
	    {"op=security_compute_av reason=bounds scontext=u:r:a tcontext=u:r:b tclass=xen perms=x", NOTICE_BOUNDS},
	    {"(XEN) XSM Framework v1.0.1 initialized", NOTICE_STATE},
	    {"(XEN) Policy len 0x2a09, start at ffff83041e7fd000.", NOTICE_STATE},
	    {"(XEN) Flask:  Starting in enforcing mode.", NOTICE_STATE},
	    {"(XEN) Flask: words of a later version", NOTICE_UNKNOWN},
	    {"(XEN) avc: words of a later version", NOTICE_UNKNOWN},
	    {"tclass=xen", NOTICE_UNKNOWN},
	    {"(XEN) 3 users, 4 classes, enforcing", NOTICE_UNRELATED},
	    {"(XEN) Xen version 4.17", NOTICE_UNRELATED},
	    {"", NOTICE_UNRELATED},
	};
	size_t i;

	(void)state;
	for (i = 0; i < PORT_ARRAY_SIZE(rows); i++)
		if (log_notice(rows[i].text, strlen(rows[i].text)) != rows[i].want)
			fail_msg("%s", rows[i].text);
}

static void every_kind_has_a_meaning(void **state)
{
	int i;

	(void)state;
	for (i = 0; i < NOTICE_KINDS; i++)
		assert_non_null(log_notice_meaning((enum notice)i));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(finds_times),
	    cmocka_unit_test(knows_guests),
	    cmocka_unit_test(skips_what_is_repeated),
	    cmocka_unit_test(classifies_other_lines),
	    cmocka_unit_test(every_kind_has_a_meaning),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
