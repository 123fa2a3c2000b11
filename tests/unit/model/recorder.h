/* SPDX-License-Identifier: BSD-2-Clause */
/* A module that writes down what it is asked, and refuses what it is told to. */
#ifndef TESTS_UNIT_MODEL_RECORDER_H
#define TESTS_UNIT_MODEL_RECORDER_H

#include "hooks/xsm.h"

#define RECORDER_NONE 0xffffu /* no domain */

struct recorded {
	const char *hook;
	hv_domid_t src, dst; /* the two domains of hooks.def, or RECORDER_NONE */
	struct hv_operation operation;
};

struct recorder {
	struct recorded asked[32]; /* the first of them */
	unsigned int count;
	const char *deny;	       /* hook that answers -EACCES, or NULL */
	void (*during)(void *context); /* runs inside each hook, or NULL */
	void *context;
};

extern struct recorder recorder;
extern const struct xsm_ops recorder_ops;

#endif
