#!/bin/sh
# Bad input of every kind: a clear sentence, the right status, nothing lost.
. "$(dirname "$0")/lib.sh"

refuses "an unknown sub-command" 2 'no such command: nothing was changed: debrief --help lists them' "$debrief" frobnicate
refuses "an unknown option" 2 'no option --frob' "$debrief" list --frob
refuses "an option without its value" 2 'needs a value' "$debrief" do x --as
refuses "too many words" 2 'too much' "$debrief" save a b
refuses "too few words" 2 'debrief new TITLE' "$debrief" new
refuses "a color nobody knows" 2 'auto, always or never' "$debrief" list --color=pink
refuses "no terminal" 2 'terminal' "$debrief"
refuses "no history yet" 3 'debrief init' "$debrief" list
refuses "no history yet, for new" 3 'debrief init' "$debrief" new x
refuses "a history that is not one" 3 'debrief init' "$debrief" --repo "$tmp/home" list
refuses "a folder that is not there" 3 '' "$debrief" --repo "$tmp/nowhere" list
: >"$tmp/file"
run "$debrief" init "$tmp/file"
is "init on a file" 4 "$status"

begin "Bad input"
refuses "open without a terminal" 2 'debrief do' "$debrief" open "$name"
refuses "join without a terminal" 2 'debrief do' "$debrief" join "$name"
refuses "join of another machine" 2 'no terminal' "$debrief" join lena@host:x
refuses "no such debrief" 3 '' "$debrief" show nope
refuses "no such debrief, for do" 3 '' "$debrief" do nope confirm
refuses "no such debrief, for host" 3 '' "$debrief" host nope
refuses "no such revision" 3 '' "$debrief" show "$name@nope"
refuses "a template that is not there" 3 'incident' "$debrief" new -t nope x
refuses "minutes that are not there" 2 '10, 30, 60 or 90' "$debrief" new --minutes 45 x
refuses "an empty title" 1 'title' "$debrief" new ""
refuses "a title with an escape in it" 1 'title' "$debrief" new "$(printf 'a\033[31mb')"
refuses "a title that is not UTF-8" 1 'title' "$debrief" new "$(printf 'a\377b')"
refuses "a role nobody has" 2 'observer' "$debrief" do "$name" --role king confirm
refuses "an empty --as" 2 'name' "$debrief" do "$name" --as "" confirm
refuses "a view nobody has" 2 'fishbone' "$debrief" render "$name" --view nope
refuses "a layout nobody has" 2 'classic' "$debrief" render "$name" --layout nope
refuses "a theme nobody has" 2 'mono' "$debrief" render "$name" --theme nope
refuses "a size that is none" 2 'COLSxROWS' "$debrief" render "$name" --size 12
refuses "a size of nothing" 2 'COLSxROWS' "$debrief" render "$name" --size 0x10
refuses "an item to select that is not there" 3 'C99' "$debrief" render "$name" --select C99

before=$("$debrief" show --json "$name")
refuses "an unknown command" 2 'did you mean event' "$debrief" do "$name" evnt add now x
refuses "an unknown field" 2 'its fields are' "$debrief" do "$name" event add now x frob=1
refuses "an unknown choice" 1 'observation' "$debrief" do "$name" event add now x kind=frob
refuses "an unknown id" 3 'C7' "$debrief" do "$name" why C7 x
refuses "a bare time without a date" 1 'no date' "$debrief" do "$name" event add 23:27 x
refuses "an impossible date" 1 'no such day' "$debrief" do "$name" event add 2017-02-30T10:00 x
refuses "an impossible day" 1 'day' "$debrief" do "$name" set day=2017-02-30
refuses "a zone nobody has" 1 'Europe/Berlin' "$debrief" do "$name" set timezone=Mars/Base
refuses "a set of the status" 1 'close' "$debrief" do "$name" set status=closed
refuses "a set of what the host gives" 1 'host' "$debrief" do "$name" event add now x number=4
refuses "quit" 2 'screen' "$debrief" do "$name" quit
refuses "an escape in a text" 1 'text' "$debrief" do "$name" event add now "$(printf 'a\033]0;x\007')"
refuses "a bidirectional override" 1 'text' "$debrief" do "$name" event add now "$(printf 'a\342\200\256b')"
refuses "broken UTF-8" 1 'UTF-8' "$debrief" do "$name" event add now "$(printf 'a\300\257')"
refuses "a text over its limit" 1 '16384' "$debrief" do "$name" event add now "$(head -c 16385 /dev/zero | tr '\0' x)"
refuses "a line over its limit" 1 '500' "$debrief" do "$name" category add "$(head -c 501 /dev/zero | tr '\0' x)"
refuses "an observer changes nothing" 1 'observer' "$debrief" do "$name" --as eve --role observer event add now x
refuses "a participant does not close" 1 'facilitator' "$debrief" do "$name" --as kit --role participant close
is "nothing was changed by all that" "$before" "$("$debrief" show --json "$name")"

