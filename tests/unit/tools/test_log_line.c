/* SPDX-License-Identifier: BSD-2-Clause */
/* One message taken apart: each field of each form, and what is none. */
#include "tools/audit/log_line.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

#define CONTEXTS "scontext=u:r:a_t tcontext=u:r:b_t "

static enum log_parse parse(const char *text, struct log_line *line)
{
	return log_line_parse(text, strlen(text), line);
}

static void is_text(const struct slice *slice, const char *want)
{
	assert_non_null(slice->text);
	assert_int_equal(slice->len, strlen(want));
	assert_memory_equal(slice->text, want, slice->len);
}

static void every_field_of_ours(void **state)
{
	struct log_line line;

	(void)state;
	assert_int_equal(parse("denied { map_read map_write } for source=d1 target=d3 " CONTEXTS
			       "tclass=grant op=grant_table_op.map_grant_ref seq=12 permissive=1",
			       &line),
			 LOG_COMPLETE);
	assert_true(line.denied);
	assert_int_equal(line.nperms, 2);
	is_text(&line.perms[0], "map_read");
	is_text(&line.perms[1], "map_write");
	is_text(&line.source, "d1");
	is_text(&line.target, "d3");
	is_text(&line.scontext, "u:r:a_t");
	is_text(&line.tcontext, "u:r:b_t");
	is_text(&line.tclass, "grant");
	is_text(&line.op, "grant_table_op.map_grant_ref");
	is_text(&line.seq, "12");
	is_text(&line.permissive, "1");
	assert_null(line.current.text);
	assert_null(line.domid.text);
}

static void every_field_of_xen(void **state)
{
	struct log_line line;

	(void)state;
	assert_int_equal(
	    parse("granted  { add 0x80000000 } for domid=32767 device=0xd0050200 irq=17 range=0x1-0x2 pte=0x3 "
		  "mfn=0x4 dtdevice=/soc/uart@1 ssid=3 tsid=4 tclass=resource ",
		  &line),
	    LOG_COMPLETE);
	assert_false(line.denied);
	is_text(&line.perms[1], "0x80000000");
	is_text(&line.domid, "32767");
	is_text(&line.device, "0xd0050200");
	is_text(&line.irq, "17");
	is_text(&line.range, "0x1-0x2");
	is_text(&line.pte, "0x3");
	is_text(&line.mfn, "0x4");
	is_text(&line.dtdevice, "/soc/uart@1");
	is_text(&line.ssid, "3");
	is_text(&line.tsid, "4");
}

static void whole_cut_and_malformed(void **state)
{
	static const struct {
		const char *text;
		enum log_parse want;
	} rows[] = {
	    {"denied  null for current=d[XEN] " CONTEXTS "tclass=xen", LOG_COMPLETE},
	    {"denied { a } for " CONTEXTS "tclass=xen", LOG_COMPLETE},
	    {"denied { a } for target=1 " CONTEXTS "tclass=xen", LOG_COMPLETE},
	    {"denied\t{ a }\tfor\t" CONTEXTS "tclass=7", LOG_COMPLETE},
	    {"denied { a } for vcpu=3 " CONTEXTS "tclass=xen", LOG_COMPLETE},
	    {"denied { a } for current=d[IDLE] " CONTEXTS "tclass=xen and more", LOG_COMPLETE},
	    {"denied", LOG_CUT},
	    {"denied {", LOG_CUT},
	    {"denied { a", LOG_CUT},
	    {"denied { a }", LOG_CUT},
	    {"denied { a } for", LOG_CUT},
	    {"denied { a } for current=d1 scontext=u:r:t", LOG_CUT},
	    {"denied { a } for " CONTEXTS, LOG_CUT},
	    {"denied { a } for tclass=xen scontext=u:r:t", LOG_CUT},
	    {"", LOG_MALFORMED},
	    {"denies { a } for " CONTEXTS "tclass=xen", LOG_MALFORMED},
	    {"denied a for " CONTEXTS "tclass=xen", LOG_MALFORMED},
	    {"denied { } for " CONTEXTS "tclass=xen", LOG_MALFORMED},
	    {"denied { a; } for " CONTEXTS "tclass=xen", LOG_MALFORMED},
	    {"denied { a } to " CONTEXTS "tclass=xen", LOG_MALFORMED},
	    {"denied { a } for current=dx " CONTEXTS "tclass=xen", LOG_MALFORMED},
	    {"denied { a } for current=d[] " CONTEXTS "tclass=xen", LOG_MALFORMED},
	    {"denied { a } for current=d1 current=d1 " CONTEXTS "tclass=xen", LOG_MALFORMED},
	    {"denied { a } for domid= " CONTEXTS "tclass=xen", LOG_MALFORMED},
	    {"denied { a } for irq=0x3 " CONTEXTS "tclass=xen", LOG_MALFORMED},
	    {"denied { a } for scontext=u:r tcontext=u:r:t tclass=xen", LOG_MALFORMED},
	    {"denied { a } for " CONTEXTS "tclass=xen(XEN)", LOG_MALFORMED},
	    {"denied { a } for words of another writer", LOG_MALFORMED},
	    {"denied { a } for VCPU=3 " CONTEXTS "tclass=xen", LOG_MALFORMED},
	    {"denied { a } for a=1 b=1 c=1 d=1 e=1 " CONTEXTS "tclass=xen", LOG_MALFORMED},
	};
	struct log_line line;
	size_t i;

	(void)state;
	for (i = 0; i < PORT_ARRAY_SIZE(rows); i++)
		if (parse(rows[i].text, &line) != rows[i].want)
			fail_msg("%s", rows[i].text);
}

