/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Grants: a domain writes entries in its grant table, other domains map or copy
 * the frames they name. The entry is read once per use; while a frame is in use
 * its first reading counts, whatever the domain writes later.
 */
#include "hooks/model/grant.h"

#include "hooks/model/calls.h"
#include "hooks/xsm.h"

static uint64_t entry_address(grant_ref_t ref)
{
	return HV_FRAME_GRANTS * HV_PAGE_BYTES + (uint64_t)ref * sizeof(struct grant_entry_v1);
}

/* Sets and clears GTF_reading and GTF_writing of an entry; a dying granter has no table any more. */
static void entry_mark(struct domain *granter, grant_ref_t ref)
{
	const struct hv_grant *use = &granter->grants[ref];
	struct grant_entry_v1 entry;
	int rc;

	if (granter->dying)
		return;
	rc = hv_memory_read(&granter->memory, entry_address(ref), &entry, sizeof(entry));
	if (rc)
		return;
	entry.flags &= (uint16_t) ~(GTF_reading | GTF_writing);
	if (use->readers || use->writers)
		entry.flags |= GTF_reading;
	if (use->writers)
		entry.flags |= GTF_writing;
	rc = hv_memory_write(&granter->memory, entry_address(ref), &entry, sizeof(entry));
	PORT_BUG_ON(rc);
}

/*
 * Reads entry @ref for a use by the current domain: GNTST_okay and the page it
 * names (borrowed), or why not.
 */
static int16_t entry_resolve(struct domain *granter, grant_ref_t ref, bool write, struct hv_page **page)
{
	const struct hv_grant *use;
	struct grant_entry_v1 entry;

	if (ref >= HV_GRANTS || hv_memory_read(&granter->memory, entry_address(ref), &entry, sizeof(entry)))
		return GNTST_bad_gntref;
	if ((entry.flags & GTF_type_mask) != GTF_permit_access || entry.domid != hv_current()->id)
		return GNTST_general_error;
	if (write && (entry.flags & GTF_readonly))
		return GNTST_general_error;
	use = &granter->grants[ref];
	if (use->page && use->domid != hv_current()->id)
		return GNTST_general_error;
	*page = use->page ? use->page : hv_memory_own_page(&granter->memory, entry.frame);
	return *page ? GNTST_okay : GNTST_bad_page;
}

static void grant_use(struct domain *granter, grant_ref_t ref, struct hv_page *page, bool readonly)
{
	struct hv_grant *use = &granter->grants[ref];

	if (!use->page) {
		hv_page_pin(page);
		use->page = page;
		use->domid = hv_current()->id;
	}
	if (readonly)
		use->readers++;
	else
		use->writers++;
	entry_mark(granter, ref);
}

static void grant_unuse(struct domain *granter, grant_ref_t ref, bool readonly)
{
	struct hv_grant *use = &granter->grants[ref];
	struct hv_page *page = use->page;

	if (readonly)
		use->readers--;
	else
		use->writers--;
	entry_mark(granter, ref);
	if (use->readers || use->writers)
		return;
	memset(use, 0, sizeof(*use));
	hv_page_unpin(page);
}

/* Ends what @handle maps, and frees it. */
static void mapping_end(struct domain *d, struct hv_mapping *mapping)
{
	struct domain *granter = mapping->granter;

	hv_memory_unmap(&d->memory, mapping->addr, granter->grants[mapping->ref].page);
	grant_unuse(granter, mapping->ref, mapping->readonly);
	memset(mapping, 0, sizeof(*mapping));
	hv_domain_unpin(granter);
}

void hv_grant_unmap_all(struct domain *d)
{
	uint32_t handle;

	for (handle = 0; handle < HV_HANDLES; handle++)
		if (d->mappings[handle].granter)
			mapping_end(d, &d->mappings[handle]);
}

static struct hv_mapping *free_mapping(struct domain *d)
{
	uint32_t handle;

	for (handle = 0; handle < HV_HANDLES; handle++)
		if (!d->mappings[handle].granter)
			return &d->mappings[handle];
	return NULL;
}

/* Takes over the pin on @granter when it returns GNTST_okay. */
static int16_t map_page(struct domain *granter, struct gnttab_map_grant_ref *op)
{
	struct domain *mapper = hv_current();
	bool readonly = op->flags & GNTMAP_readonly;
	struct hv_mapping *mapping;
	struct hv_page *page;
	int16_t status;

	if (xsm_grant_mapref(mapper, granter, op->flags))
		return GNTST_permission_denied;
	mapping = free_mapping(mapper);
	if (!mapping)
		return GNTST_no_space;
	status = entry_resolve(granter, op->ref, !readonly, &page);
	if (status != GNTST_okay)
		return status;
	if (hv_memory_map(&mapper->memory, op->host_addr, page, !readonly))
		return GNTST_bad_virt_addr;
	grant_use(granter, op->ref, page, readonly);
	mapping->granter = granter;
	mapping->ref = op->ref;
	mapping->readonly = readonly;
	mapping->addr = op->host_addr;
	op->handle = (grant_handle_t)(mapping - mapper->mappings);
	op->dev_bus_addr = page->machine;
	return GNTST_okay;
}

