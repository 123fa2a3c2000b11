# SPDX-License-Identifier: BSD-2-Clause
# What `make install` puts where, and that it works there.

suite-install: programs policies
	$(call run,install/destdir,tests/install/run.sh $(BUILD))
	$(call run,install/man,tests/install/man.sh)
