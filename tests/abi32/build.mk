# SPDX-License-Identifier: BSD-2-Clause
# The layout of 32-bit callers, compiled only.

suite-abi32: $(GEN)
	$(call run,abi32/layout,tests/abi32/check.sh $(CC) $(BUILD))

suite-compat: suite-abi32
