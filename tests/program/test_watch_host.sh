#!/bin/sh
# Several processes share one debrief: watch, a host in the foreground, two writers.
. "$(dirname "$0")/lib.sh"
begin "Shared"
"$debrief" do "$name" set day=2026-07-14 timezone=UTC >/dev/null

"$debrief" watch "$name" --as wanda --role observer >"$tmp/watched" 2>"$tmp/watch.err" &
watcher=$!
wait_for grep -q '"ready"' "$tmp/watched" || wrong "watch joins" "$(cat "$tmp/watch.err")"
run "$debrief" do "$name" event add 14:00 "seen by all"
id=$out
try "watch prints it" wait_for grep -q "$id" "$tmp/watched"
is "each line is JSON" "" "$(jq -c . "$tmp/watched" >/dev/null 2>"$tmp/jq" || cat "$tmp/jq")"
kill -TERM $watcher
wait $watcher
is "watch ends well when told to" 0 "$?"
"$debrief" watch "$name" | head -n 1 >"$tmp/first"
like "watch ends when nobody reads" '^\{' "$(cat "$tmp/first")"

"$debrief" host "$name" >"$tmp/host.out" 2>"$tmp/host.err" &
host=$!
try "a host in the foreground takes over" wait_for grep -q ready "$tmp/host.err"
lock=$(find "$repo/.git/debrief" -name '*.host')
is "the lock names it" "$host" "$(host_pid "$lock")"
run "$debrief" do "$name" event add 14:01 "through the foreground"
is "commands go to it" 0 "$status"
refuses "a second host in the foreground" 1 '' "$debrief" host "$name"
run "$debrief" show --json "$name"
is "show asks it" 2 "$(printf '%s' "$out" | jq '.events | length')"
run "$debrief" list
like "list says that it is live" 'live' "$out"
run "$debrief" join
like "join alone names it" "$name" "$out"
kill -TERM $host
wait $host
is "it ends when told to" 0 "$?"
run "$debrief" show --json "$name"
is "all is kept" 2 "$(printf '%s' "$out" | jq '.events | length')"

# Two at once.
for who in kit moss; do
	i=0
	while [ $i -lt 100 ]; do
		i=$((i + 1))
		echo "event add 15:00 \"$who $i\""
	done | "$debrief" do "$name" --as $who >"$tmp/$who" 2>"$tmp/$who.err" &
done
wait
is "two writers, all answered" "100 100" "$(wc -l <"$tmp/kit") $(wc -l <"$tmp/moss")"
run "$debrief" show --json "$name"
is "all there" 202 "$(printf '%s' "$out" | jq '.events | length')"
is "numbers once each" 202 "$(printf '%s' "$out" | jq '[.events[].number] | unique | length')"
is "both are people now" "kit moss" "$(printf '%s' "$out" | jq -r '.people[].name' | grep -E 'kit|moss' | sort | tr '\n' ' ' | sed 's/ $//')"
is "the watcher is none" "" "$(printf '%s' "$out" | jq -r '.people[].name' | grep wanda)"

# Several debriefs at once.
second=$("$debrief" new --no-open "Second")
run "$debrief" do "$second" event add 2026-07-14T10:00 x
is "another debrief has a host of its own" 2 "$(find "$repo/.git/debrief" -name '*.host' | wc -l)"
