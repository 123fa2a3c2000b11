/* SPDX-License-Identifier: BSD-2-Clause */
/* Shared by reference.c and reference_xen.c only: the one place that sees libsepol's structures. */
#ifndef TESTS_ORACLE_REFERENCE_PRIVATE_H
#define TESTS_ORACLE_REFERENCE_PRIVATE_H

#include <sepol/policydb/conditional.h> /* before <stdbool.h>: it has a member of the name bool */
#include <sepol/policydb/policydb.h>
#include <sepol/policydb/sidtab.h>

#include "tests/oracle/reference.h"

struct reference {
	struct policydb views[2]; /* by enum reference_view */
	sidtab_t sids;		  /* shared: both views number the same labels */
	uint32_t *bounds;	  /* by type - 1, as the image has them; owned */
	bool attributes_in_roles; /* as the image was read */
	bool stale_conditions;	  /* as the image was read */
};

/* Changes the AS_XEN view in every point of the table and keeps the facts it erases. */
void reference_edit_as_xen(struct reference *ref);

#endif
