#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# cli.sh BUILD: what xsm-model says to each mistake, one line each, and its exit status.
set -u
build=$1
model=$build/bin/xsm-model
sample=$build/policy/sample.30
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
count=0
failed=0

# mistake STATUS LINE ARGUMENT...: nothing but LINE on stderr.
mistake() {
	want_status=$1
	want=$2
	shift 2
	count=$((count + 1))
	came=$("$model" "$@" 2>&1 >"$tmp/out")
	status=$?
	if [ "$came" != "$want" ] || [ $status -ne "$want_status" ]; then
		failed=$((failed + 1))
		printf 'FAIL  xsm-model %s\n  expected (%s) %s\n  came     (%s) %s\n' "$*" "$want_status" "$want" $status "$came"
	fi
}

# scenario LINE STATEMENTS: a scenario that does not hold.
scenario() {
	want=$1
	printf '%s\n' "$2" > "$tmp/s.scn"
	mistake 1 "xsm-model: $tmp/s.scn:$want" --xsm dummy "$tmp/s.scn"
}

mistake 2 'xsm-model: --bogus: no such option' --bogus
mistake 2 'xsm-model: -x: no such option' -x
mistake 2 'xsm-model: --policy: this option needs a value' --policy
mistake 2 'xsm-model: --log=yes: this option takes no value' --log=yes
mistake 2 'xsm-model: bogus: --flask takes enforcing, permissive, late or disabled' --flask bogus
mistake 2 'xsm-model: silo: --xsm takes flask or dummy' --xsm silo
mistake 2 'xsm-model: two: only one scenario can be run' one two
mistake 2 'xsm-model: two: only one scenario can be run' --scenario one two
mistake 2 'xsm-model: NAME: --define takes NAME=TEXT' --define NAME
mistake 2 'xsm-model: 1=2: --define takes NAME=TEXT' --define 1=2
mistake 1 "xsm-model: $tmp/none: No such file or directory" --policy "$tmp/none"
mistake 1 "xsm-model: $tmp/none.scn: No such file or directory" --xsm dummy "$tmp/none.scn"
mistake 1 "xsm-model: $tmp: not a file of at most 64 MiB" --policy "$tmp"
mistake 1 'xsm-model: boot refused: Flask: no policy was given; enforcing mode does not boot without a policy'

: > "$tmp/empty"
head -c 100 "$sample" > "$tmp/cut"
for bad in empty cut; do
	count=$((count + 1))
	came=$("$model" --policy "$tmp/$bad" 2>&1 >"$tmp/out")
	status=$?
	lines=$(printf '%s\n' "$came" | wc -l)
	case $status:$lines:$came in
	"1:1:xsm-model: boot refused: Flask: "*) ;;
	*) failed=$((failed + 1)); printf 'FAIL  --policy %s: (%s) %s\n' "$bad" $status "$came" ;;
	esac
done

head -c 5000 /dev/zero > "$tmp/typed"
mistake 1 "xsm-model: $tmp/typed: more than the console holds" --xsm dummy --console "$tmp/typed"

scenario '1: unknown verb frobnicate' 'frobnicate'
scenario '2: unknown hypercall or verb of a domain domctl.frob' '# a comment
d0 domctl.frob'
scenario '1: d99999 is no domain that runs' 'd99999 is absent'
scenario '1: a statement begins with a verb, or with a domain and a verb' 'd0'
scenario '1: a text does not end with " and a space' 'say "open'
scenario '1: a text does not end with " and a space' 'say "open"shut'
scenario '1: unknown escape \q in a text' 'say "\q"'
scenario '1: $ is not followed by a name' 'say $'
scenario '1: $nobody is not set' 'say $nobody'
scenario '1: the call has no field colour' 'd0 domctl.pausedomain colour=red'
scenario '1: domain=> stands before ->' 'd0 domctl.pausedomain domain=>x'
scenario '1: -> is followed by the result: 0, a number or -ENAME' 'd0 domctl.pausedomain domain=1 ->'
scenario '1: -> is followed by the result: 0, a number or -ENAME' 'd0 domctl.pausedomain domain=1 -> domain=1'
scenario '1: only grant_table_op takes several entries' 'd0 domctl.pausedomain domain=1 ; domain=2'
scenario '1: say takes 1 words' 'say one two'
scenario '1: memory takes 2 words' 'd0 memory 1'
scenario '1: log takes skip, none or [any] [glob] "TEXT"' 'log maybe'
scenario '1: is takes absent, dying, paused or running' 'd0 is tired'
scenario '1: let takes NAME=VALUE' 'let 7'
scenario '1: there is no d5' 'd5 event_channel_op.close port=1'
scenario '1: expected 0, came -ESRCH' 'd0 domctl.pausedomain domain=5'
scenario '1: expected -EPERM, came -ESRCH' 'd0 domctl.pausedomain domain=5 -> -EPERM'
scenario '1: EFROB is neither a number nor a known constant' 'd0 domctl.pausedomain domain=5 -> -EFROB'
scenario '1: 70000 does not fit in domain' 'd0 domctl.pausedomain domain=70000'
scenario '2: expected port 2, came 1' 'log none
d0 event_channel_op.alloc_unbound dom=DOMID_SELF remote_dom=0 -> 0 port=2'
scenario '1: expected status GNTST_okay, came GNTST_bad_domain' 'd0 grant_table_op.map_grant_ref dom=5 flags=GNTMAP_host_map'
scenario '1: expected status GNTST_no_space, came GNTST_bad_domain' \
	'd0 grant_table_op.map_grant_ref dom=5 flags=GNTMAP_host_map -> 0 status=GNTST_no_space'
