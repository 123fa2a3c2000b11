/* SPDX-License-Identifier: BSD-2-Clause */
/* Start and end of the Flask module, by the boot parameter `flask=`. */
#include "flask/flask.h"
#include "flask/module/abi.h"
#include "flask/module/load.h"
#include "flask/module/module.h"
#include "flask/module/ops.h"

struct flask_module flask;

bool flask_mode_parse(const char *word, enum flask_mode *mode)
{
	static const char *const words[] = {
	    [FLASK_MODE_ENFORCING] = "enforcing",
	    [FLASK_MODE_PERMISSIVE] = "permissive",
	    [FLASK_MODE_LATE] = "late",
	    [FLASK_MODE_DISABLED] = "disabled",
	};
	uint32_t i;

	for (i = 0; i < PORT_ARRAY_SIZE(words); i++)
		if (!strcmp(word, words[i])) {
			*mode = (enum flask_mode)i;
			return true;
		}
	return false;
}

static int module_init(bool enforcing)
{
	int rc;

	memset(&flask, 0, sizeof(flask));
	rc = avc_init(&flask.avc, &flask.server, enforcing);
	if (rc)
		return rc;
	ss_init(&flask.server, flask_abi_config());
	port_mutex_init(&flask.policy_lock);
	port_mutex_init(&flask.relabel_lock);
	return 0;
}

void flask_fini(void)
{
	flask_publish_pending(NULL);
	port_mutex_fini(&flask.relabel_lock);
	port_mutex_fini(&flask.policy_lock);
	avc_fini(&flask.avc);
	ss_fini(&flask.server);
}

static void log_start(void)
{
	struct ss_facts facts = ss_facts(&flask.server);
	char buf[160];
	struct text line;

	if (!ss_is_loaded(&flask.server)) {
		port_log(PORT_WARNING, "Flask: NO POLICY: every check passes");
		return;
	}
	text_init(&line, buf, sizeof(buf));
	text_add(&line, "Flask: ");
	text_add_u32(&line, facts.types);
	text_add(&line, " types, ");
	text_add_u32(&line, facts.classes);
	text_add(&line, " classes, ");
	text_add_u32(&line, flask_abi_permissions());
	text_add(&line, avc_enforcing(&flask.avc) ? " permissions, enforcing" : " permissions, permissive");
	port_log(PORT_INFO, buf);
}

/* False when this mode does not boot without the policy that was not to be had. */
static bool load_at_boot(const struct flask_boot *boot)
{
	bool required = boot->mode == FLASK_MODE_ENFORCING;

	if (boot->mode == FLASK_MODE_LATE) {
		port_log(PORT_INFO, boot->policy ? "Flask: late: the boot policy is ignored; a policy is awaited"
						 : "Flask: late: a policy is awaited");
		return true;
	}
	if (!boot->policy || !boot->policy_size) {
		if (required)
			port_log(PORT_ERROR,
				 "Flask: no policy was given; enforcing mode does not boot without a policy");
		return !required;
	}
	return !flask_load_policy(boot->policy, boot->policy_size,
				  required ? "enforcing mode does not boot without a policy"
					   : "permissive mode boots without a policy") ||
	       !required;
}

const struct xsm_ops *flask_init(const struct flask_boot *boot, bool *refused)
{
	*refused = false;
	if (boot->mode == FLASK_MODE_DISABLED) {
		port_log(PORT_WARNING, "Flask: disabled at boot; the default module decides");
		return NULL;
	}
	/* As in Xen late mode is enforcing: that decides what no policy does, and holds once one is loaded. */
	if (module_init(boot->mode != FLASK_MODE_PERMISSIVE)) {
		port_log(PORT_ERROR, "Flask: no memory to start; without its checks nothing boots");
		*refused = true;
		return NULL;
	}
	if (!load_at_boot(boot)) {
		flask_fini();
		*refused = true;
		return NULL;
	}
	log_start();
	return &flask_ops;
}
