# SPDX-License-Identifier: BSD-2-Clause
# Our decisions against libsepol's on the same images.

LIBSEPOL := -l:libsepol.a
ORACLE   := $(BUILD)/test/oracle/oracle

DUEL_OBJS := $(call objs,$(filter-out tests/oracle/oracle.c,$(wildcard tests/oracle/*.c)) tests/support/blob.c)

$(ORACLE): $(call objs,tests/oracle/oracle.c) $(DUEL_OBJS) $(LIB_flask) $(LIB_port)
	@mkdir -p $(@D)
	$(call say,link,$@)
	$(Q)$(CC) $(LDFLAGS) -o $@ $(filter %.o,$^) -Wl,--start-group $(filter %.a,$^) -Wl,--end-group $(LIBSEPOL) $(RCU)

.PHONY: oracle oracle-ready
ORACLE_POLICIES = $(BUILD)/policy/sample.30 $(BUILD)/policy/sample.24 $(addprefix $(BUILD)/fixtures/, \
	kitchen-sink.30 kitchen-sink.24 kitchen-sink-mls.30 kitchen-sink-mls.24 kitchen-sink-old.24 sample-mls.30 \
	gen-10.30 gen-100.30 gen-1000.30 $(FIX_SEEDS:%=rand-%.30) rand-1.24 rand-3.24 rand-8.24) \
	$(BUILD)/test/oracle/exceptions.30

$(BUILD)/test/oracle/exceptions.30: tests/oracle/exceptions.conf
	@mkdir -p $(@D)
	$(call say,policy,$@)
	$(Q)checkpolicy -t Xen -c 30 -o $@ $< > $@.log 2>&1 || { cat $@.log; false; }

oracle-ready: $(ORACLE) policies fixtures $(BUILD)/test/oracle/exceptions.30

oracle: oracle-ready ## decisions of test policies against libsepol; ORACLE_FLAGS="--decisions N": N of each, not a sample
	@$(ORACLE) $(ORACLE_FLAGS) $(ORACLE_POLICIES)

suite-oracle: oracle-ready
	$(call run,oracle/policies,$(ORACLE) $(ORACLE_POLICIES))
	$(call run,oracle/selftest,tests/oracle/selftest.sh $(ORACLE) $(BUILD)/test/oracle)