static void ends_with_its_last_field(void **state)
{
	static const char message[] = "denied { a } for " CONTEXTS "tclass=xen seq=1";
	static const char text[] = "denied { a } for " CONTEXTS "tclass=xen seq=1 vcpu=3 and more";
	struct log_line line;

	(void)state;
	assert_int_equal(parse(text, &line), LOG_COMPLETE);
	assert_int_equal(line.consumed, strlen(message));
	assert_int_equal(line.nothers, 0);
	assert_int_equal(parse("denied { a } for vcpu=3 x_y=z " CONTEXTS "tclass=xen", &line), LOG_COMPLETE);
	assert_int_equal(line.nothers, 2);
	is_text(&line.others[0], "vcpu=3");
	is_text(&line.others[1], "x_y=z");
}

static enum log_parse parse_with_perms(size_t count, struct log_line *line)
{
	static char text[512];
	size_t i;

	strcpy(text, "denied {");
	for (i = 0; i < count; i++)
		strcat(text, " p");
	strcat(text, " } for " CONTEXTS "tclass=xen");
	return parse(text, line);
}

/* As many permissions as a class can have, and a number; one more is no message. */
static void counts_permissions(void **state)
{
	struct log_line line;

	(void)state;
	assert_int_equal(parse_with_perms(33, &line), LOG_COMPLETE);
	assert_int_equal(line.nperms, 33);
	assert_int_equal(parse_with_perms(34, &line), LOG_MALFORMED);
}

static void a_nul_is_no_part_of_a_value(void **state)
{
	static const char text[] = "denied { a } for current=d1 scontext=u:r:a\0b tcontext=u:r:b_t tclass=xen";
	struct log_line line;

	(void)state;
	assert_int_equal(log_line_parse(text, sizeof(text) - 1, &line), LOG_MALFORMED);
}

static void finds_the_start(void **state)
{
	static const struct {
		const char *text;
		long at; /* -1: none */
	} rows[] = {
	    {"avc:  denied  { a }", 6},	  {"avc: granted { a }", 5},  {"(XEN) avc:  denied  null for", 12},
	    {"c:  denied  { a } for", 4}, {"denied { a }", 0},	      {"avc:denied { a }", 4},
	    {"(XEN) avc:  denied", 12},	  {"nothing here", -1},	      {"", -1},
	    {"access denied to all", -1}, {"avc: neither", -1},	      {"undenied { a }", -1},
	    {"it was granted {a}", -1},	  {"denied denied { a }", 7},
	};
	size_t i;

	(void)state;
	for (i = 0; i < PORT_ARRAY_SIZE(rows); i++) {
		const char *found = log_line_find(rows[i].text, strlen(rows[i].text));

		if ((found ? found - rows[i].text : -1) != rows[i].at)
			fail_msg("%s", rows[i].text);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(every_field_of_ours),	   cmocka_unit_test(every_field_of_xen),
	    cmocka_unit_test(whole_cut_and_malformed),	   cmocka_unit_test(ends_with_its_last_field),
	    cmocka_unit_test(counts_permissions),	   cmocka_unit_test(finds_the_start),
	    cmocka_unit_test(a_nul_is_no_part_of_a_value),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
