/* SPDX-License-Identifier: BSD-2-Clause */
#include "tests/bench/peer.h"

#include <stdlib.h>

#include <sepol/debug.h>
#include <sepol/policydb/policydb.h>
#include <sepol/policydb/services.h>

static struct policydb live;
static sidtab_t live_sids;

static bool read_image(struct policydb *db, const void *bytes, size_t size)
{
	if (policydb_init(db))
		return false;
	if (!policydb_from_image(NULL, (void *)(uintptr_t)bytes, size, db)) /* reads it only */
		return true;
	policydb_destroy(db);
	return false;
}

static bool read_sids(struct policydb *db, sidtab_t *sids)
{
	if (!policydb_load_isids(db, sids))
		return true;
	policydb_destroy(db);
	return false;
}

bool peer_load(const void *bytes, size_t size)
{
	struct policydb db;

	if (!read_image(&db, bytes, size))
		return false;
	policydb_destroy(&db);
	return true;
}

bool peer_load_sids(const void *bytes, size_t size)
{
	struct policydb db;
	sidtab_t sids;

	if (!read_image(&db, bytes, size) || !read_sids(&db, &sids))
		return false;
	sepol_sidtab_destroy(&sids);
	policydb_destroy(&db);
	return true;
}

bool peer_open(const void *bytes, size_t size)
{
	sepol_debug(0);
	if (!read_image(&live, bytes, size) || !read_sids(&live, &live_sids))
		return false;
	sepol_set_policydb(&live);
	sepol_set_sidtab(&live_sids);
	return true;
}

void peer_close(void)
{
	sepol_sidtab_destroy(&live_sids);
	policydb_destroy(&live);
}

uint32_t peer_sid(const char *text, size_t size)
{
	sepol_security_id_t sid;

	return sepol_context_to_sid(text, size, &sid) ? 0 : sid;
}

uint32_t peer_access(uint32_t source, uint32_t target, uint16_t tclass)
{
	struct sepol_av_decision av;

	return sepol_compute_av(source, target, tclass, 0, &av) ? 0 : av.allowed;
}

size_t peer_text(uint32_t sid)
{
	char *text;
	size_t size;

	if (sepol_sid_to_context(sid, &text, &size))
		return 0;
	free(text);
	return size;
}
