#!/bin/sh
# An account of one's own is nobody else's until it is released, line by line.
. "$(dirname "$0")/lib.sh"
identity
"$debrief" init "$repo" >/dev/null 2>&1
DEBRIEF_REPO=$repo
export DEBRIEF_REPO
name=$("$debrief" new --no-open "Checkout 5xx" | tail -n 1)
run "$debrief" do "$name" set day=2026-07-14 timezone=Europe/Berlin

run "$debrief" do "$name" account add 14:05 "I saw the graph, and was not sure"
is "a line is kept" 0 "$status"
like "and it says for whom" 'for you alone' "$out"
run "$debrief" do "$name" account add 2026-07-14T14:01:30 the deploy looked fine
run "$debrief" do "$name" account
like "it is listed to its author, by time" '^1.2026-07-14 14:01.the deploy looked fine' "$out"
run "$debrief" do "$name" --as moss account
is "and to nobody else" '' "$out"
refuses "a time that cannot be read keeps nothing" 2 "noonish" "$debrief" do "$name" account add noonish saw
refuses "what is not said so" 2 "account release" "$debrief" do "$name" account publish 1
refuses "a line that is not there" 3 "it has 2" "$debrief" do "$name" account drop 9
run "$debrief" save "$name"
run sh -c 'grep -rla "not sure\|looked fine" "$1" "$2"; :' sh "$repo" "$XDG_RUNTIME_DIR"
is "nothing of it is in the history, the journal or beside the host" '' "$out"
is "the file is one's own" 600 "$(find "$XDG_STATE_HOME/debrief/accounts" -type f -exec stat -c %a {} +)"
run "$debrief" do "$name" account release 1
is "a line is released" 0 "$status"
is "it is an event, and an account" 'the deploy looked fine account' \
	"$("$debrief" show "$name" --json | jq -r '.events[] | "\(.text) \(.certainty)"')"
run "$debrief" do "$name" account
like "the other one is still private" '^1.2026-07-14 14:05.I saw the graph' "$out"
run "$debrief" do "$name" account release all
is "its time is of the zone it was written in" '2026-07-14T12:05:00Z minute' \
	"$("$debrief" show "$name" --json | jq -r '.events[1] | "\(.at) \(.precision)"')"
run "$debrief" do "$name" account
is "nothing is private any more" '' "$out"
run "$debrief" do "$name" account add now "one more"
run "$debrief" do "$name" account drop 1
is "what is dropped is gone" '' "$("$debrief" do "$name" account)"
