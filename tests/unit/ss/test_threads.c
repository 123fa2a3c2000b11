/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Readers and makers of labels while the policy and its booleans change under
 * them: every answer is right under the one policy or the other, together with
 * its sequence number, and every label keeps its number.
 */
#include "tests/unit/ss/world.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>

#define CHANGES 300u

static struct ss_server server;
static flask_sid_t x, y;
static atomic_bool done;
static atomic_uint decisions, wrong;

/*
 * Numbers 1, 2, 5, 6, 9, ... of the sequence are chan_one, the others chan_two
 * (see change()): x_t on y_t may bind under the one and send under the other.
 */
static void *decide(void *unused)
{
	struct ss_decision decision;
	uint32_t last = 0, wanted;

	(void)unused;
	while (!atomic_load(&done)) {
		if (ss_decide(&server, x, y, CLASS_EVENT, &decision))
			atomic_fetch_add(&wrong, 1);
		wanted = decision.seqno % 4 == 1 || decision.seqno % 4 == 2 ? EVENT_BIND : EVENT_SEND;
		if (decision.access.allowed != wanted || decision.seqno < last)
			atomic_fetch_add(&wrong, 1);
		last = decision.seqno;
		atomic_fetch_add(&decisions, 1);
	}
	return NULL;
}

/* Under either policy a channel from x_t to y_t has a label that exists: both are held. */
static void *find(void *unused)
{
	char printed[64];
	struct text text;
	flask_sid_t sid;

	(void)unused;
	while (!atomic_load(&done)) {
		if (ss_find_transition(&server, x, y, CLASS_EVENT, &sid)) {
			atomic_fetch_add(&wrong, 1);
			continue;
		}
		text_init(&text, printed, sizeof(printed));
		if (ss_sid_to_context(&server, sid, &text) ||
		    (strcmp(printed, "sys_u:object_r:xy_t") && strcmp(printed, "sys_u:object_r:two_t")))
			atomic_fetch_add(&wrong, 1);
	}
	return NULL;
}

/* Makes labels of both policies: the first number of a text is its number for good. */
static void *make(void *unused)
{
	static const char *const texts[] = {"sys_u:object_r:xy_t", "sys_u:object_r:two_t", "sys_u:object_r:on_t",
					    "sys_u:sys_r:x_t", "sys_u:object_r:t0"};
	flask_sid_t first[PORT_ARRAY_SIZE(texts)] = {0}, sid;
	uint32_t i;
	int rc;

	(void)unused;
	while (!atomic_load(&done)) {
		for (i = 0; i < PORT_ARRAY_SIZE(texts); i++) {
			rc = ss_context_to_sid(&server, texts[i], strlen(texts[i]), &sid);
			if (rc == -EINVAL && i < 3)
				continue;
			if (rc || (first[i] && sid != first[i]))
				atomic_fetch_add(&wrong, 1);
			first[i] = sid;
		}
	}
	return NULL;
}

/* Two numbers for each policy in turn: a load, then a commit of its booleans. */
static void change(void)
{
	struct blob one = world_image("chan_one"), two = world_image("chan_two");
	struct image_error error;
	uint32_t i, count;
	bool value;

	for (i = 0; i < CHANGES; i++) {
		if (i)
			assert_int_equal(world_try_load(&server, i % 2 ? &two : &one, &error), 0);
		value = i % 3;
		count = ss_bool_count(&server);
		assert_int_equal(ss_bools_commit(&server, &value, count), 0);
	}
	blob_free(&one);
	blob_free(&two);
}

static void answers_are_of_one_policy_or_the_other(void **test)
{
	uint64_t before = port_posix_live_allocs();
	pthread_t threads[4];
	void *(*const bodies[4])(void *) = {decide, decide, find, make};
	uint32_t i;

	(void)test;
	world_log_start();
	ss_init(&server, &world_config);
	world_load(&server, "chan_one");
	x = world_sid(&server, "x_t");
	y = world_sid(&server, "y_t");
	assert_int_equal(ss_hold(&server, x), 0);
	assert_int_equal(ss_hold(&server, y), 0);

	for (i = 0; i < 4; i++)
		assert_int_equal(pthread_create(&threads[i], NULL, bodies[i], NULL), 0);
	change();
	atomic_store(&done, true);
	for (i = 0; i < 4; i++)
		pthread_join(threads[i], NULL);

	assert_int_equal(atomic_load(&wrong), 0);
	assert_true(atomic_load(&decisions) > CHANGES);
	assert_int_equal(ss_facts(&server).seqno, 2 * CHANGES);
	ss_fini(&server);
	port_posix_quiesce();
	assert_int_equal(port_posix_live_allocs(), before);
	printf("%u decisions over %u policies\n", atomic_load(&decisions), 2 * CHANGES);
}

#define MADE_MAX 20000u

static struct made {
	flask_sid_t sid;
	uint32_t user, type;
} made[MADE_MAX];
static atomic_uint made_count;

static void made_text(const struct made *label, char *buf, size_t size)
{
	snprintf(buf, size, "v%u_u:object_r:m%u_t", label->user, label->type);
}

/* Makes one new label after the other. */
static void *make_new(void *unused)
{
	struct made label = {0};
	char text[64];
	uint32_t n;

	(void)unused;
	for (n = 0; n < MADE_MAX; n++) {
		label.user = n / 300;
		label.type = n % 300;
		made_text(&label, text, sizeof(text));
		if (ss_context_to_sid(&server, text, strlen(text), &label.sid))
			atomic_fetch_add(&wrong, 1);
		made[n] = label;
		atomic_store(&made_count, n + 1);
	}
	return NULL;
}

/*
 * Loads for as long as labels are made. A commit that others kept from catching
 * up leaves the old policy; the next one may succeed. Returns how many did.
 */
static uint32_t load_while_making(void)
{
	struct blob image = world_image("many");
	struct image_error error;
	uint32_t before, loads = 0;
	int rc;

	while (atomic_load(&made_count) < MADE_MAX) {
		before = ss_facts(&server).seqno;
		rc = world_try_load(&server, &image, &error);
		assert_true(!rc || rc == -EAGAIN);
		assert_int_equal(ss_facts(&server).seqno, before + !rc);
		loads += !rc;
	}
	blob_free(&image);
	return loads;
}

static void labels_made_during_loads_keep_their_numbers(void **test)
{
	uint32_t i, loads;
	pthread_t thread;
	char text[64];

	(void)test;
	atomic_store(&wrong, 0);
	ss_init(&server, &world_config);
	world_load(&server, "many");
	assert_int_equal(pthread_create(&thread, NULL, make_new, NULL), 0);
	loads = load_while_making();
	pthread_join(thread, NULL);

	assert_int_equal(atomic_load(&wrong), 0);
	world_load(&server, "many"); /* with nobody in the way it must succeed */
	assert_int_equal(ss_facts(&server).sids, ISID_LAST + MADE_MAX);
	assert_int_equal(ss_facts(&server).lost_sids, 0);
	for (i = 0; i < MADE_MAX; i++) {
		assert_int_equal(made[i].sid, FIRST_SID + i);
		made_text(&made[i], text, sizeof(text));
		world_expect_label(&server, made[i].sid, text);
	}
	ss_fini(&server);
	printf("%u labels made during %u loads\n", MADE_MAX, loads);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(answers_are_of_one_policy_or_the_other),
	    cmocka_unit_test(labels_made_during_loads_keep_their_numbers),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
