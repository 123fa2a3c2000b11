#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# check-freestanding.sh BUILD CC: compiles the core (hook contracts, flask) as a
# hypervisor would: no libc headers, no floating point, gnu99 and C11, frames
# below 1 KiB. What it then still needs must be a function of the two ports, of
# the hook table's own module, or one of six from libc.
set -eu
cd "$(dirname "$0")/../.."
build=$1
cc=$2
out=$build/freestanding
rm -rf "$out"
mkdir -p "$out"

sources=$(git ls-files -co --exclude-standard 'flask/*.c' 'hooks/xsm_core.c' 'hooks/dummy.c')
flags="-ffreestanding -nostdinc -Itests/lint/freestanding -I. -I$build/gen -O2 -Wall -Wextra -Werror -Wvla
	-Wdeclaration-after-statement -Wframe-larger-than=1024 -fno-builtin -mno-sse -mno-mmx -mno-80387 -fno-stack-protector -fno-common"
for std in gnu99 c11; do
	for source in $sources; do
		# shellcheck disable=SC2086 # a list of flags on purpose
		$cc -std=$std $flags -c "$source" -o "$out/$std-$(echo "$source" | tr / _).o"
	done
done

# The two lists of symbols: what the objects need and do not give one another, and what is allowed.
nm -u "$out"/c11-*.o | awk '$1 == "U" { print $2 }' | sort -u > "$out/needed"
nm --defined-only "$out"/c11-*.o | awk 'NF == 3 && $2 ~ /[A-Z]/ { print $3 }' | sort -u > "$out/given"
{
	printf '%s\n' memcpy memmove memset memcmp strlen strcmp
	grep -ohE '\b(port|hv)_[a-z0-9_]+\(' hooks/port.h hooks/hv.h | tr -d '('
} | sort -u > "$out/allowed"
extra=$(comm -23 "$out/needed" "$out/given" | comm -23 - "$out/allowed")
if [ -n "$extra" ]; then
	echo "check-freestanding: the core needs what no port gives: $(echo "$extra" | tr '\n' ' ')"
	exit 1
fi
echo "freestanding: $(echo "$sources" | wc -w) files, gnu99 and c11, need $(comm -23 "$out/needed" "$out/given" | wc -l) symbols of the ports and libc"
