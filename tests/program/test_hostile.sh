#!/bin/sh
# Hundreds of connections that mean no good, while one who works does not notice.
. "$(dirname "$0")/lib.sh"
begin "Besieged"
"$debrief" do "$name" set day=2026-07-14 timezone=UTC >/dev/null
"$debrief" host "$name" 2>"$tmp/host.err" &
host=$!
wait_for grep -q ready "$tmp/host.err" || wrong "the host runs" "$(cat "$tmp/host.err")"
socket=$(sed -n 3p "$(find "$repo/.git/debrief" -name '*.host')")
try "the siege is built" "${CC:-cc}" -O1 -D_GNU_SOURCE -o "$tmp/siege" "$root/tests/program/siege.c"

rss() { sed -n 's/^VmRSS:[^0-9]*\([0-9]*\).*/\1/p' "/proc/$host/status"; }
work() { # FILE
	i=0
	while [ $i -lt 100 ]; do
		i=$((i + 1))
		echo "event add 14:00 \"honest work $i\""
	done | "$debrief" do "$name" --as moss --role participant >"$1" 2>"$1.err"
}

try "the work is done in peace" work "$tmp/peace"
"$tmp/siege" "$socket" 200 >"$tmp/siege.out" 2>&1 &
siege=$!
"$debrief" watch "$name" --as fern --role observer >"$tmp/watched" 2>"$tmp/watch.err" &
watcher=$!
try "somebody joins in the middle of it" wait_for grep -q '"type":"ready"' "$tmp/watched"
before=$(rss)
try "the work is done under siege" work "$tmp/war"
try "and once more" work "$tmp/war2"
after=$(rss)
is "each change was answered" "100 100" "$(wc -l <"$tmp/war") $(wc -l <"$tmp/war2")"
last=$(tail -n 1 "$tmp/war2")
try "who watches has seen the last" wait_for grep -q "$last" "$tmp/watched"
kill -TERM $siege
wait $siege
like "hundreds were there" '^[0-9]{3,}$' "$(cat "$tmp/siege.out")"
if ldd "$debrief" | grep -q asan; then
	good "memory is not looked at under the address sanitizer"
elif [ $((after - before)) -lt 65536 ]; then
	good "the host did not grow"
else
	wrong "the host did not grow" "$before KB, then $after KB"
fi
if [ "$host" = "$(host_pid "$(find "$repo/.git/debrief" -name '*.host')")" ]; then
	good "it is the same host"
else
	wrong "it is the same host" "$(tail -n 60 "$tmp/host.err")"
fi
out=$("$debrief" show --json "$name")
is "all of the work is there" 300 "$(printf '%s' "$out" | jq '.events | length')"
is "and none of theirs" "" "$(printf '%s' "$out" | jq -r '.people[].name' | grep mallory)"
kill -TERM $watcher
wait $watcher
kill -TERM $host
wait $host
is "the host ends well" 0 "$?$(grep -m 1 -A 20 ERROR "$tmp/host.err")"
