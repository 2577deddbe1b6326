#!/bin/sh
# What the room is asked, an account of one's own, who stops a game day, who wants a break: every byte that leaves, or
# stays anywhere but in one's own hands.
#   moss answers, writes an account, stops and pauses; fern, the wall and the facilitator look on.
. "$(dirname "$0")/lib.sh"
begin -t game-day "Drill"
git -C "$repo" config debrief.report md
d() { "$debrief" do "$name" "$@"; }
m() { "$debrief" do "$name" --as moss "$@"; }
step=

absent() { # WHAT PATTERN FILE...: not one byte of it
	w=$1
	p=$2
	shift 2
	found=$(grep -l -a -E -- "$p" "$@" 2>/dev/null | head -n 3)
	if [ -z "$found" ]; then good "$step: $w"; else wrong "$step: $w" "/$p/ is in $found: $(grep -a -h -o -E -- ".{0,60}($p).{0,60}" $found | head -n 2)"; fi
}
present() { # WHAT PATTERN FILE
	if grep -q -a -E -- "$2" "$3"; then good "$step: $1"; else wrong "$step: $1" "no /$2/ in $3"; fi
}
bells=0
told() { # all watchers have everything up to here
	bells=$((bells + 1))
	d event add 2026-07-14T10:00 "bell $bells" >/dev/null || wrong "a bell" ""
	for w in lena fern wall; do
		wait_for grep -q "bell $bells\"" "$tmp/$w.watch" || wrong "$w hears bell $bells" ""
	done
}
all_bytes() { # all that others, or who finds the disk, could read
	told
	# Who is here is told to all; what they did is not.
	cat "$tmp/lena.watch" "$tmp/fern.watch" "$tmp/wall.watch" | grep -v '"here":' >"$tmp/sent.bytes"
	{
		git -C "$repo" cat-file --batch --batch-all-objects
		git -C "$repo" log --all --format='%an %ae %cn %ce %B'
		find "$repo" -path "$repo/.git/debrief" -prune -o -type f -exec cat {} +
	} >"$tmp/git.bytes" 2>/dev/null
	cat "$repo"/.git/debrief/*.journal* >"$tmp/journal.bytes" 2>/dev/null
	{
		"$debrief" show "$name"
		"$debrief" show --json "$name"
		for view in agenda timeline fishbone actions board run wall projector console welcome; do
			"$debrief" render "$name" --view $view --size 200x50
			"$debrief" render "$name" --view $view --size 80x24 --to ansi
			"$debrief" render "$name" --view $view --size 120x40 --to svg
		done
		for layout in ladder other outline list lanes; do
			"$debrief" render "$name" --layout $layout
		done
		"$debrief" render "$name" --size a4 --to svg
		"$debrief" log "$name"
		"$debrief" list
		printf 'who\nnews\nagenda\ntimeline\nquit\n' | TERM=dumb "$debrief" join "$name" --plain --as fern
	} >"$tmp/read.bytes" 2>&1
	for lock in "$repo"/.git/debrief/*.host; do
		pid=$(host_pid "$lock") && cat "/proc/$pid/environ" "/proc/$pid/cmdline"
	done >"$tmp/host.bytes"
	everything="$tmp/sent.bytes $tmp/git.bytes $tmp/journal.bytes $tmp/read.bytes $tmp/host.bytes"
}
ops() { cat "$tmp/lena.watch" "$tmp/fern.watch" "$tmp/wall.watch" | grep -c '^{"type":"op"'; }

d set day=2026-07-14 timezone=UTC >/dev/null || wrong "set" ""
d experiment add "plover stops" >/dev/null || wrong "experiment" ""
for w in lena fern wall; do
	case $w in
	lena) "$debrief" watch "$name" ;;
	fern) "$debrief" watch "$name" --as fern ;;
	wall) "$debrief" watch "$name" --as wall --role observer ;;
	esac >"$tmp/$w.watch" 2>"$tmp/$w.err" &
	eval "watch_$w=$!"
done
for w in lena fern wall; do
	wait_for grep -q '"ready"' "$tmp/$w.watch" || wrong "$w watches" "$(cat "$tmp/$w.err")"
done

step=account
told
before=$(ops)
m account add 14:03 "curlew was me" >/dev/null || wrong "account add" ""
m account add 14:04 "curlew again" >/dev/null || wrong "account add" ""
m account >"$tmp/own" || wrong "account" ""
is "nothing at all is sent of it" "$before" "$(ops)"
d save "with an account kept back" >/dev/null || wrong "save" ""
all_bytes
present "its author has it" 'curlew was me' "$tmp/own"
absent "and nobody and nothing else" 'curlew' $everything
m account release 1 >/dev/null || wrong "release" ""
all_bytes
present "what is released is for all" 'curlew was me' "$tmp/sent.bytes"
absent "what is not is for nobody" 'curlew again' $everything
m account drop 1 >/dev/null
absent "what is dropped is nowhere" 'curlew again' $everything "$(find "$XDG_STATE_HOME/debrief/accounts" -type f)"

# The account released is by moss, with a name; from here on nothing may have it.
step=ask
"$debrief" do "$name" --as rook event add 2026-07-14T11:00 "somebody else is here" >/dev/null
for s in one two three; do d seat add $s >/dev/null || wrong "seat" ""; done
d ask more >/dev/null || wrong "ask" ""
told
before=$(ops)
"$debrief" do "$name" --as nobody_knows answer yes >/dev/null || wrong "answer" ""
"$debrief" do "$name" --as nobody_knows answer no >/dev/null || wrong "answer again" ""
is "nothing at all is sent of an answer" "$before" "$(ops)"
d save "while it is asked" >/dev/null
all_bytes
absent "who answered is nowhere" 'nobody_knows' $everything
absent "no answer is in the history or read" '"answers"' "$tmp/git.bytes" "$tmp/read.bytes"
absent "nor sent" '"answers":..*(yes|no)"' "$tmp/sent.bytes"
kill -9 "$(host_pid "$(find "$repo/.git/debrief" -name '*.host')")"
"$debrief" do "$name" --as nobody_knows answer yes >/dev/null 2>&1
all_bytes
is "one place for one answer, after a kill too" 1 \
	"$(grep -a -o '"answers":\["[0-9a-z]* ' "$tmp/journal.bytes" | sort -u | wc -l)"
absent "nobody is named after a kill" 'nobody_knows' $everything
# On a slow machine the room's half minute may be over by now.
d ask stop >/dev/null 2>&1 || { d ask more && d ask stop; } >/dev/null || wrong "ask stop" ""
is "the key is gone when it is taken back" "" "$(find "$XDG_STATE_HOME/debrief/keys" -type f)"

step=pause
"$debrief" do "$name" --as sanderling pause >/dev/null || wrong "pause" ""
wait_for grep -q 'somebody asks for a break' "$tmp/fern.watch" || wrong "all hear that there is a wish for a break" ""
all_bytes
absent "who asked is nowhere" 'sanderling' $everything

step=abort
"$debrief" do "$name" --as sanderling abort "it burns" >/dev/null || wrong "abort" ""
all_bytes
present "all see that it was stopped" 'it burns|aborted' "$tmp/sent.bytes"
absent "who stopped it is nowhere" 'sanderling' $everything
is "nothing of it has an author" "" "$(grep '^{"type":"op"' "$tmp/fern.watch" | jq -r 'select(.op.do == "abort") | (.op.by // ""), (.op.at // "")' | tr -d '\n')"

step=twin
d vote E1 >/dev/null 2>&1
d set summary="Moss and Lena Test looked" >/dev/null
d save twin >/dev/null
md=$(find "$repo/debriefs" -name '*.md')
present "there is one" 'Drill' "$md"
absent "no names, no votes, no overrides" 'Lena Test|[Mm]oss|[Vv]ote|[Oo]verrid|out of time|sanderling|nobody_knows' "$md"

for w in lena fern wall; do eval "kill \$watch_$w 2>/dev/null"; done
wait
