/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The security server while everything happens at once: decisions, channel
 * labels, new labels, holds and labels of devices, against loads and boolean
 * commits. Run under
 * ThreadSanitizer. Every answer is right under the snapshot whose sequence
 * number comes with it.
 */
#include "tests/race/crew.h"
#include "tests/unit/ss/world.h"

#include <stdio.h>
#include <stdlib.h>

#define CHANGES	  240u /* numbers of the sequence; a multiple of 4 */
#define NUMBERS	  4096u
#define NEW_TYPES 256u

static struct ss_server server;
static struct blob one, two;
static flask_sid_t x, y;
static struct crew crew;

static struct blob image(const char *name)
{
	char path[1024];

	snprintf(path, sizeof(path), "%s/race/%s.30", getenv("PORTCULLIS_FIXTURES"), name);
	return blob_read(path);
}

/* What one.conf and two.conf allow while the booleans have these values. */
struct answers {
	uint32_t event; /* x_t on y_t */
	uint32_t grant; /* y_t on x_t */
};

static const struct answers allowed[2][2][2] = {
    /* one.conf: p_b, then q_b */
    {{{EVENT_BIND, 0}, {EVENT_BIND, GRANT_MAP_READ}},
     {{EVENT_BIND | EVENT_SEND, 0}, {EVENT_BIND | EVENT_SEND, GRANT_MAP_READ}}},
    /* two.conf */
    {{{EVENT_STATUS, 0}, {EVENT_STATUS, GRANT_MAP_WRITE}},
     {{EVENT_STATUS | EVENT_SEND, 0}, {EVENT_STATUS | EVENT_SEND, GRANT_MAP_WRITE}}},
};

static uint32_t decide(flask_sid_t source, flask_sid_t target, uint32_t tclass, uint32_t *seqno)
{
	struct ss_decision decision;

	crew_expect(&crew, !ss_decide(&server, source, target, tclass, &decision));
	crew_expect(&crew, decision.seqno >= *seqno);
	*seqno = decision.seqno;
	return decision.access.allowed;
}

/* The order of take_turns(): number 4n is two.conf with q_b alone, and so on. */
static const struct answers *in_turn(uint32_t seqno)
{
	static const struct answers *const turns[4] = {
	    &allowed[1][0][1],
	    &allowed[0][0][1],
	    &allowed[0][1][0],
	    &allowed[1][1][0],
	};

	return turns[seqno % 4];
}

static void decide_in_turn(unsigned int thread)
{
	static _Thread_local uint32_t seqno;
	uint32_t event, grant;

	(void)thread;
	event = decide(x, y, CLASS_EVENT, &seqno);
	crew_expect(&crew, event == in_turn(seqno)->event);
	grant = decide(y, x, CLASS_GRANT, &seqno);
	crew_expect(&crew, grant == in_turn(seqno)->grant);
}

/* What was answered under each number, plus one; 0: nobody asked. */
static atomic_uint events[NUMBERS], grants[NUMBERS];

static void same_as_others(atomic_uint *seen, uint32_t answer)
{
	unsigned int nobody = 0;

	if (!atomic_compare_exchange_strong(seen, &nobody, answer + 1))
		crew_expect(&crew, nobody == answer + 1);
}

static void decide_and_note(unsigned int thread)
{
	static _Thread_local uint32_t seqno;
	uint32_t event, grant;

	(void)thread;
	event = decide(x, y, CLASS_EVENT, &seqno);
	same_as_others(&events[seqno % NUMBERS], event);
	grant = decide(y, x, CLASS_GRANT, &seqno);
	same_as_others(&grants[seqno % NUMBERS], grant);
}

static bool is_xy_or_two(const char *text)
{
	return !strcmp(text, "sys_u:object_r:xy_t") || !strcmp(text, "sys_u:object_r:two_t");
}

/* Both are held, so a channel from x_t to y_t has a label that exists under either policy. */
static void find_channel(unsigned int thread)
{
	char printed[64];
	struct text text;
	flask_sid_t sid;

	(void)thread;
	text_init(&text, printed, sizeof(printed));
	if (ss_find_transition(&server, x, y, CLASS_EVENT, &sid) || ss_sid_to_context(&server, sid, &text))
		crew_expect(&crew, false);
	else
		crew_expect(&crew, is_xy_or_two(printed));
}

