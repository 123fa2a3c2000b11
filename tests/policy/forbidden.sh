#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# forbidden.sh SAMPLE.conf: each neverallow of the sample policy refuses the rule that
# it is there for, and no neverallow is without such a rule (forbidden.tsv).
set -u
conf=$1
table=tests/policy/forbidden.tsv
dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT
failed=0
tried=0
: > "$dir/hit"

complain() {
	echo "$table: $1" >&2
	failed=$((failed + 1))
}

# Rules come before users in the grammar; the rule under test is put just there.
with_rule() {
	RULE=$1 awk '/^user / && !done { print ENVIRON["RULE"]; done = 1 } { print }' "$conf" > "$dir/conf"
}

with_rule ''
checkpolicy -t Xen -c 30 -o "$dir/image" "$dir/conf" > "$dir/log" 2>&1 ||
	complain "the sample itself is refused: $(cat "$dir/log")"

grep -v '^#' "$table" > "$dir/rows"
tab=$(printf '\t')
while IFS="$tab" read -r file rule _; do
	tried=$((tried + 1))
	with_rule "$rule"
	if checkpolicy -t Xen -c 30 -o "$dir/image" "$dir/conf" > "$dir/log" 2>&1; then
		complain "accepted: $rule"
		continue
	fi
	sed -n 's/.*neverallow on line \([0-9]*\) of policy\/modules\/\([^ ]*\) .*/\2:\1/p' "$dir/log" | sort -u > "$dir/by"
	cat "$dir/by" >> "$dir/hit"
	grep -q "^$file:" "$dir/by" || complain "not refused by $file: $rule: $(head -n 3 "$dir/log")"
done < "$dir/rows"

# checkpolicy names the line in which a neverallow ends, or one close by; so a file
# must have been named at as many places as it has neverallows.
for file in policy/modules/*.te; do
	name=${file##*/}
	has=$(grep -c '^neverallow' "$file")
	hit=$(sort -u "$dir/hit" | grep -c "^$name:")
	[ "$has" -eq "$hit" ] || complain "$file has $has neverallows, the rules met $hit"
done

echo "forbidden: $tried rules, $failed failures"
[ $failed -eq 0 ] && [ $tried -gt 0 ]
