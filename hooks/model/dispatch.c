/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Decoding. A structure is copied in once, into `union argument`; its body sees
 * only that copy, so a guest that writes to its memory meanwhile changes
 * nothing. Where results go back, the place is checked before the body runs.
 */
#include "hooks/model/dispatch.h"

#include "hooks/abi/console.h"
#include "hooks/model/calls.h"
#include "hooks/xsm.h"

union argument {
#define SUBOP(hypercall, name, number, handler, type, view, direction) type hypercall##_##name;
#include "hooks/model/hypercalls.def"
};

#define SUBOP(hypercall, name, number, handler, type, view, direction) \
	static int hypercall##_##name(union argument *arg)             \
	{                                                              \
		return handler(&arg->hypercall##_##name);              \
	}
#include "hooks/model/hypercalls.def"

struct subop {
	uint32_t number;
	const char *name;
	int (*call)(union argument *arg);
	size_t size; /* of the structure, bytes */
	bool out;    /* results go back */
};

struct hypercall {
	uint32_t number;
	const char *name;
	int64_t (*enter)(const struct hypercall *hc, const uint64_t *arg);
};

enum direction { IN = 0, OUT = 1 };

/* Sub-operations that have a body here; a row's hypercall is found by its name's number. */
static const struct {
	uint32_t hypercall;
	struct subop subop;
} subops[] = {
#define SUBOP(hypercall, name, number, handler, type, view, direction) \
	{__HYPERVISOR_##hypercall, {number, #name, hypercall##_##name, sizeof(type), direction}},
#define CONSOLE_SUBOP(name, number) {__HYPERVISOR_console_io, {number, #name, NULL, 0, IN}},
#include "hooks/model/hypercalls.def"
};

static struct hv_operation operation;

struct hv_operation hv_operation(void)
{
	return operation;
}

void hv_name_subop(const char *subop)
{
	operation.subop = subop;
}

/* Finds the command and names the operation after it. */
static const struct subop *find_subop(const struct hypercall *hc, uint32_t number)
{
	size_t i;

	for (i = 0; i < PORT_ARRAY_SIZE(subops); i++)
		if (subops[i].hypercall == hc->number && subops[i].subop.number == number) {
			operation.subop = subops[i].subop.name;
			return &subops[i].subop;
		}
	return NULL;
}

/* Copies one structure in, runs its body, and copies results back. */
static int64_t run_once(const struct subop *op, uint64_t address)
{
	union argument arg;
	int rc;

	if (hv_copy_from_guest(&arg, address, op->size))
		return -EFAULT;
	if (op->out && !hv_memory_is_writable(&hv_current()->memory, address, op->size))
		return -EFAULT;
	rc = op->call(&arg);
	if (!rc && op->out)
		rc = hv_copy_to_guest(address, &arg, op->size);
	return rc;
}

static int64_t enter_STRUCT(const struct hypercall *hc, const uint64_t *arg)
{
	const struct subop *op = find_subop(hc, (uint32_t)arg[0]);

	return op ? run_once(op, arg[1]) : -ENOSYS;
}

static int64_t enter_ARRAY(const struct hypercall *hc, const uint64_t *arg)
{
	const struct subop *op = find_subop(hc, (uint32_t)arg[0]);
	uint32_t count = (uint32_t)arg[2];
	int64_t rc = 0;
	uint32_t i;

	if (!op)
		return -ENOSYS;
	if (count > INT32_MAX)
		return -EINVAL;
	for (i = 0; i < count && !rc; i++)
		rc = run_once(op, arg[1] + (uint64_t)i * op->size);
	return rc;
}

static int64_t enter_DOMCTL(const struct hypercall *hc, const uint64_t *arg)
{
	const struct subop *op;
	union argument copy;
	struct xen_domctl *domctl = &copy.domctl_createdomain;
	int rc;

	if (hv_copy_from_guest(domctl, arg[0], sizeof(*domctl)))
		return -EFAULT;
	if (domctl->interface_version != XEN_DOMCTL_INTERFACE_VERSION)
		return -EACCES;
	op = find_subop(hc, domctl->cmd);
	if (!op)
		return hc_domctl_unknown(domctl);
	if (op->out && !hv_memory_is_writable(&hv_current()->memory, arg[0], sizeof(*domctl)))
		return -EFAULT;
	rc = op->call(&copy);
	if (!rc && op->out)
		rc = hv_copy_to_guest(arg[0], domctl, sizeof(*domctl));
	return rc;
}

static int64_t enter_CONSOLE(const struct hypercall *hc, const uint64_t *arg)
{
	(void)find_subop(hc, (uint32_t)arg[0]);
	return hc_console_io((uint32_t)arg[0], (uint32_t)arg[1], arg[2]);
}

static int64_t enter_MODULE(const struct hypercall *hc, const uint64_t *arg)
{
	(void)hc;
	return hv_current()->compat ? xsm_compat_do_xsm_op(arg[0]) : xsm_do_xsm_op(arg[0]);
}

static const struct hypercall hypercalls[] = {
#define HYPERCALL(name, number, shape) {number, #name, enter_##shape},
#include "hooks/model/hypercalls.def"
};

static int64_t enter(uint32_t number, const uint64_t *arg)
{
	size_t i;

	for (i = 0; i < PORT_ARRAY_SIZE(hypercalls); i++)
		if (hypercalls[i].number == number) {
			operation.hypercall = hypercalls[i].name;
			return hypercalls[i].enter(&hypercalls[i], arg);
		}
	return -ENOSYS;
}

int64_t hv_hypercall(struct domain *caller, uint32_t number, const uint64_t arg[HV_ARGS])
{
	struct domain *before = hv_current();
	int64_t rc;

	PORT_BUG_ON(!hv_domain_is_running(caller));
	hv_set_current(caller);
	rc = enter(number, arg);
	memset(&operation, 0, sizeof(operation));
	hv_set_current(before);
	return rc;
}
