/* SPDX-License-Identifier: BSD-2-Clause */
#include "tests/support/image_builder.h"

#include <err.h>
#include <stdlib.h>
#include <string.h>

void builder_free(struct image_builder *builder)
{
	free(builder->bytes);
	builder->bytes = NULL;
	builder->size = 0;
}

/* Room for @len bytes at @at; what stood there moves up. */
static unsigned char *open_gap(struct image_builder *builder, size_t at, size_t len)
{
	unsigned char *bytes = realloc(builder->bytes, builder->size + len + 1);

	if (!bytes)
		err(1, "image builder");
	memmove(bytes + at + len, bytes + at, builder->size - at);
	builder->bytes = bytes;
	builder->size += len;
	return bytes + at;
}

void builder_bytes(struct image_builder *builder, const void *bytes, size_t len)
{
	unsigned char *gap = open_gap(builder, builder->size, len);

	if (len)
		memcpy(gap, bytes, len);
}

static void little_endian(struct image_builder *builder, uint64_t number, size_t len)
{
	unsigned char *gap = open_gap(builder, builder->size, len);

	for (; len--; number >>= 8)
		*gap++ = (unsigned char)number;
}

void builder_u16(struct image_builder *builder, uint16_t number)
{
	little_endian(builder, number, sizeof(number));
}

void builder_u32(struct image_builder *builder, uint32_t number)
{
	little_endian(builder, number, sizeof(number));
}

void builder_u64(struct image_builder *builder, uint64_t number)
{
	little_endian(builder, number, sizeof(number));
}

static unsigned char hex_value(char digit)
{
	const char *digits = "0123456789abcdef", *found = digit ? strchr(digits, digit) : NULL;

	if (!found)
		errx(1, "image builder: not a hexadecimal digit: '%c'", digit);
	return (unsigned char)(found - digits);
}

void builder_splice(struct image_builder *builder, size_t at, size_t remove, const char *digits)
{
	if (at + remove > builder->size)
		errx(1, "image builder: splice at %zu outside the image", at);
	memmove(builder->bytes + at, builder->bytes + at + remove, builder->size - at - remove);
	builder->size -= remove;
	while (*digits) {
		if (*digits == ' ') {
			digits++;
			continue;
		}
		*open_gap(builder, at++, 1) = (unsigned char)(hex_value(digits[0]) << 4 | hex_value(digits[1]));
		digits += 2;
	}
}

void builder_hex(struct image_builder *builder, const char *digits)
{
	open_gap(builder, builder->size, 0);
	builder_splice(builder, builder->size, 0, digits);
}

