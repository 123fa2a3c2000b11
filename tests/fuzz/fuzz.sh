#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# fuzz.sh DIR SECONDS JOBS TARGET...: runs each target for SECONDS with JOBS
# processes, from its committed corpus. DIR/TARGET keeps the inputs that reach
# something new, DIR/found what breaks a promise. Exit 1 when something was found.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$1/found"
dir=$(cd "$1" && pwd)
seconds=$2
jobs=$3
shift 3
status=0
for target; do
	mkdir -p "$dir/$target/corpus"
	options="-timeout=60 -rss_limit_mb=2048 -max_total_time=$seconds -jobs=$jobs -workers=$jobs"
	[ ! -f "$here/dict/$target.dict" ] || options="$options -dict=$here/dict/$target.dict"
	# Deferred destruction looks like a leak to libFuzzer at each input; these two count allocations themselves.
	case $target in image | flask_op) options="$options -detect_leaks=0" ;; esac
	echo "fuzz: $target for $seconds seconds, $jobs at once"
	# shellcheck disable=SC2086 # options without blanks
	if (cd "$dir/$target" && "$dir/build/test/fuzz/fuzz_$target" $options -artifact_prefix="$dir/found/$target-" \
		corpus "$here/corpus/$target" > log 2>&1); then
		sed -n 's/^Done \(.*\)/  \1/p' "$dir/$target"/fuzz-*.log
	else
		status=1
		echo "fuzz: $target broke a promise:"
		grep -hE 'does not hold|ERROR|runtime error|DIFFERENCE' "$dir/$target"/fuzz-*.log | sort | uniq -c | head -n 20
	fi
done
[ "$status" -eq 0 ] || { echo "fuzz: inputs are in $dir/found; add one to $here/corpus/TARGET when its cause is mended"; ls "$dir/found"; }
exit $status
