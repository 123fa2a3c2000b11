#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# check-headers.sh BUILD CC: each header compiles alone, and twice.
set -eu
cd "$(dirname "$0")/../.."
build=$1
cc=$2
count=0
for header in $(git ls-files -co --exclude-standard 'hooks/*.h' 'flask/*.h' 'tools/*.h' 'policy/*.h' 'tests/*.h'); do
	printf '#include "%s"\n#include "%s"\n' "$header" "$header" |
		$cc -std=c11 -D_GNU_SOURCE -Wall -Wextra -Werror -I. -I"$build/gen" -Ihooks/model/include \
			-fsyntax-only -x c - || { echo "check-headers: $header does not stand alone"; exit 1; }
	count=$((count + 1))
done
[ "$count" -gt 0 ] || { echo "check-headers: no headers found"; exit 1; }
echo "headers: $count compile alone"
