#!/bin/sh
# A real incident through `debrief do`, another through a script, from an empty folder to bytes in git.
. "$(dirname "$0")/lib.sh"
for script in "$root"/templates/incidents/*.debrief; do
	incident=$(basename "$script" .debrief)
	repo=$tmp/$incident
	begin "$incident"
	feed "$debrief" do "$name" <"$script"
	is "$incident: every line is accepted" "0 " "$status $err"
	is "$incident: a line for each command" "$(grep -c -E '^[^#[:space:]]' "$script")" "$(printf '%s\n' "$out" | wc -l)"
	is "$incident: every add answers with an id" "$(grep -c -E '^(event|cause|card|action|question) add|^why' "$script")" \
		"$(printf '%s\n' "$out" | grep -c -E '^[0-9a-z]{12}$')"
	is "$incident: no id twice" "" "$(printf '%s\n' "$out" | grep -v '^ok$' | sort | uniq -d)"
	run "$debrief" do "$name" save
	is "$incident: save" ok "$out"
	path=$(git -C "$repo" ls-files debriefs)
	git -C "$repo" show "HEAD:$path" >"$tmp/head.json"
	"$debrief" show --json "$name" >"$tmp/show.json"
	same "$incident: git has the canonical bytes" "$tmp/head.json" "$tmp/show.json"
	is "$incident: all events are there" "$(grep -c '^event add' "$script")" "$(jq '.events | length' "$tmp/show.json")"
	is "$incident: all causes are there" "$(grep -c -E '^(cause add|why)' "$script")" "$(jq '.causes | length' "$tmp/show.json")"
	is "$incident: all actions are there" "$(grep -c '^action add' "$script")" "$(jq '.actions | length' "$tmp/show.json")"
	is "$incident: numbers are 1 to n" "$(jq -c '[range(1; (.causes | length) + 1)]' "$tmp/show.json")" \
		"$(jq -c '[.causes[].number] | sort' "$tmp/show.json")"
	is "$incident: events stand in the order of their times" "$(jq -c '[.events[].at] | sort' "$tmp/show.json")" \
		"$(jq -c '[.events[].at]' "$tmp/show.json")"
	try "$incident: git fsck --strict" git -C "$repo" fsck --strict
	is "$incident: git status is clean" "" "$(git -C "$repo" status --porcelain)"
	for view in agenda timeline fishbone actions; do
		run "$debrief" render "$name" --view $view --size 120x40
		is "$incident: $view is 120x40" "40" "$(wc -l <"$tmp/out")"
	done
	run "$debrief" show "$name"
	is "$incident: the Markdown has every event" "$(grep -c '^event add' "$script")" "$(printf '%s\n' "$out" | grep -c '\*\*E[0-9]*\*\*')"
done
