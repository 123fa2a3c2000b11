/* SPDX-License-Identifier: BSD-2-Clause */
#include "tools/audit/log_notice.h"

/* What a line must hold to be of a kind; the first row that fits counts. */
static const struct {
	const char *needle;
	enum notice notice;
} rows[] = {
    {"Denying unknown ", NOTICE_REFUSED},
    {"Allowing unknown ", NOTICE_LET_THROUGH},
    {"is incorrect, found ", NOTICE_MISMATCH},
    {"definition of a class is incorrect", NOTICE_MISMATCH},
    {"not defined in policy", NOTICE_MISMATCH},
    {"Access controls disabled", NOTICE_OPEN},
    {"NO POLICY", NOTICE_OPEN},
    {"disabled at boot", NOTICE_OPEN},
    {"a policy is awaited", NOTICE_OPEN},
    {"reason=bounds", NOTICE_BOUNDS},
    {"policy refused", NOTICE_NOT_LOADED},
    {"no policy was given", NOTICE_NOT_LOADED},
    {"no memory to start", NOTICE_NOT_LOADED},
    {"nvalid security context", NOTICE_LABEL},
    {"nvalid context", NOTICE_LABEL},
    {"became invalid", NOTICE_LABEL},
    {"not valid", NOTICE_LABEL},
    {"not in the new policy", NOTICE_LABEL},
    {"not valid in the new policy", NOTICE_LABEL},
    {"in the policy again", NOTICE_LABEL},
    {"labels without a place", NOTICE_LABEL},
    {" more labels", NOTICE_LABEL},
    {"no label is prepared", NOTICE_LABEL},
    {"keeps its context", NOTICE_LABEL},
    {"XSM Framework", NOTICE_STATE},
    {"Policy len ", NOTICE_STATE},
    {"avtab hash slots", NOTICE_STATE},
    {" users, ", NOTICE_STATE},
    {" classes, ", NOTICE_STATE},
    {"nitializing", NOTICE_STATE},
    {"Starting in ", NOTICE_STATE},
    {"enforcing", NOTICE_STATE},
    {"permissive", NOTICE_STATE},
    {"booleans changed", NOTICE_STATE},
    {" relabelled by ", NOTICE_STATE},
    {"labels of devices", NOTICE_STATE},
    {"Using policy", NOTICE_STATE},
};

static const struct {
	const char *meaning, *advice;
} kinds[NOTICE_KINDS] = {
    [NOTICE_REFUSED] = {"an operation that Flask does not know was refused",
			"the hypervisor is newer than its hook table: it needs a fix, no policy can allow this"},
    [NOTICE_LET_THROUGH] = {"an operation that Flask does not know was let through",
			    "permissive mode, or a policy with handle_unknown allow"},
    [NOTICE_MISMATCH] = {"policy and hypervisor disagree on classes or permissions",
			 "rebuild the policy with the access vectors of this hypervisor"},
    [NOTICE_OPEN] = {"FLASK ENFORCED NOTHING", "boot with flask=enforcing and a policy that this hypervisor accepts"},
    [NOTICE_NOT_LOADED] = {"a policy was refused or is missing; the one before it stays, if there was one",
			   "flask-policy info FILE says what is wrong"},
    [NOTICE_BOUNDS] = {"a bounding type took permissions away", "allow them to the bounding type first"},
    [NOTICE_LABEL] = {"a label that the policy does not have, or has again", NULL},
    [NOTICE_STATE] = {"boot, load, mode, or another label for a domain", NULL},
};

/* The @len bytes at @text hold @needle. */
static bool holds(const char *text, size_t len, const char *needle)
{
	size_t size = strlen(needle);
	size_t pos;

	for (pos = 0; pos + size <= len; pos++)
		if (!memcmp(text + pos, needle, size))
			return true;
	return false;
}

static bool holds_any(const char *text, size_t len, const char *const *needles)
{
	for (; *needles; needles++)
		if (holds(text, len, *needles))
			return true;
	return false;
}

enum notice log_notice(const char *text, size_t len)
{
	static const char *const names[] = {"Flask:", "FLASK:", "XSM", "Policy len ", "reason=bounds", NULL};
	static const char *const marks[] = {
	    "Flask", "FLASK", "flask", "avc:", "scontext=", "tcontext=", "tclass=", "denied  {", NULL};
	size_t i;

	for (i = 0; holds_any(text, len, names) && i < PORT_ARRAY_SIZE(rows); i++)
		if (holds(text, len, rows[i].needle))
			return rows[i].notice;
	return holds_any(text, len, names) || holds_any(text, len, marks) ? NOTICE_UNKNOWN : NOTICE_UNRELATED;
}

const char *log_notice_meaning(enum notice notice)
{
	return kinds[notice].meaning;
}

const char *log_notice_advice(enum notice notice)
{
	return kinds[notice].advice;
}
