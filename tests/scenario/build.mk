# SPDX-License-Identifier: BSD-2-Clause
# Scenarios on the model, and the command line of xsm-model.

MODEL   := $(BUILD)/bin/xsm-model
RELOADS := $(BUILD)/policy/reload.30
$(eval $(call policy_rules,reload,30,tests/scenario/policy))

suite-scenario: $(MODEL) $(RELOADS) policies
	$(call run,scenario/scenarios,tests/scenario/run.sh $(BUILD))
	$(call run,scenario/cli,tests/scenario/cli.sh $(BUILD))
