# SPDX-License-Identifier: BSD-2-Clause
# Names of the modules that modules.conf switches on, in order, one in a line.
# A line that is not "NAME = on" or "NAME = off", or a module twice, fails.

function refuse(reason) {
	printf "%s:%d: %s\n", FILENAME, FNR, reason > "/dev/stderr"
	failed = 1
	exit 1
}

{
	sub(/#.*/, "")
	if (NF == 0)
		next
	if (NF != 3 || $1 !~ /^[A-Za-z_][A-Za-z0-9_]*$/ || $2 != "=" || ($3 != "on" && $3 != "off"))
		refuse("expected 'NAME = on' or 'NAME = off'")
	if ($1 in line_of)
		refuse("module " $1 " is already in line " line_of[$1])
	line_of[$1] = FNR
	if ($3 == "on")
		name[++n] = $1
}

END {
	if (failed)
		exit 1
	for (i = 1; i <= n; i++)
		print name[i]
}
