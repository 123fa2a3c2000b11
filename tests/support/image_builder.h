/* SPDX-License-Identifier: BSD-2-Clause */
/* Policy images for tests: byte by byte, and one small complete example of each version. */
#ifndef TESTS_SUPPORT_IMAGE_BUILDER_H
#define TESTS_SUPPORT_IMAGE_BUILDER_H

#include <stddef.h>
#include <stdint.h>

/* An all-zero builder is empty. Running out of memory ends the program. */
struct image_builder {
	unsigned char *bytes; /* owned */
	size_t size;
};

void builder_free(struct image_builder *builder);

void builder_u16(struct image_builder *builder, uint16_t number);
void builder_u32(struct image_builder *builder, uint32_t number);
void builder_u64(struct image_builder *builder, uint64_t number);
void builder_bytes(struct image_builder *builder, const void *bytes, size_t len);
void builder_hex(struct image_builder *builder, const char *digits); /* spaces between bytes are allowed */

/* Replaces @remove bytes at @at by what @digits say. */
void builder_splice(struct image_builder *builder, size_t at, size_t remove, const char *digits);

/*
 * The example of docs/policy-format.md at version 24 (787 bytes) or 30 (875):
 *   classes xen { version } and domain { create pause }
 *   attribute dom_a (2); types vm_t (1, alias u_t, has dom_a) and xen_t (3)
 *   roles object_r (1) and vm_r (2: xen_t, vm_t); user su (1: vm_r); boolean b = true
 *   allow xen_t dom_a:domain create;  if (b) { allow xen_t vm_t:domain pause; }
 *   constrain domain pause (t1 == xen_t);
 *   initial SID 1 su:vm_r:xen_t;  iomem 0xfe000-0xfe0ff su:object_r:vm_t
 */
void builder_example(struct image_builder *builder, unsigned int version);

/*
 * Instead of a version: the example at 24 with levels (1071 bytes):
 *   sensitivities s0 (1, alias lo: c0) and s1 (2: c0 c1); categories c0 (1, alias ca) and c1 (2)
 *   user su: s0 - s1:c0,c1, default s0;  range_transition xen_t vm_t:domain s0 - s1:c1;
 *   initial SID 1 at s0;  iomem range at s0:c0 - s1:c0,c1
 */
#define BUILDER_MLS 1u

#endif
