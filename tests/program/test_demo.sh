#!/bin/sh
# The demo without a terminal: frames, a commit, the head of the file; and nothing left behind.
. "$(dirname "$0")/lib.sh"
mkdir "$tmp/tmp"
export TMPDIR="$tmp/tmp"
run "$debrief" demo --list
is "two incidents" "cloudflare-2019-07-02 gitlab-2017-01-31" "$(printf '%s\n' "$out" | tr '\n' ' ' | sed 's/ $//')"
run "$debrief" demo
is "demo" "0 " "$status $err"
like "four people write, hidden from each other" 'no word of a card is among them; fern sees 1 card, moss none' "$out"
like "a vote too many is refused" 'fern is told: all 2 of your votes are given' "$out"
is "all votes are counted" 6 "$(printf '%s\n' "$out" | sed -n 's/^ *| \([0-9]\) votes\{0,1\} .*/\1/p' | awk '{ n += $1 } END { print n }')"
is "nobody's name is on a card" 0 "$(printf '%s\n' "$out" | grep -c 'with a name')"
for view in agenda timeline fishbone actions; do
	like "it draws the $view" "^== $view" "$out"
done
like "it shows the git log" '^commit [0-9a-f]{40}' "$out"
like "and the file" '^  "format": "debrief/1",' "$out"
is "nothing is left behind" "" "$(ls -A "$tmp/tmp")"
is "no history was made" "" "$(ls -A "$XDG_DATA_HOME")"
is "no key and no secret is left" "" "$(ls -A "$XDG_STATE_HOME" 2>/dev/null)"
"$debrief" demo 2>/dev/null | head -n 3 >"$tmp/first"
is "nothing is left where nobody reads on" "" "$(wait_for sh -c "[ -z \"\$(ls -A '$tmp/tmp')\" ]"; ls -A "$tmp/tmp")"
run "$debrief" demo --no-colleagues
is "alone nobody speaks" 0 "$(printf '%s\n' "$out" | grep -c '^fern')"
run "$debrief" demo cloudflare
like "the short one" 'firewall' "$out"
is "nothing is left behind of it either" "" "$(ls -A "$tmp/tmp")"
refuses "an incident there is not" 3 'gitlab' "$debrief" demo nope
