#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# summary.sh RESULTS [one]: counts what run.sh wrote; fails when a test failed or,
# over all suites, when the number of skipped tests is not the expected one.
set -eu
results=$1
expected=$(cat "$(dirname "$0")/skips.expected")
passed=$(grep -c '^pass ' "$results" || true)
failed=$(grep -c '^fail ' "$results" || true)
skipped=$(grep -c '^skip ' "$results" || true)
sed -n 's/^fail /failed: /p; s/^skip /skipped: /p' "$results"
if [ "${2-}" != one ] && [ "$skipped" -ne "$expected" ]; then
	echo "check: $skipped tests skipped, tests/skips.expected says $expected"
	failed=$((failed + 1))
fi
echo "check: $passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
