/* SPDX-License-Identifier: BSD-2-Clause */
/* Hypercalls, their fields and the constants by name, for scenarios. */
#ifndef HOOKS_MODEL_ARGS_H
#define HOOKS_MODEL_ARGS_H

#include "hooks/port.h"

/* How the arguments arrive: hypercalls.def. */
enum scn_shape { SCN_STRUCT, SCN_ARRAY, SCN_DOMCTL, SCN_CONSOLE, SCN_MODULE };
enum scn_kind { SCN_NUMBER, SCN_STATUS, SCN_ADDRESS, SCN_BYTES };

#define SCN_ARGUMENT_MAX 144u /* bytes of the largest structure */

struct scn_call {
	uint32_t hypercall;
	uint32_t subop;
	enum scn_shape shape;
	const char *view;   /* fields of this command */
	const char *common; /* fields of all commands: the hypercall's name */
	size_t size;	    /* of the structure, bytes */
	bool compat;	    /* laid out by a 32-bit caller */
};

struct scn_field {
	const char *view;
	const char *name;
	size_t offset, size; /* bytes */
	enum scn_kind kind;
	bool compat; /* only of 32-bit callers, in place of the one of this name */
};

/* The console's two registers, in the form of a structure. */
struct scn_console {
	uint64_t count;
	uint64_t buffer;
};

/*
 * Finds "domctl.pausedomain"; also an unknown command or hypercall by number:
 * "domctl.99", "hypercall.99". False when there is no such name.
 */
bool scn_call_find(const char *name, struct scn_call *call) PORT_MUST_CHECK;

const struct scn_field *scn_field_find(const struct scn_call *call, const char *name);

/* The number in @field of the structure @bytes; a STATUS is signed. Not of BYTES. */
int64_t scn_field_get(const struct scn_field *field, const uint8_t *bytes);
void scn_field_set(const struct scn_field *field, uint8_t *bytes, uint64_t value);

/* Whether @value can be stored in @field as it is. */
bool scn_field_holds(const struct scn_field *field, int64_t value);

bool scn_constant_find(const char *name, size_t length, int64_t *value) PORT_MUST_CHECK;

/* Writes "-EACCES", "GNTST_bad_domain" (of a status) or the plain number. */
#define SCN_NUMBER_MAX 32
void scn_result_format(int64_t value, char text[SCN_NUMBER_MAX]);
void scn_status_format(int64_t value, char text[SCN_NUMBER_MAX]);

#endif
