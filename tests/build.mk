# SPDX-License-Identifier: BSD-2-Clause
# How tests are built and run. A unit test is tests/unit/PART/test_X.c, one
# program linked with the libraries that PART may use and no others.

SAMPLE := $(BUILD)/policy/sample.30

# ---- unit tests

part_libs = $(foreach p,$(1),$(call part_lib,$(p)))
UNIT_LIBS_base   := $(call part_libs,flask/base) $(LIB_port)
UNIT_LIBS_db     := $(call part_libs,flask/db) $(UNIT_LIBS_base)
UNIT_LIBS_ss     := $(call part_libs,flask/ss) $(UNIT_LIBS_db)
UNIT_LIBS_avc    := $(call part_libs,flask/avc) $(UNIT_LIBS_ss)
UNIT_LIBS_module := $(call part_libs,flask/module) $(LIB_xsm) $(UNIT_LIBS_avc)
UNIT_LIBS_model  := $(LIB_model) $(LIB_flask) $(LIB_xsm) $(LIB_port)
UNIT_LIBS_tools  := $(LIB_tools) $(LIB_flask) $(LIB_port)
UNIT_PARTS       := base db ss avc module model tools

# Besides tests/support, helpers that lie with the tests of one part are linked into that part's programs.
unit_support = $(filter-out $(wildcard tests/unit/$(1)/test_*.c),$(wildcard tests/support/*.c tests/unit/$(1)/*.c))

UNIT_TESTS :=
define unit_rules
UNIT_TESTS_$(1) := $$(patsubst tests/%.c,$(BUILD)/test/%,$$(wildcard tests/unit/$(1)/test_*.c))
UNIT_TESTS += $$(UNIT_TESTS_$(1))
$$(UNIT_TESTS_$(1)): $(BUILD)/test/unit/$(1)/%: $(BUILD)/obj/tests/unit/$(1)/%.o $(call objs,$(call unit_support,$(1))) $(UNIT_LIBS_$(1))
	@mkdir -p $$(@D)
	$$(call say,link,$$@)
	$$(Q)$$(CC) $$(LDFLAGS) -o $$@ $$(filter %.o,$$^) -Wl,--start-group $$(filter %.a,$$^) -Wl,--end-group $$(RCU) -lcmocka
endef
$(foreach p,$(UNIT_PARTS),$(eval $(call unit_rules,$(p))))

# ---- checks
#
# `make check` runs every suite; `make check-NAME` one. A suite runs tests by
# tests/run.sh, which adds a line per test to RESULTS; tests/summary.sh counts.

SUITES   ?= layers headers freestanding format compat analysis numbers unit policy scenario golden hostile fuzz oracle race clang asan user install demo
RESULTS  ?= $(BUILD)/check/results
FLAVOUR  ?=
JOBS     ?= $(shell nproc)
TESTED   := programs policies fixtures $(UNIT_TESTS)
TEST_ENV := env PORTCULLIS_POLICY=$(SAMPLE) PORTCULLIS_FIXTURES=$(BUILD)/fixtures PORTCULLIS_BUILD=$(BUILD) TMPDIR=$${TMPDIR:-/tmp}
run       = @tests/run.sh $(RESULTS) $(FLAVOUR)$(1) $(TEST_ENV) $(2)

check: ## every suite (docs/testing.md lists them); check-NAME runs one
	@rm -rf $(RESULTS) $(RESULTS).d && mkdir -p $(dir $(RESULTS)) && : > $(RESULTS)
	@$(MAKE) --no-print-directory -k -j$(JOBS) -Oline $(addprefix suite-,$(SUITES)) || echo "fail build" >> $(RESULTS)
	@tests/summary.sh $(RESULTS) $(if $(ONE),one)

check-%:
	@$(MAKE) --no-print-directory check SUITES=$* ONE=1

define unit_run
@for t in $(UNIT_TESTS); do tests/run.sh $(RESULTS) $(FLAVOUR)$${t#$(BUILD)/test/} $(TEST_ENV) $$t; done
endef

suite-unit: $(UNIT_TESTS) policies fixtures
	$(unit_run)

suite-layers:
	$(call run,lint/layers,tests/lint/check-layers.sh)

suite-headers: $(GEN)
	$(call run,lint/headers,tests/lint/check-headers.sh $(BUILD) $(CC))

suite-freestanding: $(GEN)
	$(call run,lint/freestanding,tests/lint/check-freestanding.sh $(BUILD) gcc)

suite-format:
	$(call run,lint/format,tests/lint/check-format.sh)

suite-compat:
	$(call run,lint/compat,tests/lint/check-compat.sh)

suite-analysis: $(GEN)
	$(call run,lint/cppcheck,tests/lint/check-cppcheck.sh $(BUILD))
	$(call run,lint/clang-tidy,tests/lint/check-tidy.sh $(BUILD))

suite-clang:
	@$(MAKE) --no-print-directory BUILD=$(BUILD)/clang CC=clang tested >/dev/null
	@$(MAKE) --no-print-directory BUILD=$(BUILD)/clang CC=clang RESULTS=$(RESULTS) FLAVOUR=clang/ suite-unit

suite-asan:
	@$(MAKE) --no-print-directory BUILD=$(BUILD)/asan SAN=address,undefined OPT="-O1 -g" tested >/dev/null
	@$(MAKE) --no-print-directory BUILD=$(BUILD)/asan SAN=address,undefined OPT="-O1 -g" RESULTS=$(RESULTS) FLAVOUR=asan/ \
		suite-unit suite-scenario suite-golden

.PHONY: tested
tested: $(TESTED)

suite-demo:
	$(call run,demo,docs/demo/demo.sh $(BUILD)/demo)

suite-user: $(UNIT_TESTS) programs policies fixtures
	$(call run,user/unit,tests/as-user.sh $(UNIT_TESTS))

# Each kind of test brings its own rules; oracle first, whose comparison others use.
include tests/oracle/build.mk
include $(filter-out tests/oracle/build.mk,$(wildcard tests/*/build.mk tests/unit/*/build.mk))
