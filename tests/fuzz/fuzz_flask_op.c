/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The input is a boot and then calls of the Flask hypercall, each with its
 * structure and a text in guest memory, by dom0 or a guest. None crashes; one
 * that fails, and one that only asks, leaves the module and (when it fails) the
 * guest's memory as they were. State that flask_op gains is to be added to
 * struct state.
 *
 * Bytes: how to boot (BOOT_*); then per call: caller, the structure, a number of
 * bytes (two), these bytes, which lie at TEXT. The policy lies at IMAGE.
 */
#include "flask/flask.h"
#include "flask/module/hooks.h"
#include "flask/module/labels.h"
#include "flask/module/module.h"
#include "flask/perms.h"
#include "hooks/abi/flask_op_compat.h"
#include "hooks/model/port_posix.h"
#include "tests/fuzz/fuzz.h"
#include "tests/unit/module/fake_hv.h"

#define BOOT_LATE	1u /* without a policy */
#define BOOT_PERMISSIVE 2u
#define BOOT_CLOSED	4u /* the policy's booleans stay as they are: a guest may do little */

#define CALLER_32BIT 4u /* in the caller's byte: the structure is a struct compat_xen_flask_op */

#define TEXT	  256u
#define TEXT_MAX  4500u /* a little more than a page */
#define IMAGE	  0x4000u
#define GUEST_MAX 0x8000u /* of what a call may change */
#define BOOLS_MAX 32u
#define CALLS_MAX 32u
#define PROBES	  48u

static struct blob image;
static struct domain idle, dom0, a, b;
static struct domain *const domains[] = {&dom0, &a, &b, &idle};

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	(void)argc;
	(void)argv;
	fuzz_start();
	image = fuzz_file("PORTCULLIS_FIXTURES", "module/hooks.30");
	fuzz_expect(IMAGE + image.size <= GUEST_MAX);
	return 0;
}

/* All that flask_op can change, as values; bytes of it are compared, so it is zeroed first. */
struct state {
	struct ss_facts facts;
	uint32_t enforcing, threshold, bools, has_pending;
	bool in_force[BOOLS_MAX], pending[BOOLS_MAX];
	flask_sid_t labels[PORT_ARRAY_SIZE(domains)][3];
	uint32_t allowed[PROBES];
	uint64_t devices; /* a sum over their labels and places */
	flask_sid_t tree; /* of the path that the corpus names */
};

static int add_device(void *context, flask_sid_t sid, uint64_t low, uint64_t high)
{
	uint64_t *sum = context;

	*sum = ((*sum * 31 + sid) * 31 + low) * 31 + high;
	return 0;
}

static void read_devices(struct state *state)
{
	for (enum policy_ocon_kind kind = OCON_PIRQ; kind <= OCON_PCIDEVICE; kind++)
		if (ss_device_range_walk(&flask.server, kind, 0, UINT64_MAX, add_device, &state->devices))
			fuzz_fail("a walk over all devices ends early");
	state->tree = ss_device_tree_sid(&flask.server, "/cpus/a");
}

static void read_labels(struct state *state)
{
	for (size_t i = 0; i < PORT_ARRAY_SIZE(domains); i++) {
		const struct flask_label *label = port_slot_load(&domains[i]->label);

		state->labels[i][0] = label->sid;
		state->labels[i][1] = label->self;
		state->labels[i][2] = label->target;
	}
}

static void read_booleans(struct state *state)
{
	const struct flask_pending *pending = port_slot_load(&flask.pending);

	state->bools = ss_bool_count(&flask.server);
	state->has_pending = pending != NULL;
	for (uint32_t i = 0; i < BOOLS_MAX; i++) {
		if (i < state->bools && ss_bool_get(&flask.server, i, &state->in_force[i], NULL))
			fuzz_fail("a boolean has no value");
		if (pending && i < pending->count)
			state->pending[i] = pending->values[i];
	}
}

static void read_state(struct state *state)
{
	struct ss_decision decision;

	memset(state, 0, sizeof(*state));
	state->facts = ss_facts(&flask.server);
	state->enforcing = avc_enforcing(&flask.avc);
	state->threshold = avc_threshold(&flask.avc);
	read_booleans(state);
	read_labels(state);
	read_devices(state);
	for (uint32_t i = 0; i < PROBES; i++)
		if (!ss_decide(&flask.server, 1 + i % 13, 1 + i * 5 % 17, 1 + i % 13, &decision))
			state->allowed[i] = decision.access.allowed;
}

static void open_policy(void)
{
	bool values[BOOLS_MAX];
	uint32_t count = ss_bool_count(&flask.server);

	fuzz_expect(count <= BOOLS_MAX);
	for (uint32_t i = 0; i < count; i++)
		values[i] = true;
	fuzz_expect(!ss_bools_commit(&flask.server, values, count));
}

static void make_guest(struct domain *d, flask_sid_t sid)
{
	fuzz_expect(!flask_alloc_security_domain(d));
	fuzz_expect(!flask_domain_create(d, sid));
}

