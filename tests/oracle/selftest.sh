#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# selftest.sh ORACLE DIR: the oracle must pass one image twice and report a
# difference when libsepol is given an image that differs in one byte, for each
# kind of answer that it compares.
set -eu
oracle=$1
dir=$2/selftest
rm -rf "$dir"
mkdir -p "$dir"
source=$(dirname "$0")/selftest.conf

fail()
{
	echo "selftest: $1"
	exit 1
}

# build NAME PATTERN REPLACEMENT: compiles the source with one statement changed
build()
{
	sed "s/$2/$3/" "$source" > "$dir/$1.conf"
	checkpolicy -t Xen -c 30 -o "$dir/$1.30" "$dir/$1.conf" > "$dir/$1.log" 2>&1 || fail "$1.conf does not compile"
}

build base '^$' ''
"$oracle" "$dir/base.30" > "$dir/base.out" || fail "the untouched image is reported"
tail -n 1 "$dir/base.out" | grep -q '^policies 1 .* differences 0$' || fail "no summary line"

cases=0
while IFS='|' read -r name pattern replacement; do
	if [ "$name" = name ]; then # another name would also stand elsewhere in the image
		LC_ALL=C sed "s/$pattern/$replacement/" "$dir/base.30" > "$dir/name.30"
	else
		build "$name" "$pattern" "$replacement"
	fi
	changed=$(cmp -l "$dir/base.30" "$dir/$name.30" | wc -l)
	[ "$changed" -eq 1 ] || fail "$name changes $changed bytes, not one"
	if "$oracle" --theirs "$dir/$name.30" "$dir/base.30" > "$dir/$name.out"; then
		fail "$name is not noticed"
	fi
	grep -q '^DIFFERENCE ' "$dir/$name.out" || fail "$name is not described"
	cases=$((cases + 1))
done << 'END'
allow|create pause }; # changed: allow|create unpause }; # changed: allow
auditallow|domain create; # changed: auditallow|domain pause; # changed: auditallow
dontaudit|domain destroy; # changed: dontaudit|domain pause; # changed: dontaudit
transition|domain c_t; # changed: transition|domain b_t; # changed: transition
constraint|u1 == u2 ); # changed: constraint|u1 != u2 ); # changed: constraint
condition|allow a_t c_t:domain pause; } # changed: condition|allow a_t c_t:domain create; } # changed: condition
role-allow|allow r_r s_r; # changed: role allow|allow r_r r_r; # changed: role allow
role-types|role s_r types { b_t }; # changed: role types|role s_r types { c_t }; # changed: role types
user-roles|user v_u roles { s_r }; # changed: user roles|user v_u roles { r_r }; # changed: user roles
name|n_t|m_t
END
echo "selftest: $cases changed bytes, each reported"