/* The model has neither an IOMMU nor page tables of guests. */
static int16_t map_flags_status(uint32_t flags)
{
	if (!(flags & (GNTMAP_host_map | GNTMAP_device_map)))
		return GNTST_bad_gntref; /* Xen's answer to a map that maps nothing */
	if (flags & (GNTMAP_device_map | GNTMAP_contains_pte))
		return GNTST_general_error;
	return GNTST_okay;
}

int hc_map_grant_ref(struct gnttab_map_grant_ref *op)
{
	struct domain *granter;

	op->status = map_flags_status(op->flags);
	if (op->status != GNTST_okay)
		return 0;
	granter = hv_domain_pin(op->dom);
	if (!granter) {
		op->status = GNTST_bad_domain;
		return 0;
	}
	op->status = map_page(granter, op);
	if (op->status != GNTST_okay)
		hv_domain_unpin(granter);
	return 0;
}

static int16_t unmap_page(const struct gnttab_unmap_grant_ref *op)
{
	struct domain *mapper = hv_current();
	struct hv_mapping *mapping;

	if (op->handle >= HV_HANDLES || !mapper->mappings[op->handle].granter)
		return GNTST_bad_handle;
	mapping = &mapper->mappings[op->handle];
	if (xsm_grant_unmapref(mapper, mapping->granter))
		return GNTST_permission_denied;
	if (op->dev_bus_addr)
		return GNTST_bad_dev_addr;
	if (!op->host_addr)
		return GNTST_okay;
	if (op->host_addr != mapping->addr)
		return GNTST_general_error;
	mapping_end(mapper, mapping);
	return GNTST_okay;
}

int hc_unmap_grant_ref(struct gnttab_unmap_grant_ref *op)
{
	op->status = unmap_page(op);
	return 0;
}

/* One end of a copy, resolved. */
struct copy_end {
	struct domain *domain; /* pinned */
	struct hv_page *page;  /* borrowed */
};

static int16_t end_pin(const struct gnttab_copy_ptr *ptr, bool by_ref, struct copy_end *end)
{
	if (!by_ref && ptr->domid != DOMID_SELF)
		return GNTST_permission_denied;
	end->domain = hv_domain_pin(ptr->domid);
	return end->domain ? GNTST_okay : GNTST_bad_domain;
}

static int16_t end_resolve(const struct gnttab_copy_ptr *ptr, bool by_ref, bool write, struct copy_end *end)
{
	if (by_ref)
		return entry_resolve(end->domain, ptr->u.ref, write, &end->page);
	end->page = hv_memory_own_page(&end->domain->memory, ptr->u.gmfn);
	return end->page ? GNTST_okay : GNTST_bad_page;
}

static int16_t copy_bytes(const struct gnttab_copy *op, struct copy_end *from, struct copy_end *to)
{
	int16_t status;

	if (xsm_grant_copy(from->domain, to->domain))
		return GNTST_permission_denied;
	status = end_resolve(&op->source, op->flags & GNTCOPY_source_gref, false, from);
	if (status == GNTST_okay)
		status = end_resolve(&op->dest, op->flags & GNTCOPY_dest_gref, true, to);
	if (status != GNTST_okay)
		return status;
	memmove(to->page->bytes + op->dest.offset, from->page->bytes + op->source.offset, op->len);
	return GNTST_okay;
}

static bool copy_fits(const struct gnttab_copy *op)
{
	return op->source.offset + (uint32_t)op->len <= HV_PAGE_BYTES &&
	       op->dest.offset + (uint32_t)op->len <= HV_PAGE_BYTES;
}

int hc_copy(struct gnttab_copy *op)
{
	struct copy_end from = {NULL, NULL};
	struct copy_end to = {NULL, NULL};

	op->status = copy_fits(op) ? GNTST_okay : GNTST_bad_copy_arg;
	if (op->status == GNTST_okay)
		op->status = end_pin(&op->source, op->flags & GNTCOPY_source_gref, &from);
	if (op->status == GNTST_okay)
		op->status = end_pin(&op->dest, op->flags & GNTCOPY_dest_gref, &to);
	if (op->status == GNTST_okay)
		op->status = copy_bytes(op, &from, &to);
	if (from.domain)
		hv_domain_unpin(from.domain);
	if (to.domain)
		hv_domain_unpin(to.domain);
	return 0;
}
