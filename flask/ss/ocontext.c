/* SPDX-License-Identifier: BSD-2-Clause */
/* Labels of devices: asked by hooks, changed at run time. Each change is a new table in a new snapshot. */
#include "flask/ss/private.h"

flask_sid_t ss_device_sid(const struct ss_server *server, enum policy_ocon_kind kind, uint64_t number)
{
	flask_sid_t sid = server->config->device_sids[kind];
	const struct ss_device_list *list;
	const struct ss_snapshot *live;
	uint32_t at;

	port_read_begin();
	live = ss_live(server);
	if (live) {
		list = &live->devices->lists[kind];
		at = ss_devices_from(list, number);
		if (at < list->count && list->devices[at].low <= number)
			sid = list->devices[at].sid;
	}
	port_read_end();
	return sid;
}

static bool has_path(const struct ss_device_list *list, uint32_t at, const char *path)
{
	return at < list->count && !strcmp(list->devices[at].path, path);
}

flask_sid_t ss_device_tree_sid(const struct ss_server *server, const char *path)
{
	flask_sid_t sid = server->config->device_sids[OCON_DTREE];
	const struct ss_device_list *list;
	const struct ss_snapshot *live;
	uint32_t at;

	port_read_begin();
	live = ss_live(server);
	if (live) {
		list = &live->devices->lists[OCON_DTREE];
		at = ss_devices_from_path(list, path);
		if (has_path(list, at, path))
			sid = list->devices[at].sid;
	}
	port_read_end();
	return sid;
}

/* @low <= @high. What is left of the range is [@low, @high] at each turn. */
static int walk(const struct ss_device_list *list, flask_sid_t unlabelled, uint64_t low, uint64_t high,
		ss_device_visitor *visit, void *context)
{
	const struct ss_device *device;
	uint64_t end;
	uint32_t i;
	int rc;

	for (i = ss_devices_from(list, low); i < list->count && list->devices[i].low <= high; i++) {
		device = &list->devices[i];
		if (low < device->low) {
			rc = visit(context, unlabelled, low, device->low - 1);
			if (rc)
				return rc;
			low = device->low;
		}
		end = device->high < high ? device->high : high;
		rc = visit(context, device->sid, low, end);
		if (rc || end == high)
			return rc;
		low = end + 1;
	}
	return visit(context, unlabelled, low, high);
}

int ss_device_range_walk(const struct ss_server *server, enum policy_ocon_kind kind, uint64_t low, uint64_t high,
			 ss_device_visitor *visit, void *context)
{
	static const struct ss_device_list none;
	const struct ss_snapshot *live;
	int rc;

	if (low > high)
		return -EINVAL;
	port_read_begin();
	live = ss_live(server);
	rc = walk(live ? &live->devices->lists[kind] : &none, server->config->device_sids[kind], low, high, visit,
		  context);
	port_read_end();
	return rc;
}

/* Takes @devices; NULL: there was no memory for them. */
static int replace(struct ss_server *server, struct ss_snapshot *live, struct ss_devices *devices)
{
	struct ss_snapshot *next = devices ? ss_snapshot_succeed(live) : NULL;

	if (!next) {
		ss_devices_destroy(devices);
		return -ENOMEM;
	}
	next->devices = devices;
	ss_publish(server, next);
	ss_snapshot_retire(live, SS_SHARED_POLICY);
	return 0;
}

static bool is_label(const struct ss_snapshot *live, flask_sid_t sid)
{
	const struct sid_entry *entry = sidtab_find(live->sids, sid);

	return entry && entry->state == SID_LIVE;
}

/* Kinds that have numbers. Xen: cuts numbers to the width of its field, and so labels another device. */
static const struct number_form {
	uint64_t max; /* 0: not a kind that has numbers */
	bool ranges;
} number_forms[OCON_KINDS] = {
    [OCON_PIRQ] = {UINT16_MAX, false},
    [OCON_IOPORT] = {UINT32_MAX, true},
    [OCON_IOMEM] = {UINT64_MAX, true},
    [OCON_PCIDEVICE] = {UINT32_MAX, false},
};

static const struct number_form *find_form(uint32_t kind)
{
	return kind < OCON_KINDS && number_forms[kind].max ? &number_forms[kind] : NULL;
}

