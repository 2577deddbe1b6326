#!/bin/sh
# templates: where each comes from, all of one, and what is wrong with a file.
. "$(dirname "$0")/lib.sh"
cd "$tmp" || exit 1
run "$debrief" templates
like "built in" '^incident  *built in ' "$out"
like "sets of categories" '^service-life ' "$out"
mkdir -p "$XDG_CONFIG_HOME/debrief/templates"
cat >"$XDG_CONFIG_HOME/debrief/templates/sprint.json" <<END
{
  "name": "sprint", "title": "Ours", "about": "The way we do it.", "votes": 4,
  "stages": [ { "name": "talk", "pane": "board", "minutes": [null, 30, 60, 90], "checks": ["cards-written"] } ],
  "categories": "4s", "columns": [ { "name": "More", "prompt": "Of what?" } ]
}
END
cp "$XDG_CONFIG_HOME/debrief/templates/sprint.json" mine.json
run "$debrief" templates
like "of the account" '^sprint  *account  *The way we do it' "$out"
run "$debrief" templates show sprint
like "minutes, and where there are none" 'talk  *-  30  60  90  board' "$out"
like "check marks" 'done at 30, 60, 90: cards are there' "$out"
like "levels" 'Suppliers  *organization' "$out"
like "columns" 'More  *Of what' "$out"
like "votes" 'each has: 4' "$out"
run "$debrief" templates check mine.json
is "a good file" "0 mine.json: good, 1 stages" "$status $out"
sed 's/"board"/"bord"/' mine.json >bad.json
refuses "a wrong one" 1 'bad.json: line 3, column 41: stages\[0\].pane: there is no pane "bord"' \
	"$debrief" templates check bad.json
printf '{ "name": "incident", "language": "de", "stages": [ { "name": "opening", "prompts": [] } ] }\n' >de.json
refuses "a translation of another" 1 'stages\[0\].name: the template "incident" has no stage' \
	"$debrief" templates check de.json
printf '{ "name": "incident", "language": "de", "title": "Vorfall" }\n' \
	>"$XDG_CONFIG_HOME/debrief/templates/incident.de.json"
run "$debrief" templates
like "languages" '^incident .*also in de' "$out"
git config --global debrief.language de
run "$debrief" templates show incident
like "the language that git knows" '^incident: Vorfall' "$out"
printf '{ "name": "nowhere", "language": "de", "title": "x" }\n' >lost.json
refuses "a translation of nothing" 1 'line 1, column 11: name: .*no template "nowhere"' "$debrief" templates check lost.json
sed 's/\[null, 30/[null, -3/' mine.json >minutes.json
refuses "the very number" 1 'line 3, column 68: stages\[0\].minutes\[1\]: this takes four numbers' \
	"$debrief" templates check minutes.json
identity
"$debrief" init "$repo" >/dev/null 2>&1
cd "$repo" || exit 1
printf '{ "name": "incident", "language": "pt", "title": "Incidente" }\n' \
	>"$XDG_CONFIG_HOME/debrief/templates/incident.pt.json"
git config debrief.language pt
cd "$tmp" || exit 1
run "$debrief" --repo "$repo" templates show incident
like "the history's own language goes first, from anywhere" '^incident: Incidente' "$out"
cd "$repo" || exit 1
git config --unset debrief.language
mkdir templates
sed 's/"checks": \["cards-written"\]/"columns": ["More"]/' "$tmp/mine.json" >templates/sprint.json
printf '{ "name": "sprint", "language": "de", "columns": [ { "name": "Mehr" } ] }\n' >templates/sprint.de.json
git config --global --unset debrief.language
name=$("$debrief" new --no-open -t sprint.de "Auf Deutsch" | tail -n 1)
is "the history goes first, a stage shows the translated column, the language stays" 'de Mehr Mehr true' \
	"$("$debrief" show "$name" --json | jq -r '"\(.language) \(.columns[0].name) \(.stages[0].columns[0]) \(.title == "Auf Deutsch")"')"
name=$("$debrief" new --no-open -t mad-sad-glad "One" | tail -n 1)
"$debrief" do "$name" reveal >/dev/null
"$debrief" do "$name" kudos "to support" >/dev/null
name=$("$debrief" new --no-open --again "$name" | tail -n 1)
is "the next of a series is written hidden again" 'Mad true,Sad true,Glad true' \
	"$("$debrief" show "$name" --json | jq -r '[.columns[] | "\(.name) \(.hidden)"] | join(",")')"
run "$debrief" templates --json
is "the list as JSON" "built in history" \
	"$(printf '%s\n' "$out" | jq -r '[.[] | select(.name == "4ls" or .name == "sprint") | .source] | join(" ")')"
"$debrief" templates show --json 4ls >templates/other.json
is "the file of one, to begin with" "4ls true" "$(jq -r '"\(.name) \(.stages | length > 3)"' templates/other.json)"
name=$("$debrief" new --no-open -t other "By its file" | tail -n 1)
is "a debrief finds its kind by the file" other "$("$debrief" show "$name" --json | jq -r .template)"
refuses "no such kind" 3 'there is no template "../x"' "$debrief" templates show --json ../x
