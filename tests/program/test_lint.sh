#!/bin/sh
# lint: any text, Markdown and debriefs, as an editor's linter and a commit hook.
. "$(dirname "$0")/lib.sh"
cd "$tmp" || exit 1
printf 'All well.\nThen \342\200\223 the operator should have checked.\n' >a.txt
run "$debrief" lint a.txt
is "a finding is one line with its place" \
	"1 a.txt:2:12: counterfactual: What was visible and known at that minute? What made the path taken look right?" \
	"$status $out"
printf 'The server failed to start.\nThe page said "human error".\n' >b.txt
run "$debrief" lint b.txt
is "things and quotes are silent" "0 " "$status $out"
feed "$debrief" lint <a.txt
like "standard input is read" '^-:2:12: counterfactual' "$out"
run "$debrief" lint a.txt b.txt a.txt
is "several files" 2 "$(printf '%s\n' "$out" | grep -c '^a.txt:2:12')"
run "$debrief" lint --json a.txt
is "JSON" "a.txt 2 12 counterfactual operator should have checked" \
	"$(printf '%s' "$out" | jq -r '.[0] | "\(.file) \(.line) \(.column) \(.rule) \(.words)"')"
run "$debrief" lint --json b.txt
is "nothing found is an empty list" "0 []" "$status $(printf '%s' "$out" | jq -c .)"
run "$debrief" lint --rules
is "ten rules" 10 "$(printf '%s\n' "$out" | grep -c '^[a-z]')"
printf 'x\n\n```\nhuman error\n\nhuman error\n```\n> human error\n\nhuman error\n' >c.md
run "$debrief" lint c.md
is "Markdown: fences and quotes are not judged" 10 "$(printf '%s\n' "$out" | cut -d: -f2)"
printf 'Fix it\n\n# human error\nhuman error\n' >COMMIT_EDITMSG
run "$debrief" lint COMMIT_EDITMSG
is "a commit message without its comments" 4 "$(printf '%s\n' "$out" | cut -d: -f2)"
printf 'a\0b' >d.bin
refuses "no text" 1 "d.bin is not text in UTF-8" "$debrief" lint d.bin
refuses "no such file" 3 "none.txt" "$debrief" lint none.txt
refuses "no such language" 3 'no wording rules for the language "xx"' "$debrief" lint --language xx a.txt
begin "Lint"
"$debrief" do "$name" cause add Technical "It was human error" >/dev/null
"$debrief" do "$name" event add 2026-07-14T10:00Z "you should have checked" source=chat >/dev/null
"$debrief" save "$name" >/dev/null 2>&1
file=$(find "$repo/debriefs" -name '*.json')
run "$debrief" lint "$file"
is "a debrief's own words, not what was imported" "1 $(grep -n 'It was human error' "$file" | cut -d: -f1) human-error" \
	"$status $(printf '%s\n' "$out" | awk -F: '{ print $2, substr($4, 2) }')"
mkdir -p "$repo/templates"
printf 'rule character\nsay cowpoke\n' >"$repo/templates/wording.en"
printf 'A cowpoke.\n' >e.txt
run "$debrief" lint e.txt
like "a history adds its own" '^e.txt:1:3: character' "$out"
printf 'nonsense\n' >"$repo/templates/wording.en"
refuses "a wrong line is named" 1 'wording.en: line 1' "$debrief" lint e.txt
