#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# as-user.sh PROGRAM...: runs each test program once as a plain user (nobody when
# we are root), from a copy that such a user can read, writing to a directory of
# its own.
set -eu
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
chmod 755 "$scratch"
as=
if [ "$(id -u)" -eq 0 ]; then
	as='setpriv --reuid=65534 --regid=65534 --clear-groups'
	mkdir -m 700 "$scratch/tmp"
	chown 65534:65534 "$scratch/tmp"
else
	mkdir "$scratch/tmp"
fi
cp -r "$PORTCULLIS_FIXTURES" "$scratch/fixtures"
cp "$PORTCULLIS_POLICY" "$scratch/policy"
count=0
for program; do
	cp "$program" "$scratch/program"
	(cd "$scratch/tmp" && $as env TMPDIR="$scratch/tmp" PORTCULLIS_FIXTURES="$scratch/fixtures" \
		PORTCULLIS_POLICY="$scratch/policy" "$scratch/program") > "$scratch/log" 2>&1 || {
		cat "$scratch/log"
		echo "as-user: $program fails as a plain user"
		exit 1
	}
	count=$((count + 1))
done
echo "$count programs pass as user $($as id -u)"
