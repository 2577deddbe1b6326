#!/bin/sh
# Two hosts in one history, and fifty who want to start one at the same moment.
. "$(dirname "$0")/lib.sh"
begin "First"
first=$name
second=$("$debrief" new --no-open "Second")

host_of() { # WHICH: its pid, by the lock that carries its id
	id=$("$debrief" show --json "$1" | jq -r .id)
	host_pid "$repo/.git/debrief/$id.host"
}

# Both at once, with saves that meet in one git repository.
write_to() { # WHICH
	i=0
	while [ $i -lt 30 ]; do
		i=$((i + 1))
		echo "event add 2026-07-14T15:00 \"$1 $i\""
		[ $((i % 10)) = 0 ] && echo save
	done | "$debrief" do "$1" >"$tmp/did.$1" 2>"$tmp/did.err.$1"
}
write_to "$first" &
one=$!
write_to "$second" &
two=$!
wait $one
is "the first took all" 0 "$?"
wait $two
is "the second took all" 0 "$?"
like "the first has a host" '^[0-9]+$' "$(host_of "$first")"
like "the second has a host" '^[0-9]+$' "$(host_of "$second")"
if [ "$(host_of "$first")" != "$(host_of "$second")" ]; then good "each its own"; else wrong "each its own" ""; fi
for which in $first $second; do
	run "$debrief" save "$which"
	is "the last save of $which" 0 "$status"
	is "$which is whole" 30 "$(git -C "$repo" show "HEAD:$(git -C "$repo" ls-files | grep "$which")" | jq '.events | length')"
	is "nothing of the other is in $which" 0 \
		"$(git -C "$repo" show "HEAD:$(git -C "$repo" ls-files | grep "$which")" | jq -r '.events[].text' | grep -v -c "$which")"
done
is "git is content" "" "$(git -C "$repo" status --porcelain; git -C "$repo" fsck 2>&1 | grep -v -E '^(dangling|notice|Checking)')"

# One host is killed: the other does not notice.
before=$(host_of "$second")
kill -9 "$(host_of "$first")"
run "$debrief" do "$second" event add 2026-07-14T16:00 "not disturbed"
is "the other host goes on" "0 $before" "$status $(host_of "$second")"
run "$debrief" do "$first" event add 2026-07-14T16:00 "started anew"
is "the first is started anew" 0 "$status"
is "with all it had" 31 "$("$debrief" show --json "$first" | jq '.events | length')"

# Fifty at once where there is none.
n=50
if ldd "$debrief" | grep -q asan; then n=15; fi
third=$("$debrief" new --no-open "Third")
i=0
pids=
while [ $i -lt $n ]; do
	i=$((i + 1))
	"$debrief" do "$third" --as "starter $i" event add 2026-07-14T15:00 "start $i" >"$tmp/start.$i" 2>"$tmp/start.err.$i" &
	pids="$pids $!"
done
failed=0
for pid in $pids; do wait "$pid" || failed=$((failed + 1)); done
is "all who started one are served" 0 $failed
is "each is there once" "$n" "$("$debrief" show --json "$third" | jq '[.events[].text] | unique | length')"
hosts=0
for proc in /proc/[0-9]*; do
	[ "$(readlink "$proc/exe" 2>/dev/null)" = "$(readlink -f "$debrief")" ] || continue
	tr '\0' ' ' <"$proc/cmdline" 2>/dev/null | grep -q "host.*$third\|$third.*host" && hosts=$((hosts + 1))
done
is "by one host" 1 $hosts
