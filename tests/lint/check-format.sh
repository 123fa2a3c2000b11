#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Every C file is as clang-format with .clang-format would write it, has an SPDX
# line, and no line longer than 160 columns; no work is left marked in the code.
set -eu
cd "$(dirname "$0")/../.."
sources=$(git ls-files -co --exclude-standard '*.c' '*.h')
# shellcheck disable=SC2086 # file names here have no blanks
clang-format --dry-run -Werror $sources
bad=0
for file in $(git ls-files -co --exclude-standard '*.c' '*.h' '*.def' '*.awk' '*.sh' '*.mk' Makefile); do
	head -n 3 "$file" | grep -q 'SPDX-License-Identifier: BSD-2-Clause' || { echo "$file: no SPDX line"; bad=1; }
	if grep -nE '\b(TODO|FIXME|XXX|HACK)\b' "$file" | grep -v 'tests/lint/'; then
		[ "$file" = tests/lint/check-format.sh ] || { echo "$file: unfinished work is marked"; bad=1; }
	fi
	awk -v f="$file" 'length > 160 { printf "%s:%d: %d columns\n", f, FNR, length; bad = 1 } END { exit bad }' "$file" || bad=1
done
[ "$bad" -eq 0 ]
echo "format: $(echo "$sources" | wc -w) C files"
