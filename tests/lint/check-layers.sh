#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Every include of the production code goes to its own place or one below it; and
# the check itself sees a wrong include, an unlisted place and an unlisted header.
set -eu
cd "$(dirname "$0")/../.."
layers=tests/lint/layers.txt
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

refuses() { # NAME CONTENT: a file NAME with CONTENT must be reported
	mkdir -p "$scratch/$(dirname "$1")"
	printf '%s\n' "$2" > "$scratch/$1"
	if (cd "$scratch" && awk -v layers=layers.txt -f "$OLDPWD/tests/lint/check-layers.awk" layers.txt "$1") >/dev/null; then
		echo "check-layers: does not see: $1: $2"
		exit 1
	fi
}
cp "$layers" "$scratch/layers.txt"
refuses flask/db/x.c '#include "flask/ss/server.h"'
refuses hooks/model/x.c '#include "flask/flask.h"'
refuses nowhere/x.c '#include "hooks/port.h"'
refuses flask/db/y.c '#include "nowhere.h"'

# shellcheck disable=SC2046 # file names here have no blanks
awk -v layers="$layers" -f tests/lint/check-layers.awk "$layers" \
	$(git ls-files -co --exclude-standard 'hooks/*.[ch]' 'hooks/*.def' 'flask/*.[ch]' 'flask/*.def' 'tools/*.[ch]' 'policy/*.[ch]' | sort)
