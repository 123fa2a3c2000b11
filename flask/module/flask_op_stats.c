/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * GETAVC_THRESHOLD, SETAVC_THRESHOLD, AVC_HASHSTATS, AVC_CACHESTATS. Xen's are of
 * its cache of decisions. Here no decision is cached, and the numbers are of what
 * there is instead: the table of labels, and the questions that each CPU asked.
 */
#include "flask/module/check.h"
#include "flask/module/flask_op.h"
#include "flask/module/module.h"
#include "flask/perms.h"

int flask_op_getavc_threshold(struct xen_flask_op *op)
{
	(void)op;
	return (int)avc_threshold(&flask.avc);
}

/*
 * A caller who changes nothing needs no permission, as in Xen. A number that
 * GETAVC_THRESHOLD would give back as an error is refused.
 */
int flask_op_setavc_threshold(struct xen_flask_op *op)
{
	uint32_t threshold = op->u.setavc_threshold.threshold;
	int rc;

	if (threshold == avc_threshold(&flask.avc))
		return 0;
	rc = flask_check_current(SECINITSID_SECURITY, SECCLASS_SECURITY, SECURITY__SETSECPARAM);
	if (rc)
		return rc;
	if (threshold > INT32_MAX)
		return -EINVAL;
	avc_set_threshold(&flask.avc, threshold);
	return 0;
}

int flask_op_avc_hashstats(struct xen_flask_op *op)
{
	struct sidtab_stats stats = ss_label_stats(&flask.server);
	struct xen_flask_hash_stats out = {
	    .entries = stats.labels,
	    .buckets_used = stats.buckets_used,
	    .buckets_total = SIDTAB_BUCKETS,
	    .max_chain_len = stats.longest,
	};

	op->u.hash_stats = out;
	return 0;
}

/* Without a cache every question is computed, and nothing is kept: no hit, and no entry made or given back. */
int flask_op_avc_cachestats(struct xen_flask_op *op)
{
	struct xen_flask_cache_stats out = {.cpu = op->u.cache_stats.cpu};
	int rc = avc_decisions(&flask.avc, out.cpu, &out.lookups);

	if (rc)
		return rc;
	out.misses = out.lookups;
	op->u.cache_stats = out;
	return 0;
}
