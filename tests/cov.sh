#!/bin/sh
# Line coverage by folder, from the counts a build with --coverage left in BUILD.
set -u
cd "$(dirname "$0")/.." || exit 1
for folder in base model tui formats storage commands live views cli; do
	gcov -n -r -s "$PWD" "$1/$folder"/*.gcda 2>/dev/null |
		awk -v folder="$folder/" '/^File/ { keep = index($0, folder) > 0 && index($0, ".c\x27") > 0 }
			keep && /^Lines executed/ { split($0, a, /[:% ]+/); lines += $NF; hit += a[3] * $NF / 100 }
			END { if (lines) printf "%-10s %5.1f %% of %d lines\n", folder, 100 * hit / lines, lines }'
done
