#!/bin/sh
# Participants made of `do` and `watch`: secrets, votes, seats, roles, the room's other commands.
. "$(dirname "$0")/lib.sh"
begin "A room of scripts"
as() { # NAME COMMAND...: as that one
	who=$1
	shift
	run "$debrief" do "$name" --as "$who" "$@"
}
lead() { run "$debrief" do "$name" "$@"; }
ok() { # WHAT
	is "$1" "0 ok" "$status $out"
}
json() { "$debrief" show --json "$name" | jq -r "$1"; }

lead column add Quiet hidden=yes
lead column add Secret hidden=yes anonymous=yes
lead column add Open

# Hidden cards: a later call of the same person may edit, nobody else sees them.
"$debrief" watch "$name" --as wanda --role observer >"$tmp/watched" 2>"$tmp/watch.err" &
watcher=$!
wait_for grep -q '"ready"' "$tmp/watched" || wrong "watch joins" "$(cat "$tmp/watch.err")"
as fern card add Quiet "zebra crossing"
card=$out
like "a hidden card gets an id" '^[0-9a-z]{12}$' "$out"
as fern card set "$card" text="zebra crossing, twice"
ok "its author edits it in a later call"
refuses "for anybody else it is not there" 3 "$card" "$debrief" do "$name" --as moss card set "$card" text=mine
refuses "also for who leads" 3 "$card" "$debrief" do "$name" card remove "$card"
as fern card add Secret "quagga crossing"
anon=$out
as fern undo
ok "its author takes an anonymous one back"
as fern card add Secret "okapi crossing"
anon=$out
lead event add 2026-07-14T14:00:00Z "a mark in the stream"
mark=$out
try "watch prints what everybody sees" wait_for grep -q "$mark" "$tmp/watched"
is "and nothing of what is hidden" "" "$(grep -E 'zebra|quagga|okapi' "$tmp/watched")"
is "show says nothing of it" 0 "$(json '.cards | length')"
lead reveal
ok "reveal"
try "now watch has both" wait_for sh -c "grep -q zebra '$tmp/watched' && grep -q okapi '$tmp/watched'"
is "one has a name" 1 "$(json '[.cards[] | select(.by)] | length')"
lead reveal
ok "a reveal with nothing hidden"
as fern card claim "$anon"
ok "the author claims the other"
is "now both have a name" 2 "$(json '[.cards[] | select(.by)] | length')"
refuses "what is another's is not claimed" 1 'author' "$debrief" do "$name" --as moss card claim "$card"

# Votes.
refuses "no vote without a vote" 1 'no vote is open' "$debrief" do "$name" --as fern vote "$card"
refuses "participants open none" 1 'ask' "$debrief" do "$name" --as fern votes open 2
lead votes open 2 several=no on="$card,$anon"
ok "a vote opens"
as fern vote "$card"
ok "a vote"
refuses "one on an item" 1 'takes one on each' "$debrief" do "$name" --as fern vote "$card"
as fern vote "$anon"
ok "another vote"
as fern unvote "$anon"
ok "taken back"
as fern vote "$anon"
ok "given again"
refuses "a third of two" 1 'all 2 of your votes' "$debrief" do "$name" --as fern vote "$card"
as moss vote "$card"
ok "moss has votes too"

# Seats: people without a keyboard.
lead seat add Rosa "Ben Ali"
ok "two seats"
lead vote "$card" seat=1
ok "the first seat votes"
lead vote "$card" seat=ben
ok "the second, by its name"
refuses "a seat has its own budget" 1 'takes one on each' "$debrief" do "$name" vote "$card" seat=1
refuses "there is no third" 3 '1 Rosa, 2 Ben Ali' "$debrief" do "$name" vote "$card" seat=3
lead card add Open "on paper" seat=2
like "a paper card" '^[0-9a-z]{12}$' "$out"
is "is Ben's" "Ben Ali" "$(json '. as $d | .cards[] | select(.text == "on paper") | .by as $b | $d.people[] | select(.id == $b) | .name')"
refuses "seat next is for the screen" 2 'for the screen' "$debrief" do "$name" seat next
is "while it is open there are no totals" 0 "$(json '[.cards[].votes // 0] | add')"
lead votes close
ok "the vote closes"
is "the totals" "4 1" "$(json "[.cards[] | select(.id == \"$card\" or .id == \"$anon\")] | sort_by(-.votes) | map(.votes) | join(\" \")")"
is "no voter left a trace in watch" "" "$(grep -E '"ballots".*(fern|moss)' "$tmp/watched")"

# The rest of the room's words.
lead timer 5m
ok "timer"
lead timer +2m
ok "more of it"
lead timer stop
ok "no timer"
lead focus E1
ok "focus"
as moss hand
ok "a hand"
as moss hand done
ok "down again"
as moss ready
ok "ready"
as moss ready
ok "ready twice"
as moss pause
ok "a break is asked for"
as moss leave 4 5 "well led"
is "leave with two numbers" 0 "$status"
is "they have no name" "again:5 useful:4" "$(json '[.ratings[] | .question + ":" + (.value | tostring)] | sort | join(" ")')"
lead mute moss
ok "mute"
refuses "who is mute is silent" 1 'silent' "$debrief" do "$name" --as moss event add now x
lead mute moss
ok "no longer"
as moss question add "who pays?"
like "and may speak" '^[0-9a-z]{12}$' "$out"
lead lock
ok "lock"
lead unlock
ok "unlock"
lead give scribe fern
ok "give"
as fern votes open 1
ok "a scribe leads"
as fern votes close
ok "and closes"
refuses "nobody unknown gets the chair" 3 'nobody here' "$debrief" do "$name" give facilitator zebedee
lead experiment add "one node is enough"
run "$debrief" do "$name" --as wes --role observer abort "errors in checkout"
is "an observer stops the game day" 0 "$status"
is "the experiment is aborted" aborted "$(json '.experiments[0].result')"
is "and the timeline says why" 1 "$(json '[.events[] | select(.text == "stopped: errors in checkout")] | length')"
refuses "but changes nothing else" 1 'observer' "$debrief" do "$name" --as wes --role observer event add now x
kill -TERM $watcher
wait $watcher
is "watch ends well" 0 "$?"
is "its lines are JSON" "" "$(jq -c . "$tmp/watched" >/dev/null 2>"$tmp/jq" || cat "$tmp/jq")"
is "secrets are for their owner alone" "" "$(find "$XDG_STATE_HOME" -type f ! -perm 0600)"
