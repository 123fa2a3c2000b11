/* SPDX-License-Identifier: BSD-2-Clause */
/* Between the two layouts of flask_op: a table of fields, and one loop. */
#include "flask/module/flask_op.h"

_Static_assert(sizeof(struct compat_xen_flask_op) == sizeof(struct xen_flask_op), "one size for both layouts");

/* A field of the structures that hold an address: offset from the start of the operation and bytes, in both layouts. */
struct field {
	enum flask_layout layout;
	uint8_t at, size;
	uint8_t compat_at, compat_size;
};

static const struct field fields[] = {
#define FIELD(LAYOUT, member)                                                                                     \
	{                                                                                                         \
		FLASK_LAYOUT_##LAYOUT, offsetof(struct xen_flask_op, u.member),                                   \
		    sizeof(((struct xen_flask_op *)0)->u.member), offsetof(struct compat_xen_flask_op, u.member), \
		    sizeof(((struct compat_xen_flask_op *)0)->u.member)                                           \
	}
    FIELD(LOAD, load.buffer),
    FIELD(LOAD, load.size),
    FIELD(SID_CONTEXT, sid_context.sid),
    FIELD(SID_CONTEXT, sid_context.size),
    FIELD(SID_CONTEXT, sid_context.context),
    FIELD(BOOLEAN, boolean.bool_id),
    FIELD(BOOLEAN, boolean.enforcing),
    FIELD(BOOLEAN, boolean.pending),
    FIELD(BOOLEAN, boolean.new_value),
    FIELD(BOOLEAN, boolean.commit),
    FIELD(BOOLEAN, boolean.size),
    FIELD(BOOLEAN, boolean.name),
    FIELD(DEVICETREE_LABEL, devicetree_label.sid),
    FIELD(DEVICETREE_LABEL, devicetree_label.length),
    FIELD(DEVICETREE_LABEL, devicetree_label.path),
#undef FIELD
};

static uint64_t load(const void *at, uint8_t size)
{
	uint32_t word;
	uint64_t value;

	switch (size) {
	case 1:
		return *(const uint8_t *)at;
	case 4:
		memcpy(&word, at, sizeof(word));
		return word;
	case 8:
		memcpy(&value, at, sizeof(value));
		return value;
	}
	port_panic("Flask: a field of flask_op has a size of its own");
}

static void store(void *at, uint8_t size, uint64_t value)
{
	uint32_t word = (uint32_t)value;

	switch (size) {
	case 1:
		*(uint8_t *)at = (uint8_t)value;
		return;
	case 4:
		memcpy(at, &word, sizeof(word));
		return;
	case 8:
		memcpy(at, &value, sizeof(value));
		return;
	}
	port_panic("Flask: a field of flask_op has a size of its own");
}

void flask_op_from_compat(enum flask_layout layout, const struct compat_xen_flask_op *compat, struct xen_flask_op *op)
{
	uint32_t i;

	memset(op, 0, sizeof(*op));
	op->cmd = compat->cmd;
	op->interface_version = compat->interface_version;
	if (layout == FLASK_LAYOUT_SAME)
		memcpy(&op->u, &compat->u, sizeof(op->u));
	for (i = 0; i < PORT_ARRAY_SIZE(fields); i++)
		if (fields[i].layout == layout)
			store((uint8_t *)op + fields[i].at, fields[i].size,
			      load((const uint8_t *)compat + fields[i].compat_at, fields[i].compat_size));
}

/* No field grew on the way: an address came from the caller and is given back as it was. */
void flask_op_to_compat(enum flask_layout layout, const struct xen_flask_op *op, struct compat_xen_flask_op *compat)
{
	uint32_t i;

	if (layout == FLASK_LAYOUT_SAME)
		memcpy(&compat->u, &op->u, sizeof(compat->u));
	for (i = 0; i < PORT_ARRAY_SIZE(fields); i++)
		if (fields[i].layout == layout)
			store((uint8_t *)compat + fields[i].compat_at, fields[i].compat_size,
			      load((const uint8_t *)op + fields[i].at, fields[i].size));
}
