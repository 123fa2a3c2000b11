/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Audit lines, compared byte by byte with lines written by hand. Before a policy
 * is loaded a label's text is the name of its initial SID, whatever the
 * configuration calls it: that is how odd and long contexts are made here.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "flask/avc/audit.h"

static const char *const grant_perms[] = {"map_read", "map_write", "unmap", "transfer", "setup", "copy", "query"};
static const char *const security_perms[] = {"compute_av", "load_policy", NULL, "setenforce"};
static const char *const wide_perms[] = {
    "p00", "p01", "p02", "p03", "p04", "p05", "p06", "p07", "p08", "p09", "p10", "p11", "p12", "p13", "p14", "p15",
    "p16", "p17", "p18", "p19", "p20", "p21", "p22", "p23", "p24", "p25", "p26", "p27", "p28", "p29", "p30", "p31",
};

/* 39 characters: with its blank a name takes 40 bytes, and ten with the brace take more than the 400 that names may
 * have. */
#define LONG(letter) letter "23456789_123456789_123456789_123456789"
static const char *const long_perms[] = {LONG("a"), LONG("b"), LONG("c"), LONG("d"), LONG("e"), LONG("f"),
					 LONG("g"), LONG("h"), LONG("i"), LONG("j"), LONG("k"), LONG("l")};

static const struct ss_abi_class classes[] = {
    {"grant", 7, grant_perms},
    {"security", 4, security_perms},
    {"wide", 32, wide_perms},
    {"long", 12, long_perms},
};
enum { GRANT = 1, SECURITY, WIDE, LONG_NAMES, NO_CLASS };

#define TEN(text)     text text text text text text text text text text
#define HUNDRED(text) TEN(TEN(text))

enum { XENBOOT = 1, DOM0, DOMU, ODD, ESCAPED, LONG_S, LONG_T, MIDDLE, NO_SID };
static const char *const initial_sids[] = {
    [0] = "null",
    [XENBOOT] = "xenboot",
    [DOM0] = "system_u:system_r:dom0_t",
    [DOMU] = "system_u:system_r:domU_t",
    [ODD] = "sys tem_u:\\x41\n\x1b[2J\x7f:\xc3\xa9",
    [ESCAPED] = HUNDRED("\xff") HUNDRED("\xff"),
    [LONG_S] = HUNDRED("0123456789"),
    [LONG_T] = HUNDRED("abcdefghij"),
    [MIDDLE] = HUNDRED("m"),
};

static const struct ss_config config = {
    .classes = classes,
    .nclasses = 4,
    .initial_sids = initial_sids,
    .ninitial_sids = NO_SID,
    .unlabeled = XENBOOT,
    .before_policy = XENBOOT,
};

static const struct audit_domain nobody = {AUDIT_DOMAIN_NONE, 0};

static struct audit_domain domain(uint16_t id)
{
	return (struct audit_domain){AUDIT_DOMAIN_ID, id};
}

static struct audit_subject between(struct audit_domain source, struct audit_domain target)
{
	return (struct audit_subject){source, target, domain(9), "grant_table_op", "map_grant_ref"};
}

static struct audit_subject by(struct audit_domain current, const char *hypercall, const char *subop)
{
	return (struct audit_subject){nobody, nobody, current, hypercall, subop};
}

static char buf[AUDIT_LINE_MAX];

static const char *format(const struct audit_event *event)
{
	struct ss_server server;
	struct text line;

	ss_init(&server, &config);
	text_init(&line, buf, sizeof(buf));
	audit_format(&line, &server, event);
	assert_false(line.cut);
	assert_int_equal(line.len, strlen(buf));
	ss_fini(&server);
	return buf;
}

