#!/bin/sh
# make bench-live: people together, debrief against tmux as the shared screen and against floors, in turns in one run.
# QUICK=1: fewer people, fewer turns. A few minutes.
set -u
cd "$(dirname "$0")/.." || exit 1
B=${B:-build}
work=$(mktemp -d "${TMPDIR:-/tmp}/debrief-bench.XXXXXX") || exit 1
host=
trap '[ -n "$host" ] && kill "$host" 2>/dev/null; rm -rf "$work"' EXIT
trap 'exit 1' INT TERM HUP
export HOME="$work" XDG_RUNTIME_DIR="$work" XDG_DATA_HOME="$work" XDG_CACHE_HOME="$work" XDG_STATE_HOME="$work"
export LC_ALL=C.UTF-8 GIT_CONFIG_NOSYSTEM=1 TMUX_TMPDIR="$work"
unset TMUX DEBRIEF_REPO DEBRIEF_RUNDIR 2>/dev/null
git config --global user.name bench
git config --global user.email bench@example.org
git config --global init.defaultBranch main
git config --global debrief.keys full
debrief=$PWD/$B/debrief
LIVE_PANE=$PWD/$B/bench/live_pane
export LIVE_PANE
load() { echo "load $(cut -d' ' -f1-3 /proc/loadavg), $(nproc) cores, stolen $(awk '$1 == "cpu" { print $9 }' /proc/stat) ticks"; }

# A fresh debrief and its host: $name, $event, $cause, $host.
begin() {
	"$debrief" init "$work/h" >/dev/null 2>&1
	name=$("$debrief" new --repo "$work/h" --no-open Bench | tail -n 1)
	event=$("$debrief" do --repo "$work/h" "$name" event add 2026-07-14T14:00 "one")
	i=0
	while [ $i -lt 8 ]; do
		i=$((i + 1))
		echo "event add 2026-07-14T13:0$i \"the queue of payments begins to grow, $i\""
		echo "cause add technical \"a condition that was there for a while, $i\""
	done | "$debrief" do --repo "$work/h" "$name" >"$work/ids"
	cause=$(tail -n 1 "$work/ids")
	"$debrief" host --repo "$work/h" "$name" 2>"$work/host.err" &
	host=$!
	tries=0
	until grep -q ready "$work/host.err" || [ $tries -gt 200 ]; do
		tries=$((tries + 1))
		sleep 0.05
	done
}
end() {
	kill "$host"
	wait "$host"
	host=
	rm -rf "$work/h"
}

screens() { # N TURNS
	begin
	LIVE_REDRAW="focus $event|focus $cause" \
		LIVE_REDRAW_SET="event set $event \"text=one %s\"|cause set $cause \"text=a condition %s\"" \
		"$B/bench/live_screens" "$debrief" "$work/h" "$name" "$event" "$host" "$1" "$2"
	end
}
sockets() { # WHAT N TURNS
	begin
	"$B/bench/live_sockets" "$work/h" "$name" "$host" "$1" "$2" "$3"
	end
}

if [ -n "${QUICK-}" ]; then
	people="2 10 50" turns=5 crowds="10 100" rounds=50 pads="50 100 200" seconds=2
else
	people="2 10 50 100 200" turns=9 crowds="10 50 100 200 500" rounds=200 pads="50 100 200 350 500" seconds=5
fi
load
echo "WHAT                                               ours     theirs   ratio"
for n in $people; do screens "$n" $turns; done
for n in $crowds; do sockets fan "$n" $rounds; done
sockets slow 50 $rounds
for n in 1 50; do sockets ops "$n" 5; done
for n in $pads; do sockets pad "$n" $seconds; done
load
