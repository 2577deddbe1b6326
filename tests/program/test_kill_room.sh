#!/bin/sh
# kill -9 of the host in the middle of what the whole room does: asking, answering, a reveal, a vote, a save, an abort.
# What was answered is there afterwards, once; what was not is there wholly or not at all.
. "$(dirname "$0")/lib.sh"
begin -t game-day "Kill the room"
d() { "$debrief" do "$name" "$@"; }
d set day=2026-07-14 timezone=UTC >/dev/null || wrong "set" ""
lock=$(find "$repo/.git/debrief" -name '*.host')
see() { "$debrief" show --json "$name" | jq -r "$1"; }

# struck COMMAND...: it runs while its host is killed; its answer in $status
struck() {
	"$debrief" do "$name" "$@" >"$tmp/out" 2>"$tmp/err" &
	job=$!
	kills=0
	while kill -0 $job 2>/dev/null && [ $kills -lt 4 ]; do
		pid=$(host_pid "$lock") && kill -9 "$pid" 2>/dev/null
		kills=$((kills + 1))
	done
	wait $job
	status=$?
	err=$(cat "$tmp/err")
	out=$(cat "$tmp/out")
}

for i in 1 2 3; do d seat add "seat$i" >/dev/null || wrong "seat" ""; done
d column add Hidden hidden=yes anonymous=yes >/dev/null || wrong "column" ""
column=Hidden
for i in 1 2 3; do
	struck --as moss card add $column "plover $i"
	is "card $i is answered through the kill" 0 "$status"
done
struck ask more
is "the room is asked" 0 "$status"
struck --as moss answer yes
is "an answer is taken" 0 "$status"
struck --as moss answer no
is "and replaced" 0 "$status"
pid=$(host_pid "$lock") && kill -9 "$pid"
is "nothing hidden is shown by a kill" 0 "$(see '.cards | length')"
struck reveal
is "a reveal is answered" 0 "$status"
is "each card is there, once" "plover 1 plover 2 plover 3" "$(see '.cards[].text' | sort | tr '\n' ' ' | sed 's/ $//')"
struck votes open 3
is "a vote is opened" 0 "$status"
card=$(see '.cards[0].id')
struck --as moss vote "$card"
is "a vote is given" 0 "$status"
struck votes close
is "a vote is closed" 0 "$status"
is "it is counted once" 1 "$(see ".cards[] | select(.id == \"$card\").votes")"
struck save "in the middle of it"
is "a save is answered" 0 "$status"
try "git fsck --strict" git -C "$repo" fsck --strict
struck --as rook abort "it burns"
is "an abort is answered" 0 "$status"
is "it is told once" 1 "$(see '.events[].text' | grep -c 'it burns')"
d account add 14:01 "kept through all of it" >/dev/null || wrong "account" ""
struck account release 1
is "a line is released" 0 "$status"
is "it is there, once" 1 "$(see '.events[].text' | grep -c 'kept through')"
is "and no longer private" "" "$(d account)"
d save >/dev/null || wrong "save" ""
is "the file has all of it" "3 1" "$(jq -r '"\(.cards | length) \([.events[] | select(.text | test("it burns"))] | length)"' "$(find "$repo/debriefs" -name '*.json')")"

# A disk without room: an account says so, and keeps what it had.
d account add 14:02 "one before" >/dev/null || wrong "account" ""
file=$(find "$XDG_STATE_HOME/debrief/accounts" -type f)
cp "$file" "$tmp/before"
err=$(sh -c 'ulimit -f 0; trap "" XFSZ; exec "$0" do "$1" account add 14:03 "one too many"' "$debrief" "$name" 2>&1)
is "no room is told" 4 "$?"
like "and what is kept" 'as it was' "$err"
same "and nothing is lost" "$tmp/before" "$file"
