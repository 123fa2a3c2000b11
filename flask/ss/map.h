/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The hypervisor's classes and permissions under one policy, matched by name
 * when the policy is staged; immutable from then on. What the policy lacks of
 * Xen's follows its handle_unknown; what it lacks of ours is not enforced.
 */
#ifndef FLASK_SS_MAP_H
#define FLASK_SS_MAP_H

#include "flask/ss/server.h"

#define SS_MAP_BITS 32u

/* One class of the hypervisor. */
struct ss_map_class {
	uint32_t tclass;	   /* the policy's number; none of its classes when it lacks this one */
	uint32_t known;		   /* the hypervisor's bits that the policy has */
	uint32_t given;		   /* others, allowed although the policy lacks them */
	bool same_bits;		   /* each known bit has the same place in the policy */
	uint8_t bits[SS_MAP_BITS]; /* by the policy's bit: the hypervisor's; SS_MAP_BITS: it has none */
};

struct ss_map {
	uint32_t nclasses, nown;       /* as in ss_config */
	struct ss_map_class classes[]; /* Xen's by number - 1, then ours */
};

/*
 * *@map is owned by the caller (port_free); NULL for a configuration without
 * classes: all numbers are then the policy's own. -ENOMEM. -EINVAL: the policy
 * lacks something and says reject; each is named in the log, the first in
 * *@error.
 */
int ss_map_create(const struct ss_config *config, const struct policy *policy, struct ss_map **map,
		  struct image_error *error) PORT_MUST_CHECK;

/*
 * The policy's number of class @number as flask_op and the hooks know it, and
 * *@row, which tells how to answer; NULL: the policy's masks are the answer.
 * 0 with a NULL row: no such class.
 */
uint32_t ss_map_find(const struct ss_map *map, const struct policy *policy, uint32_t number,
		     const struct ss_map_class **row);

/* From the policy's bits to the hypervisor's. A policy without the class has denied all and audits all. */
void ss_map_answer(const struct ss_map_class *row, struct decision *decision);

/* Logs what the policy of @map lacks, a line for each class; ours in one line. @map may be NULL. */
void ss_map_report(const struct ss_config *config, const struct policy *policy, const struct ss_map *map);

#endif
