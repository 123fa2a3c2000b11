# SPDX-License-Identifier: BSD-2-Clause
# The small policies of the security server's tests: tests/fixtures/vectors/X.conf
# becomes $(BUILD)/fixtures/vectors/X.30 (v24.conf: at version 24; mls*: with MLS).

VECTORS       := tests/fixtures/vectors
VECTOR_PARTS  := $(wildcard $(VECTORS)/*.m4)
VECTOR_IMAGES := $(patsubst $(VECTORS)/%.conf,$(BUILD)/fixtures/vectors/%.30,$(wildcard $(VECTORS)/*.conf))

.PHONY: fixtures
fixtures: $(VECTOR_IMAGES)

$(BUILD)/fixtures/vectors/v24.30: VECTOR_VERSION := 24
$(BUILD)/fixtures/vectors/%.30: $(VECTORS)/%.conf $(VECTOR_PARTS)
	@mkdir -p $(@D)
	$(Q)m4 -I$(VECTORS) $< > $(@:.30=.full)
	@checkpolicy $(if $(filter mls%,$*),-M) -t Xen -c $(or $(VECTOR_VERSION),30) -o $@ $(@:.30=.full) > $(@:.30=.log) 2>&1 || { cat $(@:.30=.log); exit 1; }

# This test acts just before the sid lock is taken.
$(BUILD)/test/unit/ss/test_between: LDFLAGS += -Wl,--wrap=port_spin_lock
