#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Man pages are well formed and name every option that their program's --help names.
set -eu
cd "$(dirname "$0")/../.."
for page in docs/man/*.1; do
	mandoc -Tlint -Wwarning "$page"
	program=$(basename "$page" .1)
	for option in $("${PORTCULLIS_BUILD:-build}/bin/$program" --help | grep -oE -- '--[a-z-]+' | sort -u); do
		mandoc -Tascii "$page" | col -b | grep -qF -- "$option" || { echo "$page: $option is not there"; exit 1; }
	done
done
echo "$(echo docs/man/*.1 | wc -w) pages"
