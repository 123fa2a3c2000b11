# SPDX-License-Identifier: BSD-2-Clause
# libFuzzer. Targets are built in a flavour of their own, by clang with both
# sanitizers. `make check` gives each input of tests/fuzz/corpus once; `make fuzz`
# searches for more. Each target is also built with a mistake (planted.c).

FUZZ_TARGETS := audit context flask_op image scenario
FUZZ_SECONDS ?= 60
FUZZ_JUDGE   ?= 32
FUZZ_BUILD    = $(BUILD)/fuzz/build
FUZZ_MAKE     = $(MAKE) --no-print-directory BUILD=$(FUZZ_BUILD) CC=clang SAN=address,undefined,fuzzer-no-link OPT="-O1 -g"
FUZZ_ENV      = env PORTCULLIS_FIXTURES=$(abspath $(BUILD)/fixtures) PORTCULLIS_BUILD=$(abspath $(BUILD))
FUZZ_COMMON  := $(call objs,tests/fuzz/fuzz.c tests/support/blob.c)

FUZZ_USES_audit    := $(LIB_tools) $(LIB_flask) $(LIB_port)
FUZZ_USES_context  := $(call objs,tests/oom/abi.c) $(LIB_flask) $(LIB_port)
FUZZ_USES_flask_op := $(call objs,tests/unit/module/fake_hv.c) $(LIB_flask) $(LIB_xsm) $(LIB_port)
FUZZ_USES_image    := $(call objs,$(addprefix tests/oom/,abi.c judge.c unused.c)) $(DUEL_OBJS) $(LIB_flask) $(LIB_port)
FUZZ_USES_scenario := $(LIB_model) $(LIB_flask) $(LIB_xsm) $(LIB_port)

FUZZ_MISTAKE_audit    := log_notice
FUZZ_MISTAKE_context  := context_print
FUZZ_MISTAKE_flask_op := ss_context_to_sid
FUZZ_MISTAKE_image    := decide_access
FUZZ_MISTAKE_scenario := scn_words_split

FUZZ_PROGRAMS :=
define fuzz_rules
FUZZ_PROGRAMS += $(BUILD)/test/fuzz/fuzz_$(1) $(BUILD)/test/fuzz/planted_$(1)
$(BUILD)/test/fuzz/fuzz_$(1): $(call objs,tests/fuzz/fuzz_$(1).c) $(FUZZ_COMMON) $(FUZZ_USES_$(1))
$(BUILD)/test/fuzz/planted_$(1): $(call objs,tests/fuzz/fuzz_$(1).c tests/fuzz/planted.c) $(FUZZ_COMMON) $(FUZZ_USES_$(1))
$(BUILD)/test/fuzz/planted_$(1): LDFLAGS += -Wl,--wrap=$(FUZZ_MISTAKE_$(1)) -Wl,--undefined=$(FUZZ_MISTAKE_$(1))
endef
$(foreach t,$(FUZZ_TARGETS),$(eval $(call fuzz_rules,$(t))))

$(FUZZ_PROGRAMS):
	@mkdir -p $(@D)
	$(call say,link,$@)
	$(Q)$(CC) $(LDFLAGS) -fsanitize=fuzzer -o $@ $(sort $(filter %.o,$^)) -Wl,--start-group $(filter %.a,$^) -Wl,--end-group $(LIBSEPOL) $(RCU)

.PHONY: fuzz fuzz-programs suite-fuzz
fuzz-programs: $(FUZZ_PROGRAMS)

suite-fuzz: policies fixtures $(BUILD)/test/oom/small.30
	@$(FUZZ_MAKE) fuzz-programs > /dev/null
	@for t in $(FUZZ_TARGETS); do \
		tests/run.sh $(RESULTS) fuzz/$$t $(FUZZ_ENV) tests/fuzz/replay.sh $(FUZZ_BUILD)/test/fuzz/fuzz_$$t tests/fuzz/corpus/$$t; \
	done
	@tests/run.sh $(RESULTS) fuzz/selftest $(FUZZ_ENV) tests/fuzz/selftest.sh $(FUZZ_BUILD)/test/fuzz tests/fuzz/corpus $(FUZZ_TARGETS)

fuzz: policies fixtures $(BUILD)/test/oom/small.30 ## search for inputs that break a promise, each target for FUZZ_SECONDS=60; finds: $(BUILD)/fuzz/found
	@$(FUZZ_MAKE) fuzz-programs
	@$(FUZZ_ENV) PORTCULLIS_FUZZ_JUDGE=$(FUZZ_JUDGE) tests/fuzz/fuzz.sh $(BUILD)/fuzz $(FUZZ_SECONDS) $(JOBS) $(FUZZ_TARGETS)
