# SPDX-License-Identifier: BSD-2-Clause
# What flask-policy and flask-audit print.

suite-golden: programs policies fixtures
	$(call run,golden/policy,tests/golden/run.sh $(BUILD) policy)
	$(call run,golden/diff,tests/golden/run.sh $(BUILD) diff)
	$(call run,golden/audit,tests/golden/run.sh $(BUILD) audit)
	$(call run,golden/refusals,tests/golden/run.sh $(BUILD) refusals)
	$(call run,golden/advice,tests/golden/run.sh $(BUILD) advice)