"$debrief" do "$name" set timezone=Europe/Berlin >/dev/null
refuses "a time in a gap names both offsets" 1 '\+01:00.*\+02:00' "$debrief" do "$name" event add 2026-03-29T02:30 x
refuses "a time in an overlap names both offsets" 1 '\+02:00.*\+01:00' "$debrief" do "$name" event add 2026-10-25T02:30 x
run "$debrief" do "$name" event add 2026-10-25T02:30+01:00 "said with its offset"
is "said with its offset it is one moment" 0 "$status"

# A script stops at the first refusal, with its line; --keep-going goes on; the status is the first one's.
feed "$debrief" do "$name" <<'LINES'
event add 2026-07-14T10:00 one

evnt add 10:01 two
event add 10:02 three
LINES
is "stops at the first refusal" "2 1" "$status $(printf '%s\n' "$out" | wc -l)"
like "and says the line" '^debrief: line 3: ' "$err"
feed "$debrief" do "$name" --keep-going <<'LINES'
why C9 nothing
evnt add 10:01 two
event add 10:02 three
agree C9
LINES
is "--keep-going goes on, the first refusal counts" "3 1" "$status $(printf '%s\n' "$out" | wc -l)"
is "each refusal is said" "1 2 4" "$(printf '%s\n' "$err" | sed -n 's/^debrief: line \([0-9]*\): .*/\1/p' | tr '\n' ' ' | sed 's/ $//')"
printf 'event add 10:05 "nul \0 byte"\n' | feed "$debrief" do "$name"
is "a NUL byte in a script" 1 "$(cd "$tmp" && printf 'event add 10:05 "nul \0 byte"\n' | "$debrief" do "$name" >/dev/null 2>&1; echo $?)"
printf 'event add 10:06 "no newline at the end"' | "$debrief" do "$name" >"$tmp/out" 2>&1
like "a last line without a newline counts" '^[0-9a-z]{12}$' "$(cat "$tmp/out")"
printf 'event add 10:07 windows\r\n' | "$debrief" do "$name" >"$tmp/out" 2>&1
like "so does one from another system" '^[0-9a-z]{12}$' "$(cat "$tmp/out")"

# Standard output that takes nothing.
if [ -c /dev/full ]; then
	"$debrief" list >/dev/full 2>"$tmp/err"
	is "a full standard output" 4 "$?"
	"$debrief" do "$name" event add 10:08 "answered to nobody" >/dev/full 2>"$tmp/err"
	is "a full standard output, for do" 4 "$?"
	like "says that it is done" 'is done' "$(cat "$tmp/err")"
fi

# Starts that fit several.
"$debrief" new --no-open "Twin one" >/dev/null
"$debrief" new --no-open "Twin two" >/dev/null
refuses "an ambiguous start" 2 'twin-one.*twin-two|twin-two.*twin-one' "$debrief" show twin
is "nothing was begun by refusals" 3 "$("$debrief" list | wc -l)"

# Closed.
refuses "override without a gate" 1 '' "$debrief" do "$name" override "why not"
run "$debrief" do "$name" close
is "close is refused while its marks are open" 1 "$status"
run "$debrief" do "$name" override "a test"
is "override passes" "0 ok" "$status $out"
is "it is closed" closed "$("$debrief" show --json "$name" | jq -r .status)"
is "the reason is kept" "close: a test" "$("$debrief" show --json "$name" | jq -r '.overrides[0]')"
refuses "a closed one takes no event" 1 'closed' "$debrief" do "$name" event add now x
run "$debrief" do "$name" reopen
is "reopen" "0 ok" "$status $out"

# A history that cannot be written (root writes everywhere).
if [ "$(id -u)" != 0 ]; then
	chmod -R a-w "$repo/.git"
	refuses "a history that is read-only" 4 '' "$debrief" new x
	chmod -R u+w "$repo/.git"
fi
mkdir "$tmp/sha256"
git init -q --object-format=sha256 "$tmp/sha256" 2>/dev/null && {
	run "$debrief" --repo "$tmp/sha256" list
	is "a repository of another format" 4 "$status"
}

# A file edited by hand into nonsense blocks the save, and nothing else.
"$debrief" do "$name" save >/dev/null
path=$(git -C "$repo" ls-files debriefs | head -n 1)
echo '{ "format": "debrief/1", "id": ' >"$repo/$path"
run "$debrief" do "$name" event add 2026-07-14T12:00 "still works"
is "a broken file does not stop the work" 0 "$status"
run "$debrief" save "$name"
is "it stops the save" 1 "$status"
like "which names the file" "$(basename "$path")" "$err"
is "the broken file is left alone" '{ "format": "debrief/1", "id": ' "$(cat "$repo/$path")"
git -C "$repo" checkout -q -- "$path"
run "$debrief" save "$name"
is "put right, it saves" 0 "$status"
is "and what was added is there" "still works" "$(git -C "$repo" show "HEAD:$path" | jq -r '.events[] | select(.text == "still works") | .text')"
