#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Each row of docs/compat.md names a test that exists.
set -eu
cd "$(dirname "$0")/../.."
rows=0
bad=0
while IFS= read -r id; do
	file=${id%%:*}
	what=${id#*:}
	rows=$((rows + 1))
	if ! { [ -f "$file" ] && grep -qF -- "$what" "$file"; }; then
		echo "docs/compat.md: no such test: $id"
		bad=1
	fi
done <<ROWS
$(awk -F ' [|] ' '/^\| / && !/^\| subject / { sub(/ \|$/, "", $NF); print $NF }' docs/compat.md)
ROWS
[ "$bad" -eq 0 ] && [ "$rows" -gt 0 ]
echo "compat: $rows rows, each with its test"
