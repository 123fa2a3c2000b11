#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# run.sh BUILD [FILE...]: runs scenarios, one line each. A scenario says how its
# machine boots in lines `# boot: OPTIONS`; each of them is one run.
set -u
build=$1
shift
dir=$(dirname "$0")
[ $# -gt 0 ] || set -- "$dir"/*.scn
runs=0
failed=0
for file in "$@"; do
	boots=$(sed -n 's/^# boot: //p' "$file")
	[ -n "$boots" ] || { echo "FAIL  $file: no line '# boot: OPTIONS'"; failed=$((failed + 1)); continue; }
	while read -r options; do
		runs=$((runs + 1))
		options=$(printf '%s\n' "$options" | sed "s|\$SAMPLE24|$build/policy/sample.24|g;s|\$MENDED|$build/policy/mended.30|g;s|\$SAMPLE|$build/policy/sample.30|g")
		# shellcheck disable=SC2086 # the options are words
		if said=$("$build/bin/xsm-model" $options --define SAMPLE="$build/policy/sample.30" \
			--define SAMPLE24="$build/policy/sample.24" --define RELOAD="$build/policy/reload.30" \
			--define MENDED="$build/policy/mended.30" "$file" 2>&1); then
			printf 'ok    %s: %s\n' "${file##*/}" "${said##*: }"
		else
			failed=$((failed + 1))
			printf 'FAIL  %s (%s): %s\n' "${file##*/}" "$options" "$said"
		fi
	done <<-EOF
		$boots
	EOF
done
echo "$runs scenario runs, $failed failed"
[ "$failed" -eq 0 ] && [ "$runs" -gt 0 ]
