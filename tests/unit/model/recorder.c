/* SPDX-License-Identifier: BSD-2-Clause */
#include "tests/unit/model/recorder.h"

struct recorder recorder;

static hv_domid_t id_of(const struct domain *d)
{
	return d ? hv_domain_id(d) : RECORDER_NONE;
}

static int record(const char *hook, const struct domain *src, const struct domain *dst)
{
	if (recorder.count < PORT_ARRAY_SIZE(recorder.asked))
		recorder.asked[recorder.count] = (struct recorded){hook, id_of(src), id_of(dst), hv_operation()};
	recorder.count++;
	if (recorder.during)
		recorder.during(recorder.context);
	return recorder.deny && !strcmp(recorder.deny, hook) ? -EACCES : 0;
}

/* Most hooks compare two of their parameters. */
#pragma GCC diagnostic ignored "-Wunused-parameter"

#define dummy_set_system_active() 0
#define HOOK(name, rule, params, args, src, dst) \
	static int hook_##name params            \
	{                                        \
		return record(#name, src, dst);  \
	}
#define NOTICE(type, name, params, args, none) \
	static type notice_##name params       \
	{                                      \
		return none;                   \
	}
#include "hooks/hooks.def"

const struct xsm_ops recorder_ops = {
#define HOOK(name, rule, params, args, src, dst) .name = hook_##name,
#define NOTICE(type, name, params, args, none)	 .name = notice_##name,
#include "hooks/hooks.def"
};
