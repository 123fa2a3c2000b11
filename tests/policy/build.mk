# SPDX-License-Identifier: BSD-2-Clause
# The numbers of the ABI, their generator, and what the sample policy decides.

NUMBERS := $(BUILD)/test/policy/numbers

$(NUMBERS): $(call objs,tests/policy/numbers.c)
	@mkdir -p $(@D)
	$(call say,link,$@)
	$(Q)$(CC) $(LDFLAGS) -o $@ $^

suite-numbers: $(NUMBERS)
	$(call run,numbers/table,$(NUMBERS) tests/policy/numbers.tsv)
	$(call run,numbers/generator,tests/policy/generator.sh)

suite-policy: $(BUILD)/bin/flask-policy $(BUILD)/bin/xsm-model $(BUILD)/policy/reload.30 policies
	$(call run,policy/expect,tests/policy/expect.sh $(BUILD)/bin/flask-policy $(addprefix $(BUILD)/policy/,sample.30 sample.24 mended.30))
	$(call run,policy/unused,tests/policy/unused.sh $(BUILD)/bin/flask-policy $(BUILD)/policy/sample.30)
	$(call run,policy/forbidden,tests/policy/forbidden.sh $(BUILD)/policy/sample.30.conf)
	$(call run,policy/build,tests/policy/build.sh $(BUILD)/policy/sample.30.conf)
	$(call run,policy/scenarios,tests/scenario/run.sh $(BUILD) tests/policy/tenants.scn tests/policy/guests.scn)