/* The bytes in order. A second text is what version 30 has instead. */
static const struct {
	const char *v24, *v30;
} example[] = {
    {"8cff7cf9 08000000 58656e466c61736b", NULL}, /* magic, "XenFlask" */
    {"18000000 00000000 08000000 05000000", "1e000000 00000000 08000000 06000000"},
    {"40000000 00000000 00000000", NULL},					  /* capabilities */
    {"40000000 00000000 00000000", NULL},					  /* permissive types */
    {"00000000 00000000", NULL},						  /* commons */
    {"02000000 02000000", NULL},						  /* classes */
    {"06000000 00000000 02000000 02000000 02000000 01000000 646f6d61696e", NULL}, /* domain = 2 */
    {"06000000 01000000 637265617465", NULL},					  /* create */
    {"05000000 02000000 7061757365", NULL},					  /* pause */
    {"02000000 01000000", NULL},						  /* constraint: pause, one node */
    {"05000000 04000000 01000000", NULL},					  /* source type == names */
    {"40000000 40000000 01000000 00000000 0400000000000000", NULL},		  /* { xen_t } */
    {"", "40000000 40000000 01000000 00000000 0400000000000000 40000000 00000000 00000000 00000000"},
    {"00000000", NULL},							    /* validatetrans */
    {"", "00000000 00000000 00000000 00000000"},			    /* defaults */
    {"03000000 00000000 01000000 01000000 01000000 00000000 78656e", NULL}, /* xen = 1 */
    {"07000000 01000000 76657273696f6e", NULL},				    /* version */
    {"00000000", NULL},
    {"", "00000000 00000000 00000000 00000000"},
    {"02000000 02000000", NULL},				    /* roles */
    {"04000000 02000000 00000000 766d5f72", NULL},		    /* vm_r = 2 */
    {"40000000 40000000 01000000 00000000 0200000000000000", NULL}, /* dominates itself */
    {"40000000 40000000 01000000 00000000 0500000000000000", NULL}, /* types 1, 3 */
    {"08000000 01000000 00000000 6f626a6563745f72", NULL},	    /* object_r = 1 */
    {"40000000 00000000 00000000 40000000 00000000 00000000", NULL},
    {"03000000 04000000", NULL},				    /* types */
    {"03000000 01000000 00000000 00000000 755f74", NULL},	    /* alias u_t of 1 */
    {"04000000 01000000 01000000 00000000 766d5f74", NULL},	    /* vm_t = 1 */
    {"05000000 02000000 03000000 00000000 646f6d5f61", NULL},	    /* attribute dom_a = 2 */
    {"05000000 03000000 01000000 00000000 78656e5f74", NULL},	    /* xen_t = 3 */
    {"01000000 01000000", NULL},				    /* users */
    {"02000000 01000000 00000000 7375", NULL},			    /* su = 1 */
    {"40000000 40000000 01000000 00000000 0200000000000000", NULL}, /* roles: vm_r */
    {"01000000 00000000 40000000 00000000 00000000", NULL},	    /* range */
    {"00000000 40000000 00000000 00000000", NULL},		    /* default level */
    {"01000000 01000000 01000000 01000000 01000000 62", NULL},	    /* boolean b = 1, true */
    {"00000000 00000000 00000000 00000000", NULL},		    /* sensitivities, categories */
    {"01000000 0300 0200 0200 0100 01000000", NULL},		    /* one rule */
    {"01000000 01000000 01000000 01000000 01000000", NULL},	    /* one conditional: b */
    {"01000000 0300 0100 0200 0180 02000000", NULL},		    /* its true list */
    {"00000000", NULL},						    /* its false list */
    {"00000000 00000000", NULL},				    /* role transitions, role allows */
    {"", "00000000"},						    /* file name transitions */
    {"01000000 01000000 01000000 02000000 03000000", NULL},	    /* initial SID 1 */
    {"01000000 00000000 40000000 00000000 00000000", NULL},
    {"00000000 00000000", NULL},						  /* pirqs, ioports */
    {"01000000 00e00f00 ffe00f00", "01000000 00e00f0000000000 ffe00f0000000000"}, /* one iomem range */
    {"01000000 01000000 01000000", NULL},
    {"01000000 00000000 40000000 00000000 00000000", NULL},
    {"00000000", NULL},						    /* PCI devices */
    {"", "00000000"},						    /* device tree nodes */
    {"00000000 00000000", NULL},				    /* genfs, range transitions */
    {"40000000 40000000 01000000 00000000 0300000000000000", NULL}, /* attributes of vm_t: 1, 2 */
    {"40000000 40000000 01000000 00000000 0200000000000000", NULL}, /* of dom_a */
    {"40000000 40000000 01000000 00000000 0400000000000000", NULL}, /* of xen_t */
};

#define SET_NONE  "40000000 00000000 00000000 "
#define SET(bits) "40000000 40000000 01000000 00000000 " bits "00000000000000 "

/* What levels change: offsets of the example at 24, from the end to the start. */
static const struct {
	size_t at, remove;
	const char *hex;
} levels[] = {
    {0x2c7, 4, "01000000 03000000 01000000 02000000 02000000 01000000 02000000 " SET_NONE SET("02")},
    {0x2ab, 20, "02000000 01000000 02000000 " SET("01") SET("03")},
    {0x277, 20, "01000000 01000000 " SET_NONE},
    {0x213, 16,
     "03000000 03000000 " /* one more than there are, as checkpolicy counts an alias */
     "02000000 00000000 7330 01000000 " SET("01") "02000000 00000000 7331 02000000 " SET(
	 "03") "02000000 01000000 6c6f 01000000 " SET("01") "03000000 03000000 02000000 01000000 00000000 6330 "
							    "02000000 02000000 00000000 6331 "
							    "02000000 01000000 01000000 6361"},
    {0x1ee, 16, "01000000 " SET_NONE},
    {0x1da, 20, "02000000 01000000 02000000 " SET_NONE SET("03")},
    {0x14, 4, "01000000"},
};

static void example_with_levels(struct image_builder *builder)
{
	size_t i;

	builder_example(builder, 24);
	for (i = 0; i < sizeof(levels) / sizeof(levels[0]); i++)
		builder_splice(builder, levels[i].at, levels[i].remove, levels[i].hex);
}

void builder_example(struct image_builder *builder, unsigned int version)
{
	size_t i;

	if (version == BUILDER_MLS) {
		example_with_levels(builder);
		return;
	}
	for (i = 0; i < sizeof(example) / sizeof(example[0]); i++)
		builder_hex(builder, version == 30 && example[i].v30 ? example[i].v30 : example[i].v24);
}