static void a_denial_between_domains(void **state)
{
	struct audit_subject subject = between(domain(1), domain(3));
	struct audit_event event = {&subject, DOMU, DOM0, GRANT, 0x3, true, 1, false};

	(void)state;
	assert_string_equal(format(&event), "avc:  denied  { map_read map_write } for source=d1 target=d3 "
					    "scontext=system_u:system_r:domU_t tcontext=system_u:system_r:dom0_t "
					    "tclass=grant op=grant_table_op.map_grant_ref seq=1 permissive=0");
}

static void a_denial_that_was_let_through(void **state)
{
	struct audit_subject subject = between(domain(1), domain(65535));
	struct audit_event event = {&subject, DOMU, DOM0, GRANT, 0x40, true, 4294967295u, true};

	(void)state;
	assert_string_equal(format(&event), "avc:  denied  { query } for source=d1 target=d65535 "
					    "scontext=system_u:system_r:domU_t tcontext=system_u:system_r:dom0_t "
					    "tclass=grant op=grant_table_op.map_grant_ref seq=4294967295 permissive=1");
}

static void a_target_that_is_the_source_is_left_out(void **state)
{
	struct audit_subject subject = between(domain(2), domain(2));
	struct audit_event event = {&subject, DOMU, DOMU, GRANT, 0x10, true, 7, false};

	(void)state;
	assert_string_equal(format(&event), "avc:  denied  { setup } for source=d2 scontext=system_u:system_r:domU_t "
					    "tcontext=system_u:system_r:domU_t tclass=grant "
					    "op=grant_table_op.map_grant_ref seq=7 permissive=0");
}

static void special_domains_have_names(void **state)
{
	static const struct {
		struct audit_domain source, target;
		const char *fields;
	} rows[] = {
	    {{AUDIT_DOMAIN_IDLE, 0x7fff}, {AUDIT_DOMAIN_ID, 0}, "source=d[IDLE] target=d0"},
	    {{AUDIT_DOMAIN_ID, 0}, {AUDIT_DOMAIN_XEN, 0x7ff2}, "source=d0 target=d[XEN]"},
	    {{AUDIT_DOMAIN_ID, 5}, {AUDIT_DOMAIN_IO, 0x7ff1}, "source=d5 target=d[IO]"},
	    {{AUDIT_DOMAIN_ID, 5}, {AUDIT_DOMAIN_IO, 5}, "source=d5 target=d[IO]"},
	    {{AUDIT_DOMAIN_XEN, 0x7ff2}, {AUDIT_DOMAIN_XEN, 0x7ff2}, "source=d[XEN]"},
	    {{AUDIT_DOMAIN_ID, 5}, {AUDIT_DOMAIN_NONE, 0}, "source=d5"},
	};
	char expected[256];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct audit_subject subject = {rows[i].source, rows[i].target, nobody, NULL, NULL};
		struct audit_event event = {&subject, DOMU, DOM0, GRANT, 0x1, false, 0, false};

		strcpy(expected, "avc:  granted  { map_read } for ");
		strcat(expected, rows[i].fields);
		strcat(expected, " scontext=system_u:system_r:domU_t tcontext=system_u:system_r:dom0_t tclass=grant");
		assert_string_equal(format(&event), expected);
	}
}

static void the_current_domain_stands_without_a_source(void **state)
{
	struct audit_subject subject = by(domain(1), "console_io", NULL);
	struct audit_event event = {&subject, DOMU, XENBOOT, GRANT, 0x4, true, 3, false};

	(void)state;
	assert_string_equal(format(&event), "avc:  denied  { unmap } for current=d1 scontext=system_u:system_r:domU_t "
					    "tcontext=xenboot tclass=grant op=console_io seq=3 permissive=0");
}

static void a_grant_has_no_number(void **state)
{
	struct audit_subject subject = by(domain(0), "xsm_op", "setenforce");
	struct audit_event event = {&subject, DOM0, DOMU, SECURITY, 0x8, false, 5, true};

	(void)state;
	assert_string_equal(format(&event), "avc:  granted  { setenforce } for current=d0 "
					    "scontext=system_u:system_r:dom0_t tcontext=system_u:system_r:domU_t "
					    "tclass=security op=xsm_op.setenforce");
}

