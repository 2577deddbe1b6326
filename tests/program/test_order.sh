#!/bin/sh
# A hundred watchers get every change, in one order.
. "$(dirname "$0")/lib.sh"
begin "Watched"
"$debrief" do "$name" set day=2026-07-14 timezone=UTC >/dev/null
n=100
if ldd "$debrief" | grep -q asan; then n=20; fi # each costs much more there

i=0
while [ $i -lt $n ]; do
	i=$((i + 1))
	"$debrief" watch "$name" --as "watcher $i" --role observer >"$tmp/watch.$i" 2>"$tmp/watch.err.$i" &
	echo $! >>"$tmp/pids"
done
in_all() { # PATTERN
	[ "$(grep -l -e "$1" "$tmp"/watch.[0-9]* | wc -l)" = $n ]
}
try "all of them are in" wait_for in_all '"type":"ready"'

pids=
for who in kit moss ada; do
	i=0
	while [ $i -lt 40 ]; do
		i=$((i + 1))
		echo "event add 15:00 \"$who $i\""
	done | "$debrief" do "$name" --as $who >"$tmp/did.$who" 2>"$tmp/did.err.$who" &
	pids="$pids $!"
done
for pid in $pids; do wait "$pid"; done
is "three write at once, all answered" "40 40 40" \
	"$(wc -l <"$tmp/did.kit") $(wc -l <"$tmp/did.moss") $(wc -l <"$tmp/did.ada")"
run "$debrief" do "$name" event add 16:00 "the last"
try "all have the last" wait_for in_all "$out"

# The changes as "FILE NUMBER CID", of all of them.
grep -o -e '"cid":"[^"]*","seq":[0-9]*' "$tmp"/watch.[0-9]* | sed 's/.*watch\.\([0-9]*\):"cid":"\([^"]*\)","seq":/\1 \2 /' \
	>"$tmp/orders"
sed -n 's/^1 //p' "$tmp/orders" >"$tmp/order.1"
is "the first got each once" 121 "$(tail -n 121 "$tmp/order.1" | sort -u | wc -l)"
is "numbers follow each other" "" "$(awk 'NR > 1 && $2 != before + 1 { print } { before = $2 }' "$tmp/order.1")"
is "all got the same in the same order" "" "$(tail -n 121 "$tmp/order.1" | awk -v n=$n '
	NR == FNR { want[NR] = $1; number[NR] = $2; first = NR == 1 ? $2 : first; next }
	$3 >= first { if ($2 != want[++got[$1]] || $3 != number[got[$1]]) print "watcher", $1, "at", $3 }
	END { for (i = 1; i <= n; i++) if (got[i] != 121) print "watcher", i, "has", got[i] }' - "$tmp/orders")"
while read -r pid; do kill -TERM "$pid"; done <"$tmp/pids"
bad_ends=0
while read -r pid; do wait "$pid" || bad_ends=$((bad_ends + 1)); done <"$tmp/pids"
is "all end well" 0 $bad_ends
