# SPDX-License-Identifier: BSD-2-Clause
# The policies of the module's tests, with Xen's classes: tests/fixtures/module/X.te
# becomes $(BUILD)/fixtures/module/X.30.

MODULE_HEAD   := policy/security_classes policy/initial_sids policy/access_vectors
MODULE_IMAGES := $(patsubst tests/fixtures/module/%.te,$(BUILD)/fixtures/module/%.30,$(wildcard tests/fixtures/module/*.te))

fixtures: $(MODULE_IMAGES)

$(BUILD)/fixtures/module/%.30: tests/fixtures/module/%.te $(MODULE_HEAD) policy/compile.sh
	@mkdir -p $(@D)
	$(Q)cat $(MODULE_HEAD) $< > $(@:.30=.conf)
	$(Q)policy/compile.sh 30 $(@:.30=.conf) $@

# This test acts just before the sid lock is taken.
$(BUILD)/test/unit/module/test_load: LDFLAGS += -Wl,--wrap=port_spin_lock

# The same policy for a hypervisor that drifted away, in the three ways to treat what it does not know.
MODULE_DRIFT := $(patsubst %,$(BUILD)/fixtures/module/drift-%.30,deny allow reject)
DRIFT_PARTS  := tests/fixtures/drift/drift.awk tests/fixtures/drift/roles.te

fixtures: $(MODULE_DRIFT)

$(BUILD)/fixtures/module/drift-%.30: tests/fixtures/module/hooks.te $(MODULE_HEAD) $(DRIFT_PARTS) policy/compile.sh
	@mkdir -p $(@D)
	$(Q)awk -v roles=tests/fixtures/drift/roles.te -f tests/fixtures/drift/drift.awk $(MODULE_HEAD) $< > $(@:.30=.conf)
	$(Q)POLICY_UNKNOWN=$* policy/compile.sh 30 $(@:.30=.conf) $@
