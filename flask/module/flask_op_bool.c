/* SPDX-License-Identifier: BSD-2-Clause */
/* GETBOOL, SETBOOL, COMMITBOOLS. */
#include "flask/module/flask_op.h"
#include "flask/module/module.h"

#define BY_NAME 0xffffffffu /* bool_id */

/* *@bool_id of the name in @arg. */
static int find_by_name(const struct xen_flask_boolean *arg, uint32_t *bool_id)
{
	char *name;
	size_t len;
	int rc = flask_copy_string(arg->name, arg->size, &name, &len);

	if (rc)
		return rc;
	rc = ss_bool_find(&flask.server, name, len, bool_id);
	port_free(name);
	return rc;
}

/* A name given goes in, none comes out: by name the size becomes 0, as in Xen. */
static int resolve(struct xen_flask_boolean *arg)
{
	int rc;

	if (arg->bool_id != BY_NAME)
		return 0;
	rc = find_by_name(arg, &arg->bool_id);
	if (!rc)
		arg->size = 0;
	return rc;
}

/* The pending value of a boolean whose value in force was read before: see commit() in load.c. */
static bool pending_value(uint32_t bool_id, bool in_force)
{
	const struct flask_pending *pending;
	bool value = in_force;

	port_read_begin();
	pending = port_slot_load(&flask.pending);
	if (pending && bool_id < pending->count)
		value = pending->values[bool_id];
	port_read_end();
	return value;
}

/* Values, and the name, without its NUL, when the caller has room for it. */
static int describe(struct xen_flask_boolean *arg, struct text *name)
{
	bool value;
	int rc = ss_bool_get(&flask.server, arg->bool_id, &value, arg->size ? name : NULL);

	if (rc)
		return rc;
	if (arg->size) {
		if (name->cut || name->len > arg->size)
			return -ERANGE;
		if (hv_copy_to_guest(arg->name, name->buf, name->len))
			return -EFAULT;
		arg->size = (uint32_t)name->len;
	}
	arg->enforcing = value;
	arg->pending = pending_value(arg->bool_id, value);
	return 0;
}

/*
 * Number and value must be of one policy. A change in between, which only the
 * administrator can cause, starts anew.
 */
static int describe_by_name(struct xen_flask_boolean *asked)
{
	struct xen_flask_boolean arg;
	uint32_t seqno;
	int rc;

	do {
		seqno = ss_seqno(&flask.server);
		arg = *asked;
		rc = resolve(&arg);
		if (!rc)
			rc = describe(&arg, NULL);
	} while (ss_seqno(&flask.server) != seqno);
	if (!rc)
		*asked = arg;
	return rc;
}

int flask_op_getbool(struct xen_flask_op *op)
{
	struct xen_flask_boolean *arg = &op->u.boolean;
	struct text name;
	char *buf;
	int rc;

	if (arg->bool_id == BY_NAME)
		return describe_by_name(arg);
	buf = port_alloc(IMAGE_NAME_MAX + 1);
	if (!buf)
		return -ENOMEM;
	text_init(&name, buf, IMAGE_NAME_MAX + 1);
	rc = describe(arg, &name);
	port_free(buf);
	return rc;
}

/*
 * With policy_lock held: a copy of @from, or of the values in force when there
 * is none. A number that the policy gives to no boolean stays false. NULL: no
 * memory.
 */
static struct flask_pending *copy_values(const struct flask_pending *from)
{
	uint32_t count = ss_bool_count(&flask.server);
	struct flask_pending *copy = port_alloc(sizeof(*copy) + count * sizeof(copy->values[0]));
	uint32_t i;
	bool value;

	if (!copy)
		return NULL;
	copy->count = count;
	if (from) {
		PORT_BUG_ON(from->count != count);
		memcpy(copy->values, from->values, count * sizeof(copy->values[0]));
		return copy;
	}
	for (i = 0; i < count; i++)
		if (!ss_bool_get(&flask.server, i, &value, NULL))
			copy->values[i] = value;
	return copy;
}

static void log_booleans(void)
{
	char buf[96];
	struct text line;

	text_init(&line, buf, sizeof(buf));
	text_add(&line, "booleans changed (policy ");
	text_add_u32(&line, ss_seqno(&flask.server));
	text_add(&line, ")");
	flask_log_by(buf);
}

/* Puts one value in force; others that are pending stay so. */
static int set_now(uint32_t bool_id, bool value)
{
	struct flask_pending *pending = port_slot_load(&flask.pending);
	struct flask_pending *in_force = copy_values(NULL);
	struct flask_pending *next = pending ? copy_values(pending) : NULL;
	int rc = in_force && (next || !pending) ? 0 : -ENOMEM;

	if (!rc) {
		in_force->values[bool_id] = value;
		rc = ss_bools_commit(&flask.server, in_force->values, in_force->count);
	}
	port_free(in_force);
	if (rc) {
		port_free(next);
		return rc;
	}
	if (next) {
		next->values[bool_id] = value;
		flask_publish_pending(next);
	}
	log_booleans();
	return 0;
}

/* Only remembers the value, for FLASK_COMMITBOOLS. */
static int set_pending(uint32_t bool_id, bool value)
{
	struct flask_pending *next = copy_values(port_slot_load(&flask.pending));

	if (!next)
		return -ENOMEM;
	next->values[bool_id] = value;
	flask_publish_pending(next);
	return 0;
}

static int set_bool(struct xen_flask_boolean *arg)
{
	bool value = arg->new_value;
	bool in_force;
	int rc = resolve(arg);

	if (!rc)
		rc = ss_bool_get(&flask.server, arg->bool_id, &in_force, NULL);
	if (!rc)
		rc = arg->commit ? set_now(arg->bool_id, value) : set_pending(arg->bool_id, value);
	if (rc)
		return rc;
	arg->enforcing = arg->commit ? value : in_force;
	arg->pending = value;
	return 0;
}

int flask_op_setbool(struct xen_flask_op *op)
{
	int rc;

	port_mutex_lock(&flask.policy_lock);
	rc = set_bool(&op->u.boolean);
	port_mutex_unlock(&flask.policy_lock);
	return rc;
}

static int commit_pending(void)
{
	const struct flask_pending *pending = port_slot_load(&flask.pending);
	int rc;

	if (!pending)
		return 0;
	rc = ss_bools_commit(&flask.server, pending->values, pending->count);
	if (rc)
		return rc;
	flask_publish_pending(NULL);
	log_booleans();
	return 0;
}

int flask_op_commitbools(struct xen_flask_op *op)
{
	int rc;

	(void)op;
	port_mutex_lock(&flask.policy_lock);
	rc = commit_pending();
	port_mutex_unlock(&flask.policy_lock);
	return rc;
}
