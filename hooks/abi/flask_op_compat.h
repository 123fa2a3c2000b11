/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * xsm_op(op) as 32-bit callers lay it out: addresses have 4 bytes, and nothing is
 * aligned to 8. Structures without an address are the same as in flask_op.h.
 */
#ifndef HOOKS_ABI_FLASK_OP_COMPAT_H
#define HOOKS_ABI_FLASK_OP_COMPAT_H

#include "hooks/abi/flask_op.h"

struct compat_xen_flask_load {
	uint32_t buffer;
	uint32_t size;
};

struct compat_xen_flask_sid_context {
	uint32_t sid;
	uint32_t size;
	uint32_t context;
};

struct compat_xen_flask_boolean {
	uint32_t bool_id;
	uint8_t enforcing;
	uint8_t pending;
	uint8_t new_value;
	uint8_t commit;
	uint32_t size;
	uint32_t name;
};

struct compat_xen_flask_devicetree_label {
	uint32_t sid;
	uint32_t length;
	uint32_t path;
};

struct compat_xen_flask_op {
	uint32_t cmd;
	uint32_t interface_version;
	union {
		struct compat_xen_flask_load load;
		struct compat_xen_flask_sid_context sid_context;
		struct compat_xen_flask_boolean boolean;
		struct compat_xen_flask_devicetree_label devicetree_label;
		uint8_t same[32]; /* every other structure, by its bytes */
	} u;
};

#endif
