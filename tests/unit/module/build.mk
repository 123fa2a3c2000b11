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
