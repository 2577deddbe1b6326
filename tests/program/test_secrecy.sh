#!/bin/sh
# Every byte that leaves, or stays anywhere but in the author's own hands: no hidden text before the reveal, no author
# of an anonymous card ever, no voter ever.
#   moss writes without a name only; rook writes hidden cards with a name; fern, wall and the facilitator look on.
. "$(dirname "$0")/lib.sh"
# A host outlives who starts it, by ssh with the words in its environment.
SSH_ORIGINAL_COMMAND="debrief do quiet card add Quiet 'plover one'"
export SSH_ORIGINAL_COMMAND
begin "Quiet"
d() { "$debrief" do "$name" "$@"; }
step=

op_lines() { # WATCH: what it was sent of changes
	grep '^{"type":"op"' "$1"
}
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
git_bytes() {
	{
		git -C "$repo" cat-file --batch --batch-all-objects
		git -C "$repo" log --all --format='%an %ae %cn %ce %B' -p
		cat "$repo/.git/index"
	} >"$tmp/git.bytes" 2>/dev/null
	find "$repo" -path "$repo/.git" -prune -o -type f -exec cat {} + >"$tmp/tree.bytes"
	# Everything git keeps but the journal's own folder.
	find "$repo/.git" -path "$repo/.git/debrief" -prune -o -type f -exec cat {} + >"$tmp/gitdir.bytes"
}
reading_bytes() { # what anybody, its author too, gets from the commands that read
	{
		"$debrief" show "$name"
		"$debrief" show --json "$name"
		for view in timeline fishbone board; do
			"$debrief" render "$name" --view $view --size 200x50
		done
		"$debrief" list
		"$debrief" log "$name"
		"$debrief" diff "$name" HEAD
	} >"$tmp/reading.bytes" 2>&1
}
host_bytes() {
	for lock in "$repo"/.git/debrief/*.host; do
		pid=$(host_pid "$lock") && cat "/proc/$pid/environ" "/proc/$pid/cmdline"
	done >"$tmp/host.bytes"
}
journal_bytes() {
	cat "$repo"/.git/debrief/*.journal* >"$tmp/journal.bytes" 2>/dev/null
}
bells=0
told() { # all watchers have everything up to here
	bells=$((bells + 1))
	d event add 2026-07-14T10:00 "bell $bells" >/dev/null || wrong "a bell" ""
	for w in lena fern wall; do
		wait_for grep -q "bell $bells\"" "$tmp/$w.watch" || wrong "$w hears bell $bells" ""
	done
}

d column add Quiet hidden=yes anonymous=yes >"$tmp/ids"
d column add Named hidden=yes >>"$tmp/ids"
d column add Open anonymous=yes >>"$tmp/ids"
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
others="$tmp/lena.watch $tmp/fern.watch $tmp/wall.watch"
told

nothing_hidden() { # STEP
	step=$1
	told
	git_bytes
	reading_bytes
	host_bytes
	present "the journal keeps it" 'plover one' "$tmp/journal.bytes"
	absent "nobody else is sent a text" 'plover|curlew' $others
	absent "nobody else is sent an id" "$one|$two|$named" $others
	absent "no object of git has it" 'plover|curlew' "$tmp/git.bytes" "$tmp/gitdir.bytes"
	absent "no file has it" 'plover|curlew' "$tmp/tree.bytes"
	absent "no command that reads shows it" 'plover|curlew' "$tmp/reading.bytes"
	absent "no id either" "$one|$two|$named" "$tmp/git.bytes" "$tmp/tree.bytes" "$tmp/reading.bytes"
	present "the host's process can be read" 'XDG_STATE_HOME' "$tmp/host.bytes"
	absent "the host's process says nothing" 'plover|curlew' "$tmp/host.bytes"
	absent "who wrote is nobody in the file" 'moss|rook' "$tmp/git.bytes" "$tmp/tree.bytes"
	journal_bytes
	absent "the journal has no name beside it" 'moss' "$tmp/journal.bytes"
}

# Writing.
cat $others >"$tmp/before"
one=$("$debrief" do "$name" --as moss card add Quiet "plover one")
two=$("$debrief" do "$name" --as moss card add Quiet "plover two, much longer than the first")
"$debrief" do "$name" --as moss card set "$two" text="plover two" >/dev/null
named=$("$debrief" do "$name" --as rook card add Named "curlew with a name")
gone=$("$debrief" do "$name" --as moss card add Quiet "plover gone")
"$debrief" do "$name" --as moss card remove "$gone" >/dev/null
is "the ids come back" 3 "$(echo "$one $two $named" | wc -w)"
cat $others >"$tmp/after"
is "nothing at all is sent of a change" "$(op_lines "$tmp/before" | wc -l)" "$(op_lines "$tmp/after" | wc -l)"
journal_bytes
nothing_hidden writing
is "others have no card" 0 "$("$debrief" show --json "$name" | jq '.cards | length')"

# The author has it, with the secret, at any later time; a name alone has nothing.
"$debrief" watch "$name" --as moss >"$tmp/moss.watch" 2>/dev/null &
watch_moss=$!
wait_for grep -q '"ready"' "$tmp/moss.watch"
present "the author has it" 'plover one' "$tmp/moss.watch"
absent "and not what others wrote" 'curlew' "$tmp/moss.watch"
kill $watch_moss
wait $watch_moss 2>/dev/null
XDG_STATE_HOME=$tmp/elsewhere "$debrief" watch "$name" --as moss >"$tmp/thief.watch" 2>/dev/null &
watch_thief=$!
wait_for grep -q '"ready"' "$tmp/thief.watch"
absent "a name proves nothing" 'plover' "$tmp/thief.watch"
kill $watch_thief
wait $watch_thief 2>/dev/null
run env XDG_STATE_HOME="$tmp/elsewhere" "$debrief" do "$name" --as moss card set "$one" text=mine
is "nor may it change anything" 3 "$status"

# In mid-writing: a stage change, a save, an edit, the next host.
d stage next >/dev/null 2>&1 || d override "out of time" >/dev/null
nothing_hidden "stage change"
d save "in mid-writing" >/dev/null
nothing_hidden saved
lock=$(find "$repo/.git/debrief" -name '*.host')
kill -9 "$(host_pid "$lock")"
"$debrief" do "$name" --as moss card set "$one" text="plover one, later" >/dev/null || wrong "its author goes on" ""
nothing_hidden "after a kill"
"$debrief" do "$name" --as moss undo >/dev/null || wrong "its author undoes" ""

run d close
is "close waits for the reveal" 1 "$status"

# Without a name, but in the open.
open=$("$debrief" do "$name" --as moss card add Open "sanderling for all")
told
step="in the open"
present "all have it" 'sanderling' "$tmp/fern.watch"
journal_bytes
op_lines "$tmp/fern.watch" >"$tmp/ops"
absent "without a name" 'moss' "$tmp/ops" "$tmp/journal.bytes"
like "and without a time" '"at":null|^[^@]*$' "$(grep sanderling "$tmp/ops" | jq -c 'select(.op.at != null) | "@"')"

# The reveal.
step=reveal
d reveal >/dev/null || wrong "reveal" ""
told
d save revealed >/dev/null
git_bytes
reading_bytes
journal_bytes
present "all have it now" 'plover two' "$tmp/wall.watch"
present "the file has it" 'plover two' "$tmp/tree.bytes"
absent "what was removed never shows" 'plover gone' $others "$tmp/git.bytes" "$tmp/tree.bytes" "$tmp/reading.bytes"
absent "what was replaced never shows" 'much longer' $others "$tmp/git.bytes" "$tmp/tree.bytes" "$tmp/reading.bytes"
for w in lena fern wall; do op_lines "$tmp/$w.watch"; done >"$tmp/ops"
absent "nobody is told who wrote" 'moss' "$tmp/ops" "$tmp/git.bytes" "$tmp/tree.bytes" "$tmp/journal.bytes" "$tmp/reading.bytes"
present "where there is a name, it is told" 'rook' "$tmp/tree.bytes"
is "the key is gone" "" "$(find "$XDG_STATE_HOME/debrief/keys" -type f)"
is "its author may still edit it" 0 "$("$debrief" do "$name" --as moss card set "$one" text="plover one, edited" >/dev/null; echo $?)"
is "others' names are refused it" 1 "$("$debrief" do "$name" --as fern card set "$one" text=mine >/dev/null 2>&1; echo $?)"

# Votes.
step=votes
d votes open 3 >/dev/null || wrong "votes open" ""
told
for w in lena fern wall; do op_lines "$tmp/$w.watch"; done | wc -l >"$tmp/count.before"
for i in 1 2 3; do "$debrief" do "$name" --as moss vote "$one" >/dev/null || wrong "vote $i" ""; done
run "$debrief" do "$name" --as moss vote "$one"
is "three votes of three" "1 all" "$status $(echo "$err" | grep -o all | head -n 1)"
for w in lena fern wall; do op_lines "$tmp/$w.watch"; done | wc -l >"$tmp/count.after"
same "nobody is told of a vote" "$tmp/count.before" "$tmp/count.after"
"$debrief" do "$name" --as fern vote "$two" >/dev/null
told
journal_bytes
git_bytes
reading_bytes
absent "no voter anywhere" 'moss' "$tmp/journal.bytes" "$tmp/git.bytes" "$tmp/tree.bytes" "$tmp/reading.bytes"
absent "nobody else has a ballot" "ballots.*$one" "$tmp/lena.watch" "$tmp/fern.watch" "$tmp/wall.watch"
absent "no vote is in a file" '"ballots"' "$tmp/git.bytes" "$tmp/tree.bytes" "$tmp/reading.bytes"
kill -9 "$(host_pid "$lock")"
run "$debrief" do "$name" --as moss vote "$two"
is "not by another host either" 1 "$status"
d votes close >/dev/null || wrong "votes close" ""
is "the totals" 3 "$("$debrief" show --json "$name" | jq --arg id "$one" '.cards[] | select(.id == $id).votes')"
is "the key is gone again" "" "$(find "$XDG_STATE_HOME/debrief/keys" -type f)"

# The end.
step=closed
d close >/dev/null 2>"$tmp/err" || {
	d override "out of time" >/dev/null 2>"$tmp/err" || wrong "close" "$(cat "$tmp/err")"
}
git_bytes
reading_bytes
is "no journal is left" "" "$(find "$repo/.git/debrief" -name '*.journal*')"
is "no key is left" "" "$(find "$XDG_STATE_HOME/debrief/keys" -type f)"
absent "nobody is named" 'moss' "$tmp/git.bytes" "$tmp/gitdir.bytes" "$tmp/tree.bytes" "$tmp/reading.bytes"
find "$repo" -type f -exec cat {} + >"$tmp/all.bytes"
absent "in no file of the history at all" 'moss|much longer|plover gone' "$tmp/all.bytes"
for w in lena fern wall; do
	eval "kill \$watch_$w 2>/dev/null"
	op_lines "$tmp/$w.watch"
done >"$tmp/ops"
absent "nor in anything that was sent" 'moss|much longer|plover gone' "$tmp/ops"
wait
