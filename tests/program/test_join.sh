#!/bin/sh
# join alone, join by name, and what it does not do.
. "$(dirname "$0")/lib.sh"
begin "Checkout 5xx"
first=$name
second=$("$debrief" new --no-open "Slow search")

refuses "nothing is live" 3 'nothing is live' "$debrief" join
"$debrief" watch "$first" >"$tmp/one" 2>/dev/null &
one=$!
"$debrief" watch "$second" >"$tmp/two" 2>/dev/null &
two=$!
wait_for grep -q '"ready"' "$tmp/one"
wait_for grep -q '"ready"' "$tmp/two"
run "$debrief" join
is "what is live is listed" "$(printf '%s\n%s\n' "$first" "$second" | sort)" "$(printf '%s\n' "$out" | sort)"
refuses "no terminal" 2 'no terminal' "$debrief" join "$first"
refuses "no such debrief" 3 'nowhere' "$debrief" join nowhere
refuses "no such role" 2 'no role' "$debrief" do "$first" --role king hand
refuses "a projector is no console" 2 'projector' "$debrief" join --projector --console "$first"
refuses "a host is no option" 2 'HOST:WHICH' "$debrief" join -- '-oProxyCommand=id:x'
refuses "nothing is started when restricted" 1 'no program is started' "$debrief" --restricted join hq:x

tmux="tmux -S $tmp/tmux -f /dev/null"
has() { $tmux capture-pane -p -t "$1" | grep -q -E -- "$2"; }
starts() { $tmux new-session -d -s "$1" -x 100 -y 30 "env DEBRIEF_REPO='$repo' HOME='$HOME' XDG_RUNTIME_DIR='$XDG_RUNTIME_DIR' \
	XDG_STATE_HOME='$tmp/state' LC_ALL=C.UTF-8 TERM=xterm-256color '$debrief' $2; echo ended \$?; sleep 100"; }
starts ask "join --as moss"
try "on a terminal it asks" wait_for has ask 'which\?'
$tmux send-keys -t ask no-such Enter
try "what is none is refused" wait_for has ask 'ended [23]'
starts again "join --as moss"
wait_for has again 'which\?'
number=$($tmux capture-pane -p -t again | awk -v n="$second" '$2 == n { print $1 }')
$tmux send-keys -t again "$number" Enter
try "a number opens that one" wait_for grep -q '"moss"' "$tmp/two"
starts leaves "join"
wait_for has leaves 'which\?'
$tmux send-keys -t leaves Enter
try "nothing leaves" wait_for has leaves 'ended 0'
kill $one
id=$("$debrief" show --json "$first" | jq -r .id)
kill "$(host_pid "$repo/.git/debrief/$id.host")" # it would stay for a minute
try "one is left" wait_for sh -c "! '$debrief' join | grep -q '$first'"
starts only "join --as fern"
wait_for has only 'which.*1\]'
$tmux send-keys -t only Enter
try "nothing opens the only one" wait_for grep -q '"fern"' "$tmp/two"
kill $two

# Where ssh is another program.
printf '#!/bin/sh\necho "$@" >"%s/args"\necho "no route to that" >&2\nexit 255\n' "$tmp" >"$tmp/myssh"
chmod +x "$tmp/myssh"
$tmux new-session -d -s far -x 150 -y 10 "env DEBRIEF_SSH='$tmp/myssh -p 2222' HOME='$HOME' LC_ALL=C.UTF-8 TERM=xterm-256color '$debrief' join --as moss lena@hq:checkout; echo ended \$?; sleep 100"
try "what ssh says is told" wait_for has far 'no route to that'
try "nothing was there" wait_for has far 'ended 3'
is "its words" "-p 2222 -T -o ServerAliveInterval=15 -o ServerAliveCountMax=3 -- lena@hq debrief relay checkout" "$(cat "$tmp/args")"
$tmux kill-server
