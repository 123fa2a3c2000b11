/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Hooks and commands of the module while policies are loaded, booleans and the
 * mode turned, domains made, destroyed and relabelled, and devices labelled, each
 * by a thread of its own. Run under ThreadSanitizer.
 */
#include "flask/module/hooks.h"
#include "hooks/abi/flask_op.h"
#include "hooks/abi/xen.h"
#include "tests/race/crew.h"
#include "tests/unit/module/world.h"

#define ROUNDS	60u
#define NUMBERS 4096u
#define IMAGE	0x10000u /* where the policy lies in the guest's memory */
#define PAGE	4096u	 /* of each thread: the structure, and a text behind it */
#define TEXT	256u

static struct crew crew;
static struct blob image;
static flask_sid_t a_chan, b_first, b_second;

static int call(unsigned int thread, uint32_t cmd, struct xen_flask_op *op)
{
	uint8_t *guest = fake_memory + thread * PAGE;
	int rc;

	op->cmd = cmd;
	op->interface_version = XEN_FLASK_INTERFACE_VERSION;
	memcpy(guest, op, sizeof(*op));
	rc = flask_do_xsm_op(FAKE_BASE + thread * PAGE);
	memcpy(op, guest, sizeof(*op));
	return rc;
}

static uint64_t put_text(unsigned int thread, const char *text)
{
	strcpy((char *)fake_memory + thread * PAGE + TEXT, text);
	return FAKE_BASE + thread * PAGE + TEXT;
}

/* The boolean `open` is set throughout. */
static void ask_hooks(unsigned int thread)
{
	struct evtchn chn = {SECINITSID_UNLABELED, HV_EVTCHN_UNBOUND};

	(void)thread;
	crew_expect(&crew, !flask_grant_copy(&a, &b));
	crew_expect(&crew, !flask_getdomaininfo(&b));
	crew_expect(&crew, !flask_evtchn_unbound(&a, &chn, 0) && chn.label == a_chan);
	crew_expect(&crew, !flask_evtchn_send(&a, &chn));
	crew_expect(&crew, !flask_console_io(&a, 0));
	flask_evtchn_close_post(&chn);
}

static void ask_commands(unsigned int thread)
{
	struct xen_flask_op op = {.u.boolean = {.bool_id = 0xffffffff, .size = 4}};

	op.u.boolean.name = put_text(thread, "open");
	crew_expect(&crew, !call(thread, FLASK_GETBOOL, &op) && op.u.boolean.enforcing && op.u.boolean.pending);

	op.u.sid_context = (struct xen_flask_sid_context){.sid = SECINITSID_DOM0, .size = 64};
	op.u.sid_context.context = put_text(thread, "");
	crew_expect(&crew, !call(thread, FLASK_SID_TO_CONTEXT, &op) && op.u.sid_context.size == 25);

	op.u.sid_context = (struct xen_flask_sid_context){.size = 26};
	op.u.sid_context.context = put_text(thread, "system_u:object_r:a_chan_t");
	crew_expect(&crew, !call(thread, FLASK_CONTEXT_TO_SID, &op) && op.u.sid_context.sid == a_chan);
	crew_expect(&crew, call(thread, FLASK_POLICYVERS, &op) >= 24);
}

/* What was answered under each number, plus one; 0: nobody asked. */
static atomic_uint seen[NUMBERS];
static atomic_uint allowed, denied;

/* One number has one answer, and the numbers go up. */
static void ask_access(unsigned int thread)
{
	static _Thread_local uint32_t last;
	struct xen_flask_op op = {.u.access = {.ssid = b_first, .tsid = b_second, .tclass = SECCLASS_DOMAIN2}};
	unsigned int nobody = 0;

	crew_expect(&crew, !call(thread, FLASK_ACCESS, &op) && op.u.access.seqno >= last);
	last = op.u.access.seqno;
	if (!atomic_compare_exchange_strong(&seen[last % NUMBERS], &nobody, op.u.access.allowed + 1))
		crew_expect(&crew, nobody == op.u.access.allowed + 1);
	atomic_fetch_add(op.u.access.allowed & DOMAIN2__RELABELSELF ? &allowed : &denied, 1);
}