scenario '1: expected memory "b", came "\x00"' 'd0 memory 0x2000 "b"'
scenario '2: expected memory "b", came "a"' 'd0 write 0x2000 "a"
d0 memory 0x2000 "b"'
scenario '1: expected memory "b", came a fault' 'd0 memory 0x10000 "b"'
scenario '1: d0 cannot write there' 'd0 write 0x10000 "b"'
scenario '1: expected port 3 pending, came quiet' 'd0 pending 3'
scenario '1: ports are 1 to 63' 'd0 pending 64'
scenario '1: expected d0 paused, came running' 'd0 is paused'
scenario '2: d1 does not run: it is paused' 'd0 domctl.createdomain
d1 event_channel_op.close port=1'
scenario '1: expected in the log "x", came nothing' 'log "x"'
scenario '2: expected in the log "x", came "(d0) hello"' 'd0 console_io.write buffer="hello" count=@size
log "x"'
scenario '2: expected in the log "x", came other lines' 'd0 console_io.write buffer="hello" count=@size
log any "x"'
scenario '2: expected nothing in the log, came "(d0) hello"' 'd0 console_io.write buffer="hello" count=@size
log none'
scenario "1: $tmp/none: No such file or directory" "d0 write 0x2000 @file:$tmp/none"

# What is no mistake.
for option in --help --version; do
	count=$((count + 1))
	"$model" $option > "$tmp/out" 2> "$tmp/err" && [ -s "$tmp/out" ] && [ ! -s "$tmp/err" ] ||
		{ failed=$((failed + 1)); echo "FAIL  xsm-model $option"; }
done

# A boot without a scenario shows its log, once.
count=$((count + 1))
said=$("$model" --policy "$sample" 2>&1)
[ "$said" = "$("$model" --policy "$sample" --log 2>&1)" ] && [ "${said#(XEN) Flask: }" != "$said" ] ||
	{ failed=$((failed + 1)); echo "FAIL  the log of the boot: $said"; }

# A refused boot says one line, on stderr.
count=$((count + 1))
"$model" > "$tmp/out" 2> /dev/null
[ ! -s "$tmp/out" ] || { failed=$((failed + 1)); echo 'FAIL  a refused boot wrote to stdout'; }

# What is typed is read by dom0.
count=$((count + 1))
printf 'hi' > "$tmp/typed"
echo 'd0 console_io.read buffer=@buffer:9 count=@size -> 2 buffer="hi"' > "$tmp/typed.scn"
"$model" --xsm dummy --console "$tmp/typed" "$tmp/typed.scn" > "$tmp/out" 2>&1 ||
	{ failed=$((failed + 1)); echo "FAIL  --console: $(cat "$tmp/out")"; }

# A scenario from the standard input; a line is run before the next is read.
count=$((count + 1))
said=$({ echo 'd0 domctl.pausedomain domain=5 -> -ESRCH'; echo; echo 'd0 is tired'; } | "$model" --xsm dummy --trace - 2>&1 |
	sed 's/  */ /g')
[ "$said" = ' 1 d0 domctl.pausedomain domain=5 -ESRCH
xsm-model: standard input:3: is takes absent, dying, paused or running' ] || { failed=$((failed + 1)); echo "FAIL  -: $said"; }

# The example of the manual.
count=$((count + 1))
awk '/^```$/ { on = !on; next } on' "$(dirname "$0")/../../docs/scenario.md" > "$tmp/doc.scn"
came=$("$model" --policy "$sample" "$tmp/doc.scn" 2>&1)
[ "$came" = "scenario $tmp/doc.scn: 7 steps ok" ] || { failed=$((failed + 1)); echo "FAIL  docs/scenario.md: $came"; }

echo "$count command lines, $failed failed"
[ "$failed" -eq 0 ]
