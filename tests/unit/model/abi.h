/* SPDX-License-Identifier: BSD-2-Clause */
/* The facts of one set of headers, as tables in the order of abi_facts.def. */
#ifndef TESTS_UNIT_MODEL_ABI_H
#define TESTS_UNIT_MODEL_ABI_H

#include <stddef.h>
#include <stdint.h>

enum abi_kind { ABI_CONST, ABI_SIZE, ABI_FIELD };

struct abi_fact {
	enum abi_kind kind;
	const char *name, *member;
	int64_t value; /* of a constant; bytes of a type; offset of a member */
	size_t size;   /* of a member, bytes */
};

extern const struct abi_fact abi_ours[], abi_xens[];
extern const size_t abi_ours_count, abi_xens_count;

#define CONST(constant)	    {ABI_CONST, #constant, "", (int64_t)(constant), 0},
#define SIZE(name, type)    {ABI_SIZE, #name, "", (int64_t)sizeof(type), 0},
#define FIELD(type, member) {ABI_FIELD, #type, #member, (int64_t)offsetof(type, member), sizeof(((type *)0)->member)},

#endif
