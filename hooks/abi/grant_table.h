/* SPDX-License-Identifier: BSD-2-Clause */
/* grant_table_op(cmd, array, count): grant entries, commands and their arguments. */
#ifndef HOOKS_ABI_GRANT_TABLE_H
#define HOOKS_ABI_GRANT_TABLE_H

#include "hooks/abi/xen.h"

typedef uint32_t grant_ref_t;
typedef uint32_t grant_handle_t;

/* What a domain writes in its own grant table. */
struct grant_entry_v1 {
	uint16_t flags; /* GTF_* */
	domid_t domid;	/* who may use the frame */
	uint32_t frame;
};

#define GNTTAB_NR_RESERVED_ENTRIES 8

#define GTF_invalid	  (0U << 0)
#define GTF_permit_access (1U << 0)
#define GTF_type_mask	  (3U << 0)
#define GTF_readonly	  (1U << 2)
#define GTF_reading	  (1U << 3) /* set by the hypervisor while mapped */
#define GTF_writing	  (1U << 4) /* set by the hypervisor while mapped writable */

#define GNTTABOP_map_grant_ref	 0
#define GNTTABOP_unmap_grant_ref 1
#define GNTTABOP_copy		 5

#define GNTMAP_device_map      (1U << 0)
#define GNTMAP_host_map	       (1U << 1)
#define GNTMAP_readonly	       (1U << 2)
#define GNTMAP_application_map (1U << 3)
#define GNTMAP_contains_pte    (1U << 4)

struct gnttab_map_grant_ref {
	uint64_t host_addr;
	uint32_t flags; /* GNTMAP_* */
	grant_ref_t ref;
	domid_t dom;
	int16_t status;	       /* out: GNTST_* */
	grant_handle_t handle; /* out */
	uint64_t dev_bus_addr; /* out */
};

struct gnttab_unmap_grant_ref {
	uint64_t host_addr;
	uint64_t dev_bus_addr;
	grant_handle_t handle;
	int16_t status; /* out: GNTST_* */
};

#define GNTCOPY_source_gref (1U << 0)
#define GNTCOPY_dest_gref   (1U << 1)

struct gnttab_copy {
	struct gnttab_copy_ptr {
		union {
			grant_ref_t ref;
			xen_pfn_t gmfn;
		} u;
		domid_t domid;
		uint16_t offset; /* bytes into the page */
	} source, dest;
	uint16_t len;	/* bytes */
	uint16_t flags; /* GNTCOPY_* */
	int16_t status; /* out: GNTST_* */
};

#define GNTST_okay		(0)
#define GNTST_general_error	(-1)
#define GNTST_bad_domain	(-2)
#define GNTST_bad_gntref	(-3)
#define GNTST_bad_handle	(-4)
#define GNTST_bad_virt_addr	(-5)
#define GNTST_bad_dev_addr	(-6)
#define GNTST_no_device_space	(-7)
#define GNTST_permission_denied (-8)
#define GNTST_bad_page		(-9)
#define GNTST_bad_copy_arg	(-10)
#define GNTST_address_too_big	(-11)
#define GNTST_eagain		(-12)
#define GNTST_no_space		(-13)

#endif