/* Two threads ask for the same new labels: both get the number of the first, for good. */
static atomic_uint made[NEW_TYPES];

static void make_label(unsigned int thread)
{
	static _Thread_local uint32_t turn;
	uint32_t type = turn++ / 4 % NEW_TYPES;
	unsigned int nobody = 0;
	flask_sid_t sid;
	char text[64];

	(void)thread;
	snprintf(text, sizeof(text), "sys_u:object_r:m%u_t", type);
	if (ss_context_to_sid(&server, text, strlen(text), &sid))
		crew_expect(&crew, false);
	else if (!atomic_compare_exchange_strong(&made[type], &nobody, sid))
		crew_expect(&crew, nobody == sid);
}

static void hold_and_release(unsigned int thread)
{
	(void)thread;
	if (ss_hold(&server, ISID_DOMU))
		crew_expect(&crew, false);
	else
		ss_release(&server, ISID_DOMU);
	crew_expect(&crew, ss_sid_exists(&server, x));
}

/* The ports of a device that is labelled at run time, and what is walked around it. */
#define DEVICE_LOW  0x60u
#define DEVICE_HIGH 0x6fu
#define WALK_LOW    0x50u
#define WALK_HIGH   0x7fu
#define POLICY_PORT 0x110u /* has a label in both policies */

/* A load takes the label back, so it may be gone when it is to be deleted. */
static void turn_device(unsigned int thread)
{
	int rc;

	(void)thread;
	crew_expect(&crew, !ss_ocontext_add(&server, OCON_IOPORT, DEVICE_LOW, DEVICE_HIGH, x));
	rc = ss_ocontext_del(&server, OCON_IOPORT, DEVICE_LOW, DEVICE_HIGH);
	crew_expect(&crew, !rc || rc == -ENOENT);
}

struct pieces {
	uint32_t count;
	struct piece {
		flask_sid_t sid;
		uint64_t low, high;
	} list[3];
};

static int add_piece(void *context, flask_sid_t sid, uint64_t low, uint64_t high)
{
	struct pieces *pieces = context;

	if (pieces->count == PORT_ARRAY_SIZE(pieces->list))
		return -ENOSPC;
	pieces->list[pieces->count++] = (struct piece){sid, low, high};
	return 0;
}

static bool is_piece(const struct piece *piece, flask_sid_t sid, uint64_t low, uint64_t high)
{
	return piece->sid == sid && piece->low == low && piece->high == high;
}

/* One gap, or the device between two. */
static bool is_one_table(const struct pieces *pieces)
{
	const struct piece *list = pieces->list;

	if (pieces->count == 1)
		return is_piece(&list[0], ISID_IOPORT, WALK_LOW, WALK_HIGH);
	return pieces->count == 3 && is_piece(&list[0], ISID_IOPORT, WALK_LOW, DEVICE_LOW - 1) &&
	       is_piece(&list[1], x, DEVICE_LOW, DEVICE_HIGH) &&
	       is_piece(&list[2], ISID_IOPORT, DEVICE_HIGH + 1, WALK_HIGH);
}

/* How often the device was seen with and without its label. */
static atomic_uint labelled, unlabelled;

/* What is labelled at run time comes and goes as a whole; a port of the policies has the label of one of them. */
static void ask_device(unsigned int thread)
{
	struct pieces pieces = {0};
	char printed[64];
	struct text text;
	flask_sid_t sid;

	(void)thread;
	crew_expect(&crew, !ss_device_range_walk(&server, OCON_IOPORT, WALK_LOW, WALK_HIGH, add_piece, &pieces) &&
			       is_one_table(&pieces));
	atomic_fetch_add(pieces.count == 3 ? &labelled : &unlabelled, 1);
	sid = ss_device_sid(&server, OCON_IOPORT, POLICY_PORT);
	text_init(&text, printed, sizeof(printed));
	crew_expect(&crew, !ss_sid_to_context(&server, sid, &text) && is_xy_or_two(printed));
}

static bool load(const struct blob *policy)
{
	struct image_error error;
	int rc = world_try_load(&server, policy, &error);

	crew_expect(&crew, !rc || rc == -EAGAIN);
	return !rc;
}

static bool commit(bool p, bool q)
{
	const bool values[] = {p, q};

	return !ss_bools_commit(&server, values, PORT_ARRAY_SIZE(values));
}

