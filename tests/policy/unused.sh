#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# unused.sh FLASK_POLICY IMAGE: the permissions that IMAGE gives to nobody are exactly
# those of unused.tsv.
set -u
dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT

"$1" dump av "$2" > "$dir/av" || exit 1
awk '
FNR == 1 { file++ }
/^#/ { next }
file == 1 {
	if ($1 == "perm")
		name[$2, $4] = $3
	next
}
{
	allowed = 0
	for (i = 3; i <= length($4); i++)
		allowed = allowed * 16 + index("0123456789abcdef", substr($4, i, 1)) - 1
	for (bit = 0; allowed; bit++) {
		if (allowed % 2)
			given[$3, bit] = 1
		allowed = int(allowed / 2)
	}
}
END {
	for (key in name)
		if (!(key in given)) {
			split(key, part, SUBSEP)
			print part[1] "\t" name[key]
		}
}' tests/policy/numbers.tsv "$dir/av" | sort > "$dir/unused"
grep -v '^#' tests/policy/unused.tsv | cut -f 1,2 | sort > "$dir/expected"

if ! diff "$dir/expected" "$dir/unused" > "$dir/diff"; then
	sed -n 's/^< /given after all: /p; s/^> /given to nobody, and not in tests\/policy\/unused.tsv: /p' "$dir/diff" >&2
	exit 1
fi
echo "unused: $(wc -l < "$dir/unused") permissions are given to nobody, each with its reason"
