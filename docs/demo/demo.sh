#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-2-Clause
# demo.sh BUILD: the newcomer's two minutes. A policy is compiled, the model
# hypervisor boots with it, a guest's hypercall is denied, the denial explained,
# the policy mended and loaded into the running hypervisor, and the same call
# passes. Every line shows what just happened; the exit status is 0 only if each
# step did what it says.
set -euo pipefail
cd "$(dirname "$0")/../.."
build=$1
model=$build/bin/xsm-model
scratch=$(mktemp -d)
model_pid=
trap 'exec 3>&- || true; [ -z "$model_pid" ] || kill "$model_pid" 2>/dev/null || true; rm -rf "$scratch"' EXIT

bold='' dim='' off=''
if [ -t 1 ]; then bold=$'\033[1m' dim=$'\033[2m' off=$'\033[0m'; fi

fail() { echo "demo: $*" >&2; exit 1; }
seconds() { awk -v a="$1" -v b="$(date +%s.%N)" 'BEGIN { printf "%.1f s", b - a }'; }
step() { printf '\n%s %-2s %-8s%s %s\n' "$bold" "$1" "$2" "$off" "$3"; }
line() { printf '             %s\n' "$*"; }

# tell STATEMENT...: the model does these steps; its trace of them is in $scratch/said.
# It must do all of them: a step whose outcome differs from what it states ends the model.
marks=0
tell() {
	local from statement tries=0
	from=$(wc -l < "$scratch/trace")
	for statement; do printf '%s\n' "$statement" >&3; done
	marks=$((marks + 1))
	printf 'say "mark %s"\n' "$marks" >&3
	until grep -q "^mark $marks\$" "$scratch/trace"; do
		kill -0 "$model_pid" 2>/dev/null || { cat "$scratch/errors" >&2; fail "a step did not do what it says"; }
		tries=$((tries + 1))
		[ "$tries" -le 200 ] || fail "the model does not answer"
		sleep 0.05
	done
	sed -n "$((from + 1)),\$p" "$scratch/trace" | grep -v '^mark ' > "$scratch/said" || true
}
denial() { sed -n 's/^ *(XEN) \(avc: .*denied.*\)/\1/p' "$scratch/said" | tail -n 1; }

# ---- build and policy

from=$(date +%s.%N)
make --no-print-directory -j2 BUILD="$build" all > "$scratch/make.log" 2>&1 || { tail -n 20 "$scratch/make.log" >&2; fail "the build failed"; }
printf ' build     %-68s %s\n' "libxsm libflask $(cd "$build/bin" && echo *)" "$(seconds "$from")"
figures=$("$build/bin/flask-policy" info "$build/policy/sample.30" |
	awk '$1 == "classes" || $1 == "permissions" || $1 == "types" { printf "%s %s ", $2, $1 } $1 == "allow" { printf "%s allow rules", $2 }')
printf ' policy    policy/ -> %s   %s\n' "$build/policy/sample.30" "$figures"

# ---- boot

mkfifo "$scratch/steps"
: > "$scratch/trace"
"$model" --policy "$build/policy/sample.30" --flask enforcing --trace --log - \
	< "$scratch/steps" > "$scratch/trace" 2> "$scratch/errors" &
model_pid=$!
exec 3> "$scratch/steps"
tell 'log any glob "Flask: * enforcing"'
step 1 boot "xsm-model --policy sample.30 --flask enforcing"
line "$(sed -n 's/^(XEN) \(Flask: .*enforcing\)$/\1/p' "$scratch/trace" | head -n 1)"

# ---- guests

create() { # DOMAIN TYPE: dom0 creates and starts the domain
	tell "d0 xsm_op.context_to_sid context=\"system_u:system_r:$2\" size=@size -> 0 sid=>sid_$2" \
		"d0 domctl.createdomain ssidref=\$sid_$2 -> 0 domain=$1" \
		"d0 domctl.unpausedomain domain=$1 -> 0"
}
label() { # DOMAIN NAME: what the hypervisor says its label is
	tell "d0 domctl.getdomaininfo domain=$1 -> 0 ssidref=>label" \
		'd0 xsm_op.sid_to_context sid=$label context=@buffer:256 size=@size -> 0 context=>text' \
		'say "label $text"'
	line "$(printf 'd%s %-6s %s' "$1" "$2" "$(sed -n 's/^label //p' "$scratch/said")")"
}
create 1 domU_t
create 2 domU_t
create 3 isolated_domU_t
step 2 guests "dom0 creates three domains"
label 1 web
label 2 db
label 3 vault