static void permissions(void **state)
{
	static const struct {
		uint32_t tclass, perms;
		const char *text;
	} rows[] = {
	    {GRANT, 0x7f, "{ map_read map_write unmap transfer setup copy query }"},
	    {GRANT, 0x80, "{ 0x80 }"},
	    {GRANT, 0xffffff81, "{ map_read 0xffffff80 }"},
	    {GRANT, 0, "null"},
	    {SECURITY, 0xf, "{ compute_av load_policy setenforce 0x4 }"},
	    {SECURITY, 0x4000000, "{ 0x4000000 }"},
	    {WIDE, 0x80000001, "{ p00 p31 }"},
	    {WIDE, 0xffffffff,
	     "{ p00 p01 p02 p03 p04 p05 p06 p07 p08 p09 p10 p11 p12 p13 p14 p15 "
	     "p16 p17 p18 p19 p20 p21 p22 p23 p24 p25 p26 p27 p28 p29 p30 p31 }"},
	    {NO_CLASS, 0x3, "{ 0x3 }"},
	    {0, 0x3, "{ 0x3 }"},
	};
	struct audit_subject subject = by(nobody, NULL, NULL);
	char expected[512];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct audit_event event = {&subject, DOM0, DOM0, rows[i].tclass, rows[i].perms, false, 0, false};

		strcpy(expected, "avc:  granted  ");
		strcat(expected, rows[i].text);
		strcat(expected, " for scontext=system_u:system_r:dom0_t");
		assert_memory_equal(format(&event), expected, strlen(expected));
	}
}

static void a_number_stands_for_an_unknown_class(void **state)
{
	struct audit_subject subject = by(nobody, NULL, NULL);
	struct audit_event event = {&subject, XENBOOT, XENBOOT, 65536, 0x1, true, 2, false};

	(void)state;
	assert_string_equal(format(&event), "avc:  denied  { 0x1 } for scontext=xenboot tcontext=xenboot tclass=65536 "
					    "seq=2 permissive=0");
}

static void a_number_stands_for_a_missing_text(void **state)
{
	struct audit_subject subject = by(domain(0), NULL, NULL);
	struct audit_event event = {&subject, 77, NO_SID, GRANT, 0x1, true, 2, false};

	(void)state;
	assert_string_equal(format(&event), "avc:  denied  { map_read } for current=d0 ssid=77 tsid=9 tclass=grant "
					    "seq=2 permissive=0");
}

static void contexts_are_escaped(void **state)
{
	struct audit_subject subject = by(domain(0), NULL, NULL);
	struct audit_event event = {&subject, ODD, DOM0, GRANT, 0x1, false, 0, false};

	(void)state;
	assert_string_equal(format(&event), "avc:  granted  { map_read } for current=d0 "
					    "scontext=sys\\x20tem_u:\\x5cx41\\x0a\\x1b[2J\\x7f:\\xc3\\xa9 "
					    "tcontext=system_u:system_r:dom0_t tclass=grant");
}

/* The text after the @nth occurrence of @field in the line up to the next blank. */
static size_t field_length(const char *line, const char *field)
{
	const char *at = strstr(line, field);

	assert_non_null(at);
	return strcspn(at + strlen(field), " ");
}

static void assert_ends_with(const char *line, const char *end)
{
	assert_true(strlen(line) >= strlen(end));
	assert_string_equal(line + strlen(line) - strlen(end), end);
}

static void long_contexts_are_cut_and_numbered(void **state)
{
	struct audit_subject subject = between(domain(1), domain(3));
	struct audit_event event = {&subject, LONG_S, LONG_T, GRANT, 0x3, true, 12, false};
	const char *line = format(&event);

	(void)state;
	assert_memory_equal(line, "avc:  denied  { map_read map_write } for source=d1 target=d3 scontext=0123456789012",
			    83);
	assert_non_null(strstr(line, "... ssid=6 tcontext=abcdefghijabc"));
	assert_ends_with(line, "... tsid=7 tclass=grant op=grant_table_op.map_grant_ref seq=12 permissive=0");
	/* 319 bytes are kept of a text, then three dots. */
	assert_int_equal(field_length(line, "scontext="), 322);
	assert_int_equal(field_length(line, "tcontext="), 322);
}

