/* SPDX-License-Identifier: BSD-2-Clause */
/* Which messages are one kind, and what a kind says of its domains and object. */
#include "tools/audit/group.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <cmocka.h>

#define REST "scontext=u:r:a_t tcontext=u:r:b_t tclass=xen"

static void add(struct groups *groups, const char *text, const char *time)
{
	struct log_line line;

	assert_int_equal(log_line_parse(text, strlen(text), &line), LOG_COMPLETE);
	groups_add(groups, &line, &(struct slice){time, time ? strlen(time) : 0});
}

static void counts_the_same(void **state)
{
	struct groups groups = {0};

	(void)state;
	add(&groups, "denied { a } for current=d1 " REST " op=x.y seq=1 permissive=0", NULL);
	add(&groups, "denied  { a }  for current=d1 " REST " op=x.y seq=2 permissive=0", "09:00:00");
	add(&groups, "denied { a } for current=d1 " REST " op=x.y seq=3 permissive=0", "09:00:01");
	assert_int_equal(groups.count, 1);
	assert_int_equal(groups.items[0]->count, 3);
	assert_string_equal(groups.items[0]->first_time, "09:00:00");
	assert_string_equal(groups.items[0]->last_time, "09:00:01");
	groups_free(&groups);
}

static void tells_all_others_apart(void **state)
{
	static const char *const texts[] = {
	    "denied { a } for current=d1 " REST,
	    "granted { a } for current=d1 " REST,
	    "denied { b } for current=d1 " REST,
	    "denied { a b } for current=d1 " REST,
	    "denied null for current=d1 " REST,
	    "denied { a } for current=d2 " REST,
	    "denied { a } for source=d1 target=d2 " REST,
	    "denied { a } for current=d1 irq=1 " REST,
	    "denied { a } for current=d1 device=0x1 " REST,
	    "denied { a } for current=d1 vcpu=1 " REST,
	    "denied { a } for current=d1 scontext=u:r:b_t tcontext=u:r:b_t tclass=xen",
	    "denied { a } for current=d1 scontext=u:r:a_t tcontext=u:r:a_t tclass=xen",
	    "denied { a } for current=d1 scontext=u:r:a_t tcontext=u:r:b_t tclass=xen2",
	    "denied { a } for current=d1 ssid=1 tcontext=u:r:b_t tclass=xen",
	    "denied { a } for current=d1 scontext=u:r:a_t tsid=1 tclass=xen",
	    "denied { a } for current=d1 " REST " op=x.y",
	    "denied { a } for current=d1 " REST " permissive=1",
	};
	struct groups groups = {0};
	size_t i;

	(void)state;
	for (i = 0; i < 2 * PORT_ARRAY_SIZE(texts); i++)
		add(&groups, texts[i % PORT_ARRAY_SIZE(texts)], NULL);
	assert_int_equal(groups.count, PORT_ARRAY_SIZE(texts));
	for (i = 0; i < groups.count; i++)
		assert_int_equal(groups.items[i]->count, 2);
	groups_free(&groups);
}

static void names_the_ends(void **state)
{
	static const struct {
		const char *fields, *who, *to, *what;
	} rows[] = {
	    {"", "", "", ""},
	    {"source=d1 target=d3 ", "d1", "d3", ""},
	    {"source=d1 ", "d1", "d1", ""}, /* the target is left out when it is the source */
	    {"current=d[XEN] ", "d[XEN]", "", ""},
	    {"domid=5 ", "d5", "", ""}, /* old lines had no target at all */
	    {"domid=0 target=11 ", "d0", "d11", ""},
	    {"domid=32753 ", "d[IO]", "", ""},
	    {"domid=32754 ", "d[XEN]", "", ""},
	    {"domid=32767 ", "d[IDLE]", "", ""},
	    {"current=d0 irq=17 ", "d0", "", "irq 17"},
	    {"current=d0 device=0x80 ", "d0", "", "device 0x80"},
	    {"current=d0 dtdevice=/a/b ", "d0", "", "device /a/b"},
	    {"current=d0 range=0x1-0x2 ", "d0", "", "range 0x1-0x2"},
	    {"source=d0 pte=0x1 mfn=0x2 ", "d0", "d0", "pte 0x1 mfn 0x2"},
	    {"current=d0 irq=3 vcpu=1 ", "d0", "", "irq 3 vcpu=1"},
	};
	struct groups groups = {0};
	char text[256];
	size_t i;

	(void)state;
	for (i = 0; i < PORT_ARRAY_SIZE(rows); i++) {
		snprintf(text, sizeof(text), "denied { a } for %s" REST, rows[i].fields);
		add(&groups, text, NULL);
		assert_int_equal(groups.count, 1);
		assert_string_equal(groups.items[0]->who, rows[i].who);
		assert_string_equal(groups.items[0]->to, rows[i].to);
		assert_string_equal(groups.items[0]->what, rows[i].what);
		groups_free(&groups);
	}
}

/* Many kinds: none is lost when the table grows. */
static void grows(void **state)
{
	struct groups groups = {0};
	char text[256];
	int i;

	(void)state;
	for (i = 0; i < 3000; i++) {
		snprintf(text, sizeof(text), "denied { a } for current=d%d " REST, i % 1000);
		add(&groups, text, NULL);
	}
	assert_int_equal(groups.count, 1000);
	for (i = 0; i < 1000; i++)
		assert_int_equal(groups.items[i]->count, 3);
	groups_free(&groups);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(counts_the_same),
	    cmocka_unit_test(tells_all_others_apart),
	    cmocka_unit_test(names_the_ends),
	    cmocka_unit_test(grows),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
