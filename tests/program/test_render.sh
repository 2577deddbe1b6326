#!/bin/sh
# render: exact rectangles of every view at every size, in three formats.
. "$(dirname "$0")/lib.sh"
begin "Frames"
"$debrief" do "$name" <"$root/templates/incidents/gitlab-2017-01-31.debrief" >/dev/null 2>"$tmp/err" || wrong "script" "$(cat "$tmp/err")"
columns() { # each line's columns: "W" when all are the same
	awk '{ n = length($0); if (NR == 1) w = n; else if (n != w) { print "ragged at line " NR ": " n; exit } } END { print w }' "$1" | head -n 1
}
for view in agenda timeline fishbone actions; do
	for size in 20x5 30x8 50x18 80x24 120x40 200x50 300x80; do
		run "$debrief" render "$name" --view $view --size $size --ascii --now 2026-07-14T15:00:00Z
		is "$view at $size in ASCII" "$size" "$(columns "$tmp/out")x$(wc -l <"$tmp/out")"
		is "$view at $size is ASCII" "" "$(LC_ALL=C grep -n '[^ -~]' "$tmp/out" | head -n 1)"
	done
	run "$debrief" render "$name" --view $view --now 2026-07-14T15:00:00Z
	first=$out
	run "$debrief" render "$name" --view $view --now 2026-07-14T15:00:00Z
	is "$view twice is the same" "$first" "$out"
	run "$debrief" render "$name" --view $view --to svg
	like "$view as SVG" '^<svg|<svg ' "$out"
	run "$debrief" render "$name" --view $view --to ansi
	like "$view in color" "$(printf '\033')\\[" "$out"
	run env NO_COLOR=1 "$debrief" render "$name" --view $view --to ansi
	is "$view honors NO_COLOR" "" "$(grep -E "$(printf '\033')\\[[0-9;]*(3[0-8]|38;5)" "$tmp/out" | head -n 1)"
done
for layout in classic vertical outline; do
	run "$debrief" render "$name" --layout $layout
	is "layout $layout" "0 40" "$status $(wc -l <"$tmp/out")"
done
run "$debrief" render "$name" --select C4
is "select" 0 "$status"
