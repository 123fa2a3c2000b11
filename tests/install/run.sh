#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# run.sh BUILD: installs into an empty directory, compares what is there with the
# list by hand, and uses it from there.
set -eu
cd "$(dirname "$0")/../.."
root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT
make --no-print-directory BUILD="$1" install DESTDIR="$root" PREFIX=/usr > "$root.log" 2>&1 || { cat "$root.log"; exit 1; }
rm -f "$root.log"

(cd "$root" && find . -type f -printf '%m %p\n' | sort -k 2) > "$root/found"
sed -i '/\/found$/d' "$root/found"
cat > "$root/expected" <<'LIST'
755 ./usr/bin/flask-audit
755 ./usr/bin/flask-policy
755 ./usr/bin/xsm-model
644 ./usr/share/man/man1/flask-audit.1
644 ./usr/share/man/man1/flask-policy.1
644 ./usr/share/man/man1/xsm-model.1
644 ./usr/share/portcullis/sample.24
644 ./usr/share/portcullis/sample.30
LIST
diff -u "$root/expected" "$root/found"
"$root/usr/bin/flask-policy" info "$root/usr/share/portcullis/sample.24" | grep -q '^version  *24$'
"$root/usr/bin/xsm-model" --policy "$root/usr/share/portcullis/sample.30" | grep -q 'enforcing$'
echo "8 files, and they work"
