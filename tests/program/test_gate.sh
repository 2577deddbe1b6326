#!/bin/sh
# Named people on one account: authorized_keys as debrief-join(7) has it, with a real sshd.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/sshd.sh"

user lena
lena=$user
for who in moss fern kit ann; do key $who; done
start_sshd
for who in moss fern kit ann; do settings $who; done
as "$lena" debrief init >/dev/null
name=$(as "$lena" debrief new --no-open "Checkout 5xx")
other=$(as "$lena" debrief new --no-open "Another one")
allow "$lena" moss "debrief gate --as moss"
allow "$lena" fern "debrief gate --as fern --role observer"
allow "$lena" kit "debrief gate --as kit --only checkout"
allow "$lena" ann "debrief gate --as ann --role facilitator"

run over moss "$lena@hq" 'debrief do checkout event add 2026-07-14T14:02:11Z "flag on"'
like "do passes" '^[0-9a-z]{12}$' "$out"
run over moss "$lena@hq" "debrief do $other event add 2026-07-14T14:02:11Z x"
is "without --only it is any of the history" 0 "$status"
printf 'cause add Technical "slow"\n' >"$tmp/commands"
feed over moss "$lena@hq" "/usr/local/bin/debrief do checkout" <"$tmp/commands"
like "commands from standard input pass" '^[0-9a-z]{12}$' "$out"
run as "$lena" debrief show --json checkout
like "they are moss's" '"moss"' "$(printf '%s' "$out" | jq -c '[.causes[].by, .events[].by, .people[].name]')"

refuses "an observer changes nothing" 1 'observer' over fern "$lena@hq" 'debrief do checkout event add now x'
over fern "$lena@hq" debrief watch checkout >"$tmp/watched" 2>/dev/null </dev/null &
watcher=$!
try "watch passes" wait_for grep -q '"ready"' "$tmp/watched"
like "as who the key says" '"you":"fern","role":"observer"' "$(grep welcome "$tmp/watched")"
kill $watcher

# By relay, as a client on another machine does: the pin holds whatever the hello says.
says() { # KEY HELLO: what the host answers through the relay
	{
		printf '%s\n' "$2"
		n=0
		while [ $n -lt 100 ] && ! grep -q -E 'welcome|bye' "$tmp/relayed"; do
			n=$((n + 1))
			sleep 0.05
		done
	} | over "$1" -T "$lena@hq" debrief relay checkout 2>/dev/null >"$tmp/relayed"
	cat "$tmp/relayed"
}
: >"$tmp/relayed"
said=$(says moss '{"type":"hello","version":1,"name":"moss","want":"join"}')
like "a relay says what it is" "^debrief-relay 1 [0-9a-z]{12} $name moss$" "$said"
like "moss is moss" '"you":"moss"' "$said"
: >"$tmp/relayed"
said=$(says moss '{"type":"hello","version":1,"name":"lena","want":"join"}')
like "moss is not lena" '"bye"' "$said"
is "and not let in as her" "" "$(printf '%s' "$said" | grep welcome)"
: >"$tmp/relayed"
said=$(says moss '{"type":"hello","version":1,"name":"moss","role":"facilitator","want":"join"}')
is "nor as the facilitator" "" "$(printf '%s' "$said" | grep '"facilitator"')"
: >"$tmp/relayed"
said=$(says moss '{"type":"pin","name":"lena","role":"facilitator"}
{"type":"hello","version":1,"name":"lena","want":"join"}')
is "nor with a pin of its own" "" "$(printf '%s' "$said" | grep welcome)"
refuses "a step of the facilitator is not moss's" 1 '' over moss "$lena@hq" debrief do checkout stage next

run over ann "$lena@hq" debrief do checkout stage next
is "but of who is let in as one" 0 "$status"

# One debrief.
run over kit "$lena@hq" 'debrief do checkout event add 2026-07-14T14:03:00Z y'
is "--only lets that one through" 0 "$status"
refuses "and no other" 1 'for one debrief' over kit "$lena@hq" "debrief do $other event add 2026-07-14T14:03:00Z y"
refuses "not by relay either" 1 'for one debrief' over kit "$lena@hq" "debrief relay $other"

# Nothing else.
for words in 'sh -c id' 'debrief --repo /etc do x y' 'id; debrief join' 'debrief join --as lena' 'debrief join "x'; do
	refuses "refused: $words" 2 '' over moss "$lena@hq" "$words"
done
run over moss -s "$lena@hq" sftp
is "no sftp" 2 "$status"
run over moss -T "$lena@hq"
like "without a command and a terminal: what is live" "^$name$" "$out"
refuses "a join without a terminal is told how" 2 'terminal' over moss -T "$lena@hq" debrief join checkout
