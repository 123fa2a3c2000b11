#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# replay.sh PROGRAM CORPUS: gives each file of CORPUS to the target once.
set -eu
program=$1
corpus=$2
count=$(find "$corpus" -type f | wc -l)
[ "$count" -gt 0 ] || { echo "replay: $corpus has no inputs"; exit 1; }
"$program" -timeout=60 -rss_limit_mb=1024 -artifact_prefix="${TMPDIR:-/tmp}/" "$corpus"/*
echo "replay: $count inputs"
