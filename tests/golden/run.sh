#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# run.sh BUILD policy|diff|audit|refusals|advice: the programs in BUILD/bin against answers
# written by hand. small.conf is compiled with checkpolicy first; the policies in
# BUILD/fixtures are only compared with themselves.
set -u
LC_ALL=C
export LC_ALL
here=$(cd "$(dirname "$0")" && pwd)
build=$(cd "$1" && pwd) || exit 1
bin=$build/bin
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cd "$scratch" || exit 1
cp "$here/small.conf" . && cp "$here"/audit/*.log .
checkpolicy -t Xen -c 30 -o small.30 small.conf > checkpolicy.log 2>&1 || { cat checkpolicy.log; exit 1; }
checked=0
failed=0

# is NAME EXPECTED GOT: two files must be equal.
is() {
	checked=$((checked + 1))
	diff -u "$2" "$3" > difference && return
	failed=$((failed + 1))
	echo "golden: $1"
	cat difference
}

# says FILE STATUS PROGRAM ARGUMENT...: what the program prints on stdout is FILE; on stderr nothing.
says() {
	out=$1
	want=$2
	program=$3
	shift 3
	"$bin/$program" "$@" > out 2> err
	echo $? > status
	echo "$want" > want
	is "$program $*: stdout" "$out" out
	is "$program $*: stderr" /dev/null err
	is "$program $*: exit status" want status
}

# refuses MESSAGE STATUS PROGRAM ARGUMENT...: stderr is the one line `PROGRAM: MESSAGE'; stdout is empty.
refuses() {
	echo "$3: $1" > message
	want=$2
	program=$3
	shift 3
	"$bin/$program" "$@" > out 2> err < /dev/null
	echo $? > status
	echo "$want" > want
	is "$program $*: stdout" /dev/null out
	is "$program $*: stderr" message err
	is "$program $*: exit status" want status
}

check_policy() {
	says "$here/policy/info.out" 0 flask-policy info small.30
	says "$here/policy/av.out" 0 flask-policy dump av small.30
	says "$here/policy/av.out" 0 flask-policy dump av --bool locked=1 --bool=locked=0 -- small.30
	says "$here/policy/av.out" 0 flask-policy dump av small.30 --user system_u --role system_r
	says "$here/policy/av-locked.out" 0 flask-policy dump av --bool locked=1 small.30
	says "$here/policy/av-vm_r.out" 0 flask-policy dump av --role=vm_r small.30
	says "$here/policy/av-vm_r.out" 0 flask-policy dump av --user user_1 small.30
	says "$here/policy/transitions.out" 0 flask-policy dump transitions small.30
	says "$here/policy/transitions-locked.out" 0 flask-policy dump transitions --bool locked=1 small.30

	# Levels: the lowest of the user unless asked otherwise; what is allowed follows from test_vectors.c, row 16.
	vectors=$build/fixtures/vectors
	says "$here/policy/mls-info.out" 0 flask-policy info "$vectors/mlsctx.30"
	says "$here/policy/mls-transitions.out" 0 flask-policy dump transitions "$vectors/mlstr.30"
	says "$here/policy/mls-av-low.out" 0 flask-policy dump av "$vectors/mlsop.30"
	says "$here/policy/mls-av-low.out" 0 flask-policy dump av --level s0 "$vectors/mlsop.30"
	says "$here/policy/mls-av-low.out" 0 flask-policy dump av --level s1:c0,c3 "$vectors/mlsop.30"
	says "$here/policy/mls-av-range.out" 0 flask-policy dump av --level s0-s1 "$vectors/mlsop.30"

	# A dump asks only about pairs that rules speak of: no other row may differ from the default.
	for file in "$build"/fixtures/kitchen-sink*.[0-9][0-9] "$build"/fixtures/rand-*[0-9]; do
		"$bin/flask-policy" dump av "$file" > out || failed=$((failed + 1))
		"$bin/flask-policy" dump av --all "$file" | grep -v ' 0x00000000 0x00000000 0xffffffff$' > want
		is "dump av $file" want out
	done

	# All pairs of 7 types in 5 classes; those that are not the default are the dump without --all.
	"$bin/flask-policy" dump av --all small.30 > all
	echo 245 > want
	wc -l < all > got
	is "dump av --all: lines" want got
	grep -v ' 0x00000000 0x00000000 0xffffffff$' all > rest
	is "dump av --all: what is not the default" "$here/policy/av.out" rest
	sort all > sorted
	is "dump av --all: order" sorted all
}

# compile NAME UNKNOWN: NAME.conf to NAME.30 with that handle_unknown.
compile() {
	checkpolicy -t Xen -c 30 -U "$2" -o "$1.30" "$1.conf" > checkpolicy.log 2>&1 || { cat checkpolicy.log; exit 1; }
}

check_diff() {
	diff=$here/diff
	sed -f "$diff/new.sed" small.conf > new.conf
	compile new allow
	says "$diff/all.out" 1 flask-policy diff small.30 new.30
	# The other way round every sign turns.
	"$bin/flask-policy" diff new.30 small.30 > back
	[ $? -eq 1 ] || failed=$((failed + 1))
	wc -l < "$diff/all.out" > want
	wc -l < back > got
	is "flask-policy diff, back: lines" want got
	grep -c '^+' "$diff/all.out" > want
	grep -c '^-' back > got
	is "flask-policy diff, back: removed" want got

	# Order and numbers are no difference.
	sed -e 's/^class event$/class evnt/; s/^class grant$/class event/; s/^class evnt$/class grant/' \
		-e 's/^class domain {.*/class domain { transition resume destroy unpause pause create }/' \
		-e '/^type xen_t;/d; s/^type chan_t;/type chan_t; type xen_t;/' small.conf > same.conf
	compile same deny
	cmp -s small.30 same.30 && { failed=$((failed + 1)); echo "golden: same.30 is no other image"; }
	says /dev/null 0 flask-policy diff small.30 same.30
	says /dev/null 0 flask-policy diff --bool locked=1 small.30 same.30
	says /dev/null 0 flask-policy diff small.30 small.30
	says "$diff/none.json" 0 flask-policy diff --json small.30 same.30

	# Trouble is no difference.
	for command in "diff --help" "diff-abi --help" "diff small.30 new.30"; do
		# shellcheck disable=SC2086
		"$bin/flask-policy" $command > /dev/full 2> /dev/null
		[ $? -eq 2 ] || { failed=$((failed + 1)); echo "golden: $command, disk full: not 2"; }
	done

	# As JSON, with a path that has to be escaped.
	grep -e '^#' -e chan_t:event -e permissive -e dontaudit -e iomemcon "$diff/new.sed" | grep -v type_transition > few.sed
	sed -f few.sed small.conf > few.conf
	compile few reject
	sed 's,/soc/uart,/soc/u"\\t,' few.30 > few-path.30
	says "$diff/few.json" 1 flask-policy diff small.30 --json few-path.30

	# Levels.
	vectors=$here/../fixtures/vectors
	sed -e 's/^user ub .*/user ub roles sys_r level s0 range s0 - s1:c0;/' -e '/^range_transition x_t y_t:domain/d' \
		-e 's/y_t:event s1:c0 - s1:c0.c2/y_t:event s1:c0/' "$vectors/mlstr.conf" > levels.m4
	for name in levels.m4 "$vectors/mlstr.conf"; do
		m4 -I "$vectors" "$name" > levels.conf
		checkpolicy -M -t Xen -c 30 -o "$(basename "$name").30" levels.conf > checkpolicy.log 2>&1 || { cat checkpolicy.log; exit 1; }
	done
	says "$diff/levels.out" 1 flask-policy diff mlstr.conf.30 levels.m4.30

	# With the boolean set alike, what it switches is no difference.
	"$bin/flask-policy" diff --bool locked=0 small.30 new.30 | grep -c 'allow -create' > got
	echo 0 > want
	is "flask-policy diff --bool: decisions" want got

	says "$diff/abi.out" 1 flask-policy diff-abi "$diff/old" "$diff/new"
	says /dev/null 0 flask-policy diff-abi "$diff/new" "$diff/new"
	says /dev/null 0 flask-policy diff-abi "$build/policy/sample.30" "$here/../.."
}

