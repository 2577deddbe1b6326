#!/bin/sh
# render: every view at every size, in three formats and all themes: exact rectangles, well-formed pictures whose text
# can be selected, also of text that means harm.
. "$(dirname "$0")/lib.sh"
views="agenda timeline fishbone actions board run wall projector console welcome"
at="--now 2026-07-14T15:00:00Z"
columns() { # each line's columns: "W" when all are the same
	awk '{ n = length($0); if (NR == 1) w = n; else if (n != w) { print "ragged at line " NR ": " n; exit } } END { print w }' "$1" | head -n 1
}
well_formed() { # of the last output; the words of its <text> elements go to $tmp/words
	xmllint --noout "$tmp/out" 2>&1 | head -n 3
	xmllint --xpath '//*[local-name()="text"]/text()' "$tmp/out" 2>/dev/null >"$tmp/words"
}
begin "Frames"
"$debrief" do "$name" <"$root/templates/incidents/gitlab-2017-01-31.debrief" >/dev/null 2>"$tmp/err" || wrong "script" "$(cat "$tmp/err")"
for view in $views; do
	for size in 1x1 20x5 30x8 50x18 80x24 120x40 200x50 300x80; do
		run "$debrief" render "$name" --view $view --size $size --ascii $at
		is "$view at $size in ASCII" "$size" "$(columns "$tmp/out")x$(wc -l <"$tmp/out")"
		is "$view at $size is ASCII" "" "$(LC_ALL=C grep -n '[^ -~]' "$tmp/out" | head -n 1)"
	done
	run "$debrief" render "$name" --view $view $at
	first=$out
	run "$debrief" render "$name" --view $view $at
	is "$view twice is the same" "$first" "$out"
	run "$debrief" render "$name" --view $view --to ansi
	like "$view in color" "$(printf '\033')\\[" "$out"
	run env NO_COLOR=1 "$debrief" render "$name" --view $view --to ansi
	is "$view honors NO_COLOR" "" "$(grep -E "$(printf '\033')\\[[0-9;]*(3[0-8]|38;5)" "$tmp/out" | head -n 1)"
	for theme in default light mono high-contrast color-blind color-blind-light; do
		run "$debrief" render "$name" --view $view --to svg --theme $theme $at
		is "$view as SVG in $theme" "" "$(well_formed)"
	done
done
run "$debrief" render "$name" --view wall --size 200x50 --to svg --theme light $at
well_formed >"$tmp/wrong"
for word in CAUSES ACTIONS TECHNICAL 'No WAL was archived' 'Archive WAL continuously'; do
	like "the wall's text can be selected: $word" "$word" "$(cat "$tmp/words")"
done
like "light is on white" 'fill="#ffffff"' "$out"
for layout in classic vertical outline overview ladder other; do
	run "$debrief" render "$name" --layout $layout
	is "layout $layout" "0 40" "$status $(wc -l <"$tmp/out")"
done
run "$debrief" render "$name" --to svg
like "the fishbone as a drawing" 'viewBox="0 0 842 595"' "$out"
like "its lines are lines" '<line ' "$out"
run "$debrief" render "$name" --to svg --size a3 --page 1
like "on A3" 'width="420mm" height="297mm"' "$out"
run "$debrief" render "$name" --to svg --size a4 --page 99
is "no such page" 2 "$status"
run "$debrief" render "$name" --view timeline --to svg --size a4
is "the timeline is on no paper" 2 "$status"
run "$debrief" render "$name" --size a4
is "text is on no paper" 2 "$status"
run "$debrief" render "$name" --to svg --size 80x24
like "a picture of the screen" 'textLength' "$out"
run "$debrief" render "$name" --select C4
is "select" 0 "$status"
run "$debrief" render "$name" --view ceiling
is "an unknown view" 2 "$status"
like "and those there are" "wall, console, welcome" "$(cat "$tmp/err")"
run "$debrief" render "$name" --theme sepia
is "an unknown theme" 2 "$status"

# Text that means harm: markup, entities, what closes a comment or a section, controls, right to left, wide, combining.
begin "]]> --> <script>alert(1)</script> & \"Q\""
cat >"$tmp/hostile" <<'END'
set effect="<svg onload='x'> & ]]> &amp; &#0;"
event add 2026-07-14T14:02:00Z "a <b>bold</b> event & \"quoted\" 'too' ]]> --> &lt;"
event add 2026-07-14T14:03:00Z "日本語 ｗｉｄｅ é̂̃ שלום עליכם" source="<src>"
cause add Technical "</text></svg><script>"
cause add Process "e\u0301 🎉 ﷽ \\ ` ${HOME} %s %n"
action add "<a href='x'>&</a>" owner="<&>"
card add "Surprised us" "<!-- & -->"
END
"$debrief" do "$name" <"$tmp/hostile" >/dev/null 2>"$tmp/err" || wrong "hostile text is taken" "$(cat "$tmp/err")"
for view in $views; do
	for size in 30x8 80x24 200x50; do
		run "$debrief" render "$name" --view $view --size $size --to svg $at
		is "$view of hostile text at $size" "0 " "$status $(well_formed)"
		is "$view of hostile text at $size holds no markup of theirs" "" \
			"$(grep -oiE '<(script|b|a|src)[ />]|<!--' "$tmp/out" | head -n 1)"
		run "$debrief" render "$name" --view $view --size $size --ascii $at
		is "$view of hostile text at $size is a rectangle" "$size" "$(columns "$tmp/out")x$(wc -l <"$tmp/out")"
	done
	run "$debrief" render "$name" --view $view --to ansi --size 80x24 $at
	is "$view of hostile text has our escapes alone" "" \
		"$(LC_ALL=C sed "s/$(printf '\033')\\[[0-9;]*m//g" "$tmp/out" | LC_ALL=C grep -n "$(printf '[\001-\010\013-\037\177]')" | head -n 1)"
done
run "$debrief" render "$name" --view timeline --layout list --size 200x50 --to svg $at
well_formed >"$tmp/wrong"
like "its words are there, as words" '&lt;b&gt;bold&lt;/b&gt;' "$(cat "$tmp/out")"
