# SPDX-License-Identifier: BSD-2-Clause
# Races under ThreadSanitizer. The suite is this makefile again in a flavour of
# its own: clang, without liburcu, whose reader sections the sanitizer cannot see.

RACE_TESTS  := $(patsubst tests/%.c,$(BUILD)/test/%,$(wildcard tests/race/race_*.c))
RACE_UNIT   := $(addprefix $(BUILD)/test/unit/,ss/test_threads module/test_threads)
RACE_SUPPORT = $(call objs,$(filter-out tests/race/race_%.c tests/race/planted.c,$(wildcard tests/race/*.c)) $(1))
TSAN_BUILD   = $(BUILD)/tsan
TSAN_MAKE    = $(MAKE) --no-print-directory BUILD=$(TSAN_BUILD) CC=clang SAN=thread OPT="-O1 -g" RCU=

$(BUILD)/test/race/race_server: $(call RACE_SUPPORT,$(call unit_support,ss)) $(UNIT_LIBS_ss)
$(BUILD)/test/race/race_module: $(call RACE_SUPPORT,$(call unit_support,module)) $(UNIT_LIBS_module)
$(BUILD)/test/race/planted: $(LIB_port)

$(RACE_TESTS) $(BUILD)/test/race/planted: $(BUILD)/test/race/%: $(BUILD)/obj/tests/race/%.o
	@mkdir -p $(@D)
	$(call say,link,$@)
	$(Q)$(CC) $(LDFLAGS) -o $@ $(filter %.o,$^) -Wl,--start-group $(filter %.a,$^) -Wl,--end-group $(RCU) -lcmocka

# The two policies that take turns in the race tests.
RACE_IMAGES := $(patsubst tests/race/%.conf,$(BUILD)/fixtures/race/%.30,$(wildcard tests/race/*.conf))

fixtures: $(RACE_IMAGES)

$(BUILD)/fixtures/race/%.30: tests/race/%.conf tests/race/labels.m4 $(wildcard tests/fixtures/vectors/*.m4)
	@mkdir -p $(@D)
	$(Q)m4 -I$(VECTORS) -Itests/race $< > $(@:.30=.full)
	@checkpolicy -t Xen -c 30 -o $@ $(@:.30=.full) > $(@:.30=.log) 2>&1 || { cat $(@:.30=.log); exit 1; }

.PHONY: race-programs suite-race
race-programs: $(RACE_TESTS) $(RACE_UNIT) $(BUILD)/test/race/planted

suite-race: fixtures
	@$(TSAN_MAKE) race-programs > /dev/null
	$(call run,race/selftest,tests/race/selftest.sh $(TSAN_BUILD)/test/race/planted)
	@for t in $(RACE_TESTS:$(BUILD)/%=$(TSAN_BUILD)/%) $(RACE_UNIT:$(BUILD)/%=$(TSAN_BUILD)/%); do \
		tests/run.sh $(RESULTS) tsan/$${t#$(TSAN_BUILD)/test/} $(TEST_ENV) $$t; \
	done
