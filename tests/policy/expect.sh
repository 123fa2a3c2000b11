#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# expect.sh FLASK_POLICY IMAGE...: each image decides what expect.tsv says. A type that
# is misspelt there would be denied everything, so every name must be in the dump.
set -u
tool=$1
shift
table=tests/policy/expect.tsv
dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT
failed=0
rows=0
checks=0
total=0

# The image asked with the options $2 (a word list), for the rows that say so.
check() {
	set -- "$1" "$2" $([ "$2" = - ] || echo "$2")
	image=$1 asked=$2
	shift 2
	"$tool" dump av "$@" "$image" > "$dir/av" || failed=$((failed + 1))
	"$tool" dump transitions "$image" > "$dir/transitions" || failed=$((failed + 1))
	[ -s "$dir/av" ] && [ -s "$dir/transitions" ] || failed=$((failed + 1))
	counts=$(awk -v asked="$asked" -f tests/policy/expect.awk tests/policy/numbers.tsv "$dir/av" \
		"$dir/transitions" $table) || failed=$((failed + 1))
	rows=$((rows + ${counts% *}))
	checks=$((checks + ${counts#* }))
}

for image in "$@"; do
	total=$((total + $(grep -c -v '^#\|^$' $table)))
	grep -v '^#\|^$' $table | cut -f 6 | sort -u > "$dir/ways"
	while read -r way; do
		check "$image" "$way"
	done < "$dir/ways"

	"$tool" dump av --all "$image" | cut -d ' ' -f 1 | sort -u > "$dir/types"
	grep -v '^#\|^$' $table | cut -f 2,3 | tr '\t' '\n' | sort -u > "$dir/named"
	unknown=$(comm -13 "$dir/types" "$dir/named")
	if [ -n "$unknown" ]; then
		echo "$table: types that $image does not have:" $unknown >&2
		failed=$((failed + 1))
	fi
done

[ $rows -eq $total ] || { echo "$table: $rows rows were checked of $total" >&2; failed=$((failed + 1)); }
echo "expect: $# images, $rows rows, $checks permissions, $failed failures"
[ $failed -eq 0 ] && [ $rows -gt 0 ]
