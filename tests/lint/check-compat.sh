#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Each row of docs/compat.md and docs/defects.md names a test that exists, or,
# in defects.md only, the step that will bring it: "later: after step N, ...".
set -eu
cd "$(dirname "$0")/../.."

# rows DOCUMENT: the last cell of each row
rows() {
	awk '/^\| / && !/^\| (subject|record) [|]/ { sub(/ \|$/, ""); sub(/.* \| /, ""); print }' "$1"
}

# check_rows DOCUMENT LATER: LATER is a pattern for rows without a test
check_rows() {
	rows=0
	later=0
	bad=0
	while IFS= read -r id; do
		file=${id%%:*}
		what=${id#*:}
		rows=$((rows + 1))
		if [ -n "$2" ] && printf '%s\n' "$id" | grep -qxE -- "$2"; then
			later=$((later + 1))
		elif ! { [ -n "$what" ] && [ "$file" != "$id" ] && [ -f "$file" ] && grep -qF -- "$what" "$file"; }; then
			echo "$1: no such test: $id"
			bad=1
		fi
	done <<ROWS
$(rows "$1")
ROWS
	[ "$bad" -eq 0 ] && [ "$rows" -gt "$later" ]
}

check_rows docs/compat.md ''
echo "compat: $rows rows, each with its test"
check_rows docs/defects.md 'later: after step [0-9]+, with .+'
echo "defects: $((rows - later)) rows with their test, $later later"
