# SPDX-License-Identifier: BSD-2-Clause
# Numbers of classes, permissions and initial SIDs, from the policy's own sources:
#
#   awk -v table=classes|perms|initial_sids -f generate-numbers.awk \
#       security_classes initial_sids access_vectors [access_vectors.ours]
#
# The order of declaration is the number: classes and initial SIDs count from 1,
# the permissions of a class are bits from 0. The classes of the last file are not
# Xen's: they are declared by their blocks and count from 1024. These numbers are an ABI, so nothing
# is guessed: the first oddity ends the run with FILE:LINE: REASON and status 1,
# and no table is printed. Files are read with getline so that a missing one is
# reported in the same way by every awk.

BEGIN {
	if (table != "classes" && table != "perms" && table != "initial_sids")
		refuse("generate-numbers.awk", 0, "table is '" table "', not classes, perms or initial_sids")
	if (ARGC != 4 && ARGC != 5)
		refuse("generate-numbers.awk", 0, "expected security_classes initial_sids access_vectors [access_vectors.ours]")

	nclass = read_declarations(ARGV[1], "class", class, class_line)
	nsid = read_declarations(ARGV[2], "sid", sid, sid_line)
	for (i = 1; i <= nclass; i++)
		is_class[class[i]] = 1
	read_vectors(ARGV[3])
	for (i = 1; i <= nclass; i++)
		if (!(class[i] in nperm))
			refuse(ARGV[1], class_line[class[i]], "class " class[i] " has no access vector in " ARGV[3])

	for (i = 1; i <= nclass; i++)
		number[class[i]] = i
	if (ARGC == 5)
		read_own(ARGV[4])

	print_table()
	exit 0
}

function refuse(file, line, reason) {
	printf "%s:%d: %s\n", file, line, reason > "/dev/stderr"
	exit 1
}

# Next line of FILE without its comment in `text`, its number in `at`; 0 at the end.
function next_line(file,  rc) {
	rc = (getline text < file)
	if (rc < 0)
		refuse(file, 0, "cannot be read")
	if (rc == 0)
		return 0
	at++
	sub(/#.*/, "", text)
	return 1
}

function check_name(file, line, name) {
	if (name !~ /^[a-z_][a-z0-9_]*$/)
		refuse(file, line, "'" name "' is not a name of lower-case letters, digits and _")
}

# Xen's initial SIDs include domU and domDM; two that differ only in case would be one C name.
function check_sid_name(file, line, name) {
	if (name !~ /^[A-Za-z_][A-Za-z0-9_]*$/)
		refuse(file, line, "'" name "' is not a name of letters, digits and _")
	if (toupper(name) in upper_line)
		refuse(file, line, "sid " name " differs only in case from the one in line " upper_line[toupper(name)])
	upper_line[toupper(name)] = line
}

# Lines "KEYWORD NAME"; fills NAMES[1..n] and LINE_OF[name]; returns n.
function read_declarations(file, keyword, names, line_of,  n, words, word) {
	at = 0
	while (next_line(file)) {
		words = split(text, word, /[ \t]+/)
		if (words && word[1] == "")
			words = drop_first(word, words)
		if (words && word[words] == "")
			words--
		if (words == 0)
			continue
		if (words != 2 || word[1] != keyword)
			refuse(file, at, "expected '" keyword " NAME'")
		if (word[2] in line_of)
			refuse(file, at, keyword " " word[2] " is already declared in line " line_of[word[2]])
		if (keyword == "sid")
			check_sid_name(file, at, word[2])
		else
			check_name(file, at, word[2])
		line_of[word[2]] = at
		names[++n] = word[2]
	}
	close(file)
	if (!n)
		refuse(file, at, "declares no " keyword)
	return n
}

function drop_first(word, words,  i) {
	for (i = 1; i < words; i++)
		word[i] = word[i + 1]
	return words - 1
}

# Blocks "class NAME { PERMISSION ... }", broken into lines anywhere; fills nperm[class] and perm[class, bit].
function read_vectors(file,  words, word, i, blocks) {
	at = 0
	expect = "class"
	while (next_line(file)) {
		gsub(/[{}]/, " & ", text)
		words = split(text, word, /[ \t]+/)
		for (i = 1; i <= words; i++)
			if (word[i] != "")
				read_vector_word(file, word[i])
	}
	close(file)
	if (expect == "permission")
		refuse(file, at, "the block of class " current ", opened in line " opened ", is not closed")
	if (expect != "class")
		refuse(file, at, "ends inside a class statement")
	for (i in nperm)
		blocks++
	if (!blocks)
		refuse(file, at, "has no access vector")
}

# The same for classes of our own, of which there may be none.
function read_own(file) {
	own = 1024
	read_vectors(file)
}

function read_vector_word(file, w) {
	if (expect == "class") {
		if (w != "class")
			refuse(file, at, "expected 'class', not '" w "'")
		expect = "name"
	} else if (expect == "name") {
		open_class(file, w)
		expect = "{"
	} else if (expect == "{") {
		if (w != "{")
			refuse(file, at, "expected '{' after class " current ", not '" w "'")
		opened = at
		expect = "permission"
	} else if (w == "}") {
		if (!nperm[current])
			refuse(file, at, "class " current " has no permission")
		expect = "class"
	} else
		add_permission(file, w)
}

function open_class(file, name) {
	check_name(file, at, name)
	if (own && name in is_class)
		refuse(file, at, "class " name " is Xen's, declared in " ARGV[1])
	if (own && !(name in number)) {
		class[++nclass] = name
		number[name] = own++
	}
	if (!own && !(name in is_class))
		refuse(file, at, "class " name " is not declared in " ARGV[1])
	if (name in nperm)
		refuse(file, at, "class " name " already has an access vector")
	nperm[name] = 0
	current = name
}

function add_permission(file, name) {
	check_name(file, at, name)
	if ((current, name) in has_perm)
		refuse(file, at, "permission " name " is twice in class " current)
	if (nperm[current] == 32)
		refuse(file, at, "class " current " has more than 32 permissions")
	has_perm[current, name] = 1
	perm[current, nperm[current]++] = name
}

function print_table(  macro, i, bit, c) {
	macro = table == "classes" ? "CLASS" : table == "perms" ? "PERM" : "INITIAL_SID"
	print "/* SPDX-License-Identifier: BSD-2-Clause */"
	print "/* Generated by policy/generate-numbers.awk, do not edit. */"
	if (table == "classes")
		for (i = 1; i <= nclass; i++)
			printf "CLASS(%s, %s, %d)\n", class[i], toupper(class[i]), number[class[i]]
	else if (table == "initial_sids")
		for (i = 1; i <= nsid; i++)
			printf "INITIAL_SID(%s, %s, %d)\n", sid[i], toupper(sid[i]), i
	else
		for (i = 1; i <= nclass; i++) {
			c = class[i]
			for (bit = 0; bit < nperm[c]; bit++)
				printf "PERM(%s, %s, %s, %s, %d)\n",
				       c, toupper(c), perm[c, bit], toupper(perm[c, bit]), bit
		}
	print "#undef " macro
}
