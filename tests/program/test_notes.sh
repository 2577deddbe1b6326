#!/bin/sh
# Near misses in a line: noted without a question or a name, listed, linked, promoted, dismissed.
. "$(dirname "$0")/lib.sh"
mkdir "$tmp/elsewhere" && cd "$tmp/elsewhere" || exit 1
run "$debrief" note "Nearly deleted the wrong bucket" service=storage tags=b,a
is "a note needs no history and no name" 0 "$status"
like "it says where it went" 'made a history at' "$err"
id=$out
like "it prints an id" '^[0-9a-z]{12}$' "$id"
run "$debrief" note The flag had no off switch kind=surprise
is "words need no quotes" 0 "$status"
history=$XDG_DATA_HOME/debrief
run "$debrief" notes
is "newest first, a line each" 2 "$(printf '%s\n' "$out" | wc -l)"
like "what a line says" "^$(printf %.6s "$id")  20..-..-..  new +near-miss  storage +Nearly deleted" "$out"
run "$debrief" notes --json
is "JSON" 'storage a,b new' "$(printf '%s' "$out" | jq -r ".[] | select(.id == \"$id\") | \"\(.service) \(.tags|join(\",\")) \(.status)\"")"
file=$(find "$history/notes" -name "*$id.json")
is "the file" "$(printf '{\n  "format": "debrief-note/1",\n  "id": "%s",' "$id")" "$(head -n 3 "$file")"
is "nobody's name is in git" "somebody" "$(git -C "$history" log --format='%an%n%cn' -- notes | sort -u)"
refuses "a kind there is not" 1 "kind" "$debrief" note Text kind=weird
refuses "no words" 2 "without words" "$debrief" note service=x
identity
DEBRIEF_REPO=$history
export DEBRIEF_REPO
name=$("$debrief" new --no-open "Bucket day")
run "$debrief" notes link "$(printf %.4s "$id")" "$name"
is "link" "0 ok" "$status $out"
is "the file says to which" "$("$debrief" show --json "$name" | jq -r .id)" "$(jq -r .debrief "$file")"
other=$("$debrief" notes --json | jq -r '.[] | select(.kind == "surprise") | .id')
run "$debrief" notes dismiss "$other" it was a drill
is "dismiss with a reason" "0 it was a drill" "$status $(jq -r .reason "$history"/notes/*/*/*"$other".json)"
is "what is dismissed is not listed" 1 "$("$debrief" notes | wc -l)"
is "but with --all" 2 "$("$debrief" notes --all | wc -l)"
refuses "no such note" 3 "no note zzzz" "$debrief" notes dismiss zzzz because
refuses "wrong words" 2 "nothing was changed" "$debrief" notes dismiss "$id"
made=$("$debrief" new --no-open --from "$id")
is "a debrief of a note" "near-miss storage Nearly deleted the wrong bucket 1" \
	"$("$debrief" show --json "$made" | jq -r '"\(.template) \(.services[0]) \(.title) \(.events|length)"')"
is "the note is promoted" "promoted" "$(jq -r .status "$file")"
is "each knows the other" "note $id" "$("$debrief" show --json "$made" | jq -r '.events[0] | "\(.source) \(.source_id)"')"
refuses "a note becomes one debrief" 1 "already" "$debrief" new --no-open --from "$id"
printf 'a line\nand another\n' >"$tmp/text"
feed "$debrief" note - service=storage <"$tmp/text"
is "a note from standard input" "a line
and another" "$("$debrief" notes --json | jq -r ".[] | select(.id == \"$out\") | .text")"
"$debrief" notes dismiss "$out" a try >/dev/null
feed "$debrief" note - </dev/null
is "of nothing is none" 2 "$status"
run "$debrief" note -- "-f is the wrong flag"
is "words that look like options" 0 "$status"
"$debrief" notes dismiss "$out" a try >/dev/null
"$debrief" do "$made" <<'END' >/dev/null
person add moss role=scribe
column add Luck
action add "Name the bucket twice" owner=storage
action add "Done already" status=done
END
again=$("$debrief" new --no-open --again "$made" "Bucket day, later")
"$debrief" show --json "$again" >"$tmp/again.json"
is "again: template, people, columns" "near-miss moss scribe Luck" \
	"$(jq -r '"\(.template) \(.people[] | select(.name == "moss") | .name + " " + .role) \(.columns[-1].name)"' "$tmp/again.json")"
is "again: open actions come along" "Name the bucket twice $("$debrief" show --json "$made" | jq -r .id)" \
	"$(jq -r '.actions | if length == 1 then .[0] | .text + " " + .carried_from else "\(length)" end' "$tmp/again.json")"
like "again: the series" 'Nearly deleted' "$(jq -r .series "$tmp/again.json")"
git -C "$history" checkout -q --detach
run "$debrief" note "in the middle of a rebase"
is "a note is kept where no commit can be made" 0 "$status"
like "and says so" "kept, and committed with the next note" "$err"
is "it is listed" 1 "$("$debrief" notes | grep -c 'in the middle')"
git -C "$history" checkout -q -
"$debrief" note "another" >/dev/null
is "the next one takes it along" 1 "$(grep -l 'in the middle' "$history"/notes/*/*/*.json | wc -l)"
echo '{' >"$history/notes/broken.json"
git -C "$history" add notes/broken.json && git -C "$history" commit -qm broken
run "$debrief" notes
like "one that cannot be read is named" 'broken.json' "$err"
