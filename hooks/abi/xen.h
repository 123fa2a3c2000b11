/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Numbers every guest shares with the hypervisor. The names, values and layouts
 * in hooks/abi are those of Xen's public headers (4.17, x86-64); a guest handle
 * is a plain address. tests/unit/model/test_abi.c compares both.
 */
#ifndef HOOKS_ABI_XEN_H
#define HOOKS_ABI_XEN_H

#include "port_types.h"

#define __HYPERVISOR_console_io	      18
#define __HYPERVISOR_grant_table_op   20
#define __HYPERVISOR_xsm_op	      27
#define __HYPERVISOR_event_channel_op 32
#define __HYPERVISOR_domctl	      36

typedef uint16_t domid_t;
typedef uint64_t xen_pfn_t; /* a guest frame number */
typedef uint8_t xen_domain_handle_t[16];

/* Ids at and above DOMID_FIRST_RESERVED name no ordinary domain. */
#define DOMID_FIRST_RESERVED 0x7FF0U
#define DOMID_SELF	     0x7FF0U
#define DOMID_IO	     0x7FF1U
#define DOMID_XEN	     0x7FF2U
#define DOMID_COW	     0x7FF3U
#define DOMID_INVALID	     0x7FF4U
#define DOMID_IDLE	     0x7FFFU
#define DOMID_MASK	     0x7FFFU

/* The start of the page that a domain shares with the hypervisor; what follows is not used here. */
struct shared_info {
	uint8_t vcpu_info[32][64];
	uint64_t evtchn_pending[64]; /* bit p % 64 of word p / 64: port p */
	uint64_t evtchn_mask[64];
};

#endif