# ---- allowed

tell 'd1 event_channel_op.alloc_unbound dom=DOMID_SELF remote_dom=2 -> 0 port=>port' \
	'd2 event_channel_op.bind_interdomain remote_dom=1 remote_port=$port -> 0 local_port=>far' \
	'd1 event_channel_op.send port=$port -> 0' \
	'd2 pending $far' \
	'say "port $port"'
port=$(sed -n 's/^port //p' "$scratch/said")
tell 'd2 write 0x5000 "a page of d2"' \
	'd2 grant 8 domid=1 frame=5' \
	'd1 grant_table_op.map_grant_ref dom=2 ref=8 host_addr=0x10000 flags=GNTMAP_host_map -> 0 status=GNTST_okay' \
	'd1 memory 0x10000 "a page of d2"'
step 3 allowed "d1 -> d2  event channel $port carries, a granted page is read             ok"

# ---- denied

call='d1 grant_table_op.map_grant_ref dom=3 ref=8 host_addr=0x11000 flags=GNTMAP_host_map'
tell 'd3 write 0x5000 "a page of d3"' \
	'd3 grant 8 domid=1 frame=5' \
	'log skip' \
	"$call -> 0 status=GNTST_permission_denied" \
	'log glob "avc:  denied  { map_read map_write } for source=d1 target=d3 *"'
denial > "$scratch/denial"
[ -s "$scratch/denial" ] || fail "no denial in the log"
step 4 denied "d1 -> d3  grant_table_op.map_grant_ref     GNTST_permission_denied"
line "$dim$(cat "$scratch/denial")$off"

# ---- why

"$build/bin/flask-audit" --policy "$build/policy/sample.30" --source "$build/policy/sample.conf" \
	"$scratch/denial" > "$scratch/why" || fail "flask-audit failed"
grep -q 'only dom0 talks to an isolated guest' "$scratch/why" || fail "flask-audit does not name the neverallow"
step 5 why "flask-audit --policy sample.30 --source sample.conf"
awk '/^ +[0-9]+  No rule/ { on = 1; sub(/^ +[0-9]+  /, "") } /^$/ { on = 0 } on { sub(/^ +/, ""); print "             " $0 }' "$scratch/why"

# ---- mend

step 6 mend "docs/demo/policy/vault.te: a type of its own for d3, that guests may talk to"
from=$(date +%s.%N)
rm -f "$build/policy/mended.30"
make --no-print-directory BUILD="$build" "$build/policy/mended.30" > "$scratch/make.log" 2>&1 ||
	{ cat "$scratch/make.log" >&2; fail "the mended policy does not build"; }
"$build/bin/flask-policy" dump av "$build/policy/mended.30" > "$scratch/av"
grep -q '^domU_t vault_t grant ' "$scratch/av" || fail "the mended policy does not have the rules"
if grep '^domU_t isolated_domU_t grant ' "$scratch/av"; then fail "the mended policy opens isolated guests"; fi
line "built and checked: domU_t reaches vault_t, still not isolated_domU_t      $(seconds "$from")"

# ---- reload

bytes=$(stat -c %s "$build/policy/mended.30")
tell "d0 xsm_op.load buffer=@file:$build/policy/mended.30 size=@size -> 0" \
	'log any glob "Flask: policy 2 loaded: *"' \
	'd0 xsm_op.context_to_sid context="system_u:system_r:vault_t" size=@size -> 0 sid=>vault' \
	'd0 xsm_op.relabel_domain domid=3 sid=$vault -> 0' \
	'log skip'
step 7 reload "d0 xsm_op.load mended.30 ($bytes bytes), then relabels d3; nobody rebooted"
label 3 vault

# ---- allowed

tell "$call -> 0 status=GNTST_okay" \
	'd1 memory 0x11000 "a page of d3"' \
	'log none'
step 8 allowed "d1 -> d3  the same grant_table_op.map_grant_ref                          ok"

exec 3>&-
wait "$model_pid" || { cat "$scratch/errors" >&2; fail "the model did not end well"; }
model_pid=
printf '\n Every step did what it says.  Next: docs/policy-guide.md   make deps check\n'