/* Numbers 4n+3, 4n, 4n+1, 4n+2 of the sequence; a load that others kept from catching up is made again. */
static void take_turns(void)
{
	while (ss_seqno(&server) < CHANGES + 2) {
		while (!load(&two))
			;
		assert_true(commit(false, true));
		while (!load(&one))
			;
		assert_true(commit(true, false));
	}
}

static void start(void)
{
	world_log_start();
	crew_init(&crew);
	ss_init(&server, &world_config);
	one = image("one");
	two = image("two");
	assert_true(load(&one));
	assert_true(commit(true, false));
	x = world_sid(&server, "x_t");
	y = world_sid(&server, "y_t");
	assert_int_equal(ss_hold(&server, x), 0);
	assert_int_equal(ss_hold(&server, y), 0);
}

static void end(uint64_t allocs)
{
	assert_int_equal(crew_wrong(&crew), 0);
	assert_true(atomic_load(&labelled) && atomic_load(&unlabelled));
	assert_int_equal(ss_facts(&server).lost_sids, 1); /* two_t, which the last policy, one.conf, does not have */
	ss_fini(&server);
	blob_free(&one);
	blob_free(&two);
	port_posix_quiesce();
	assert_int_equal(port_posix_live_allocs(), allocs);
}

static void answers_are_those_of_their_number(void **test)
{
	static crew_job *const jobs[] = {decide_in_turn, decide_in_turn,   find_channel, make_label,
					 make_label,	 hold_and_release, turn_device,	 ask_device};
	uint64_t allocs = port_posix_live_allocs();

	(void)test;
	memset(made, 0, sizeof(made));
	start();
	crew_start(&crew, jobs, PORT_ARRAY_SIZE(jobs));
	take_turns();
	crew_stop(&crew);
	assert_int_equal(ss_seqno(&server), CHANGES + 2);
	print_message("  %u changes, %llu rounds of readers\n", CHANGES, crew_rounds(&crew));
	end(allocs);
}

static void *load_both(void *loads)
{
	for (uint32_t i = 0; i < CHANGES; i++)
		*(uint32_t *)loads += load(i % 2 ? &one : &two);
	return NULL;
}

/* Which of the two policies and which value the answer is of; false: of none. */
static bool event_is_of(uint32_t answer, uint32_t *policy)
{
	*policy = (answer & EVENT_STATUS) != 0;
	return answer == allowed[*policy][0][0].event || answer == allowed[*policy][1][0].event;
}

static bool grant_is_of(uint32_t answer, uint32_t policy)
{
	return !answer || answer == allowed[policy][0][1].grant;
}

/* Under one number all got one answer (same_as_others()), and both questions were put to one policy. */
static uint32_t check_notes(uint32_t last)
{
	uint32_t seqno, policy, both = 0;

	for (seqno = 1; seqno <= last; seqno++) {
		uint32_t event = atomic_load(&events[seqno]), grant = atomic_load(&grants[seqno]);

		if (!event)
			continue;
		assert_true(event_is_of(event - 1, &policy));
		if (!grant)
			continue;
		assert_true(grant_is_of(grant - 1, policy));
		both++;
	}
	return both;
}

static void one_number_has_one_answer(void **test)
{
	static crew_job *const jobs[] = {decide_and_note, decide_and_note, find_channel, make_label,
					 make_label,	  turn_device,	   ask_device};
	uint64_t allocs = port_posix_live_allocs();
	uint32_t commits = 2, loads = 0, both; /* of start() */
	pthread_t loader;

	(void)test;
	memset(made, 0, sizeof(made));
	start();
	crew_start(&crew, jobs, PORT_ARRAY_SIZE(jobs));
	assert_int_equal(pthread_create(&loader, NULL, load_both, &loads), 0);
	for (uint32_t i = 0; i < CHANGES; i++)
		commits += commit(i & 1, i & 2);
	pthread_join(loader, NULL);
	crew_stop(&crew);

	assert_int_equal(ss_seqno(&server), commits + loads);
	assert_int_equal(commits, CHANGES + 2);
	assert_true(loads > 0 && commits + loads < NUMBERS);
	both = check_notes(commits + loads);
	assert_true(both > 0);
	print_message("  %u loads and %u commits at once, %u numbers seen\n", loads, commits, both);
	end(allocs);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(answers_are_those_of_their_number),
	    cmocka_unit_test(one_number_has_one_answer),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