static void boot(uint8_t how)
{
	struct flask_boot options = {.mode = FLASK_MODE_ENFORCING, .policy = image.bytes, .policy_size = image.size};
	bool refused;

	if (how & BOOT_LATE)
		options = (struct flask_boot){.mode = FLASK_MODE_LATE};
	else if (how & BOOT_PERMISSIVE)
		options.mode = FLASK_MODE_PERMISSIVE;
	idle = (struct domain){.id = 0x7fff, .kind = HV_DOMAIN_IDLE, .privileged = true};
	dom0 = (struct domain){.id = 0, .privileged = true};
	a = (struct domain){.id = 1};
	b = (struct domain){.id = 2};
	fake_domains[0] = &dom0;
	fake_domains[1] = &a;
	fake_domains[2] = &b;
	fake_current = &idle;
	fuzz_expect(flask_init(&options, &refused) && !refused);
	fuzz_expect(!flask_alloc_security_domain(&idle));
	fuzz_expect(!flask_alloc_security_domain(&dom0));
	fuzz_expect(!flask_domain_create(&dom0, 0));
	fuzz_expect(!flask_set_system_active());
	fake_current = &dom0;
	if (!(how & BOOT_LATE) && (how & BOOT_CLOSED) == 0)
		open_policy();
	if (how & BOOT_CLOSED) /* dom0 may create no guest there */
		avc_set_enforcing(&flask.avc, false);
	make_guest(&a, SECINITSID_DOMU);
	make_guest(&b, SECINITSID_DOMDM);
	avc_set_enforcing(&flask.avc, options.mode != FLASK_MODE_PERMISSIVE);
}

static void shut_down(void)
{
	fake_current = &idle;
	for (size_t i = 0; i < PORT_ARRAY_SIZE(domains); i++)
		fuzz_expect(!flask_free_security_domain(domains[PORT_ARRAY_SIZE(domains) - 1 - i]));
	flask_fini();
	fuzz_expect(!dom0.pins && !a.pins && !b.pins && !idle.pins);
}

/* Of the commands that exist: those after which nothing may have changed though they succeeded. */
static bool only_asks(uint32_t cmd)
{
	static const uint32_t questions[] = {
	    FLASK_GETENFORCE, FLASK_SID_TO_CONTEXT,   FLASK_ACCESS,	   FLASK_POLICYVERS,	 FLASK_GETBOOL,
	    FLASK_MLS,	      FLASK_GETAVC_THRESHOLD, FLASK_AVC_HASHSTATS, FLASK_AVC_CACHESTATS, FLASK_GET_PEER_SID,
	};

	for (size_t i = 0; i < PORT_ARRAY_SIZE(questions); i++)
		if (cmd == questions[i])
			return true;
	return false;
}

/* Takes @count bytes of the input, fewer at its end, to @to. */
static size_t take(const uint8_t **data, size_t *size, void *to, size_t count)
{
	size_t taken = count < *size ? count : *size;

	memcpy(to, *data, taken);
	*data += taken;
	*size -= taken;
	return taken;
}

static void call(const uint8_t **data, size_t *size)
{
	static uint8_t guest[GUEST_MAX];
	static struct state before, after;
	struct xen_flask_op op = {0};
	uint8_t caller = 0;
	uint16_t text = 0;
	uint64_t live;
	int rc;

	take(data, size, &caller, 1);
	take(data, size, &op, sizeof(op));
	take(data, size, &text, sizeof(text));
	memset(fake_memory + TEXT, 0, TEXT_MAX);
	take(data, size, fake_memory + TEXT, text % (TEXT_MAX + 1));
	memcpy(fake_memory, &op, sizeof(op));
	fake_current = domains[caller % 4 % 3];
	memcpy(guest, fake_memory, sizeof(guest));
	read_state(&before);
	live = port_posix_live_allocs();

	rc = caller & CALLER_32BIT ? flask_compat_do_xsm_op(FAKE_BASE) : flask_do_xsm_op(FAKE_BASE);

	read_state(&after);
	fuzz_expect(rc >= -4095);
	if (rc < 0) {
		fuzz_expect(!memcmp(guest, fake_memory, sizeof(guest)));
		fuzz_expect(port_posix_live_allocs() <= live); /* less: what was deferred before */
	}
	if (rc < 0 || only_asks(op.cmd))
		fuzz_expect(!memcmp(&before, &after, sizeof(after)));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static unsigned int runs;
	uint8_t how = 0;

	memset(fake_memory, 0, GUEST_MAX);
	memcpy(fake_memory + IMAGE, image.bytes, image.size);
	take(&data, &size, &how, 1);
	boot(how);
	for (uint32_t i = 0; i < CALLS_MAX && size; i++)
		call(&data, &size);
	shut_down();
	if (++runs % 64 == 0) { /* what is deferred must not pile up, nor be lost */
		port_posix_quiesce();
		fuzz_expect(!port_posix_live_allocs());
	}
	return 0;
}
