/* SPDX-License-Identifier: BSD-2-Clause */
/* Grants: pages carry no label, the domains on both sides do. */
#include "flask/module/check.h"
#include "flask/module/hooks.h"
#include "flask/perms.h"
#include "hooks/abi/grant_table.h"

int flask_grant_mapref(struct domain *mapper, struct domain *granter, uint32_t flags)
{
	uint32_t perms = GRANT__MAP_READ | (flags & GNTMAP_readonly ? 0 : GRANT__MAP_WRITE);

	return flask_check_domains(mapper, granter, SECCLASS_GRANT, perms);
}

int flask_grant_unmapref(struct domain *mapper, struct domain *granter)
{
	return flask_check_domains(mapper, granter, SECCLASS_GRANT, GRANT__UNMAP);
}

/* As in Xen a caller that is neither side is not asked: it reaches only what both sides granted to it. */
int flask_grant_copy(struct domain *from, struct domain *to)
{
	return flask_check_domains(from, to, SECCLASS_GRANT, GRANT__COPY);
}
