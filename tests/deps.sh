#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# deps.sh LIST: installs those Debian packages of LIST (one name a line) that are
# not there yet; says what it does; does nothing when all are there.
set -eu
list=$1
missing=
count=0
while read -r package; do
	count=$((count + 1))
	state=$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null || true)
	[ "$state" = installed ] || missing="$missing $package"
done < "$list"

if [ -z "$missing" ]; then
	echo " deps      $count packages present"
	exit 0
fi
sudo=
if [ "$(id -u)" -ne 0 ]; then
	if ! command -v sudo >/dev/null; then
		echo "deps: not root and no sudo; install by hand:$missing" >&2
		exit 1
	fi
	sudo=sudo
fi
echo " deps      of $count packages installing:$missing"
$sudo apt-get update -qq
# shellcheck disable=SC2086 # a list of words on purpose
$sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
echo " deps      done"