/* With the load lock held. */
static int add_numbers(struct ss_server *server, enum policy_ocon_kind kind, const struct ss_device *device)
{
	struct ss_snapshot *live = ss_live(server);
	const struct ss_device_list *list;
	const struct ss_device *met;
	uint32_t at;

	if (!live || !is_label(live, device->sid))
		return -EINVAL;
	list = &live->devices->lists[kind];
	at = ss_devices_from(list, device->low);
	if (at == list->count || list->devices[at].low > device->high)
		return replace(server, live, ss_devices_with(live->devices, kind, at, device));
	met = &list->devices[at];
	return met->low == device->low && met->high == device->high && met->sid == device->sid ? 0 : -EEXIST;
}

int ss_ocontext_add(struct ss_server *server, uint32_t kind, uint64_t low, uint64_t high, flask_sid_t sid)
{
	const struct ss_device device = {.low = low, .high = high, .sid = sid};
	const struct number_form *form = find_form(kind);
	int rc;

	if (!form || low > high || high > form->max || (!form->ranges && low != high))
		return -EINVAL;
	port_mutex_lock(&server->load_lock);
	rc = add_numbers(server, (enum policy_ocon_kind)kind, &device);
	port_mutex_unlock(&server->load_lock);
	return rc;
}

/* With the load lock held. */
static int delete_numbers(struct ss_server *server, enum policy_ocon_kind kind, uint64_t low, uint64_t high)
{
	struct ss_snapshot *live = ss_live(server);
	const struct ss_device_list *list;
	uint32_t at;

	if (!live)
		return -ENOENT;
	list = &live->devices->lists[kind];
	at = ss_devices_from(list, low);
	if (at == list->count || list->devices[at].low != low || list->devices[at].high != high)
		return -ENOENT;
	return replace(server, live, ss_devices_without(live->devices, kind, at));
}

int ss_ocontext_del(struct ss_server *server, uint32_t kind, uint64_t low, uint64_t high)
{
	const struct number_form *form = find_form(kind);
	int rc;

	if (!form || low > high)
		return -EINVAL;
	port_mutex_lock(&server->load_lock);
	rc = delete_numbers(server, (enum policy_ocon_kind)kind, low, form->ranges ? high : low);
	port_mutex_unlock(&server->load_lock);
	return rc;
}

/* With the load lock held. */
static int add_path(struct ss_server *server, const struct ss_device *device)
{
	struct ss_snapshot *live = ss_live(server);
	const struct ss_device_list *list;
	uint32_t at;

	if (!live || !is_label(live, device->sid))
		return -EINVAL;
	list = &live->devices->lists[OCON_DTREE];
	at = ss_devices_from_path(list, device->path);
	if (has_path(list, at, device->path))
		return -EEXIST;
	return replace(server, live, ss_devices_with(live->devices, OCON_DTREE, at, device));
}

/* What the reader of images would not take as a path. */
static bool is_path(const char *path)
{
	const char *at;

	for (at = path; *at; at++)
		if ((unsigned char)*at < 0x20 || *at == 0x7f)
			return false;
	return at > path;
}

int ss_device_tree_add(struct ss_server *server, const char *path, flask_sid_t sid)
{
	const struct ss_device device = {.path = path, .sid = sid};
	int rc;

	if (!is_path(path))
		return -EINVAL;
	port_mutex_lock(&server->load_lock);
	rc = add_path(server, &device);
	port_mutex_unlock(&server->load_lock);
	return rc;
}

/* With the load lock held. */
static int delete_path(struct ss_server *server, const char *path)
{
	struct ss_snapshot *live = ss_live(server);
	const struct ss_device_list *list;
	uint32_t at;

	if (!live)
		return -ENOENT;
	list = &live->devices->lists[OCON_DTREE];
	at = ss_devices_from_path(list, path);
	if (!has_path(list, at, path))
		return -ENOENT;
	return replace(server, live, ss_devices_without(live->devices, OCON_DTREE, at));
}

int ss_device_tree_del(struct ss_server *server, const char *path)
{
	int rc;

	port_mutex_lock(&server->load_lock);
	rc = delete_path(server, path);
	port_mutex_unlock(&server->load_lock);
	return rc;
}
