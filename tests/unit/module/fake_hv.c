/* SPDX-License-Identifier: BSD-2-Clause */
/* See fake_hv.h. */
#include "tests/unit/module/fake_hv.h"
#include "hooks/abi/xen.h"

struct domain *fake_current;
_Thread_local struct hv_operation fake_operation;
void (*fake_between)(void);
void (*fake_walk)(void);
struct domain *fake_domains[FAKE_DOMAINS];
struct domain *fake_peers[FAKE_PORTS];
uint8_t fake_memory[FAKE_BYTES];
bool fake_memory_read_only;

struct domain *hv_current(void)
{
	return fake_current;
}

enum hv_domain_kind hv_domain_kind(const struct domain *d)
{
	return d->kind;
}

hv_domid_t hv_domain_id(const struct domain *d)
{
	return d->id;
}

bool hv_domain_is_privileged(const struct domain *d)
{
	return d->privileged;
}

void hv_domain_set_privileged(struct domain *d, bool privileged)
{
	d->privileged = privileged;
}

bool hv_domain_is_console(const struct domain *d)
{
	return d->console;
}

struct domain *hv_domain_target(const struct domain *d)
{
	return d->target;
}

struct port_slot *hv_domain_label(struct domain *d)
{
	return &d->label;
}

const struct port_slot *hv_domain_label_const(const struct domain *d)
{
	return &d->label;
}

uint32_t *hv_evtchn_label(struct evtchn *chn)
{
	return &chn->label;
}

enum hv_evtchn_state hv_evtchn_state(const struct evtchn *chn)
{
	return chn->state;
}

struct domain *hv_domain_pin(hv_domid_t id)
{
	struct domain *d = NULL;

	if (id == DOMID_SELF)
		d = fake_current;
	else if (id < FAKE_DOMAINS)
		d = fake_domains[id];
	if (d)
		__atomic_add_fetch(&d->pins, 1, __ATOMIC_RELAXED);
	return d;
}

void hv_domain_unpin(struct domain *d)
{
	__atomic_sub_fetch(&d->pins, 1, __ATOMIC_RELAXED);
}

struct domain *hv_domain_pin_next(struct domain *d)
{
	uint32_t id = d ? d->id + 1u : 0;
	struct domain *next = NULL;

	if (!d && fake_walk)
		fake_walk();
	for (; id < FAKE_DOMAINS && !next; id++)
		next = hv_domain_pin((hv_domid_t)id);
	if (d)
		hv_domain_unpin(d);
	return next;
}

struct domain *hv_evtchn_peer_pin(uint32_t port)
{
	return port < FAKE_PORTS && fake_peers[port] ? hv_domain_pin(fake_peers[port]->id) : NULL;
}

void hv_name_subop(const char *subop)
{
	fake_operation.subop = subop;
}

/* The bytes at guest address @at, or NULL when they are not all memory. */
static uint8_t *guest_bytes(hv_guest_t at, size_t bytes)
{
	if (at < FAKE_BASE || at - FAKE_BASE > FAKE_BYTES || bytes > FAKE_BYTES - (at - FAKE_BASE))
		return NULL;
	return fake_memory + (at - FAKE_BASE);
}

int hv_copy_from_guest(void *dst, hv_guest_t src, size_t bytes)
{
	const uint8_t *from = guest_bytes(src, bytes);

	if (!from)
		return -EFAULT;
	memcpy(dst, from, bytes);
	return 0;
}

int hv_copy_to_guest(hv_guest_t dst, const void *src, size_t bytes)
{
	uint8_t *to = guest_bytes(dst, bytes);

	if (!to || fake_memory_read_only)
		return -EFAULT;
	memcpy(to, src, bytes);
	return 0;
}

struct hv_operation hv_operation(void)
{
	if (fake_between)
		fake_between();
	return fake_operation;
}
