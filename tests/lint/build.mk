# SPDX-License-Identifier: BSD-2-Clause
# docs/flask-op.md against the table of commands, with the other checks of documentation.

suite-flask-op:
	$(call run,lint/flask-op,tests/lint/check-flask-op.sh)

suite-compat: suite-flask-op
