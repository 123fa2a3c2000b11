# SPDX-License-Identifier: BSD-2-Clause
# check-layers.awk LAYERS FILE...: each line of LAYERS is a place and the places
# that it may include (docs/architecture.md, Floors). A file may also include its
# own place. A place that is not listed fails, so a new directory cannot slip in.
function place_of(path,  p, best) {
	for (p in known)
		if ((path == p || index(path, p "/") == 1) && length(p) > length(best))
			best = p
	return best
}

FILENAME == layers {
	known[$1]
	for (i = 2; i <= NF; i++) {
		known[$i]
		may[$1, $i]
	}
	next
}

FNR == 1 {
	files++
	if (place_of(FILENAME) == "") {
		printf "%s: stands in no place that %s lists\n", FILENAME, layers
		bad = 1
	}
}

/^#[ \t]*include[ \t]+"/ {
	split($0, quoted, "\"")
	from = place_of(FILENAME)
	to = place_of(quoted[2])
	if (to == "" || (from != to && !((from, to) in may))) {
		printf "%s:%d: %s may not include %s\n", FILENAME, FNR, from, quoted[2]
		bad = 1
	}
}

END {
	if (!files) {
		print "check-layers: no files to look at"
		exit 1
	}
	if (!bad)
		printf "layers: %d files keep to their floors\n", files
	exit bad
}
