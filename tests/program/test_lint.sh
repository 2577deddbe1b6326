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
is "the rules as JSON" "10 counterfactual" "$("$debrief" lint --rules --json | jq -r '"\(length) \(.[0].rule)"')"
printf '    You should have checked.\n\nWe forgot to look.\n' >first.md
run "$debrief" lint first.md
like "code may be the first thing" '^first.md:3:1: omission' "$out"
is "and is not judged" 1 "$(printf '%s\n' "$out" | wc -l)"
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
rm "$repo/templates/wording.en"

# What the manual says of a team's own rules is a file of rules.
sed -n '/^class name Zelda/,/^mask dice/p' "$root/man/debrief.1.in" >"$repo/templates/wording.en"
printf 'Zelda forgot the key. We rolled the dice.\n' >own.txt
run "$debrief" lint own.txt
is "the manual's own rules" "omission jargon-of-ours" \
	"$(printf '%s\n' "$out" | awk -F': ' '{ printf "%s%s", sep, $2; sep = " " }')"
rm "$repo/templates/wording.en"
printf 'rule grob\nabout Schimpf\nask Was war zu sehen?\nsay dumm/dummer\n' >"$repo/templates/wording.de"
printf 'Das war dumm. Human error.\n' >de.txt
run "$debrief" lint --language de-AT de.txt
is "another language's rules, and no others" "de.txt:1:9: grob: Was war zu sehen?" "$out"
git config --global debrief.language de
run "$debrief" lint de.txt
is "the setting's language" "de.txt:1:9: grob: Was war zu sehen?" "$out"
git config --global debrief.language fr
refuses "a language without rules says so" 3 'no wording rules for the language "fr"' "$debrief" lint de.txt
git config --global --unset debrief.language

printf '\357\273\277Human error.\r\n\r\nIt was human\r\nerror.\r\n' >crlf.txt
run "$debrief" lint crlf.txt
is "a byte order mark is no column, CRLF no word" "1:1 3:4" \
	"$(printf '%s\n' "$out" | cut -d: -f2,3 | tr '\n' ' ' | sed 's/ $//')"
: >empty.txt
run "$debrief" lint empty.txt
is "an empty file" "0 " "$status $out"
run "$debrief" lint a.txt d.bin none.txt c.md
is "a file that cannot be read hides no other" "3 a.txt c.md" \
	"$status $(printf '%s\n' "$out" | cut -d: -f1 | tr '\n' ' ' | sed 's/ $//')"
like "it is said" "d.bin is not text" "$err"
run "$debrief" lint --json a.txt d.bin
is "JSON stays whole then" 1 "$(printf '%s' "$out" | jq length)"
run "$debrief" lint --wrong a.txt
is "wrong usage" 2 "$status"
awk 'BEGIN { for (i = 0; i < 12000; i++) print "It was human error.\n" }' >many.txt
run "$debrief" lint many.txt
is "nothing is cut off" 12000 "$(printf '%s\n' "$out" | wc -l)"

# In the JSON of a debrief a finding stands where the words are: the file says the same words there.
"$debrief" do "$name" cause add Technical 'a "tab	bed" \303\274ber day, human error' >/dev/null
"$debrief" do "$name" action add 'That day Quillon skipped the valve' >/dev/null
"$debrief" save "$name" >/dev/null 2>&1
run "$debrief" lint --json "$file"
printf '%s' "$out" | jq -r '.[] | "\(.line)\t\(.column)\t\(.words)"' >places
wrong=$(LC_ALL=C.UTF-8 awk -F'\t' 'NR == FNR { text[NR] = $0; next }
	substr(text[$1], $2, length($3)) != $3' "$file" places)
is "each place is exact" "" "$wrong"
like "there are some" "human error" "$(cat places)"
hides=$(grep -c Quillon places)
"$debrief" do "$name" person add Quillon >/dev/null 2>&1 || sed 's/"people": \[/&{"name": "Quillon"},/' "$file" >named.json
[ -f named.json ] || { "$debrief" save "$name" >/dev/null 2>&1; cp "$file" named.json; }
run "$debrief" lint --json named.json
is "who took part is a person" "0 1" "$hides $(printf '%s' "$out" | jq '[.[] | select(.words | test("Quillon"))] | length')"

# The hooks of the manual, as they stand there.
hook() { # hook NAME: the example that follows its name in the manual
	awk -v name="$1" '$1 == ".Pa" && $2 == name { found = 1 } found && /^#!/ { on = 1 }
		/^\.Ed/ && on { exit } on' "$root/man/debrief.1.in" >"$work/.git/hooks/$1"
	chmod +x "$work/.git/hooks/$1"
}
work=$tmp/work
git init -q "$work"
PATH=$(dirname "$debrief"):$PATH
hook commit-msg
hook pre-commit
cd "$work" || exit 1
git config user.name Lena
git config user.email lena@example.org
printf 'The disk was full.\n' >report.md
git add report.md
run git commit -q -m "Fix it: human error"
is "a message that blames is stopped" "1 0" "$status $(git rev-list --all --count)"
like "with the question" "human-error: What made" "$out$err"
run git commit -q -m "Fix the full disk"
is "another one passes" "0 1" "$status $(git rev-list --all --count)"
printf 'You should have checked.\n' >"a report.md"
git add .
run git commit -q -m "Report"
is "and a report that blames" "1 1" "$([ "$status" != 0 ] && echo 1) $(git rev-list --all --count)"
like "with its place" "a report.md:1:1: counterfactual" "$out$err"
git rm -q --cached "a report.md"
printf 'x\n' >plain.txt
git add plain.txt
run git commit -q -m "No Markdown in it"
is "no Markdown is no hindrance" "0 2" "$status $(git rev-list --all --count)"
