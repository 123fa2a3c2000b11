/* SPDX-License-Identifier: BSD-2-Clause */
#include "tests/unit/model/machine.h"

#include "hooks/model/boot.h"
#include "hooks/model/console.h"
#include "hooks/model/port_posix.h"
#include "tests/support/log.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static uint64_t allocs_before;

struct domain *machine_domain(hv_domid_t id)
{
	struct domain *d = hv_domain_find(id);

	assert_non_null(d);
	return d;
}

static void add_guest(hv_domid_t id)
{
	struct hv_domain_config config = {.id = id, .kind = HV_DOMAIN_ORDINARY};
	struct domain *made;

	assert_int_equal(hv_domain_create(&config, &made), 0);
	assert_int_equal(hv_domain_id(made), id);
}

int machine_start(void **state)
{
	(void)state;
	port_posix_fail_alloc(0);
	hv_shutdown(); /* what a failed test left */
	allocs_before = port_posix_live_allocs();
	memset(&recorder, 0, sizeof(recorder));
	log_keep();
	xsm_choose(&recorder_ops);
	assert_int_equal(hv_boot(), 0);
	add_guest(1);
	add_guest(2);
	memset(&recorder, 0, sizeof(recorder));
	return 0;
}

int machine_stop(void **state)
{
	(void)state;
	memset(&recorder, 0, sizeof(recorder));
	hv_shutdown();
	assert_int_equal(port_posix_live_allocs(), allocs_before);
	return 0;
}

static uint64_t mix(uint64_t digest, const void *bytes, size_t count)
{
	const uint8_t *p = bytes;

	while (count--)
		digest = (digest ^ *p++) * UINT64_C(0x100000001b3);
	return digest;
}

static uint64_t mix_number(uint64_t digest, uint64_t number)
{
	return mix(digest, &number, sizeof(number));
}

static uint64_t mix_memory(uint64_t digest, const struct hv_memory *m)
{
	uint32_t gfn;

	digest = mix_number(digest, m->count);
	for (gfn = 0; gfn < m->count; gfn++) {
		const struct hv_frame *frame = &m->frames[gfn];

		digest = mix_number(digest, (frame->page ? 4u : 0) | (frame->writable ? 2u : 0) | frame->foreign);
		if (frame->page && gfn != MACHINE_ARGS / HV_PAGE_BYTES)
			digest = mix(mix_number(digest, frame->page->refs), frame->page->bytes, HV_PAGE_BYTES);
	}
	return digest;
}

static uint64_t mix_ports(uint64_t digest, const struct domain *d)
{
	uint32_t port;

	for (port = 0; port < HV_PORTS; port++) {
		const struct evtchn *chn = &d->ports[port];

		digest = mix_number(digest, chn->state);
		digest = mix_number(digest, chn->label);
		digest = mix_number(digest, chn->reserved_for);
		digest = mix_number(digest, chn->peer ? chn->peer->owner->id * 1000u + chn->peer->port : 0);
	}
	return digest;
}

static uint64_t mix_grants(uint64_t digest, const struct domain *d)
{
	uint32_t i;

	for (i = 0; i < HV_GRANTS; i++) {
		digest = mix_number(digest, d->grants[i].readers);
		digest = mix_number(digest, d->grants[i].writers);
		digest = mix_number(digest, d->grants[i].domid);
		digest = mix_number(digest, d->grants[i].page ? 1 : 0);
	}
	for (i = 0; i < HV_HANDLES; i++) {
		digest = mix_number(digest, d->mappings[i].granter ? d->mappings[i].granter->id : RECORDER_NONE);
		digest = mix_number(digest, d->mappings[i].ref);
		digest = mix_number(digest, d->mappings[i].readonly);
		digest = mix_number(digest, d->mappings[i].addr);
	}
	return digest;
}

static uint64_t mix_domain(uint64_t digest, const struct domain *d)
{
	digest = mix_number(digest, d->id);
	digest = mix_number(digest, d->kind);
	digest = mix_number(digest, (d->privileged ? 4u : 0) | (d->console ? 2u : 0) | d->dying);
	digest = mix_number(digest, d->pauses);
	digest = mix_number(digest, d->pins);
	digest = mix_number(digest, d->flags);
	digest = mix_number(digest, d->target ? d->target->id : RECORDER_NONE);
	digest = mix(digest, d->handle, sizeof(d->handle));
	return mix_grants(mix_ports(mix_memory(digest, &d->memory), d), d);
}

uint64_t machine_digest(void)
{
	static const hv_domid_t system_domains[] = {DOMID_IDLE, DOMID_XEN, DOMID_IO};
	uint64_t digest = UINT64_C(0xcbf29ce484222325);
	uint32_t id;

	for (id = 0; id < PORT_ARRAY_SIZE(system_domains); id++)
		digest = mix_domain(digest, machine_domain(system_domains[id]));
	for (id = 0; id < DOMID_FIRST_RESERVED; id++)
		if (hv_domain_find((hv_domid_t)id))
			digest = mix_domain(digest, hv_domain_find((hv_domid_t)id));
	digest = mix_number(digest, hv_domain_free_id());
	digest = mix_number(digest, hv_domain_id(hv_current()));
	digest = mix_number(digest, log_count());
	return mix_number(digest, hv_console_waiting());
}

int64_t machine_call(struct domain *d, uint32_t number, uint32_t cmd, const void *arg, size_t size, uint64_t count)
{
	uint64_t registers[HV_ARGS] = {cmd, MACHINE_ARGS, count};

	if (number == __HYPERVISOR_domctl)
		registers[0] = MACHINE_ARGS;
	if (number == __HYPERVISOR_console_io) {
		registers[1] = size;
		registers[2] = MACHINE_ARGS;
	}
	assert_int_equal(hv_memory_write(&d->memory, MACHINE_ARGS, arg, size), 0);
	return hv_hypercall(d, number, registers);
}
