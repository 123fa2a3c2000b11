/* SPDX-License-Identifier: BSD-2-Clause */
#include "hooks/model/args.h"

#include "hooks/abi/console.h"
#include "hooks/abi/domctl.h"
#include "hooks/abi/event_channel.h"
#include "hooks/abi/flask_op_compat.h"
#include "hooks/abi/grant_table.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

static const struct {
	const char *name;
	uint32_t number;
	enum scn_shape shape;
	size_t size; /* of the structure for a command that is not in the table */
} hypercalls[] = {
#define SIZE_STRUCT		       64
#define SIZE_ARRAY		       64
#define SIZE_DOMCTL		       sizeof(struct xen_domctl)
#define SIZE_CONSOLE		       sizeof(struct scn_console)
#define SIZE_MODULE		       sizeof(struct xen_flask_op)
#define HYPERCALL(name, number, shape) {#name, number, SCN_##shape, SIZE_##shape},
#include "hooks/model/hypercalls.def"
};

static const struct {
	const char *hypercall, *name;
	uint32_t number;
	const char *view;
	size_t size;
} subops[] = {
#define SUBOP(hypercall, name, number, handler, type, view, direction) {#hypercall, #name, number, #view, sizeof(type)},
#define CONSOLE_SUBOP(name, number)				       {"console_io", #name, number, "console_io", sizeof(struct scn_console)},
#define MODULE_SUBOP(name, number, view, direction)		       {"xsm_op", #name, number, #view, sizeof(struct xen_flask_op)},
#include "hooks/model/hypercalls.def"
};

static const struct scn_field fields[] = {
#define FIELD(view, type, name, member, kind) \
	{#view, #name, offsetof(type, member), sizeof(((type *)0)->member), SCN_##kind, false},
#define COMPAT_FIELD(view, type, name, member, kind) \
	{#view, #name, offsetof(type, member), sizeof(((type *)0)->member), SCN_##kind, true},
#include "hooks/model/arguments.def"
};

enum constant_kind { PLAIN, GRANT_STATUS, ERROR };

static const struct {
	const char *name;
	int64_t value;
	enum constant_kind kind;
} constants[] = {
#define CONSTANT(name) {#name, name, PLAIN},
#define STATUS(name)   {#name, name, GRANT_STATUS},
#define ERRNO(name)    {#name, name, ERROR},
#include "hooks/model/arguments.def"
};

static bool parse_number(const char *text, uint32_t *number)
{
	char *end;
	unsigned long value;

	if (*text < '0' || *text > '9')
		return false;
	errno = 0;
	value = strtoul(text, &end, 0);
	if (errno || *end || value > UINT32_MAX)
		return false;
	*number = (uint32_t)value;
	return true;
}

/* The command @name of the hypercall already in @call. */
static bool find_subop(const char *name, struct scn_call *call)
{
	size_t i;

	for (i = 0; i < PORT_ARRAY_SIZE(subops); i++)
		if (!strcmp(subops[i].hypercall, call->common) && !strcmp(subops[i].name, name)) {
			call->subop = subops[i].number;
			call->view = subops[i].view;
			call->size = subops[i].size;
			return true;
		}
	return parse_number(name, &call->subop);
}

bool scn_call_find(const char *name, struct scn_call *call)
{
	const char *dot = strchr(name, '.');
	size_t length = dot ? (size_t)(dot - name) : 0;
	size_t i;

	memset(call, 0, sizeof(*call));
	if (!dot)
		return false;
	if (!strncmp(name, "hypercall.", length + 1)) {
		call->common = call->view = "hypercall";
		return parse_number(dot + 1, &call->hypercall);
	}
	for (i = 0; i < PORT_ARRAY_SIZE(hypercalls); i++) {
		if (strlen(hypercalls[i].name) != length || strncmp(hypercalls[i].name, name, length) != 0)
			continue;
		call->hypercall = hypercalls[i].number;
		call->shape = hypercalls[i].shape;
		call->common = call->view = hypercalls[i].name;
		call->size = hypercalls[i].size;
		return find_subop(dot + 1, call);
	}
	return false;
}

static const struct scn_field *find_in_view(const char *view, const char *name, bool compat)
{
	size_t i;

	for (i = 0; i < PORT_ARRAY_SIZE(fields); i++)
		if (fields[i].compat == compat && !strcmp(fields[i].view, view) && !strcmp(fields[i].name, name))
			return &fields[i];
	return NULL;
}

const struct scn_field *scn_field_find(const struct scn_call *call, const char *name)
{
	const struct scn_field *field = call->compat ? find_in_view(call->view, name, true) : NULL;

	if (!field)
		field = find_in_view(call->view, name, false);
	return field ? field : find_in_view(call->common, name, false);
}

int64_t scn_field_get(const struct scn_field *field, const uint8_t *bytes)
{
	uint64_t value = 0;

	/* The structures are little-endian, as the machines this ABI is for. */
	memcpy(&value, bytes + field->offset, field->size);
	if (field->kind == SCN_STATUS)
		return (int16_t)value;
	return (int64_t)value;
}

void scn_field_set(const struct scn_field *field, uint8_t *bytes, uint64_t value)
{
	memcpy(bytes + field->offset, &value, field->size);
}

bool scn_field_holds(const struct scn_field *field, int64_t value)
{
	unsigned int bits = (unsigned int)field->size * 8;

	if (bits >= 64)
		return true;
	return value >= -(INT64_C(1) << (bits - 1)) && value < INT64_C(1) << bits;
}

bool scn_constant_find(const char *name, size_t length, int64_t *value)
{
	size_t i;

	for (i = 0; i < PORT_ARRAY_SIZE(constants); i++)
		if (strlen(constants[i].name) == length && !strncmp(constants[i].name, name, length)) {
			*value = constants[i].value;
			return true;
		}
	return false;
}

static const char *constant_name(enum constant_kind kind, int64_t value)
{
	size_t i;

	for (i = 0; i < PORT_ARRAY_SIZE(constants); i++)
		if (constants[i].kind == kind && constants[i].value == value)
			return constants[i].name;
	return NULL;
}

void scn_result_format(int64_t value, char text[SCN_NUMBER_MAX])
{
	const char *name = value < 0 ? constant_name(ERROR, -value) : NULL;

	if (name)
		snprintf(text, SCN_NUMBER_MAX, "-%s", name);
	else
		snprintf(text, SCN_NUMBER_MAX, "%" PRId64, value);
}

void scn_status_format(int64_t value, char text[SCN_NUMBER_MAX])
{
	const char *name = constant_name(GRANT_STATUS, value);

	if (name)
		snprintf(text, SCN_NUMBER_MAX, "%s", name);
	else
		snprintf(text, SCN_NUMBER_MAX, "%" PRId64, value);
}
