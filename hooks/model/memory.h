/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The memory of a domain: frames, each empty or backed by a page. A page is
 * shared by counted references, so that one that another domain has mapped
 * outlives its owner. The layout of every domain:
 *
 *   frame  0        shared info (pending bits)
 *   frame  1        grant table, written by the domain itself
 *   frames 2..15    its own
 *   frames 16..47   empty; grants of other domains are mapped here
 *   frames 48..     its own
 */
#ifndef HOOKS_MODEL_MEMORY_H
#define HOOKS_MODEL_MEMORY_H

#include "hooks/port.h"

#define HV_PAGE_BYTES	      ((size_t)4096)
#define HV_FRAME_SHARED	      0u
#define HV_FRAME_GRANTS	      1u
#define HV_FRAME_WINDOW	      16u
#define HV_FRAME_WINDOW_COUNT 32u
#define HV_FRAMES_MIN	      (HV_FRAME_WINDOW + HV_FRAME_WINDOW_COUNT)

struct hv_page {
	uint32_t refs;
	uint64_t machine; /* byte address in the machine, as guests are told it */
	uint8_t bytes[HV_PAGE_BYTES];
};

struct hv_frame {
	struct hv_page *page; /* one reference; NULL: empty */
	bool writable;
	bool foreign; /* a mapped grant */
};

struct hv_memory {
	struct hv_frame *frames;
	uint32_t count;
	uint32_t owned; /* pages that are the domain's own */
};

/* Makes @frames (at least HV_FRAMES_MIN) frames of zeroed memory; -ENOMEM leaves nothing. */
int hv_memory_init(struct hv_memory *m, uint32_t frames) PORT_MUST_CHECK;
void hv_memory_fini(struct hv_memory *m);

/* Copies @bytes at guest address @addr; -EFAULT (and nothing copied) when any of them is not there. */
int hv_memory_read(const struct hv_memory *m, uint64_t addr, void *dst, size_t bytes) PORT_MUST_CHECK;
int hv_memory_write(struct hv_memory *m, uint64_t addr, const void *src, size_t bytes) PORT_MUST_CHECK;

/* Whether hv_memory_write() would succeed. */
bool hv_memory_is_writable(const struct hv_memory *m, uint64_t addr, size_t bytes);

/* The page at frame @gfn if it is the domain's own, else NULL. Borrowed. */
struct hv_page *hv_memory_own_page(const struct hv_memory *m, uint64_t gfn);

/*
 * Puts @page at @addr, a page-aligned address of an empty frame of the window.
 * -EINVAL for any other address.
 */
int hv_memory_map(struct hv_memory *m, uint64_t addr, struct hv_page *page, bool writable) PORT_MUST_CHECK;

/* Whether @addr can take a hv_memory_map(). */
bool hv_memory_can_map(const struct hv_memory *m, uint64_t addr);

/* Whether the grant mapped at @addr is @page. */
bool hv_memory_maps(const struct hv_memory *m, uint64_t addr, const struct hv_page *page);

/* Ends the mapping of @page at @addr, which is there (hv_memory_maps()). */
void hv_memory_unmap(struct hv_memory *m, uint64_t addr, struct hv_page *page);

void hv_page_pin(struct hv_page *page);
void hv_page_unpin(struct hv_page *page);

#endif
