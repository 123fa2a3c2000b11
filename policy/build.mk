# SPDX-License-Identifier: BSD-2-Clause
# The sample policy and its variants: text by m4, images by checkpolicy.
#
# $(call policy_rules,NAME,VERSION,DIRECTORIES,M4FLAGS,COMPILEFLAGS) makes
# $(BUILD)/policy/NAME.VERSION from policy/ and from the modules (*.if, *.te, *.cons)
# in DIRECTORIES, all of which are on.

POLICY_NAMES := $(shell awk -f policy/read-modules.awk policy/modules/modules.conf)
ifneq ($(.SHELLSTATUS),0)
$(error policy/modules/modules.conf cannot be used)
endif

M4      ?= m4
M4FLAGS := -E -s -D self_contained_policy -D mls_num_sens=16 -D mls_num_cats=256

# Files of the modules that are on (suffix $(1)), then those in directories $(2).
policy_modules = $(foreach m,$(POLICY_NAMES),$(wildcard policy/modules/$(m)$(1))) \
	$(foreach d,$(2),$(sort $(wildcard $(d)/*$(1))))

# What checkpolicy reads, in the order that its grammar asks for.
policy_sources = policy/security_classes policy/initial_sids policy/access_vectors \
	$(sort $(wildcard policy/support/*.spt)) policy/mls $(call policy_modules,.if,$(1)) policy/global_tunables \
	$(call policy_modules,.te,$(1)) policy/users $(call policy_modules,.cons,$(1)) \
	policy/initial_sid_contexts policy/device_contexts

define policy_rules
$(BUILD)/policy/$(1).$(2).conf: $(call policy_sources,$(3)) policy/modules/modules.conf policy/build.mk policy/check-calls.awk
	@mkdir -p $$(@D)
	@awk -f policy/check-calls.awk $(filter-out $(GEN_SRC),$(call policy_sources,$(3)))
	@$$(M4) $$(M4FLAGS) -D policy_version_$(2) $(4) $(call policy_sources,$(3)) > $$@.new
	@mv $$@.new $$@
$(BUILD)/policy/$(1).$(2): $(BUILD)/policy/$(1).$(2).conf policy/compile.sh
	@policy/compile.sh $(5) $(2) $$< $$@
	@echo ' policy    policy/$(if $(3), + $(3)) -> $$@'
endef

# A module that is on must have its .te file.
$(foreach m,$(POLICY_NAMES),$(if $(wildcard policy/modules/$(m).te),, \
	$(error policy/modules/modules.conf: module $(m) has no policy/modules/$(m).te)))

$(eval $(call policy_rules,sample,30))
$(eval $(call policy_rules,sample,24))

# The sample with levels, which this version of the reader refuses by name.
$(eval $(call policy_rules,sample-mls,30,,-D enable_mls,-M))

# What the demonstration loads to mend the denial that it shows.
$(eval $(call policy_rules,mended,30,docs/demo/policy))

# Your own: make policies POLICY_EXTRA=DIRECTORY adds its modules as build/policy/extra.30.
POLICY_EXTRA ?=
ifneq ($(POLICY_EXTRA),)
$(eval $(call policy_rules,extra,30,$(POLICY_EXTRA)))
policies: $(BUILD)/policy/extra.30
endif

# The text of the newest version, for tools that quote it (flask-audit --source).
$(BUILD)/policy/%.conf: $(BUILD)/policy/%.30.conf
	@cp $< $@

policies: $(addprefix $(BUILD)/policy/,sample.30 sample.conf sample.24 mended.30) ## the sample policy in both versions that Xen reads
