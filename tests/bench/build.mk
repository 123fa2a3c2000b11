# SPDX-License-Identifier: BSD-2-Clause
# Figures against libsepol; never a reason to fail.

BENCH := $(BUILD)/test/bench/bench

$(BENCH): $(call objs,$(wildcard tests/bench/*.c) tests/oracle/states.c tests/support/blob.c) $(LIB_flask) $(LIB_port)
	@mkdir -p $(@D)
	$(call say,link,$@)
	$(Q)$(CC) $(LDFLAGS) -o $@ $(filter %.o,$^) -Wl,--start-group $(filter %.a,$^) -Wl,--end-group $(LIBSEPOL) $(RCU)

bench: $(BENCH) policies fixtures ## loads, decisions and labels timed against libsepol in one run
	@$(BENCH) $(SAMPLE) $(BUILD)/fixtures/gen-1000.30
