#!/bin/sh
# debrief.report md: a page of Markdown is committed beside the file, with roles for names.
. "$(dirname "$0")/lib.sh"
begin -t incident "Cache day"
git -C "$repo" config debrief.report md
"$debrief" do "$name" <<'END' >/dev/null
person add "Moss Miller" role=scribe
person set Moss shown_as="on-call 1"
set summary="Moss saw it first; Mosses did not. Lena Test asked." impact="38 % of orders"
event add 2026-07-14T14:02Z "flag on" phase=started
event add 2026-07-14T14:09Z "page to Moss Miller" phase=detected
cause add Technical "Cache stampede"
action add "Split the TTL" owner=Moss due=2026-08-01 status=accepted
votes open 2
vote C1
votes close
save
END
json=$(cd "$repo" && git ls-files 'debriefs/**.json')
md=${json%.json}.md
is "it is committed beside the file" "$md" "$(cd "$repo" && git ls-files 'debriefs/**.md')"
is "in the same commit" "$(git -C "$repo" log --format=%H -n1 -- "$json")" "$(git -C "$repo" log --format=%H -n1 -- "$md")"
out=$(cat "$repo/$md")
like "roles for names" 'on-call 1 saw it first; Mosses did not' "$out"
like "in the timeline too" 'page to on-call 1' "$out"
is "nobody's name" "" "$(grep -E 'Miller|Moss |Lena|Test asked' "$repo/$md")"
like "how long it took" 'until it was detected: 7 min' "$out"
like "what is done" '\\| Split the TTL \\| on-call 1 \\| 2026-08-01 \\| accepted \\|' "$out"
is "no votes" "" "$(grep -i vote "$repo/$md")"
"$debrief" do "$name" <<'END' >/dev/null
reveal
card add "Surprised us" "MOSS knew, @mosS too; mossy did not"
card add "Lucky" "a quiet hour"
card add "Lucky" "a second one"
END
lucky=$("$debrief" show --json "$name" | jq -r '[.cards[] | select(.text | test("quiet|second")) | .id] | join(" under=")')
"$debrief" do "$name" <<END >/dev/null
card group $lucky name="Time of day"
card set ${lucky#* under=} notes="it was before lunch"
delta "begin on time"
experiment add "The cache holds" observed="it did" result=confirmed again=2026-09-01
save
END
out=$(cat "$repo/$md")
like "what was noticed" '^- on-call 1 knew, @on-call 1 too; mossy did not' "$out"
like "a group by its name" '^- Time of day: a ' "$out"
like "what was said of it" '^  - it was before lunch' "$out"
is "nothing of the meeting itself" "" "$(grep -i -E 'delta|on time' "$repo/$md")"
like "what was tried" '^  - again: 2026-09-01' "$out"
"$debrief" do "$name" why C1 "TTL set once" >/dev/null
echo "by hand" >>"$repo/$md"
run "$debrief" save "$name"
is "a page edited by hand does not stop a save" 0 "$status"
like "nor is it overwritten" 'by hand' "$(tail -n 1 "$repo/$md")"
is "the file has the change" 1 "$(grep -c 'TTL set once' "$repo/$json")"
git -C "$repo" config --unset debrief.report
"$debrief" do "$name" why C1 "Another" >/dev/null
git -C "$repo" checkout -q -- "$md"
run "$debrief" save "$name"
is "without the setting it is left alone" 0 "$(grep -c Another "$repo/$md")"
