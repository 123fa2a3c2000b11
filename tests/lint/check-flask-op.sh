#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# docs/flask-op.md has a row for each of the 25 commands, with the number, permission
# and direction of flask/module/flask_op.def; a command without a row there is -ENOSYS.
set -eu
cd "$(dirname "$0")/../.."
awk '
FILENAME ~ /flask_op\.h$/ && $1 == "#define" && $2 ~ /^FLASK_/ { number[substr($2, 7)] = $3; commands++; next }
FILENAME ~ /\.def$/ && /^FLASK_OP\(/ {
	gsub(/[(),]/, " ")
	row[number[$3]] = $2 " " $4 " " $5
	next
}
FILENAME ~ /\.md$/ && /^\| [0-9]+ \|/ {
	split($0, c, / *\| */)
	rows++
	said = c[4] == "" ? "" : c[3] " " c[4] " " c[5]
	if (said != row[c[2]] || (said == "" && $0 !~ /\| -ENOSYS \|$/)) {
		print "docs/flask-op.md: row " c[2] " says \"" said "\", the table \"" row[c[2]] "\""
		bad = 1
	}
}
END {
	if (rows != 25 || commands != 25) {
		print "docs/flask-op.md: " rows " rows, " commands " commands"
		bad = 1
	}
	if (!bad)
		print "flask-op: " rows " commands, each as in the table"
	exit bad
}' hooks/abi/flask_op.h flask/module/flask_op.def docs/flask-op.md
