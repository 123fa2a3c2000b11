/* SPDX-License-Identifier: BSD-2-Clause */
/* Grants: what the rest of the model needs of them. Hypercalls: hooks/model/calls.h. */
#ifndef HOOKS_MODEL_GRANT_H
#define HOOKS_MODEL_GRANT_H

#include "hooks/model/domain.h"

/* Ends every mapping that @d has of other domains' pages. */
void hv_grant_unmap_all(struct domain *d);

#endif
