#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# check-cppcheck.sh BUILD: no finding of cppcheck in the production code.
set -eu
cd "$(dirname "$0")/../.."
cppcheck --quiet --std=c11 --enable=warning,performance,portability --inline-suppr --error-exitcode=1 \
	--suppressions-list=tests/lint/cppcheck.txt -DPORT_MUST_CHECK= \
	-I. -I"$1/gen" -Ihooks/model/include hooks flask tools policy/compiler
echo "cppcheck: nothing found"