static void one_long_context_leaves_the_other_whole(void **state)
{
	struct audit_subject subject = between(domain(1), domain(3));
	struct audit_event event = {&subject, LONG_S, DOM0, GRANT, 0x3, true, 12, false};

	(void)state;
	assert_ends_with(format(&event), "789012345678... ssid=6 tcontext=system_u:system_r:dom0_t tclass=grant "
					 "op=grant_table_op.map_grant_ref seq=12 permissive=0");
}

static void escapes_are_never_cut_in_two(void **state)
{
	struct audit_subject subject = between(domain(1), domain(3));
	struct audit_event event = {&subject, ESCAPED, ESCAPED, GRANT, 0x3, true, 12, false};
	const char *line = format(&event);
	size_t length = field_length(line, "scontext=");

	(void)state;
	assert_int_equal(length % 4, 3); /* escapes of four bytes, then three dots */
	assert_int_equal(field_length(line, "tcontext="), length);
	assert_in_range(strlen(line), AUDIT_LINE_MAX - 16, AUDIT_LINE_MAX - 1);
	assert_ends_with(line, "\\xff... tsid=5 tclass=grant op=grant_table_op.map_grant_ref seq=12 permissive=0");
}

static void names_leave_room_for_the_rest(void **state)
{
	struct audit_subject subject = between(domain(1), domain(3));
	struct audit_event event = {&subject, ESCAPED, MIDDLE, LONG_NAMES, 0xfff, true, 4294967295u, false};
	const char *line = format(&event);

	(void)state;
	/* Nine names of 40 bytes with their blank and the brace leave no room for a tenth; bits 9 to 11 are a number.
	 */
	assert_non_null(strstr(line, " " LONG("i") " 0xe00 } for source=d1"));
	assert_non_null(strstr(line, " tcontext=" HUNDRED("m") " tclass=long"));
	assert_ends_with(line, " tclass=long op=grant_table_op.map_grant_ref seq=4294967295 permissive=0");
}

static void a_line_follows_what_stands_before(void **state)
{
	struct audit_subject subject = by(nobody, NULL, NULL);
	struct audit_event event = {&subject, XENBOOT, XENBOOT, GRANT, 0x1, false, 0, false};
	struct ss_server server;
	struct text line;

	(void)state;
	ss_init(&server, &config);
	text_init(&line, buf, sizeof(buf));
	text_add(&line, "(XEN) ");
	audit_format(&line, &server, &event);
	assert_string_equal(buf,
			    "(XEN) avc:  granted  { map_read } for scontext=xenboot tcontext=xenboot tclass=grant");
	ss_fini(&server);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_denial_between_domains),
	    cmocka_unit_test(a_denial_that_was_let_through),
	    cmocka_unit_test(a_target_that_is_the_source_is_left_out),
	    cmocka_unit_test(special_domains_have_names),
	    cmocka_unit_test(the_current_domain_stands_without_a_source),
	    cmocka_unit_test(a_grant_has_no_number),
	    cmocka_unit_test(permissions),
	    cmocka_unit_test(a_number_stands_for_an_unknown_class),
	    cmocka_unit_test(a_number_stands_for_a_missing_text),
	    cmocka_unit_test(contexts_are_escaped),
	    cmocka_unit_test(long_contexts_are_cut_and_numbered),
	    cmocka_unit_test(one_long_context_leaves_the_other_whole),
	    cmocka_unit_test(escapes_are_never_cut_in_two),
	    cmocka_unit_test(names_leave_room_for_the_rest),
	    cmocka_unit_test(a_line_follows_what_stands_before),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
