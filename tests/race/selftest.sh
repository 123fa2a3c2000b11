#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# selftest.sh PLANTED: ThreadSanitizer must report a plain counter of two threads
# and a use after a read section, and nothing where both keep to the port.
set -eu
planted=$1

# said MODE: runs it; whether a race was reported
said()
{
	if out=$("$planted" "$1" 2>&1); then
		echo no
	elif echo "$out" | grep -q 'ThreadSanitizer: \(data race\|heap-use-after-free\)'; then
		echo yes
	else
		echo "$out"
	fi
}

for row in counter:yes late:yes proper:no; do
	mode=${row%:*}
	answer=$(said "$mode")
	# A race is met when the threads happen to meet: on a busy machine not every time.
	tries=1
	while [ "${row#*:}" = yes ] && [ "$answer" = no ] && [ "$tries" -lt 20 ]; do
		answer=$(said "$mode")
		tries=$((tries + 1))
	done
	if [ "$answer" != "${row#*:}" ]; then
		echo "selftest: $mode: a race was to be reported: ${row#*:}; came: $answer"
		exit 1
	fi
done
echo "selftest: a plain counter and a late reader are reported, a proper one is not"
