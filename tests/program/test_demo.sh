#!/bin/sh
# The demo without a terminal: frames, a commit, the head of the file; and nothing left behind.
. "$(dirname "$0")/lib.sh"
mkdir "$tmp/tmp"
export TMPDIR="$tmp/tmp"
run "$debrief" demo --list
is "two incidents" "cloudflare-2019-07-02 gitlab-2017-01-31" "$(printf '%s\n' "$out" | tr '\n' ' ' | sed 's/ $//')"
run "$debrief" demo
is "demo" "0 " "$status $err"
for view in agenda timeline fishbone actions; do
	like "it draws the $view" "^== $view" "$out"
done
like "it shows the git log" '^commit [0-9a-f]{40}' "$out"
like "and the file" '^  "format": "debrief/1",' "$out"
is "nothing is left behind" "" "$(ls -A "$tmp/tmp")"
is "no history was made" "" "$(ls -A "$XDG_DATA_HOME")"
run "$debrief" demo cloudflare
like "the short one" 'firewall' "$out"
is "nothing is left behind of it either" "" "$(ls -A "$tmp/tmp")"
refuses "an incident there is not" 3 'gitlab' "$debrief" demo nope