# Lines that lost a part, that a guest printed, that hold bytes no terminal should see, that are too long.
damaged_log() {
	tr "@!" "\033\000" < "$here/audit/damaged.txt" | sed 's/$/\r/'
	printf '(XEN) avc:  denied  { reset } for current=d1 scontext=a:b:c tcontext=a:b:c tclass=event '
	awk 'BEGIN { for (i = 0; i < 1000000; i++) printf "x"; print ""; for (i = 0; i < 20000; i++) printf "y"; print "" }'
	printf '(XEN) avc:  denied  { poll } for current=d1 scontext=a:b:c tcontext=a:b:c tclass=event'
}

check_audit() {
	says "$here/audit/formats.out" 0 flask-audit formats.log
	says "$here/audit/reasons.out" 0 flask-audit --policy small.30 --source small.conf reasons.log
	m4 -s small.conf > expanded.conf
	says "$here/audit/reasons.out" 0 flask-audit --source expanded.conf reasons.log --policy=small.30
	says "$here/audit/booleans.out" 0 flask-audit --policy small.30 --bool locked=1 booleans.log
	says "$here/audit/nothing.out" 0 flask-audit /dev/null
	damaged_log > damaged.log
	"$bin/flask-audit" --unknown damaged.log 2>&1 | cut -c 1-100 > out
	is "flask-audit --unknown damaged.log" "$here/audit/damaged.out" out

	# The suggested rules build, and then no denial has "no rule" for its reason but the one that neverallow forbids.
	sed -n 's/^[ 0-9,]*  \(allow .*;\)$/\1/p' "$here/audit/reasons.out" > rules
	sed '/^allow dom0_t chan_t:event/r rules' small.conf > mended.conf
	checkpolicy -t Xen -c 30 -o mended.30 mended.conf > checkpolicy.log 2>&1 || { cat checkpolicy.log; failed=$((failed + 1)); }
	"$bin/flask-audit" --policy mended.30 --source mended.conf reasons.log | grep -c 'no rule' > out
	echo "$(wc -l < rules) $(cat out)" > got
	echo "4 1" > want
	is "flask-audit with its own rules" want got

	# Two logs are one table; - and no file are both standard input.
	"$bin/flask-audit" reasons.log - < reasons.log 2>&1 | sed -n '1p;$p' > out
	printf '%s\n' ' 14 kinds of denial, 1 of grant, 32 messages, 2026-11-23 09:12:04 - 2026-11-23 09:12:18' \
		' 32 lines read: 32 in messages' > want
	is "flask-audit reasons.log -" want out
	"$bin/flask-audit" < formats.log > out 2>&1
	is "flask-audit < formats.log" "$here/audit/formats.out" out
}

