# SPDX-License-Identifier: BSD-2-Clause
# The numbers of the ABI, their generator, and what the sample policy decides.

NUMBERS := $(BUILD)/test/policy/numbers

$(NUMBERS): $(call objs,tests/policy/numbers.c)
	@mkdir -p $(@D)
	$(CC) $(LDFLAGS) -o $@ $^

suite-numbers: $(NUMBERS)
	$(call run,numbers/table,$(NUMBERS) tests/policy/numbers.tsv)
	$(call run,numbers/generator,tests/policy/generator.sh)
