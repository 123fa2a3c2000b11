/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The input is a policy image. A refusal names its place and its reason and
 * leaves the server as it was. An image that loads answers every question,
 * carries labels to the next policy and back, and decides as libsepol's reading
 * of the same bytes, unless libsepol refuses them.
 *
 * The comparison is slow: PORTCULLIS_FUZZ_JUDGE=N makes it for about one in N of
 * the images that load, chosen by their bytes.
 */
#include "hooks/model/port_posix.h"
#include "tests/fuzz/fuzz.h"
#include "tests/oom/abi.h"
#include "tests/oom/judge.h"

#include <stdlib.h>

#define SIDS	  16u
#define TEXT_MAX  16384u
#define CLASS_MAX 24u

static struct blob good;
static struct ss_server keeper; /* holds the good policy throughout */
static uint64_t kept;		/* allocations of the keeper */
static unsigned long judge_one_in = 1;

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	const char *judged = getenv("PORTCULLIS_FUZZ_JUDGE");

	(void)argc;
	(void)argv;
	fuzz_start();
	if (judged)
		judge_one_in = strtoul(judged, NULL, 10);
	good = fuzz_file("PORTCULLIS_BUILD", "test/oom/small.30");
	ss_init(&keeper, abi_none());
	fuzz_expect(!fuzz_load(&keeper, &good));
	kept = port_posix_live_allocs();
	return 0;
}

static void put_u32(uint8_t *at, uint32_t number)
{
	for (int i = 0; i < 4; i++)
		at[i] = (uint8_t)(number >> 8 * i);
}

/* Half the time one field becomes a number that a field could hold: small, a neighbour, huge, or another field. */
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max, unsigned int seed)
{
	uint32_t at, number;

	srand(seed);
	if (size < 8 || rand() % 2)
		return LLVMFuzzerMutate(data, size, max);
	at = (uint32_t)rand() % (uint32_t)(size - 3);
	number = data[at] | (uint32_t)data[at + 1] << 8;
	switch (rand() % 5) {
	case 0:
		put_u32(data + at, (uint32_t)rand() % 8);
		break;
	case 1:
		put_u32(data + at, number + 1);
		break;
	case 2:
		put_u32(data + at, number - 1);
		break;
	case 3:
		put_u32(data + at, rand() % 2 ? UINT32_MAX : INT32_MAX);
		break;
	default:
		memmove(data + at, data + (uint32_t)rand() % (uint32_t)(size - 3), 4);
		break;
	}
	return size;
}

/* Whether @image would load on @server, which it leaves as it was; when not, that the refusal is one. */
static bool is_accepted(struct ss_server *server, const struct blob *image)
{
	uint64_t live = port_posix_live_allocs();
	uint32_t seqno = ss_seqno(server);
	struct image_error error = {0};
	struct ss_stage *stage;
	int rc = ss_stage(server, image->bytes, image->size, &stage, &error);

	if (!rc) {
		ss_abandon(server, stage);
	} else {
		fuzz_expect(rc == -EINVAL);
		fuzz_expect(error.section && error.section[0] && error.reason[0]);
		fuzz_expect(error.offset <= image->size);
	}
	fuzz_expect(port_posix_live_allocs() <= live); /* less: what was deferred before */
	fuzz_expect(ss_seqno(server) == seqno);
	return !rc;
}

static void ask_decisions(const struct ss_server *server)
{
	struct ss_decision decision;

	for (flask_sid_t source = 1; source < SIDS; source++)
		for (uint32_t tclass = 0; tclass < CLASS_MAX; tclass++)
			if (ss_decide(server, source, 1 + (source + tclass) % SIDS, tclass, &decision))
				fuzz_expect(!decision.access.allowed && decision.access.auditdeny == UINT32_MAX);
}

/* The text of a label names that label, or one with the same text; a number without label has unlabeled's. */
static void ask_texts(struct ss_server *server)
{
	static char first[TEXT_MAX], second[TEXT_MAX];

	for (flask_sid_t sid = 1; sid < SIDS; sid++) {
		struct text text, again;
		flask_sid_t found;

		text_init(&text, first, sizeof(first));
		text_init(&again, second, sizeof(second));
		if (!ss_sid_exists(server, sid) || ss_sid_to_context(server, sid, &text) || text.cut)
			continue;
		if (ss_context_to_sid(server, first, text.len, &found))
			continue; /* an initial SID may have a context of an attribute, which no text names */
		fuzz_expect(!ss_sid_to_context(server, found, &again));
		fuzz_expect(!strcmp(first, second));
	}
}

static void ask_labels(struct ss_server *server)
{
	static const enum policy_rule_kind kinds[] = {RULE_TRANSITION, RULE_MEMBER, RULE_CHANGE};
	flask_sid_t made;

	for (uint32_t i = 0; i < SIDS * PORT_ARRAY_SIZE(kinds); i++) {
		int rc = ss_compute_label(server, 1 + i % SIDS, 1 + i * 7 % SIDS, i % CLASS_MAX,
					  kinds[i % PORT_ARRAY_SIZE(kinds)], i % 2, &made);

		fuzz_expect(!rc || rc == -EACCES || rc == -EINVAL); /* not valid; no such class */
	}
}

struct walk {
	const struct ss_server *server;
	enum policy_ocon_kind kind;
	uint64_t next; /* where the next piece must start; 0 after the last number */
};

static int visit(void *context, flask_sid_t sid, uint64_t low, uint64_t high)
{
	struct walk *walk = context;

	fuzz_expect(low == walk->next && low <= high);
	fuzz_expect(ss_device_sid(walk->server, walk->kind, low) == sid);
	fuzz_expect(ss_device_sid(walk->server, walk->kind, high) == sid);
	walk->next = high + 1;
	return 0;
}

