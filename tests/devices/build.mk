# SPDX-License-Identifier: BSD-2-Clause
# Labels of devices against the lists that libsepol reads from the same image.

DEVICES          := $(BUILD)/test/devices/devices
DEVICES_POLICIES := $(BUILD)/policy/sample.30 $(BUILD)/policy/sample.24 $(addprefix $(BUILD)/fixtures/, \
	kitchen-sink.30 kitchen-sink.24 kitchen-sink-mls.30 gen-100.30 $(patsubst %,rand-%.30,1 2 3 4 5 6 7 8))

$(DEVICES): $(call objs,tests/devices/devices.c tests/devices/lists.c tests/support/blob.c) $(LIB_flask) $(LIB_port)
	@mkdir -p $(@D)
	$(call say,link,$@)
	$(Q)$(CC) $(LDFLAGS) -o $@ $(filter %.o,$^) -Wl,--start-group $(filter %.a,$^) -Wl,--end-group $(LIBSEPOL) $(RCU)

suite-devices: $(DEVICES) policies fixtures
	$(call run,devices/libsepol,$(DEVICES) $(DEVICES_POLICIES))

# With the other comparisons.
suite-oracle: suite-devices
