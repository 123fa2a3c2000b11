# SPDX-License-Identifier: BSD-2-Clause
# Hostile loads: cut, changed and starved of memory.

HOSTILE     := $(BUILD)/test/oom/hostile-load
OOM_OBJS    := $(call objs,$(wildcard tests/oom/*.c)) $(DUEL_OBJS)
OOM_STRIDES := 61 # every 61st byte of a big image: prime, so that it meets each field of a repeated record

$(HOSTILE): $(OOM_OBJS) $(LIB_flask) $(LIB_port)
	@mkdir -p $(@D)
	$(call say,link,$@)
	$(Q)$(CC) $(LDFLAGS) -o $@ $(filter %.o,$^) -Wl,--start-group $(filter %.a,$^) -Wl,--end-group $(LIBSEPOL) $(RCU)

$(BUILD)/test/oom/small.%: tests/oom/small.conf
	@mkdir -p $(@D)
	$(call say,policy,$@)
	$(Q)checkpolicy -t Xen -c $* -o $@ $< > $@.log 2>&1 || { cat $@.log; false; }

SMALL := $(BUILD)/test/oom/small.24 $(BUILD)/test/oom/small.30

.PHONY: suite-hostile
suite-hostile: $(HOSTILE) $(SMALL) policies fixtures
	$(call run,hostile/small.30,$(HOSTILE) $(BUILD)/test/oom/small.30)
	$(call run,hostile/small.24,$(HOSTILE) $(BUILD)/test/oom/small.24)
	$(call run,hostile/sample.30,$(HOSTILE) --abi --stride $(OOM_STRIDES) $(SAMPLE))
	$(call run,hostile/kitchen-sink.30,$(HOSTILE) --abi --stride $(OOM_STRIDES) $(BUILD)/fixtures/kitchen-sink.30)
