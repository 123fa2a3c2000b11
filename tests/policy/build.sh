#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# build.sh SAMPLE.conf: what goes wrong while a policy is built is said, and leaves no
# image or the old one.
set -u
conf=$1
dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT
tests=0
failed=0

complain() {
	echo "$1" >&2
	failed=$((failed + 1))
}

# refused MESSAGE-PATTERN COMMAND...: fails with status 1 and says so.
refused() {
	tests=$((tests + 1))
	pattern=$1
	shift
	"$@" > "$dir/out" 2> "$dir/err"
	status=$?
	[ $status -eq 1 ] || complain "$*: status $status instead of 1"
	grep -q -e "$pattern" "$dir/err" || complain "$*: said '$(cat "$dir/err")', not '$pattern'"
}

# The old image is still there, and nothing half made beside it.
nothing_left() {
	[ "$(cat "$dir/image")" = old ] || complain "$1: the old image is gone"
	[ "$(cd "$dir" && echo image*)" = image ] || complain "$1: left behind: $(cd "$dir" && echo image*)"
}

modules() {
	printf "$1" > "$dir/modules.conf"
	refused "^$dir/modules.conf:$2$" awk -f policy/read-modules.awk "$dir/modules.conf"
	[ -s "$dir/out" ] && complain "modules.conf: listed modules all the same"
}

modules 'a = on\nb on\n' "2: expected 'NAME = on' or 'NAME = off'"
modules 'a = yes\n' "1: expected 'NAME = on' or 'NAME = off'"
modules 'a = on off\n' "1: expected 'NAME = on' or 'NAME = off'"
modules '../a = on\n' "1: expected 'NAME = on' or 'NAME = off'"
modules 'a = on\n# more\na = off\n' '3: module a is already in line 1'

tests=$((tests + 1))
printf '# all\nb = on # first\n\na=on\n' > "$dir/modules.conf"
awk -f policy/read-modules.awk "$dir/modules.conf" > /dev/null 2>&1 && complain "modules.conf: 'a=on' without spaces was taken"
printf '# all\nb = on # first\n\nx = off\na = on\n' > "$dir/modules.conf"
[ "$(awk -f policy/read-modules.awk "$dir/modules.conf" | tr '\n' ' ')" = 'b a ' ] || complain "modules.conf: wrong list"

calls() {
	printf "$1" > "$dir/x.te"
	refused "^$dir/x.te:$2$" awk -f policy/check-calls.awk policy/support/*.spt policy/modules/*.if policy/modules/*.te "$dir/x.te"
	[ "$(wc -l < "$dir/err")" -eq 1 ] || complain "calls: more than one complaint: $(cat "$dir/err")"
}

calls '# x\nmanage_domain(dom0_t)\n' '2: manage_domain takes 2 parameters (priv, target), not 1'
calls 'if (p) {\n\tcreate_domain(dom0_t, domU_t, domU_t)\n}\n' '2: create_domain takes 2 parameters (priv, target), not 3'
calls 'manage_domian(dom0_t, domU_t)\n' '1: no interface manage_domian'
calls 'declare_domain()\n' '1: declare_domain takes 2 parameters (type, attributes...), not 0'
calls 'declare_domain(a_t)\ndeclare_domain(a_t, b, c)\nxen_build_domain(a_t, )\n' '3: xen_build_domain takes 1 parameter (target), not 2'
calls 'admin_device(dom0_t,\n\t{ a_t b_t })\ndomain_comms(a_t,\n' '3: the call of domain_comms is not closed'
calls "define(\`mine', \`\n\tallow \$1 a_t:event send;\n')\n" '1: mine has no comment that names its parameters'
calls "# mine(a)\ndefine(\`mine', \`\n\tallow \$1 a_t:event send;\n')\nmine(a_t)\nmine(a_t, b_t)\n" '6: mine takes 1 parameter (a), not 2'

echo old > "$dir/image"
refused "image: checkpolicy refuses $dir/absent" policy/compile.sh 30 "$dir/absent" "$dir/image"
nothing_left "a source that is absent"

sed 's/^user system_u /allow domU_t no_such_t:event send; &/' "$conf" > "$dir/conf"
refused "unknown type no_such_t" policy/compile.sh 30 "$dir/conf" "$dir/image"
nothing_left "an unknown type"

sed 's/^user system_u /allow dom0_t device_t:domain create; &/' "$conf" > "$dir/conf"
refused "neverallow on line" policy/compile.sh 30 "$dir/conf" "$dir/image"
nothing_left "a neverallow"

# checkpolicy writes half of this one before it finds out.
sed '/^devicetreecon/d; s/^pirqcon/iomemcon 0x100000000-0x1ffffffff system_u:object_r:nic_dev_t &/' "$conf" > "$dir/conf"
refused "version 24 cannot represent" policy/compile.sh 24 "$dir/conf" "$dir/image"
nothing_left "a range that version 24 cannot hold"

refused "image: checkpolicy refuses" policy/compile.sh 27 "$conf" "$dir/image"
nothing_left "a version that Xen does not read"

sed 's/^user system_u /dominance { role over_r { role vm_r; } } &/' "$conf" > "$dir/conf"
refused "image: checkpolicy warns about" policy/compile.sh 30 "$dir/conf" "$dir/image"
nothing_left "a warning"

tests=$((tests + 1))
policy/compile.sh 30 "$conf" "$dir/image" || complain "the sample is refused"
[ "$(dd if="$dir/image" bs=1 skip=8 count=8 2>/dev/null)" = XenFlask ] || complain "the sample was not written"

echo "build: $tests cases, $failed failures"
[ $failed -eq 0 ]
