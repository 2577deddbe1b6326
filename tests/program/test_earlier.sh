#!/bin/sh
# What the history remembers for a new debrief: look-alikes, open actions of earlier ones, and whether what is done held.
. "$(dirname "$0")/lib.sh"
begin "Checkout 5xx after deploy"
first=$name
is "the first one reminds of nothing" "" "$(cat "$tmp/err")"
"$debrief" do "$first" <<'END' >/dev/null
set services=checkout tags=deploy,retry
action add "Alert on queue age" owner=sre
action add "Canary the payment config" owner=pay due=2020-01-02
action add "Old promise"
action add "Proved one"
action set A3 status=done
action set A4 status=done proof=drill
END
other=$("$debrief" new --no-open "Search index lag" 2>"$tmp/err")
is "open actions are told of whatever the kind" "debrief: 2 open actions of earlier debriefs: debrief actions --for $other" "$(cat "$tmp/err")"
is "what is done is asked about only where it looks alike" "0" "$("$debrief" actions --for "$other" | grep -c 'did it hold')"
"$debrief" do "$other" action add Elsewhere >/dev/null
run "$debrief" new --no-open "Checkout slow"
second=$out
like "its name alone is on standard output" '^....-..-..-checkout-slow-....$' "$out"
is "the hint" "debrief: 3 open actions of earlier debriefs, 1 looks alike: debrief actions --for $second" "$err"
run "$debrief" actions --for "$second"
is "overdue first, then open, then done without a proof, then those of others" "0 A2 A1 A3 A1" \
	"$status $(printf '%s\n' "$out" | awk '{ print $2 }' | tr '\n' ' ' | sed 's/ $//')"
like "the overdue one" "^$first +A2 +2020-01-02  overdue +pay +Canary the payment config\$" "$out"
like "the one that is done is asked about" 'Old promise  \(did it hold\?\)' "$out"
is "JSON" "overdue false false false" \
	"$("$debrief" actions --for "$second" --json | jq -r 'map(if .overdue then "overdue" else "false" end) | join(" ")')"
run "$debrief" actions --for "$second" --overdue
is "those overdue alone, and a status" "1 1" "$status $(printf '%s\n' "$out" | wc -l)"
run "$debrief" list --like "$second"
like "look-alikes, with why" "^$first +open +title's word checkout\$" "$out"
is "a line each" 1 "$(printf '%s\n' "$out" | wc -l)"
"$debrief" do "$other" set services=checkout >/dev/null
"$debrief" do "$second" set services=checkout >/dev/null
is "a service is enough, saved or not" 2 "$("$debrief" list --like "$second" | wc -l)"
is "and its actions come" 1 "$("$debrief" actions --for "$second" | grep -c Elsewhere)"
is "look-alikes as JSON" "service checkout" \
	"$("$debrief" list --like "$second" --json | jq -r ".[] | select(.name == \"$other\") | .why")"
run "$debrief" new --no-open --again "$first"
again=$out
is "what went on into it is not told again" 0 "$("$debrief" actions --for "$again" | grep -c -E 'Canary|queue age')"
like "an action says where it was carried from" "^$again .*Canary the payment config  \\(from $first\\)\$" "$("$debrief" actions)"
is "and there alone" 1 "$("$debrief" actions | grep -c 'Canary the payment')"
is "in JSON too" "$("$debrief" show --json "$first" | jq -r .id)" \
	"$("$debrief" actions --json | jq -r ".[] | select(.debrief == \"$again\" and .number == 1) | .carried_from")"
refuses "no such debrief" 3 "nothing" "$debrief" actions --for no-such-one
refuses "nor to be like" 3 "nothing" "$debrief" list --like no-such-one
mkdir -p "$repo/debriefs/2019/01"
echo '{' >"$repo/debriefs/2019/01/2019-01-01-checkout-broken-aaaa.json"
git -C "$repo" add debriefs/2019 && git -C "$repo" commit -qm broken
run "$debrief" list --like "$second"
is "one that cannot be read is passed over" "0 3" "$status $(printf '%s\n' "$out" | wc -l)"
like "and named" 'checkout-broken-aaaa.json cannot be read' "$err"
refuses "a sitting needs a terminal" 2 "no terminal" "$debrief" open "$second" --decide
is "and moves nothing without one" prepare "$("$debrief" show --json "$second" | jq -r .stage)"
"$debrief" do "$second" action add "Two people for flags" >/dev/null
"$debrief" do "$second" later 2030-01-01 >/dev/null
if ! command -v tmux >/dev/null; then
	good "no tmux here: no sitting"
	exit
fi
mux() { tmux -S "$tmp/tmux" -f /dev/null "$@"; }
sees() { mux capture-pane -p -t prepares | grep -q -E "$1"; }
third=$("$debrief" new --no-open "Checkout again" 2>/dev/null)
is "what was carried on the same day is told once" 1 "$("$debrief" actions --for "$third" | grep -c Canary)"
home_has() { mux capture-pane -p -t home | grep -q -E "$1"; }
mux new-session -d -s home -x 100 -y 40 \
	"env DEBRIEF_REPO='$repo' HOME='$HOME' XDG_RUNTIME_DIR='$XDG_RUNTIME_DIR' '$debrief'; sleep 100"
try "home has what is due" wait_for home_has 'OPEN ACTIONS.*LAST|A[0-9]+ .*Canary'
is "and tells what was carried once too" 1 "$(mux capture-pane -p -t home | grep -c '^ . A[0-9]* .*Canary')"
mux new-session -d -s prepares -x 100 -y 30 \
	"env DEBRIEF_REPO='$repo' HOME='$HOME' XDG_RUNTIME_DIR='$XDG_RUNTIME_DIR' '$debrief' open '$third'; sleep 100"
try "who prepares is shown what is open" wait_for sees 'carry over: Canary'
try "and asked whether what is done held" wait_for sees 'did it hold\? Old promise'
try "and what looks alike" wait_for sees 'looks alike'
n=0
until sees '►[0-9]* +yes, it held' || [ $n -ge 20 ]; do
	mux send-keys -t prepares Down
	n=$((n + 1))
	sleep 0.05
done
mux send-keys -t prepares Enter
try "how we know is typed" wait_for sees '› held .* yes'
mux send-keys -t prepares "seen in the drill" Enter
held() { "$debrief" show --json "$first" | jq -r '.actions[] | select(.text == "Old promise") | .proof' | grep -q "^held, seen in the drill ($third)$"; }
try "it is kept where the action is" wait_for held
is "and asked no more" 0 "$("$debrief" actions --for "$third" | grep -c 'Old promise')"
mux send-keys -t prepares ":earlier" Enter
try "the list comes again" wait_for sees 'carry over: Canary'
mux send-keys -t prepares Enter
carried() { "$debrief" show --json "$third" | jq -e '.actions[] | select(.carried_from != null)' >/dev/null; }
try "enter carries one over" wait_for carried
mux kill-session -t prepares
tmux -S "$tmp/tmux" -f /dev/null new-session -d -s sits -x 100 -y 30 \
	"env DEBRIEF_REPO='$repo' HOME='$HOME' XDG_RUNTIME_DIR='$XDG_RUNTIME_DIR' '$debrief' open '$second' --decide; echo ended \$?; sleep 100"
shown() { tmux -S "$tmp/tmux" capture-pane -p -t sits | grep -q -E '(20:00|19:[0-9][0-9])'; }
try "a sitting has its clock" wait_for shown
is "and begins at the actions" actions "$("$debrief" show --json "$second" | jq -r .stage)"
tmux -S "$tmp/tmux" kill-server
