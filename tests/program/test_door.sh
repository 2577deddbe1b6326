#!/bin/sh
# Guests as debrief-join(7) has them: one key for all, a code and a name at the door, with a real sshd.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/sshd.sh"

user lena
lena=$user
key guest
start_sshd
settings guest
as "$lena" debrief init >/dev/null
name=$(as "$lena" debrief new --no-open "Checkout 5xx")
allow "$lena" guest "debrief door"

# Invitations.
refuses "invite needs names" 2 'names' as "$lena" debrief invite checkout
refuses "no guest leads" 2 'participant or observer' as "$lena" debrief invite --role facilitator checkout moss
run as "$lena" debrief invite --host "$lena@hq" checkout moss "Fern Wood"
is "a line a person" 2 "$(printf '%s\n' "$out" | grep -c -E "^ssh -t $lena@hq   code [0-9A-Z]{4}-[0-9A-Z]{4}   name ")"
code_of() { printf '%s\n' "$out" | sed -n "s/.*code \(.*\)   name $1\$/\1/p"; }
moss=$(code_of moss) fern=$(code_of "Fern Wood")
run as "$lena" debrief invite --list checkout
is "the list has names" "moss, participant
Fern Wood, participant" "$out"
is "and no code stands in any file" "" "$(grep -r -l -e "$moss" -e "$fern" "$tmp/homes/$lena" 2>/dev/null)"

# At the door.
tmux="tmux -S $tmp/tmux -f /dev/null"
has() { $tmux capture-pane -p -S - -t "$1" | grep -q -E -- "$2"; }
comes() { $tmux new-session -d -s "$1" -x 100 -y 30 "ssh -F $tmp/ssh/guest.config -tt $lena@hq ${2-}; echo ended \$?; sleep 100"; }
types() { $tmux send-keys -t "$1" -l "$2" && $tmux send-keys -t "$1" Enter; }
comes one
try "the door asks for the code" wait_for has one 'code\?'
types one "$moss"
try "and the name" wait_for has one 'name\?'
types one fern
try "a code is for one name alone" wait_for has one 'do not go together'
two_asked() { [ "$($tmux capture-pane -p -t one | grep -c 'code?')" = 2 ]; }
try "it asks again" wait_for two_asked
types one "$moss"
wait_for sh -c "$tmux capture-pane -p -t one | grep -c 'name?' | grep -q 2"
types one moss
try "the right ones are welcome" wait_for has one 'come back with the code'
back=$($tmux capture-pane -p -t one | sed -n 's/.*come back with the code \([0-9A-Z-]*\) .*/\1/p')
like "a fresh code" '^[0-9A-Z]{4}-[0-9A-Z]{4}$' "$back"
$tmux send-keys -t one Enter
try "and see a screen" wait_for has one ' live'
as "$lena" debrief watch checkout >"$tmp/watched" 2>/dev/null &
watcher=$!
try "with that name" wait_for grep -q '"name":"moss","role":"participant"' "$tmp/watched"
kill $watcher
refuses "which nobody else takes meanwhile" 1 '' as "$lena" debrief do --as moss checkout hand
run as "$lena" debrief invite --list checkout
like "the list knows" '^moss, participant, was here$' "$out"

# A used code, and what one asks for at the door, change nothing.
comes two "debrief show checkout"
wait_for has two 'code\?'
for i in 1 2 3; do
	asked() { [ "$($tmux capture-pane -p -t two | grep -c 'code?')" = $i ]; }
	wait_for asked
	types two "$moss"
	named() { [ "$($tmux capture-pane -p -t two | grep -c 'name?')" = $i ]; }
	wait_for named
	types two moss
done
try "a used code lets nobody in" wait_for has two 'ended 1'
refuses "no terminal, no door" 2 'ssh -t' over guest -T "$lena@hq"
comes three
wait_for has three 'code\?'
types three "$(echo "$back" | tr 'A-Z-' 'a-z ')"
wait_for has three 'name\?'
types three Moss
try "the fresh code lets back in" wait_for has three 'come back with the code'

# The end of it.
run as "$lena" debrief invite --cancel checkout
is "cancelled" "2 codes made worthless" "$out"
run as "$lena" debrief invite --list checkout
is "none is left" "" "$out"
comes four
wait_for has four 'code\?'
types four "$fern"
wait_for has four 'name\?'
types four "Fern Wood"
try "a cancelled code lets nobody in" wait_for has four 'do not go together'
$tmux kill-server
