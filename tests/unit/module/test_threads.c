/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Hooks and questions while policies are loaded, booleans turned and domains
 * made and destroyed: answers that no load changes stay the same throughout.
 * (Built with the address sanitizer this also finds a reader of freed memory.)
 */
#include "tests/unit/module/world.h"
#include "flask/module/hooks.h"
#include "hooks/abi/flask_op.h"

#include <pthread.h>
#include <stdatomic.h>

#define READERS 2
#define ROUNDS	150

static atomic_bool stop;
static atomic_uint wrong, asked;

static void forget_line(void *context, enum port_level level, const char *line)
{
	(void)context;
	(void)level;
	(void)line;
}

/* Each thread has its own piece of guest memory: the structure, and behind it text. */
static int call_at(unsigned int thread, struct xen_flask_op *op, uint32_t cmd)
{
	uint8_t *guest = fake_memory + thread * 4096u;
	int rc;

	op->cmd = cmd;
	op->interface_version = XEN_FLASK_INTERFACE_VERSION;
	memcpy(guest, op, sizeof(*op));
	rc = flask_do_xsm_op(FAKE_BASE + thread * 4096u);
	memcpy(op, guest, sizeof(*op));
	return rc;
}

static uint64_t put_name(unsigned int thread, const char *name)
{
	strcpy((char *)fake_memory + thread * 4096u + 256, name);
	return FAKE_BASE + thread * 4096u + 256;
}

/* The boolean `open` is set in every policy and at every moment. */
static bool open_is_seen(unsigned int thread)
{
	struct xen_flask_op op = {.u.boolean = {.bool_id = 0xffffffff, .size = 4}};

	op.u.boolean.name = put_name(thread, "open");
	return !call_at(thread, &op, FLASK_GETBOOL) && op.u.boolean.enforcing == 1 && op.u.boolean.pending == 1;
}

static bool dom0_has_its_context(unsigned int thread)
{
	struct xen_flask_op op = {.u.sid_context = {.sid = SECINITSID_DOM0, .size = 64}};

	op.u.sid_context.context = put_name(thread, "");
	return !call_at(thread, &op, FLASK_SID_TO_CONTEXT) && op.u.sid_context.size == 25;
}

static bool channel_is_made(void)
{
	struct evtchn chn = {SECINITSID_UNLABELED, HV_EVTCHN_UNBOUND};

	return !flask_evtchn_unbound(&a, &chn, 2) && chn.label > SECINITSID_DOMDM;
}

static void *read_on(void *argument)
{
	unsigned int thread = *(const unsigned int *)argument;

	while (!stop) {
		wrong += flask_grant_copy(&a, &b) != 0;
		wrong += flask_getdomaininfo(&a) != 0;
		wrong += !channel_is_made();
		wrong += !open_is_seen(thread);
		wrong += !dom0_has_its_context(thread);
		asked++;
	}
	return NULL;
}

static void write_once(const struct blob *image, unsigned int round)
{
	struct xen_flask_op op = {.u.load = {.size = (uint32_t)image->size}};
	struct domain d = {.id = 5};

	op.u.load.buffer = FAKE_BASE + 0x10000;
	assert_int_equal(call_at(0, &op, FLASK_LOAD), 0);

	op.u.boolean = (struct xen_flask_boolean){.bool_id = 0xffffffff, .new_value = round & 1, .size = 7};
	op.u.boolean.commit = round & 2 ? 1 : 0;
	op.u.boolean.name = put_name(0, "a_binds");
	assert_int_equal(call_at(0, &op, FLASK_SETBOOL), 0);
	assert_int_equal(call_at(0, &op, FLASK_COMMITBOOLS), 0);

	assert_int_equal(flask_alloc_security_domain(&d), 0);
	assert_int_equal(flask_domain_create(&d, round & 1 ? SECINITSID_DOMU : SECINITSID_DOMDM), 0);
	assert_int_equal(flask_free_security_domain(&d), 0);
}

static void answers_hold_while_the_policy_changes(void **state)
{
	static const unsigned int numbers[READERS] = {1, 2};
	struct blob image = world_image();
	pthread_t threads[READERS];
	unsigned int i;

	(void)state;
	world_with_guests(FLASK_MODE_ENFORCING);
	world_set("open", true);
	port_posix_set_log(forget_line, NULL);
	memcpy(fake_memory + 0x10000, image.bytes, image.size);
	for (i = 0; i < READERS; i++)
		assert_int_equal(pthread_create(&threads[i], NULL, read_on, (void *)(uintptr_t)&numbers[i]), 0);
	for (i = 0; i < ROUNDS; i++)
		write_once(&image, i);
	while (asked < READERS)
		;
	stop = true;
	for (i = 0; i < READERS; i++)
		assert_int_equal(pthread_join(threads[i], NULL), 0);
	print_message("  %u loads, %u rounds of readers\n", ROUNDS, asked);
	assert_int_equal(wrong, 0);
	world_end();
	blob_free(&image);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(answers_hold_while_the_policy_changes)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
