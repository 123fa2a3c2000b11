# SPDX-License-Identifier: BSD-2-Clause
# Compares expectations with what flask-policy dumped:
#   awk -v asked=OPTIONS -f expect.awk numbers.tsv DUMP_AV DUMP_TRANSITIONS expect.tsv
# Only rows whose options column is `asked` are looked at.

BEGIN { FS = "\t" }

function complain(text) {
	printf "%s:%d: %s\n", FILENAME, FNR, text > "/dev/stderr"
	failed++
}

function hex(s,  i, n) {
	for (i = 3; i <= length(s); i++)
		n = n * 16 + index("0123456789abcdef", substr(s, i, 1)) - 1
	return n
}

FNR == 1 { file++ }
/^#/ || /^$/ { next }
file == 1 {
	if ($1 == "perm")
		bit[$2, $3] = $4
	next
}
file == 2 {
	split($0, f, " ")
	allowed[f[1], f[2], f[3]] = hex(f[4])
	next
}
file == 3 {
	split($0, f, " ")
	if (f[4] == "type_transition")
		label[f[1], f[2], f[3]] = f[5]
	next
}

NF != 7 { complain("not seven columns"); next }
$6 != asked { next }
$1 == "label" || $1 == "none" {
	rows++
	wanted = $1 == "label" ? $5 : ""
	if (label[$2, $3, $4] != wanted)
		complain($2 " " $3 ":" $4 " gets the label '" label[$2, $3, $4] "': " $7)
	next
}
$1 == "allow" || $1 == "deny" {
	rows++
	n = split($5, p, " ")
	for (i = 1; i <= n; i++) {
		if (!(($4, p[i]) in bit)) {
			complain("class " $4 " has no permission " p[i])
			continue
		}
		is = int(allowed[$2, $3, $4] / 2 ^ bit[$4, p[i]]) % 2 ? "allow" : "deny"
		checks++
		if (is != $1)
			complain(($1 == "allow" ? "refused: " : "allowed: ") $2 " " $3 ":" $4 " " p[i] ": " $7)
	}
	next
}
{ complain("'" $1 "' is not allow, deny, label or none") }

END {
	printf "%d %d\n", rows, checks
	exit failed != 0
}