# refuses_sources MESSAGE CLASSES VECTORS: diff-abi of a directory with these two files.
refuses_sources() {
	mkdir -p sources
	printf "$2" > sources/security_classes
	printf "$3" > sources/access_vectors
	refuses "sources/$1" 2 flask-policy diff-abi sources small.30
}

check_refusals() {
	for program in flask-policy flask-audit; do
		"$bin/$program" --help > out 2> err
		echo "$? $(head -n 1 out | cut -c 1-19 | sed 's/ *$//') $(wc -c < err)" > got
		echo "0 usage: $program 0" > want
		is "$program --help" want got
	done

	refuses "no command; --help lists them" 2 flask-policy
	refuses "unknown command frobnicate; --help lists them" 2 flask-policy frobnicate
	refuses "dump what: av or transitions?" 2 flask-policy dump
	refuses "unknown command dump all; --help lists them" 2 flask-policy dump all small.30
	refuses "which policy? a FILE is missing" 2 flask-policy info
	refuses "one FILE at a time: what is other.30?" 2 flask-policy info small.30 other.30
	refuses "unknown option --all; --help lists them" 2 flask-policy info --all small.30
	refuses "unknown option -x; --help lists them" 2 flask-policy dump av -x small.30
	refuses "unknown option --frob; --help lists them" 2 flask-policy dump av --frob=1 small.30
	refuses "option --all takes no value" 2 flask-policy dump av --all=1 small.30
	refuses "option --user needs a value" 2 flask-policy dump av small.30 --user
	refuses "--bool locked: not of the form NAME=0 or NAME=1" 2 flask-policy dump av --bool locked small.30
	refuses "--bool locked=2: not of the form NAME=0 or NAME=1" 2 flask-policy dump transitions --bool locked=2 small.30
	refuses "--bool =1: not of the form NAME=0 or NAME=1" 2 flask-policy dump av --bool =1 small.30
	refuses "--bool nosuch=1: the policy has no such boolean" 1 flask-policy dump av --bool nosuch=1 small.30
	refuses "compare what? OLD and NEW are needed" 2 flask-policy diff small.30
	refuses "OLD and NEW are given: what is c?" 2 flask-policy diff-abi a b c
	refuses "unknown option --json; --help lists them" 2 flask-policy diff-abi --json a b
	refuses "nosuch.30: No such file or directory" 2 flask-policy diff small.30 nosuch.30
	refuses "nosuch.30: No such file or directory" 2 flask-policy diff-abi nosuch.30 small.30
	refuses "--bool nosuch=1: the policy has no such boolean" 2 flask-policy diff --bool nosuch=1 small.30 small.30
	refuses ".: no security_classes there, nor in policy/, nor in xen/xsm/flask/policy/" 2 flask-policy diff-abi . small.30
	refuses_sources "security_classes:2: expected \`class NAME', at kind" 'class a\nkind b\n' 'class a { x }\n'
	refuses_sources "security_classes:1: expected a name, at {" 'class { }\n' 'class a { x }\n'
	refuses_sources "security_classes:2: this class is there already, at a" 'class a\nclass a\n' 'class a { x }\n'
	refuses_sources "access_vectors:1: this class is not in security_classes, at b" 'class a\n' 'class b { x }\n'
	refuses_sources "access_vectors:2: this class has its permissions already, at a" 'class a\n' 'class a { x }\nclass a { y }\n'
	refuses_sources "access_vectors:1: expected \`{', not \`x'" 'class a\n' 'class a x\n'
	refuses_sources "access_vectors:1: this permission is there already, at x" 'class a\n' 'class a { x x }\n'
	refuses_sources "access_vectors:2: expected a permission or \`}'" 'class a\n' 'class a { x\n'
	refuses_sources "access_vectors:1: expected \`class NAME { PERMISSION ... }', at common" 'class a\n' 'common a { x }\n'
	refuses_sources "access_vectors:1: a class has at most 32 permissions, at p33" 'class a\n' "class a { $(seq -s ' ' -f p%g 33) }\n"
	refuses_sources "access_vectors:1: a word of 128 bytes or more" 'class a\n' "class a { $(printf '%0128d' 0) }\n"
	refuses "--user nobody: the policy has no such user" 1 flask-policy dump av --user nobody small.30
	refuses "--role nobody_r: the policy has no such role" 1 flask-policy dump av --role nobody_r small.30
	refuses "--level s0: the policy has no levels" 1 flask-policy dump av --level s0 small.30
	refuses "--level s1-s0: not a range of the policy" 1 flask-policy dump av --level s1-s0 "$build/fixtures/vectors/mlsop.30"
	refuses "--level s9: not a range of the policy" 1 flask-policy dump av "$build/fixtures/vectors/mlsop.30" --level s9
	refuses "nosuch.30: No such file or directory" 1 flask-policy info nosuch.30
	refuses ".: Is a directory" 1 flask-policy info .
	refuses 'no\x1b[1m.30: No such file or directory' 1 flask-policy info "$(printf 'no\033[1m.30')"

	refuses "unknown option --frob; --help lists them" 2 flask-audit --frob
	refuses "option --policy needs a value" 2 flask-audit --policy
	refuses "option --source needs --policy" 2 flask-audit --source small.conf reasons.log
	refuses "option --bool needs --policy" 2 flask-audit --bool locked=1 reasons.log
	refuses "nosuch.log: No such file or directory" 1 flask-audit reasons.log nosuch.log
	refuses ".: Is a directory" 1 flask-audit .
	refuses "nosuch.30: No such file or directory" 1 flask-audit --policy nosuch.30 reasons.log
	refuses "nosuch.conf: No such file or directory" 1 flask-audit --policy small.30 --source nosuch.conf reasons.log
	refuses "--bool nosuch=0: the policy has no such boolean" 1 flask-audit --policy small.30 --bool nosuch=0 reasons.log

	# Images that are none, and one that ends too soon: the place and the reason are the reader's.
	head -c 100 small.30 > cut.30
	truncate -s 67108865 big.30
	refuses "big.30: larger than 67108864 bytes" 1 flask-policy info big.30
	for file in /dev/null small.conf cut.30; do
		"$bin/flask-policy" info "$file" > out 2> err
		echo "$? $(wc -c < out) $(grep -cE "^flask-policy: $file: [a-z ]+ at byte [0-9]+: ..*" err) $(wc -l < err)" > got
		echo "1 0 1 1" > want
		is "flask-policy info $file: $(cat err)" want got
	done

	# What cannot be written is said, and is a failure.
	for program in "flask-policy info small.30" "flask-policy dump av --all small.30" "flask-audit reasons.log"; do
		# shellcheck disable=SC2086 # words on purpose
		"$bin"/$program > /dev/full 2> err
		echo $? > status
		echo 1 > want
		echo "${program%% *}: cannot write: No space left on device" > message
		is "$program > /dev/full" message err
		is "$program > /dev/full: exit status" want status
	done
	# A pipe whose only reader is gone before the program starts.
	mkfifo pipe
	exec 3<> pipe 4> pipe 3>&-
	"$bin/flask-policy" dump av --all small.30 2> err >&4
	echo $? > status
	exec 4>&-
	is "flask-policy dump av --all to a closed pipe: exit status" want status
	echo "flask-policy: cannot write: Broken pipe" > message
	is "flask-policy dump av --all to a closed pipe" message err
}

