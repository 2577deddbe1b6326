#!/bin/sh
# Undo and redo without a limit: three hundred steps back and on, over the death of the host in the middle.
. "$(dirname "$0")/lib.sh"
identity
"$debrief" init "$repo" >/dev/null 2>&1
export DEBRIEF_REPO="$repo"
name=$("$debrief" new --no-open "Many steps" 2>/dev/null | tail -n 1)
n=300

repeat() { # N LINE
	i=0
	while [ $i -lt "$1" ]; do
		echo "$2"
		i=$((i + 1))
	done
}
causes() { "$debrief" show "$name" --json | grep -c '"text": "cause '; }
die() {
	for lock in "$repo"/.git/debrief/*.host; do
		pid=$(host_pid "$lock") && kill -9 "$pid" 2>/dev/null
	done
}
is() { # WANTED GOT TEXT
	if [ "$1" = "$2" ]; then
		echo "ok - $3"
	else
		echo "not ok - $3: $2, not $1"
		bad=1
	fi
}

{
	echo "category add Steps"
	i=0
	while [ $i -lt $n ]; do
		i=$((i + 1))
		echo "cause add Steps 'cause $i'"
	done
} | "$debrief" do "$name" >/dev/null
is $n "$(causes)" "$n causes are there"
repeat $((n / 2)) undo | "$debrief" do "$name" >/dev/null
is $((n / 2)) "$(causes)" "half of them are taken back"
die
repeat $((n / 2)) undo | "$debrief" do "$name" >/dev/null
is 0 "$(causes)" "a new host takes back the rest"
die
repeat $n redo | "$debrief" do "$name" >/dev/null
is $n "$(causes)" "and another brings all of them back"
is "cause $n" "$("$debrief" show "$name" --json | sed -n 's/.*"text": "\(cause [0-9]*\)".*/\1/p' | tail -n 1)" "in their order"
finish
