#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# compile.sh [-M] VERSION CONF IMAGE: policy.conf to a binary policy for Xen, by
# checkpolicy; -M with levels. IMAGE appears only when all went well, because
# checkpolicy leaves half an image behind when it fails while writing. A warning is a
# failure too, unless POLICY_WARNINGS=accept. POLICY_UNKNOWN=deny|allow|reject says what
# a hypervisor is to do with permissions that the policy does not know; else checkpolicy does.
set -eu

mls=0
if [ "${1-}" = -M ]; then
	mls=1
	shift
fi
if [ $# -ne 3 ]; then
	echo "usage: compile.sh [-M] VERSION CONF IMAGE" >&2
	exit 2
fi
version=$1 conf=$2 image=$3
new=$image.new
log=$image.log
trap 'rm -f "$new" "$log"' EXIT
trap 'exit 1' HUP INT TERM

fail() {
	echo "$image: $1" >&2
	exit 1
}

# Unsigned 32-bit little-endian word at byte offset $1 of the new image.
word() {
	od -An -tu1 -j "$1" -N 4 "$new" | awk 'NF == 4 { printf "%.0f", $1 + 256 * ($2 + 256 * ($3 + 256 * $4)) }'
}

flags=
[ $mls -eq 0 ] || flags=-M
[ -z "${POLICY_UNKNOWN-}" ] || flags="$flags -U $POLICY_UNKNOWN"
# shellcheck disable=SC2086 # words on purpose
if ! checkpolicy $flags -t Xen -c "$version" -o "$new" "$conf" > "$log" 2>&1; then
	cat "$log" >&2
	fail "checkpolicy refuses $conf"
fi

# Version 24 knows no named transitions; this is said even of a policy that has none.
if [ "${POLICY_WARNINGS-}" != accept ] && grep -v 'Discarding filename type transition rules' "$log" >&2; then
	fail "checkpolicy warns about $conf"
fi

# Magic, "XenFlask", version, and the bit for levels: what a hypervisor looks at first.
[ "$(word 0)" = 4185718668 ] || fail "does not begin with the magic of a kernel policy"
[ "$(dd if="$new" bs=1 skip=8 count=8 2>/dev/null)" = XenFlask ] || fail "is not for Xen"
[ "$(word 16)" = "$version" ] || fail "has version $(word 16) instead of $version"
[ $(($(word 20) % 2)) -eq $mls ] || fail "has levels, or lacks them, unlike what was asked for"

mv "$new" "$image"
