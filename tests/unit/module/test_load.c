/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A load while others make labels: whenever the sid lock is about to be taken,
 * one more label comes first. (Linked with --wrap=port_spin_lock.)
 */
#include "tests/unit/module/world.h"
#include "flask/module/load.h"

#include <stdio.h>

static const char *const types[] = {"xenboot_t", "xen_t",	 "domio_t",  "domxen_t", "security_t", "res_t",
				    "a_chan_t",	 "a_own_chan_t", "b_chan_t", "odd_t",	 "lenient_t",  "stuck_t"};
static const char *const roles[] = {"object_r", "system_r"};

static bool busy; /* others make labels */
static size_t next_label;

unsigned long __real_port_spin_lock(struct port_spinlock *lock);
unsigned long __wrap_port_spin_lock(struct port_spinlock *lock);

static void make_one(void)
{
	size_t types_count = PORT_ARRAY_SIZE(types);
	char context[64];

	assert_in_range(next_label, 0, PORT_ARRAY_SIZE(roles) * types_count - 1);
	snprintf(context, sizeof(context), "other_u:%s:%s", roles[next_label / types_count],
		 types[next_label % types_count]);
	world_sid(context);
	next_label++;
}

unsigned long __wrap_port_spin_lock(struct port_spinlock *lock)
{
	if (busy) {
		busy = false; /* making one takes the lock too */
		make_one();
		busy = true;
	}
	return __real_port_spin_lock(lock);
}

static void a_load_that_never_catches_up_says_so(void **state)
{
	struct blob image = world_image();
	uint32_t seqno;

	(void)state;
	world_with_guests(FLASK_MODE_ENFORCING);
	seqno = ss_seqno(&flask.server);
	busy = true;
	assert_int_equal(flask_load_policy(image.bytes, image.size, "the old policy stays"), -EAGAIN);
	busy = false;
	log_expect("Flask: policy refused: new labels came faster than they could be carried over; "
		   "the old policy stays");
	assert_int_equal(ss_seqno(&flask.server), seqno);
	world_expect_label(&a, "a_t", "a_self_t");

	assert_int_equal(flask_load_policy(image.bytes, image.size, "the old policy stays"), 0);
	assert_int_equal(ss_seqno(&flask.server), seqno + 1);
	log_expect_none();
	world_end();
	blob_free(&image);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(a_load_that_never_catches_up_says_so)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
