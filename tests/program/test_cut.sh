#!/bin/sh
# A screen here, the debrief behind ssh, and the line cut in mid-word fifty times: every word arrives once. Then the
# screen itself dies: the half-typed line is there when the person is back.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/sshd.sh"
CUTS=${CUTS:-50}

user lena
lena=$user
key lena
start_sshd
settings lena
allow "$lena" lena
as "$lena" debrief init >/dev/null
name=$(as "$lena" debrief new --no-open "Checkout 5xx")

tmux="tmux -S $tmp/tmux -f /dev/null"
has() { $tmux capture-pane -p -t fern | grep -q -F -- "$1"; }
opens() {
	$tmux new-session -d -s fern -x 100 -y 30 "exec env DEBRIEF_SSH='ssh -F $tmp/ssh/lena.config' HOME='$HOME' \
		XDG_STATE_HOME='$tmp/state' LC_ALL=C.UTF-8 TERM=xterm-256color '$debrief' join --as fern --full $lena@hq:checkout"
	screen=$($tmux list-panes -t fern -F '#{pane_pid}')
}
line=
another() { # ssh of the screen, other than the last: its number in $line
	read -r children <"/proc/$screen/task/$screen/children" || [ -n "$children" ] || return 1
	for line in $children; do
		read -r comm <"/proc/$line/comm" && [ "$comm" = ssh ] && [ "$line" != "$old" ] && return
	done
	return 1
} 2>/dev/null
types() { $tmux send-keys -t fern -l -- "$1"; }
opens
wait_for has 'live' || wrong "the screen opens" "$($tmux capture-pane -p -t fern)"

old= i=0 cuts=0
while [ $i -lt "$CUTS" ]; do
	i=$((i + 1))
	if ! wait_for another || ! wait_for has ' live'; then
		wrong "it comes back" "not after cut $cuts"
		break
	fi
	types "half a wo"
	kill -9 "$line" && cuts=$((cuts + 1))
	old=$line
	types "rd$i."
	$tmux send-keys -t fern Enter
done
is "the line was cut so often" "$CUTS" "$cuts"
all_there() { [ "$(as "$lena" debrief show --json checkout | jq '.events | length')" -ge "$CUTS" ]; }
try "every word arrives" wait_for all_there
wanted=$(i=0 && while [ $i -lt "$CUTS" ]; do i=$((i + 1)) && echo "half a word$i."; done | sort)
is "once, and whole" "$wanted" "$(as "$lena" debrief show --json checkout | jq -r '.events[].text' | sort)"

# The screen dies in mid-word.
old=
wait_for another
types "the other half a wo"
try "half a word" wait_for has 'the other half a wo'
sleep 0.5
kill -9 "$screen"
wait_for sh -c "! $tmux has-session -t fern"
opens
try "is there again" wait_for has 'the other half a wo'
$tmux kill-server 2>/dev/null