# Denials drawn at random over the types and permissions of the sample policy, one a line.
random_denials() {
	awk 'BEGIN { srand(3) }
		/^[ \t]*type [a-zA-Z_]/ { gsub(/[,;]/, " "); types[ntypes++] = $2 }
		/^class [a-z0-9]+ *\{?$/ { class = $2; inside = 0 }
		/\{/ && class != "" { inside = 1; next }
		/\}/ { class = "" }
		inside && class != "" && /^[ \t]+[a-z]/ { perms[nperms++] = class " " $1 }
		END {
			for (i = 0; i < 300; i++) {
				split(perms[int(rand() * nperms)], p, " ")
				printf "avc:  denied  { %s } for current=d%d scontext=system_u:object_r:%s ", p[2], i, types[int(rand() * ntypes)]
				printf "tcontext=system_u:object_r:%s tclass=%s\n", types[int(rand() * ntypes)], p[1]
			}
		}' "$1"
}

# builds RULES: whether the sample policy with these rules, before its users, is accepted by checkpolicy.
builds() {
	awk -v rules="$1" '/^[ \t]*user / && !done { while ((getline line < rules) > 0) print line; done = 1 } { print }' \
		"$build/policy/sample.30.conf" > with.conf
	checkpolicy -t Xen -c 30 -o with.30 with.conf > checkpolicy.log 2>&1
}

# Every rule that is suggested can be added, and no rule that is said to be forbidden.
check_advice() {
	random_denials "$build/policy/sample.30.conf" > random.log
	"$bin/flask-audit" --policy "$build/policy/sample.30" --source "$build/policy/sample.30.conf" random.log > out || exit 1
	sed -n 's/^[ 0-9,]*  \(allow .*;\)$/\1/p' out > rules
	awk '$1 ~ /^[0-9]+$/ && $2 ~ /^d[0-9]+$/ && /neverallow/ {
		printf "allow %s %s:%s %s;\n", $3, $8, $4, $6 }' out | head -n 25 > forbidden
	echo "$(wc -l < rules) rules suggested, $(wc -l < forbidden) forbidden ones tried"
	[ "$(wc -l < rules)" -gt 100 ] && [ "$(wc -l < forbidden)" -eq 25 ] || failed=$((failed + 1))

	checked=$((checked + 1))
	builds rules || { failed=$((failed + 1)); echo "golden: suggested rules do not build"; tail -n 5 checkpolicy.log; }
	while read -r rule; do
		checked=$((checked + 1))
		echo "$rule" > one
		builds one || continue
		failed=$((failed + 1))
		echo "golden: said to be forbidden, yet it builds: $rule"
	done < forbidden
}

case ${2-} in
policy | diff | audit | refusals | advice) "check_$2" ;;
*) echo "usage: run.sh BUILD policy|diff|audit|refusals|advice" >&2; exit 2 ;;
esac
echo "golden/$2: $checked answers checked, $failed wrong"
[ "$failed" -eq 0 ] && [ "$checked" -gt 0 ]
