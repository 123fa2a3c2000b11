/* SPDX-License-Identifier: BSD-2-Clause */
#include "hooks/model/memory.h"

void hv_page_pin(struct hv_page *page)
{
	page->refs++;
}

void hv_page_unpin(struct hv_page *page)
{
	PORT_BUG_ON(!page->refs);
	if (!--page->refs)
		port_free(page);
}

/* Machine addresses are never reused: a stale one can be told from a live one. */
static struct hv_page *page_create(void)
{
	static uint64_t machine_top;
	struct hv_page *page = port_alloc(sizeof(*page));

	if (!page)
		return NULL;
	page->refs = 1;
	machine_top += HV_PAGE_BYTES;
	page->machine = machine_top;
	return page;
}

static bool frame_is_window(uint64_t gfn)
{
	return gfn >= HV_FRAME_WINDOW && gfn < HV_FRAME_WINDOW + HV_FRAME_WINDOW_COUNT;
}

int hv_memory_init(struct hv_memory *m, uint32_t frames)
{
	uint32_t gfn;

	PORT_BUG_ON(frames < HV_FRAMES_MIN);
	memset(m, 0, sizeof(*m));
	m->frames = port_alloc(frames * sizeof(*m->frames));
	if (!m->frames)
		return -ENOMEM;
	m->count = frames;
	for (gfn = 0; gfn < frames; gfn++) {
		if (frame_is_window(gfn))
			continue;
		m->frames[gfn].page = page_create();
		if (!m->frames[gfn].page) {
			hv_memory_fini(m);
			return -ENOMEM;
		}
		m->frames[gfn].writable = true;
		m->owned++;
	}
	return 0;
}

void hv_memory_fini(struct hv_memory *m)
{
	uint32_t gfn;

	for (gfn = 0; gfn < m->count; gfn++)
		if (m->frames[gfn].page)
			hv_page_unpin(m->frames[gfn].page);
	port_free(m->frames);
	memset(m, 0, sizeof(*m));
}

/* Whether all of [@addr, @addr + @bytes) is there, and writable if @write. */
static bool range_is_there(const struct hv_memory *m, uint64_t addr, size_t bytes, bool write)
{
	uint64_t gfn, last;

	if (!bytes)
		return true;
	if (addr + (bytes - 1) < addr)
		return false;
	last = (addr + (bytes - 1)) / HV_PAGE_BYTES;
	if (last >= m->count)
		return false;
	for (gfn = addr / HV_PAGE_BYTES; gfn <= last; gfn++)
		if (!m->frames[gfn].page || (write && !m->frames[gfn].writable))
			return false;
	return true;
}

/* The bytes at @addr up to the end of its page, at most @*bytes of them. */
static uint8_t *piece(const struct hv_memory *m, uint64_t addr, size_t *bytes)
{
	size_t offset = addr % HV_PAGE_BYTES;

	if (*bytes > HV_PAGE_BYTES - offset)
		*bytes = HV_PAGE_BYTES - offset;
	return m->frames[addr / HV_PAGE_BYTES].page->bytes + offset;
}

int hv_memory_read(const struct hv_memory *m, uint64_t addr, void *dst, size_t bytes)
{
	uint8_t *out = dst;

	if (!range_is_there(m, addr, bytes, false))
		return -EFAULT;
	while (bytes) {
		size_t n = bytes;
		const uint8_t *in = piece(m, addr, &n);

		memcpy(out, in, n);
		out += n;
		addr += n;
		bytes -= n;
	}
	return 0;
}

int hv_memory_write(struct hv_memory *m, uint64_t addr, const void *src, size_t bytes)
{
	const uint8_t *in = src;

	if (!range_is_there(m, addr, bytes, true))
		return -EFAULT;
	while (bytes) {
		size_t n = bytes;
		uint8_t *out = piece(m, addr, &n);

		memcpy(out, in, n);
		in += n;
		addr += n;
		bytes -= n;
	}
	return 0;
}

bool hv_memory_is_writable(const struct hv_memory *m, uint64_t addr, size_t bytes)
{
	return range_is_there(m, addr, bytes, true);
}

struct hv_page *hv_memory_own_page(const struct hv_memory *m, uint64_t gfn)
{
	if (gfn >= m->count || m->frames[gfn].foreign)
		return NULL;
	return m->frames[gfn].page;
}

bool hv_memory_can_map(const struct hv_memory *m, uint64_t addr)
{
	uint64_t gfn = addr / HV_PAGE_BYTES;

	return addr % HV_PAGE_BYTES == 0 && gfn < m->count && frame_is_window(gfn) && !m->frames[gfn].page;
}

int hv_memory_map(struct hv_memory *m, uint64_t addr, struct hv_page *page, bool writable)
{
	struct hv_frame *frame;

	if (!hv_memory_can_map(m, addr))
		return -EINVAL;
	frame = &m->frames[addr / HV_PAGE_BYTES];
	hv_page_pin(page);
	frame->page = page;
	frame->writable = writable;
	frame->foreign = true;
	return 0;
}

bool hv_memory_maps(const struct hv_memory *m, uint64_t addr, const struct hv_page *page)
{
	uint64_t gfn = addr / HV_PAGE_BYTES;

	return addr % HV_PAGE_BYTES == 0 && gfn < m->count && m->frames[gfn].foreign && m->frames[gfn].page == page;
}

void hv_memory_unmap(struct hv_memory *m, uint64_t addr, struct hv_page *page)
{
	PORT_BUG_ON(!hv_memory_maps(m, addr, page));
	memset(&m->frames[addr / HV_PAGE_BYTES], 0, sizeof(m->frames[0]));
	hv_page_unpin(page);
}
