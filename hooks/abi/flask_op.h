/* SPDX-License-Identifier: BSD-2-Clause */
/* xsm_op(op): the hypercall of the Flask module. All 25 commands; `size` and `length` are bytes. */
#ifndef HOOKS_ABI_FLASK_OP_H
#define HOOKS_ABI_FLASK_OP_H

#include "hooks/abi/event_channel.h"

#define XEN_FLASK_INTERFACE_VERSION 1

#define FLASK_LOAD	       1
#define FLASK_GETENFORCE       2
#define FLASK_SETENFORCE       3
#define FLASK_CONTEXT_TO_SID   4
#define FLASK_SID_TO_CONTEXT   5
#define FLASK_ACCESS	       6
#define FLASK_CREATE	       7
#define FLASK_RELABEL	       8
#define FLASK_USER	       9
#define FLASK_POLICYVERS       10
#define FLASK_GETBOOL	       11
#define FLASK_SETBOOL	       12
#define FLASK_COMMITBOOLS      13
#define FLASK_MLS	       14
#define FLASK_DISABLE	       15
#define FLASK_GETAVC_THRESHOLD 16
#define FLASK_SETAVC_THRESHOLD 17
#define FLASK_AVC_HASHSTATS    18
#define FLASK_AVC_CACHESTATS   19
#define FLASK_MEMBER	       20
#define FLASK_ADD_OCONTEXT     21
#define FLASK_DEL_OCONTEXT     22
#define FLASK_GET_PEER_SID     23
#define FLASK_RELABEL_DOMAIN   24
#define FLASK_DEVICETREE_LABEL 25

struct xen_flask_load {
	uint64_t buffer;
	uint32_t size;
};

struct xen_flask_setenforce {
	uint32_t enforcing;
};

struct xen_flask_sid_context {
	uint32_t sid;  /* in or out */
	uint32_t size; /* of the buffer; out of SID_TO_CONTEXT: of the text with its NUL */
	uint64_t context;
};

struct xen_flask_access {
	uint32_t ssid;
	uint32_t tsid;
	uint32_t tclass;
	uint32_t req;
	uint32_t allowed; /* out, as all that follows */
	uint32_t audit_allow;
	uint32_t audit_deny;
	uint32_t seqno;
};

struct xen_flask_transition {
	uint32_t ssid;
	uint32_t tsid;
	uint32_t tclass;
	uint32_t newsid; /* out */
};

struct xen_flask_boolean {
	uint32_t bool_id;  /* all ones: by name, and out */
	uint8_t enforcing; /* out */
	uint8_t pending;   /* out */
	uint8_t new_value;
	uint8_t commit;
	uint32_t size;
	uint64_t name;
};

struct xen_flask_setavc_threshold {
	uint32_t threshold;
};

struct xen_flask_hash_stats { /* all out */
	uint32_t entries;
	uint32_t buckets_used;
	uint32_t buckets_total;
	uint32_t max_chain_len;
};

struct xen_flask_cache_stats {
	uint32_t cpu;
	uint32_t lookups; /* out, as all that follows */
	uint32_t hits;
	uint32_t misses;
	uint32_t allocations;
	uint32_t reclaims;
	uint32_t frees;
};

struct xen_flask_ocontext {
	uint32_t ocon;
	uint32_t sid;
	uint64_t low, high;
};

struct xen_flask_peersid {
	evtchn_port_t evtchn;
	uint32_t sid; /* out */
};

struct xen_flask_relabel {
	uint32_t domid;
	uint32_t sid;
};

struct xen_flask_devicetree_label {
	uint32_t sid;
	uint32_t length;
	uint64_t path;
};

struct xen_flask_op {
	uint32_t cmd; /* FLASK_* */
	uint32_t interface_version;
	union {
		struct xen_flask_load load;
		struct xen_flask_setenforce enforce;
		struct xen_flask_sid_context sid_context;
		struct xen_flask_access access;
		struct xen_flask_transition transition;
		struct xen_flask_boolean boolean;
		struct xen_flask_setavc_threshold setavc_threshold;
		struct xen_flask_hash_stats hash_stats;
		struct xen_flask_cache_stats cache_stats;
		struct xen_flask_ocontext ocontext;
		struct xen_flask_peersid peersid;
		struct xen_flask_relabel relabel;
		struct xen_flask_devicetree_label devicetree_label;
	} u;
};

#endif
