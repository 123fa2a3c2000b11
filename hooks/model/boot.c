/* SPDX-License-Identifier: BSD-2-Clause */
#include "hooks/model/boot.h"

#include "hooks/model/console.h"
#include "hooks/model/domain.h"
#include "hooks/xsm.h"

static const struct hv_domain_config first_domains[] = {
    {.id = DOMID_IDLE, .kind = HV_DOMAIN_IDLE, .privileged = true},
    {.id = DOMID_XEN, .kind = HV_DOMAIN_XEN},
    {.id = DOMID_IO, .kind = HV_DOMAIN_IO},
    {.id = 0, .kind = HV_DOMAIN_ORDINARY, .privileged = true},
};

static void destroy(hv_domid_t id)
{
	struct domain *d = hv_domain_find(id);

	if (d && !d->dying)
		hv_domain_destroy(d);
}

/* Guests first: they may map one another's pages. The idle domain, which acts, last. */
void hv_shutdown(void)
{
	struct domain *idle = hv_domain_find(DOMID_IDLE);
	uint32_t id;

	if (idle)
		hv_set_current(idle);
	for (id = 0; id < DOMID_FIRST_RESERVED; id++)
		destroy((hv_domid_t)id);
	destroy(DOMID_IO);
	destroy(DOMID_XEN);
	destroy(DOMID_IDLE);
	hv_console_reset();
}

int hv_boot(void)
{
	struct domain *made;
	size_t i;
	int rc = 0;

	for (i = 0; i < PORT_ARRAY_SIZE(first_domains) && !rc; i++)
		rc = hv_domain_create(&first_domains[i], &made);
	if (!rc)
		rc = xsm_set_system_active();
	if (rc)
		hv_shutdown();
	return rc;
}
