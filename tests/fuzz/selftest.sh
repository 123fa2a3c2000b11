#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# selftest.sh DIR CORPUS TARGET...: DIR/planted_TARGET, the target with a mistake
# built in, must end on some input of CORPUS/TARGET by saying what does not hold.
set -eu
dir=$1
corpus=$2
shift 2
for target; do
	if out=$("$dir/planted_$target" -artifact_prefix="${TMPDIR:-/tmp}/" "$corpus/$target"/* 2>&1); then
		echo "selftest: $target does not notice its mistake"
		exit 1
	fi
	echo "$out" | grep -q "fuzz_$target.c: does not hold" || {
		echo "$out" | tail -n 20
		echo "selftest: $target ends for another reason"
		exit 1
	}
done
echo "selftest: $# targets, each notices its mistake"
