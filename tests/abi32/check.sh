#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# check.sh CC BUILD: the layout of 32-bit callers, ours and Xen's, against one table.
set -eu
cd "$(dirname "$0")/../.."
"$1" -std=c11 -Wall -Wextra -Werror -I. -I"$2/gen" -Ihooks/model/include -fsyntax-only tests/abi32/ours.c
"$1" -std=gnu99 -m32 -ffreestanding -I. -fsyntax-only tests/abi32/xen.c
echo "abi32: $(grep -cE '^(MOVED|SAME)\(' tests/abi32/facts.def) fields, ours and Xen's"
