#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# run.sh RESULTS NAME COMMAND...: runs one test, adds a line `pass|fail|skip NAME`
# to RESULTS, and shows what a failed one printed. Exit status 77 is a skip; its
# last line says why.
results=$1
name=$2
shift 2
log=$results.d/$(echo "$name" | tr '/ ' '__').log
mkdir -p "$results.d"
from=$(date +%s)
"$@" > "$log" 2>&1 < /dev/null
status=$?
took=$(($(date +%s) - from))
case $status in
0) echo "pass $name" >> "$results"; printf ' ok   %3ss  %-44s %s\n' "$took" "$name" "$(tail -n 1 "$log" | cut -c1-100)" ;;
77) echo "skip $name" >> "$results"; printf ' skip %3ss  %-44s %s\n' "$took" "$name" "$(tail -n 1 "$log")" ;;
*)
	echo "fail $name" >> "$results"
	printf ' FAIL %3ss  %s (exit status %s)\n' "$took" "$name" "$status"
	tail -n 60 "$log" | sed 's/^/       | /'
	;;
esac
exit 0
