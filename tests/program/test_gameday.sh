#!/bin/sh
# A game day from outside: signs to stop at in every pane, a stop by everybody on every screen, a second run, the file.
. "$(dirname "$0")/lib.sh"
begin -t game-day --minutes 30 "Cold keys"
json() { "$debrief" show "$name" --json | jq -r "$1"; }

run "$debrief" do "$name" experiment add "the origin stays under twice its load" abort_when="errors over 2 %,nobody answers" \
	rollback="flag off, keys warm"
first=$out
run "$debrief" do "$name" experiment add "the page reaches kit" rollback="page off"
second=$out
refuses "what does not run cannot be stopped" 1 "not running" "$debrief" do "$name" experiment stop "$first"
"$debrief" do "$name" experiment start "$first" >/dev/null
for view in agenda timeline fishbone actions board run projector console; do
	for size in 80x24 20x5; do
		run "$debrief" render "$name" --view $view --size $size
		like "$view $size: the signs" 'errors over' "$out"
	done
done
run "$debrief" do "$name" --as fern --role observer abort "errors over 2 %"
is "an observer stops it" 0 "$status"
run "$debrief" do "$name" abort
is "twice is once" "0 ok" "$status $out"
is "what ran is aborted, what was planned is still planned" "aborted null" "$(json '[.experiments[].result] | map(tostring) | join(" ")')"
is "one event says so" 1 "$(json '[.events[] | select(.text | startswith("stopped"))] | length')"
is "and nobody's name" "Lena Test" "$(json '[.people[].name] | join(",")')"
for view in agenda timeline fishbone actions board run projector console; do
	for size in 120x40 30x8; do
		run "$debrief" render "$name" --view $view --size $size
		like "$view $size: the way back" 'roll back +flag off' "$out"
	done
done
refuses "what was aborted runs no more" 1 "not running" "$debrief" do "$name" experiment stop "$first"
"$debrief" do "$name" experiment start "$second" >/dev/null
run "$debrief" render "$name" --view agenda --size 80x24
is "a new run ends the stop" "" "$(printf '%s' "$out" | grep ABORTED)"
"$debrief" do "$name" experiment stop "$second" >/dev/null
"$debrief" do "$name" experiment start "$first" >/dev/null
is "it runs again, without a result" null "$(json '.experiments[0].result')"
is "every start and stop is in the timeline" "Started,stopped,Started,Stopped,Started" \
	"$(json '[.events[] | .text | split(":")[0]] | join(",")')"
like "with its second" '^....-..-..T..:..:..Z$' "$(json '.events[-1].at')"
run "$debrief" render "$name" --view agenda --size 200x50
like "when again is asked" 'when again' "$out"

plain=$("$debrief" new --no-open "Checkout 5xx" 2>/dev/null)
refuses "where there is no game day nothing is stopped" 1 "no game day" "$debrief" do "$plain" abort

if ! command -v tmux >/dev/null; then
	good "no tmux here: no screens"
	exit
fi
mux() { tmux -S "$tmp/tmux" -f /dev/null "$@"; }
screen() { # NAME SIZE OPTIONS
	who=$1 size=$2
	shift 2
	mux new-session -d -s "$who" -x "${size%x*}" -y "${size#*x}" \
		"env DEBRIEF_REPO='$repo' HOME='$HOME' XDG_RUNTIME_DIR='$XDG_RUNTIME_DIR' XDG_STATE_HOME='$XDG_STATE_HOME' \
		'$debrief' join '$name' --as $who $*; sleep 100"
}
shows() { mux capture-pane -p -t "$1" | grep -q -E "$2"; }
screen moss 80x24
screen fern 60x12 --role observer
screen wall 80x24 --projector
screen kit 20x5
for who in moss fern kit; do try "$who sees the signs before coming in" wait_for shows $who 'errors over'; done
try "the wall sees them" wait_for shows wall 'errors over 2 %'
mux send-keys -t moss Enter
try "moss is in" wait_for shows moss 'enter adds'
mux send-keys -t moss 'a!!'
try "in a line it is text" wait_for shows moss '› a!!'
mux send-keys -t moss C-u
mux send-keys -t fern '!'
try "from the welcome it is asked" wait_for shows fern 'Stop the game day'
mux send-keys -t fern Escape
mux send-keys -t moss '!'
try "with simple keys it is asked" wait_for shows moss 'Stop the game day'
mux send-keys -t moss '!'
for who in moss fern kit wall; do try "$who sees the stop" wait_for shows $who 'ABORTED'; done
"$debrief" do "$name" experiment start "$first" >/dev/null
try "the wall sees the next run" wait_for shows wall 'errors over 2 %'
mux send-keys -t wall '!'
try "the wall may stop it too" wait_for shows wall 'Stop the game day'
mux send-keys -t wall '!'
try "and does" wait_for shows moss 'ABORTED'
mux kill-server
