/* SPDX-License-Identifier: BSD-2-Clause */
/* What the caller sees and what is logged, for each meeting of policy, mode and audit rules. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "flask/avc/verdict.h"

#define NONE 0u
#define ALL  0xffffffffu

static void verdicts(void **state)
{
	static const struct {
		const char *name;
		uint32_t allowed, auditallow, auditdeny;
		bool permissive_type;
		uint32_t perms;
		bool enforcing;
		struct verdict verdict;
	} rows[] = {
	    /* name, allow, auditallow, auditdeny, permissive type, asked, enforcing, {rc, denied, audited} */
	    {"allowed, silent", 0x6, NONE, ALL, false, 0x6, true, {0, 0, 0}},
	    {"allowed, other bits would be refused", 0x2, NONE, ALL, false, 0x2, true, {0, 0, 0}},
	    {"allowed, one bit audited", 0x7, 0x4, ALL, false, 0x6, true, {0, 0, 0x4}},
	    {"allowed, audited bit not asked", 0x7, 0x1, ALL, false, 0x6, true, {0, 0, 0}},
	    {"one bit missing", 0x2, NONE, ALL, false, 0x6, true, {-EACCES, 0x4, 0x4}},
	    {"all missing", NONE, NONE, ALL, false, 0x6, true, {-EACCES, 0x6, 0x6}},
	    {"highest bit missing", 0x7fffffff, NONE, ALL, false, 0x80000000, true, {-EACCES, 0x80000000, 0x80000000}},
	    {"refused, none to be audited", NONE, NONE, ~0x6u, false, 0x6, true, {-EACCES, 0x6, 0}},
	    {"refused, one to be audited", NONE, NONE, ~0x2u, false, 0x6, true, {-EACCES, 0x6, 0x4}},
	    {"a refusal hides auditallow", 0x2, 0x2, ALL, false, 0x6, true, {-EACCES, 0x4, 0x4}},
	    {"a silent refusal hides auditallow", 0x2, 0x2, NONE, false, 0x6, true, {-EACCES, 0x4, 0}},
	    {"refused, permissive mode", NONE, NONE, ALL, false, 0x6, false, {0, 0x6, 0x6}},
	    {"refused, permissive type", NONE, NONE, ALL, true, 0x6, true, {0, 0x6, 0x6}},
	    {"refused, both permissive", NONE, NONE, ALL, true, 0x6, false, {0, 0x6, 0x6}},
	    {"refused, permissive, not to be audited", NONE, NONE, NONE, false, 0x6, false, {0, 0x6, 0}},
	    {"allowed, permissive type", 0x6, NONE, ALL, true, 0x6, true, {0, 0, 0}},
	    {"every bit", ALL, ALL, ALL, false, ALL, true, {0, 0, ALL}},
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct decision decision = {
		    .allowed = rows[i].allowed,
		    .auditallow = rows[i].auditallow,
		    .auditdeny = rows[i].auditdeny,
		    .permissive = rows[i].permissive_type,
		};
		struct verdict verdict = flask_verdict(&decision, rows[i].perms, rows[i].enforcing);

		print_message("  %s\n", rows[i].name);
		assert_int_equal(verdict.rc, rows[i].verdict.rc);
		assert_int_equal(verdict.denied, rows[i].verdict.denied);
		assert_int_equal(verdict.audited, rows[i].verdict.audited);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(verdicts)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
