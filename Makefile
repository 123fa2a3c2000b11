# SPDX-License-Identifier: BSD-2-Clause
# Portcullis. `make help` says what there is. One makefile, nothing recursive
# over directories; another flavour of the same tree (sanitizers, clang) is this
# makefile with another BUILD directory. Tests: tests/build.mk.

BUILD  ?= build
PREFIX ?= /usr/local
SAN    ?=
OPT    ?= -O2 -g

ifeq ($(origin CC),default)
CC := gcc
endif

WARN   := -Wall -Wextra -Werror -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wvla
INCS   := -I. -I$(BUILD)/gen -Ihooks/model/include
SANF   := $(if $(SAN),-fsanitize=$(SAN) -fno-sanitize-recover=all -fno-omit-frame-pointer)
CFLAGS  = -std=c11 -D_GNU_SOURCE $(OPT) $(WARN) $(INCS) $(SANF) -MMD -MP
LDFLAGS = $(SANF) -pthread

# One short line per file; `make V=1` shows the commands.
Q    := $(if $(V),,@)
say   = $(if $(V),,@printf ' %-8s  %s\n' $(1) $(2))

.DELETE_ON_ERROR:
.SECONDARY:
.PHONY: all help deps programs policies demo check bench install clean
all: programs policies

# ---- generated headers: the numbers of classes, permissions and initial SIDs

GEN     := $(addprefix $(BUILD)/gen/flask/,classes.def perms.def initial_sids.def)
GEN_SRC := policy/security_classes policy/initial_sids policy/access_vectors $(wildcard policy/access_vectors.ours)

$(BUILD)/gen/flask/%.def: policy/generate-numbers.awk $(GEN_SRC)
	@mkdir -p $(@D)
	$(call say,numbers,$@)
	$(Q)awk -v table=$* -f policy/generate-numbers.awk $(GEN_SRC) > $@

# ---- libraries

PARTS     := flask/base flask/db flask/ss flask/avc flask/module
part_lib   = $(BUILD)/lib/part/$(subst /,_,$(1)).a
objs       = $(patsubst %.c,$(BUILD)/obj/%.o,$(1))

SRC_port  := hooks/model/port_posix.c
SRC_model := $(filter-out hooks/model/main.c $(SRC_port),$(wildcard hooks/model/*.c))
SRC_xsm   := $(wildcard hooks/*.c)
SRC_tools := $(filter-out %/main.c,$(wildcard tools/*/*.c policy/compiler/*.c))
SRC_flask := $(foreach p,$(PARTS),$(wildcard $(p)/*.c))

LIB_port  := $(BUILD)/lib/libport.a
LIB_model := $(BUILD)/lib/libmodel.a
LIB_xsm   := $(BUILD)/lib/libxsm.a
LIB_flask := $(BUILD)/lib/libflask.a
LIB_tools := $(BUILD)/lib/libtools.a
RCU       := -lurcu-bp -lurcu-common

$(LIB_port): $(call objs,$(SRC_port))
$(LIB_model): $(call objs,$(SRC_model))
$(LIB_xsm): $(call objs,$(SRC_xsm))
$(LIB_flask): $(call objs,$(SRC_flask))
$(LIB_tools): $(call objs,$(SRC_tools))
$(foreach p,$(PARTS),$(eval $(call part_lib,$(p)): $(call objs,$(wildcard $(p)/*.c))))

$(BUILD)/lib/%.a:
	@mkdir -p $(@D)
	@rm -f $@
	$(Q)$(AR) rcs $@ $^

$(BUILD)/obj/%.o: %.c | $(GEN)
	@mkdir -p $(@D)
	$(call say,cc,$<)
	$(Q)$(CC) $(CFLAGS) -c -o $@ $<

# ---- programs

PROGRAMS := $(addprefix $(BUILD)/bin/,xsm-model flask-policy flask-audit)
programs: $(PROGRAMS)

$(BUILD)/bin/xsm-model: $(call objs,hooks/model/main.c) $(LIB_model) $(LIB_flask) $(LIB_xsm) $(LIB_port)
$(BUILD)/bin/flask-policy: $(call objs,policy/compiler/main.c) $(LIB_tools) $(LIB_flask) $(LIB_port)
$(BUILD)/bin/flask-audit: $(call objs,tools/audit/main.c) $(LIB_tools) $(LIB_flask) $(LIB_port)

$(PROGRAMS):
	@mkdir -p $(@D)
	$(call say,link,$@)
	$(Q)$(CC) $(LDFLAGS) -o $@ $(filter %.o,$^) -Wl,--start-group $(filter %.a,$^) -Wl,--end-group $(RCU) $(LIBS)

# ---- policies, tests, the rest

include policy/build.mk
include tests/build.mk

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## */  \1|/p' $(MAKEFILE_LIST) | awk -F'|' '{printf "%-22s %s\n", $$1, $$2}'

deps: ## install the Debian packages that are missing (sudo when not root)
	@tests/deps.sh tests/packages.txt

demo: ## the newcomer's two minutes: a hypercall is denied, explained, mended
	@docs/demo/demo.sh $(BUILD)

install: all ## programs and the sample policy into $(DESTDIR)$(PREFIX)
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/share/portcullis $(DESTDIR)$(PREFIX)/share/man/man1
	install -m 755 $(PROGRAMS) $(DESTDIR)$(PREFIX)/bin/
	install -m 644 $(BUILD)/policy/sample.30 $(BUILD)/policy/sample.24 $(DESTDIR)$(PREFIX)/share/portcullis/
	install -m 644 $(wildcard docs/man/*.1) $(DESTDIR)$(PREFIX)/share/man/man1/

clean: ## remove $(BUILD)
	rm -rf $(BUILD)

-include $(shell find $(BUILD) -type f -name '*.d' 2>/dev/null)
