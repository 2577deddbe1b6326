#!/bin/sh
# Help for everything, from the same tables as the parser and the manual.
. "$(dirname "$0")/lib.sh"
run "$debrief" --help
is "--help" 0 "$status"
subs=$(printf '%s\n' "$out" | sed -n 's/^  debrief \([a-z-][a-z-]*\).*/\1/p')
for sub in demo init new open join do watch host save show render list log merge-file help version; do
	like "--help names $sub" "(^| )$sub( |\$)" "$(printf '%s' "$subs" | tr '\n' ' ')"
done
for sub in $subs; do
	run "$debrief" "$sub" --help
	is "$sub --help" 0 "$status"
	like "$sub --help shows its usage" "^usage: debrief $sub" "$out"
	is "$sub --help fits 80 columns" "" "$(printf '%s\n' "$out" | grep -E '^.{81,}')"
	run "$debrief" help "$sub"
	is "help $sub" 0 "$status"
done
run "$debrief" help do
for word in 'event add' 'cause move' 'why ID TEXT' 'override REASON' 'stage next'; do
	like "help do names $word" "$word" "$out"
done
run "$debrief" --version
like "--version" '^debrief [0-9]' "$out"
run "$debrief" version
like "version" '^debrief [0-9]' "$out"
refuses "help of nothing" 2 'no such command' "$debrief" help nope
run "$debrief" init --help
is "help makes nothing" "" "$(ls "$XDG_DATA_HOME")"

# The manual is made from what the program says of itself.
mkdir "$tmp/man"
try "the manual is made" sh "$root/man/generate.sh" "$debrief" "$tmp/man"
for word in 'event add' 'cause move' 'merge\\-file' 'keep\\-going'; do
	like "debrief(1) has $word" "$word" "$(cat "$tmp/man/debrief.1")"
done
for page in "$tmp"/man/*.[15]; do
	if command -v mandoc >/dev/null; then
		is "mandoc finds nothing wrong in $(basename "$page")" "" "$(mandoc -T lint -W warning "$page" 2>&1)"
	fi
done
