/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The labels of devices in one snapshot: an immutable table, made from the
 * policy, and anew by each change at run time. Nobody but the security server
 * includes it; what hooks ask is in flask/ss/server.h.
 */
#ifndef FLASK_SS_DEVICES_H
#define FLASK_SS_DEVICES_H

#include "flask/ss/sidtab.h"

struct ss_device {
	uint64_t low, high; /* of one number: both; 0 of a path */
	const char *path;   /* OCON_DTREE only: the policy's, or in the table's own memory */
	flask_sid_t sid;
	const struct policy_ocon *ocon; /* what of the policy it is; NULL: labelled at run time */
};

struct ss_device_list {
	uint32_t count;
	struct ss_device *devices; /* rising, without overlap */
};

struct ss_devices {
	uint32_t added, deleted; /* at run time: labels that the policy does not have, and the policy's that are gone */
	struct ss_device_list lists[OCON_KINDS]; /* that of OCON_ISID is empty */
};

/* The devices of @policy, which it borrows, not yet labelled. NULL: no memory. */
struct ss_devices *ss_devices_create(const struct policy *policy) PORT_MUST_CHECK;
void ss_devices_destroy(struct ss_devices *devices); /* NULL is allowed */

/*
 * Gives each device its SID, made in @sids if new. @sids is not published.
 * -ENOMEM, -ENOSPC: to be called again, or given up.
 */
int ss_devices_label(struct ss_devices *devices, struct sidtab *sids) PORT_MUST_CHECK;

/* The first entry that does not end below @number; its index may be the count. */
uint32_t ss_devices_from(const struct ss_device_list *list, uint64_t number);

/* The first entry whose path does not sort below @path. */
uint32_t ss_devices_from_path(const struct ss_device_list *list, const char *path);

/*
 * A copy of @old with a copy of @device before entry @at of @kind, where it
 * keeps the order; and one without entry @at. NULL: no memory.
 */
struct ss_devices *ss_devices_with(const struct ss_devices *old, enum policy_ocon_kind kind, uint32_t at,
				   const struct ss_device *device) PORT_MUST_CHECK;
struct ss_devices *ss_devices_without(const struct ss_devices *old, enum policy_ocon_kind kind,
				      uint32_t at) PORT_MUST_CHECK;

/* Logs what a load that replaces the table takes back, if anything. */
void ss_devices_report(const struct ss_devices *devices);

#endif
