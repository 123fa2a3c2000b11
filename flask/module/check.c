/* SPDX-License-Identifier: BSD-2-Clause */
/* From domains to the labels and names of a check. */
#include "flask/module/check.h"
#include "flask/module/labels.h"
#include "flask/module/module.h"

static struct audit_domain name_domain(const struct domain *d)
{
	struct audit_domain name = {.kind = AUDIT_DOMAIN_ID, .id = hv_domain_id(d)};

	switch (hv_domain_kind(d)) {
	case HV_DOMAIN_ORDINARY:
		break;
	case HV_DOMAIN_IDLE:
		name.kind = AUDIT_DOMAIN_IDLE;
		break;
	case HV_DOMAIN_XEN:
		name.kind = AUDIT_DOMAIN_XEN;
		break;
	case HV_DOMAIN_IO:
		name.kind = AUDIT_DOMAIN_IO;
		break;
	}
	return name;
}

int flask_check_between(const struct domain *source_domain, const struct domain *target_domain, flask_sid_t source,
			flask_sid_t target, uint32_t tclass, uint32_t perms)
{
	struct hv_operation operation = hv_operation();
	struct audit_subject who = {
	    .source = name_domain(source_domain),
	    .target = name_domain(target_domain),
	    .hypercall = operation.hypercall,
	    .subop = operation.subop,
	};

	return avc_check(&flask.avc, source, target, tclass, perms, &who);
}

int flask_check_domains(const struct domain *subject, const struct domain *object, uint32_t tclass, uint32_t perms)
{
	return flask_check_between(subject, object, flask_subject_sid(subject), flask_object_sid(subject, object),
				   tclass, perms);
}

int flask_check_labels(flask_sid_t source, flask_sid_t target, uint32_t tclass, uint32_t perms)
{
	struct hv_operation operation = hv_operation();
	struct audit_subject who = {
	    .current = name_domain(hv_current()),
	    .hypercall = operation.hypercall,
	    .subop = operation.subop,
	};

	return avc_check(&flask.avc, source, target, tclass, perms, &who);
}

int flask_check_current(flask_sid_t target, uint32_t tclass, uint32_t perms)
{
	return flask_check_labels(flask_subject_sid(hv_current()), target, tclass, perms);
}
