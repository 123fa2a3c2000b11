/* SPDX-License-Identifier: BSD-2-Clause */
/* Xen's own headers, from the package libxen-dev; they use what strict C11 has under other names. */
#undef __STRICT_ANSI__
#define __XEN_TOOLS__		  1
#define __XEN_INTERFACE_VERSION__ 0x00041100
#include <stdint.h>
#include <xen/xen.h>

#include <xen/domctl.h>
#include <xen/event_channel.h>
#include <xen/grant_table.h>
#include <xen/xsm/flask_op.h>

#include "tests/unit/model/abi.h"

const struct abi_fact abi_xens[] = {
#include "tests/unit/model/abi_facts.def"
};
const size_t abi_xens_count = sizeof(abi_xens) / sizeof(abi_xens[0]);
