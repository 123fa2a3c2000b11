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
UNIT_LIBS_tools  := $(LIB_flask) $(LIB_port)
UNIT_PARTS       := base db ss avc module model tools

UNIT_TESTS :=
define unit_rules
UNIT_TESTS_$(1) := $$(patsubst tests/%.c,$(BUILD)/test/%,$$(wildcard tests/unit/$(1)/test_*.c))
UNIT_TESTS += $$(UNIT_TESTS_$(1))
$$(UNIT_TESTS_$(1)): $(BUILD)/test/unit/$(1)/%: $(BUILD)/obj/tests/unit/$(1)/%.o $(call objs,$(wildcard tests/support/*.c)) $(UNIT_LIBS_$(1))
	@mkdir -p $$(@D)
	$$(CC) $$(LDFLAGS) -o $$@ $$(filter %.o,$$^) -Wl,--start-group $$(filter %.a,$$^) -Wl,--end-group $$(RCU) -lcmocka
endef
$(foreach p,$(UNIT_PARTS),$(eval $(call unit_rules,$(p))))
