#!/bin/sh
# From nothing to a commit: init, new, do, save, show, list, log.
. "$(dirname "$0")/lib.sh"
identity

run "$debrief" init "$repo"
is "init makes a history" 0 "$status"
try "it is a git repository" git -C "$repo" rev-parse --git-dir
like "its attributes name the merge driver" 'debriefs/\*\*/\*\.json.*merge=debrief' "$(cat "$repo/.gitattributes")"
run "$debrief" init "$repo"
is "init twice changes nothing" 0 "$status"
is "the work tree is clean" "" "$(git -C "$repo" status --porcelain)"

export DEBRIEF_REPO="$repo"
run "$debrief" new "Checkout 5xx, 38 % of orders"
is "new works without a terminal" 0 "$status"
name=$(printf '%s\n' "$out" | tail -n 1)
like "new prints the name as its last line" '^[0-9]{4}-[0-9]{2}-[0-9]{2}-checkout-5xx-38-of-orders-[0-9a-z]{4}$' "$name"
is "new leaves no host" "" "$(find "$repo/.git/debrief" -name '*.host' -exec sh -c 'flock -n "$1" true || echo "$1"' sh {} \;)"

run "$debrief" do "$name" set day=2026-07-14 timezone=UTC
is "set answers ok" ok "$out"
run "$debrief" do "$name" event add 14:02 "deploy begins" kind=change
like "event add prints an id" '^[0-9a-z]{12}$' "$out"
event=$out
run "$debrief" do "$name" event add +7m "p99 page, sent to the old rota"
like "a relative time counts from the last event" '^[0-9a-z]{12}$' "$out"
run "$debrief" show --json "$name"
is "show --json works before a save" 0 "$status"
is "its first event" "$event" "$(printf '%s' "$out" | jq -r '.events[0].id')"
is "is at its minute" "2026-07-14T14:02:00Z minute" "$(printf '%s' "$out" | jq -r '.events[0] | .at + " " + .precision')"
is "the second is seven minutes later" "2026-07-14T14:09:00Z" "$(printf '%s' "$out" | jq -r '.events[1].at')"
is "nothing is committed yet" "" "$(git -C "$repo" log --oneline -- debriefs)"

feed "$debrief" do "$name" <<'LINES'
# a comment

cause add Technical "cold cache" evidence=E2
   # another
why C1 "no warm-up step"
action add "warm the cache" causes=C1 owner=web due=2026-12-01 done_when="a cold node takes traffic"
agree C1
LINES
is "a script runs" 0 "$status"
is "one line a command, none for comments and blanks" 4 "$(printf '%s\n' "$out" | wc -l)"
is "the last answer is ok" ok "$(printf '%s\n' "$out" | tail -n 1)"

run "$debrief" save "$name" -m "The first hour"
is "save" 0 "$status"
path=$(git -C "$repo" ls-files debriefs)
is "one file is committed" "debriefs/$(echo "$name" | cut -c1-4)/$(echo "$name" | cut -c6-7)/$name.json" "$path"
git -C "$repo" show "HEAD:$path" >"$tmp/head.json"
"$debrief" show --json "$name" >"$tmp/show.json"
same "show --json is what was committed, byte for byte" "$tmp/head.json" "$tmp/show.json"
same "the work tree has it too" "$repo/$path" "$tmp/show.json"
is "git status is clean" "" "$(git -C "$repo" status --porcelain)"
is "the message is the subject" "The first hour" "$(git -C "$repo" log -1 --format=%s)"
is "the author is git's" "Lena Test" "$(git -C "$repo" log -1 --format=%an)"
try "git fsck --strict" git -C "$repo" fsck --strict
run "$debrief" save "$name"
is "save without a change is fine" 0 "$status"
is "and makes no commit" "$(git -C "$repo" rev-list --count HEAD -- debriefs)" 1

