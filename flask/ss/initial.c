/* SPDX-License-Identifier: BSD-2-Clause */
/* Initial SIDs: labels that the hypervisor knows by number. */
#include "flask/ss/private.h"

#define INITIAL_SECTION "initial SIDs" /* as the reader of images calls it */

const char *ss_initial_name(const struct ss_config *config, flask_sid_t sid)
{
	return sid < config->ninitial_sids ? config->initial_sids[sid] : NULL;
}

/* Xen: the highest initial SID is not found by its name. */
flask_sid_t ss_initial_find(const struct ss_config *config, const char *bytes, size_t len)
{
	flask_sid_t sid;

	if (len && !bytes[len - 1])
		len--;
	for (sid = 1; sid + 1 < config->ninitial_sids; sid++)
		if (strlen(config->initial_sids[sid]) == len && !memcmp(config->initial_sids[sid], bytes, len))
			return sid;
	return config->before_policy;
}

/* What @policy defines for @sid, or NULL. */
static const struct policy_context *defined(const struct policy *policy, flask_sid_t sid)
{
	uint32_t i;

	for (i = 0; i < policy->nocons[OCON_ISID]; i++)
		if (policy->ocons[OCON_ISID][i].low == sid)
			return &policy->ocons[OCON_ISID][i].context;
	return NULL;
}

static int refuse_absent(const struct ss_config *config, flask_sid_t sid, struct image_error *error)
{
	char buf[SS_LINE_MAX];
	struct text reason;

	text_init(&reason, buf, sizeof(buf));
	text_add(&reason, "initial SID ");
	text_add_u32(&reason, sid);
	text_add(&reason, " (");
	text_add(&reason, config->initial_sids[sid]);
	text_add(&reason, ") has no context");
	return ss_refuse(error, INITIAL_SECTION, &reason);
}

/* Xen: takes a policy without some, and gives their numbers to other labels. */
int ss_initial_check(const struct ss_config *config, const struct policy *policy, struct image_error *error)
{
	flask_sid_t sid;

	for (sid = 1; sid < config->ninitial_sids; sid++)
		if (!defined(policy, sid))
			return refuse_absent(config, sid, error);
	return 0;
}

/* Definitions are sorted by number, without doubles, up to POLICY_ISID_MAX; there may be more than the hypervisor
 * knows. */
int ss_initial_fill(const struct policy *policy, struct sidtab *sids)
{
	uint32_t n = policy->nocons[OCON_ISID];
	uint32_t last = n ? (uint32_t)policy->ocons[OCON_ISID][n - 1].low : 0;
	const struct policy_context *context;
	flask_sid_t sid;
	int rc;

	rc = sidtab_reserve(sids, last);
	for (sid = 1; !rc && sid <= last; sid++) {
		context = defined(policy, sid);
		if (context)
			rc = sidtab_insert(sids, context);
		else
			sidtab_append_hole(sids);
	}
	return rc;
}

static void report_kept(const struct ss_config *config, flask_sid_t sid, const struct policy *policy,
			const struct policy_context *unused)
{
	char buf[SS_LINE_MAX];
	struct text line;

	text_init(&line, buf, sizeof(buf));
	text_add(&line, "Flask: initial SID ");
	text_add_u32(&line, sid);
	text_add(&line, " (");
	text_add(&line, config->initial_sids[sid]);
	text_add(&line, ") keeps its context until the next boot; this policy's is not used: ");
	ss_line_context(&line, policy, unused);
	port_log(PORT_WARNING, buf);
}

void ss_initial_report(const struct ss_config *config, const struct ss_snapshot *snapshot)
{
	const struct policy_context *wanted;
	const struct sid_entry *entry;
	flask_sid_t sid;

	for (sid = 1; sid < config->ninitial_sids; sid++) {
		wanted = defined(snapshot->policy, sid);
		entry = sidtab_find(snapshot->sids, sid);
		if (wanted && entry && !context_equal(wanted, &entry->context))
			report_kept(config, sid, snapshot->policy, wanted);
	}
}