/* The boolean that ask_access() sees; at once, or by a commit of what is pending. */
static void turn_boolean(unsigned int thread)
{
	static _Thread_local uint32_t turn;
	struct xen_flask_op op = {.u.boolean = {.bool_id = 0xffffffff, .size = 12}};
	bool now = ++turn & 2;

	op.u.boolean.new_value = turn & 1;
	op.u.boolean.commit = now;
	op.u.boolean.name = put_text(thread, "relabel_self");
	crew_expect(&crew, !call(thread, FLASK_SETBOOL, &op));
	if (!now)
		crew_expect(&crew, !call(thread, FLASK_COMMITBOOLS, &op));
}

/* Everything asked for is allowed, so the mode changes no answer. */
static void turn_mode(unsigned int thread)
{
	struct xen_flask_op op = {0};

	crew_expect(&crew, call(thread, FLASK_GETENFORCE, &op) >= 0);
	op.u.enforce.enforcing = (call(thread, FLASK_GETENFORCE, &op) == 0);
	crew_expect(&crew, !call(thread, FLASK_SETENFORCE, &op));
}

static void relabel_b(unsigned int thread)
{
	static _Thread_local uint32_t turn;
	struct xen_flask_op op = {.u.relabel = {.domid = 2}};
	flask_sid_t now;

	op.u.relabel.sid = turn++ & 1 ? b_first : b_second;
	crew_expect(&crew, !call(thread, FLASK_RELABEL_DOMAIN, &op));
	now = flask_subject_sid(&b);
	crew_expect(&crew, now == op.u.relabel.sid);
}

static void make_domain(unsigned int thread)
{
	struct domain d = {.id = 5};

	(void)thread;
	crew_expect(&crew, !flask_alloc_security_domain(&d));
	crew_expect(&crew, !flask_domain_create(&d, SECINITSID_DOMU));
	crew_expect(&crew, !flask_free_security_domain(&d));
}

/* A load in between takes the label back. */
static void label_device(unsigned int thread)
{
	struct xen_flask_op op = {
	    .u.ocontext = {.ocon = OCON_IOMEM, .sid = SECINITSID_DOMU, .low = 0xfe, .high = 0xff}};
	int rc;

	crew_expect(&crew, !call(thread, FLASK_ADD_OCONTEXT, &op));
	rc = call(thread, FLASK_DEL_OCONTEXT, &op);
	crew_expect(&crew, !rc || rc == -ENOENT);
	op.u.devicetree_label = (struct xen_flask_devicetree_label){.sid = SECINITSID_DOMU, .length = 4};
	op.u.devicetree_label.path = put_text(thread, "/cpu");
	crew_expect(&crew, !call(thread, FLASK_DEVICETREE_LABEL, &op));
	op.u.devicetree_label.sid = 0;
	rc = call(thread, FLASK_DEVICETREE_LABEL, &op);
	crew_expect(&crew, !rc || rc == -ENOENT);
}

static void drop_line(void *context, enum port_level level, const char *line)
{
	(void)context;
	(void)level;
	(void)line;
}

/* Guests under an open policy whose log nobody keeps. */
static void start(void)
{
	static const char *const on[] = {"open", "dom0_creates", "relabel_from", "relabel_to", "becomes"};

	world_with_guests(FLASK_MODE_ENFORCING);
	for (size_t i = 0; i < PORT_ARRAY_SIZE(on); i++)
		world_set(on[i], true);
	port_posix_set_log(drop_line, NULL);
	a_chan = world_sid("system_u:object_r:a_chan_t");
	b_first = world_sid("b_t");
	b_second = world_sid("lenient_t");
	image = world_image();
	memcpy(fake_memory + IMAGE, image.bytes, image.size);
	crew_init(&crew);
}

static void all_at_once(void **state)
{
	static crew_job *const jobs[] = {ask_hooks, ask_commands, ask_access,	ask_access, turn_boolean,
					 turn_mode, relabel_b,	  label_device, make_domain};
	const unsigned int thread = PORT_ARRAY_SIZE(jobs);

	(void)state;
	start();
	crew_start(&crew, jobs, PORT_ARRAY_SIZE(jobs));
	for (unsigned int i = 0; i < ROUNDS; i++) {
		struct xen_flask_op op = {.u.load = {.buffer = FAKE_BASE + IMAGE, .size = (uint32_t)image.size}};

		assert_int_equal(call(thread, FLASK_LOAD, &op), 0);
	}
	crew_stop(&crew);
	assert_int_equal(crew_wrong(&crew), 0);
	assert_true(atomic_load(&allowed) && atomic_load(&denied));
	print_message("  %u loads, %llu rounds of the others\n", ROUNDS, crew_rounds(&crew));
	world_end();
	blob_free(&image);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(all_at_once)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
