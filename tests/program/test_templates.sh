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
