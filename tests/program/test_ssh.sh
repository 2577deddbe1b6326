#!/bin/sh
# Joining by ssh as debrief-join(7) says, with a real sshd: the screen there, the screen here, a noisy login.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/sshd.sh"

user lena
lena=$user
key lena
start_sshd
settings lena
allow "$lena" lena
DEBRIEF_SSH="ssh -F $tmp/ssh/lena.config"
export DEBRIEF_SSH
as "$lena" debrief init >/dev/null || wrong "init" "$?"
name=$(as "$lena" debrief new --no-open "Checkout 5xx")
like "a debrief in her account" '^20.*-checkout-5xx-' "$name"

# The screen there.
tmux="tmux -S $tmp/tmux -f /dev/null"
screen_has() { $tmux capture-pane -p -t "$1" | grep -q -E -- "$2"; }
$tmux new-session -d -s there -x 100 -y 30 "ssh -F $tmp/ssh/lena.config -tt $lena@hq debrief join --as moss checkout; echo ended; sleep 100"
try "ssh -t shows a screen" wait_for screen_has there ' live'
run over lena "$lena@hq" 'debrief do checkout cause add Technical "all keys expire at once"'
like "do goes through ssh" '^[0-9a-z]{12}$' "$out"

# The screen here, over a login that prints what nobody asked for.
printf 'echo "Welcome to hq!"; printf "no end of line"\n' >"$tmp/homes/$lena/.bashrc"
$tmux new-session -d -s here -x 100 -y 30 "env DEBRIEF_SSH='$DEBRIEF_SSH' HOME='$HOME' XDG_STATE_HOME='$tmp/state' LC_ALL=C.UTF-8 TERM=xterm-256color $debrief join --as fern --full $lena@hq:checkout; echo ended; sleep 100"
try "HOST:WHICH shows a screen" wait_for screen_has here 'Checkout 5xx'
run over lena "$lena@hq" 'debrief do checkout event add 2026-07-14T14:02:11Z "flag on in all regions"'
$tmux send-keys -t here 2
try "what is added there is seen here" wait_for screen_has here 'flag on in all'
ssh_of_here() { # the ssh that the screen started, by its parent
	pane=$($tmux list-panes -t here -F '#{pane_pid}')
	for dir in /proc/[0-9]*; do
		[ "$(readlink "$dir/exe" 2>/dev/null)" = "$(readlink -f "$(command -v ssh)")" ] || continue
		parent=$(awk '{ print $4 }' "$dir/stat" 2>/dev/null)
		[ "$parent" = "$pane" ] || [ "$(awk '{ print $4 }' "/proc/$parent/stat" 2>/dev/null)" = "$pane" ] || continue
		echo "${dir#/proc/}"
	done | head -n 1
}
old=$(ssh_of_here)
try "ssh is its child" test -n "$old"
kill -9 "$old"
another_ssh() { new=$(ssh_of_here) && [ -n "$new" ] && [ "$new" != "$old" ]; }
try "a cut line is taken up again" wait_for another_ssh
run over lena "$lena@hq" 'debrief do checkout event add 2026-07-14T14:03:11Z "after the cut"' 
try "and the screen goes on" wait_for screen_has here 'after the cut'

# What goes wrong is said.
$tmux new-session -d -s wrong -x 120 -y 10 "env DEBRIEF_SSH='$DEBRIEF_SSH' HOME='$HOME' XDG_STATE_HOME='$tmp/state' LC_ALL=C.UTF-8 TERM=xterm-256color $debrief join --as fern $lena@hq:nowhere; echo ended \$?; sleep 100"
try "no such debrief there: it says so" wait_for screen_has wrong 'hq: .*nowhere'
try "with its exit status" wait_for screen_has wrong 'ended 3'
$tmux kill-server 2>/dev/null