run "$debrief" show "$name"
like "the Markdown has the title" '^# Checkout 5xx' "$out"
like "and the causes as a tree" '^  - \*\*C2\*\* no warm-up step' "$out"
run "$debrief" do "$name" set title="Another title"
run "$debrief" show --json "$name@HEAD"
is "show at a revision" "Checkout 5xx, 38 % of orders" "$(printf '%s' "$out" | jq -r .title)"
run "$debrief" diff "$name" HEAD
like "diff says what changed" 'Another title' "$out"
run "$debrief" diff --json "$name" HEAD
is "and as JSON" 'Another title' "$(printf '%s' "$out" | jq -r '.[] | select(.kind == "debrief").is.title')"
run "$debrief" list
like "list names it" "^$name .*open.*2 events, 2 causes, 1 action" "$out"
run "$debrief" list --json
is "list --json too" "$name" "$(printf '%s' "$out" | jq -r '.[0].name')"
run "$debrief" log "$name"
like "log shows the commit" '^[0-9a-f]{7} .*The first hour$' "$out"
run "$debrief" log --json "$name"
is "log --json" "The first hour" "$(printf '%s' "$out" | jq -r '.[0].subject')"
run "$debrief" actions
like "actions lists the open one" 'warm the cache' "$out"

run "$debrief" show --json @
is "@ is the one used last" "$(printf '%s' "$name" | tail -c 4)" "$(printf '%s' "$out" | jq -r '.id[0:4]')"
for which in "$(printf '%s' "$name" | cut -c12-20)" "$(jq -r '.id[0:6]' "$tmp/show.json")" "${name%?????}"; do
	run "$debrief" show --json "$which"
	is "found by $which" 0 "$status"
done

# Named sub-command options, before and after.
run "$debrief" --repo "$repo" show --json "$name"
is "--repo before" 0 "$status"
unset DEBRIEF_REPO
run "$debrief" show --json "$name" --repo="$repo"
is "--repo after" 0 "$status"
run "$debrief" do --repo "$repo" "$name" --as kit --role participant event add 14:30 "kit's view"
is "do with options around WHICH" 0 "$status"
run "$debrief" do "$name" --repo "$repo" event add 14:30 "options end" --as
is "options end at the first command word" 2 "$status"

export DEBRIEF_REPO="$repo"
# What is taken out is taken out for good, and where it still is, is said.
"$debrief" do "$name" event add 15:00 "kit restarted it" >/dev/null
"$debrief" do "$name" save >/dev/null
last=$("$debrief" show --json "$name" | jq -r '.events[] | select(.text == "kit restarted it") | .id')
run "$debrief" do "$name" redact "$last" as="it was restarted"
is "redact" "0 ok" "$status $out"
like "says that a commit still has it" 'older commit' "$err"
is "its text is gone" "it was restarted" "$("$debrief" show --json "$name" | jq -r ".events[] | select(.id == \"$last\") | .text")"
is "its journal has it no more" "" "$(grep -l 'kit restarted' "$repo"/.git/debrief/* 2>/dev/null)"
refuses "redacted stays redacted" 1 'taken out' "$debrief" do "$name" event set "$last" text="kit again"

# Undo is one's own.
"$debrief" do "$name" event add 16:00 "to be undone" >/dev/null
run "$debrief" do "$name" undo
is "undo" "0" "$status"
is "undone" 0 "$("$debrief" show --json "$name" | jq '[.events[] | select(.text == "to be undone")] | length')"
run "$debrief" do "$name" redo
is "redone" 1 "$("$debrief" show --json "$name" | jq '[.events[] | select(.text == "to be undone")] | length')"
refuses "nothing of a stranger's to undo" 1 'undo' "$debrief" do "$name" --as stranger undo
refuses "a title of blanks" 1 "the title is empty" "$debrief" new --no-open "   "
refuses "a text of blanks" 1 "is empty" "$debrief" do "$name" event add now " "
refuses "a reason of blanks" 1 "the reason is empty" "$debrief" do "$name" override " "
refuses "a note of blanks" 2 "a note without words" "$debrief" note "  "
"$debrief" note "$(printf 'x%.0s' $(seq 5000))" >/dev/null
like "a list shows the beginning of a long one" '^.{400,500} \.\.\.$' "$("$debrief" notes | grep xxx)"
is "JSON all of it" 5000 "$("$debrief" notes --json | jq -r '.[0].text | length')"
