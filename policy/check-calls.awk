# SPDX-License-Identifier: BSD-2-Clause
# Calls of interfaces, checked before m4 sees them: m4 takes a missing parameter for
# an empty one and drops one too many without a word.
#
#   awk -f check-calls.awk INTERFACES(*.spt *.if) CALLERS(*.te, users ...)
#
# An interface is defined at the start of a line, and the comment above it names its
# parameters: "# NAME(one, two)"; a last parameter with ... stands for any number.
# Looked at are calls that begin a line. All faults are printed, as FILE:LINE: REASON.

function complain(file, line, reason) {
	printf "%s:%d: %s\n", file, line, reason > "/dev/stderr"
	faults++
}

# Number of parameters in TEXT, the inside of a pair of parentheses.
function count(text,  i, c, depth, n) {
	if (text ~ /^[ \t]*$/)
		return 0
	n = 1
	for (i = 1; i <= length(text); i++) {
		c = substr(text, i, 1)
		depth += (c == "(" || c == "{") - (c == ")" || c == "}")
		n += c == "," && depth == 0
	}
	return n
}

# Length of TEXT up to the parenthesis that closes its first one; 0 if it stays open.
function closed_at(text,  i, c, depth) {
	for (i = 1; i <= length(text); i++) {
		c = substr(text, i, 1)
		depth += (c == "(") - (c == ")")
		if (c == ")" && depth == 0)
			return i
	}
	return 0
}

function check_call(file, line, text,  name, given, wanted) {
	name = substr(text, 1, index(text, "(") - 1)
	if (!closed_at(text)) {
		complain(file, line, "the call of " name " is not closed")
		return
	}
	if (!(name in parameters)) {
		complain(file, line, "no interface " name)
		return
	}
	given = count(substr(text, length(name) + 2, closed_at(text) - length(name) - 2))
	wanted = count(parameters[name])
	if (given != wanted && !(parameters[name] ~ /\.\.\.$/ && given >= wanted - 1))
		complain(file, line, name " takes " wanted " parameter" (wanted == 1 ? "" : "s") \
			" (" parameters[name] "), not " given)
}

function call_ends() {
	if (open)
		call[++calls] = text
	open = 0
}

BEGIN {
	n = split("define undefine pushdef popdef ifdef ifelse incr decr eval shift include if", word, " ")
	for (i = 1; i <= n; i++)
		builtin[word[i]] = 1
}

FNR == 1 { call_ends() }

# "# NAME(one, two)": remembered for the definition that follows.
/^# [A-Za-z_][A-Za-z0-9_]*\(.*\)$/ {
	described = substr($0, 3)
	description[substr(described, 1, index(described, "(") - 1)] = \
		substr(described, index(described, "(") + 1, length(described) - index(described, "(") - 1)
	next
}

/^define\(`/ {
	name = substr($0, 9)
	sub(/'.*/, "", name)
	if (name in parameters)
		complain(FILENAME, FNR, name " is already defined")
	if (name in description)
		parameters[name] = description[name]
	else if ($0 !~ /\)$/)
		complain(FILENAME, FNR, name " has no comment that names its parameters")
	next
}

{ sub(/#.*/, "") }

open { text = text " " $0 }

!open && match($0, /^[ \t]*[A-Za-z_][A-Za-z0-9_]*\(/) {
	text = $0
	sub(/^[ \t]*/, "", text)
	open = !(substr(text, 1, index(text, "(") - 1) in builtin)
	call_file[calls + 1] = FILENAME
	call_line[calls + 1] = FNR
}

open && closed_at(text) { call_ends() }

END {
	call_ends()
	for (i = 1; i <= calls; i++)
		check_call(call_file[i], call_line[i], call[i])
	exit faults != 0
}
