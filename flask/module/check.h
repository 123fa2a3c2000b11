/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The questions that hooks ask, by who stands in the audit line. All return
 * what avc_check() returns.
 */
#ifndef FLASK_MODULE_CHECK_H
#define FLASK_MODULE_CHECK_H

#include "flask/ss/sidtab.h"
#include "hooks/hv.h"

/* May @subject do it to @object? The line says source= and target=. */
int flask_check_domains(const struct domain *subject, const struct domain *object, uint32_t tclass,
			uint32_t perms) PORT_MUST_CHECK;

/* The same for labels that are not the domains' own: of a channel between them. */
int flask_check_between(const struct domain *source_domain, const struct domain *target_domain, flask_sid_t source,
			flask_sid_t target, uint32_t tclass, uint32_t perms) PORT_MUST_CHECK;

/* May the label @source do it to @target? The line says current=. */
int flask_check_labels(flask_sid_t source, flask_sid_t target, uint32_t tclass, uint32_t perms) PORT_MUST_CHECK;

/* The same for the current domain as the source. */
int flask_check_current(flask_sid_t target, uint32_t tclass, uint32_t perms) PORT_MUST_CHECK;

#endif