/* All numbers of each kind, in order; one label at run time, where there is room. */
static void ask_devices(struct ss_server *server)
{
	static const enum policy_ocon_kind kinds[] = {OCON_PIRQ, OCON_IOPORT, OCON_IOMEM, OCON_PCIDEVICE};

	for (size_t i = 0; i < PORT_ARRAY_SIZE(kinds); i++) {
		struct walk walk = {server, kinds[i], 0};
		int rc;

		fuzz_expect(!ss_device_range_walk(server, kinds[i], 0, UINT64_MAX, visit, &walk));
		fuzz_expect(!walk.next);
		if (ss_device_sid(server, kinds[i], 0x77) == 1)
			continue; /* to label it once more the same is no error */
		rc = ss_ocontext_add(server, kinds[i], 0x77, 0x77, 1);
		fuzz_expect(!rc || rc == -EEXIST);
		fuzz_expect(rc || ss_device_sid(server, kinds[i], 0x77) == 1);
		fuzz_expect(rc || !ss_ocontext_del(server, kinds[i], 0x77, 0x77));
	}
}

/* A path that no image of the corpus labels is labelled, found and taken back. */
static void ask_device_tree(struct ss_server *server)
{
	flask_sid_t before = ss_device_tree_sid(server, "/a/path");
	int rc = ss_device_tree_add(server, "/a/path", 1);

	fuzz_expect(!rc || rc == -EEXIST);
	if (rc)
		return;
	fuzz_expect(ss_device_tree_sid(server, "/a/path") == 1);
	fuzz_expect(!ss_device_tree_del(server, "/a/path"));
	fuzz_expect(ss_device_tree_sid(server, "/a/path") == before);
}

/* A boolean is found by its name; a number may be that of none. */
static void ask_boolean(const struct ss_server *server, uint32_t index, bool value)
{
	static char buf[TEXT_MAX];
	struct text name;
	uint32_t found;
	bool now;

	text_init(&name, buf, sizeof(buf));
	if (ss_bool_get(server, index, &now, &name))
		return;
	fuzz_expect(now == value);
	fuzz_expect(!ss_bool_find(server, name.buf, name.len, &found) && found == index);
}

static void turn_booleans(struct ss_server *server)
{
	uint32_t count = ss_bool_count(server);
	bool *values = calloc(count + 1, sizeof(*values));

	fuzz_expect(values);
	for (uint32_t i = 0; i < count; i += 2)
		values[i] = true;
	fuzz_expect(!ss_bools_commit(server, values, count));
	for (uint32_t i = 0; i < count; i++)
		ask_boolean(server, i, values[i]);
	free(values);
}

static void ask_everything(struct ss_server *server)
{
	ask_decisions(server);
	ask_texts(server);
	ask_labels(server);
	ask_devices(server);
	ask_device_tree(server);
	fuzz_expect(!ss_hold(server, 1));
	turn_booleans(server);
	ask_decisions(server);
	ss_release(server, 1);
	fuzz_expect(ss_facts(server).sids >= POLICY_INITIAL_SIDS);
}

/* By the hypervisor's classes, of which the policy may lack some: refused, or handle_unknown answers. */
static void use_by_name(const struct blob *image)
{
	struct ss_server server;
	int rc;

	ss_init(&server, abi_xen());
	rc = fuzz_load(&server, image);
	fuzz_expect(!rc || rc == -EINVAL);
	ask_decisions(&server);
	if (!rc)
		ask_labels(&server);
	ss_fini(&server);
}

/* As the first policy; the good one after it may be refused: it could lose an initial SID. */
static void use_first(struct ss_server *server, const struct blob *image)
{
	int rc;

	fuzz_expect(!fuzz_load(server, image));
	ask_everything(server);
	rc = fuzz_load(server, &good);
	fuzz_expect(!rc || rc == -EINVAL);
	ask_decisions(server);
}

/* Between two loads of the good one, which keeps its initial SIDs: it must come back. */
static void use_between(const struct blob *image)
{
	struct ss_server server;

	ss_init(&server, abi_none());
	fuzz_expect(!fuzz_load(&server, &good));
	ask_labels(&server);
	fuzz_expect(!fuzz_load(&server, image));
	ask_everything(&server);
	fuzz_expect(!fuzz_load(&server, &good));
	ss_fini(&server);
}

/* Whether @image was loaded. A first policy has less to agree with than one that follows another. */
static bool use(const struct blob *image)
{
	struct ss_server empty;
	bool accepted;

	ss_init(&empty, abi_none());
	accepted = is_accepted(&empty, image);
	if (accepted)
		use_first(&empty, image);
	ss_fini(&empty);
	if (!is_accepted(&keeper, image))
		return accepted;
	fuzz_expect(accepted);
	use_between(image);
	return true;
}

static unsigned long hash(const uint8_t *data, size_t size)
{
	unsigned long h = 5381;

	while (size--)
		h = h * 33 + *data++;
	return h;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct blob given = {(unsigned char *)data, size}, image = blob_copy(&given);
	static unsigned int runs;

	if (use(&image)) {
		use_by_name(&image);
		if (judge_one_in && hash(data, size) % judge_one_in == 0)
			fuzz_expect(judge("input", &image) != JUDGE_DIFFERENT);
	}
	blob_free(&image);
	if (++runs % 64 == 0) { /* what is deferred must not pile up, nor be lost */
		port_posix_quiesce();
		fuzz_expect(port_posix_live_allocs() == kept);
	}
	return 0;
}
