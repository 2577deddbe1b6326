#!/bin/sh
# kill -9 of the host between commands and in the middle of a script: what was answered is there, once.
. "$(dirname "$0")/lib.sh"
begin "Kill it"
"$debrief" do "$name" set day=2026-07-14 timezone=UTC >/dev/null || wrong "set" ""
lock=$(find "$repo/.git/debrief" -name '*.host')

is "a host runs in the background" 1 "$(host_pid "$lock" | wc -l)"
n=0
while [ $n -lt 6 ]; do
	n=$((n + 1))
	run "$debrief" do "$name" event add 14:0$n "event $n"
	printf '%s\n' "$out" >>"$tmp/answered"
	pid=$(host_pid "$lock") && kill -9 "$pid"
done
run "$debrief" show --json "$name"
is "every answered event is there" "$(sort "$tmp/answered")" "$(printf '%s' "$out" | jq -r '.events[].id' | sort)"

# A script runs while its host is killed again and again.
: >"$tmp/ids"
i=0
while [ $i -lt 300 ]; do
	i=$((i + 1))
	echo "event add 15:00 \"scripted $i\""
done >"$tmp/script"
"$debrief" do "$name" <"$tmp/script" >"$tmp/ids" 2>"$tmp/err" &
job=$!
kills=0
wait_for test -s "$tmp/ids"
while kill -0 $job 2>/dev/null && [ $kills -lt 8 ]; do
	pid=$(host_pid "$lock") && kill -9 "$pid" 2>/dev/null && kills=$((kills + 1))
	lines=$(wc -l <"$tmp/ids")
	wait_for sh -c "[ \$(wc -l <'$tmp/ids') -gt $((lines + 10)) ] || ! kill -0 $job"
done
wait $job
status=$?
is "the script goes on when its host is killed ($kills times)" "0 " "$status $(cat "$tmp/err")"
is "every line was answered" 300 "$(wc -l <"$tmp/ids")"
run "$debrief" show --json "$name"
is "every answered one is there" "" "$(printf '%s' "$out" | jq -r '.events[].id' | sort >"$tmp/there"; sort "$tmp/ids" | comm -23 - "$tmp/there")"
is "each once" 300 "$(printf '%s' "$out" | jq -r '.events[] | select(.text | startswith("scripted")) | .text' | sort -u | wc -l)"
is "and no other" 306 "$(printf '%s' "$out" | jq '.events | length')"
run "$debrief" save "$name"
is "it can be saved" 0 "$status"
try "git fsck --strict" git -C "$repo" fsck --strict
