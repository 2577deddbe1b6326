#!/bin/sh
# Whole meetings, walked by who leads and two who take part: every stage, every check turning, nothing of what was said
# lost, and what came of it in the file.
. "$(dirname "$0")/lib.sh"
begin "first of all"

lead() { run "$debrief" do "$name" "$@"; [ "$status" = 0 ] || wrong "lead: $*" "$err"; }
moss() { run "$debrief" do "$name" --as moss "$@"; [ "$status" = 0 ] || wrong "moss: $*" "$err"; }
kit() { run "$debrief" do "$name" --as kit "$@"; [ "$status" = 0 ] || wrong "kit: $*" "$err"; }
# The same with a command a line
lead_says() { feed "$debrief" do "$name"; [ "$status" = 0 ] || wrong "lead" "$err"; }
json() { "$debrief" show "$name" --json; }
card() { "$debrief" show "$name" --json | jq -r ".cards[$1].id"; }
# stage_ticked STAGE: no check mark of it is open
stage_ticked() {
	run "$debrief" render "$name" --view agenda --size 200x50
	is "every check of $1 is ticked" "" "$(printf '%s\n' "$out" | grep -E "^ . $1 " | grep -o '○')"
}
meeting() { # TITLE TEMPLATE MINUTES
	name=$("$debrief" new --no-open -t "$2" --minutes "$3" "$1" | tail -n 1)
	lead set day=2026-07-14 timezone=UTC
}

# An incident in an hour.
meeting "Checkout 5xx" incident 60
lead_says <<END
event add 14:02 "flag on in all regions" kind=change phase=started
event add 14:09 "p99 page" kind=alert phase=detected
event add 14:45 "decided: flag off" kind=decision
tick earlier-looked-at
tick closest-asked
END
stage_ticked prepare
lead_says <<END
stage next
tick ground-rule-read
person add moss
person add kit
END
moss arrive curious
kit pass
lead prompt "What was on your screen?"
lead stage next
stage_ticked open
moss event add 14:11 "saw the graph from the old rota" certainty=account
lead_says <<END
event set E3 seen="half of the traffic was in eu"
tick written-in-silence
tick walked
confirm
END
stage_ticked timeline
refuses "what is written ticks itself" 1 "confirm" "$debrief" do "$name" tick timeline-confirmed
refuses "who takes part ticks nothing" 1 "facilitator" "$debrief" do "$name" --as moss untick walked
run "$debrief" do "$name" action add "a quick fix for it"
lead stage next
moss card add "Surprised us" "one click reaches every region"
kit card add "Helped us" "support called"
kit card add Lucky "a Tuesday"
is "hidden is hidden" "0" "$(json | jq '.cards | length')"
lead reveal
stage_ticked surprises
lead stage next
refuses "with causes open nobody rushes to actions" 1 "override" "$debrief" do "$name" stage actions
lead cause add Technical "cold keys all at once" evidence=E1
kit cause add Process "a flag takes one step to everywhere"
kit cause add Organization "nothing found"
moss why C1 "all keys end in one second"
moss why C4 "set once, at deploy"
stage_ticked causes
lead stage next
is "an early action came back as an idea" "idea" "$(json | jq -r '.actions[0].status // "idea"')"
run "$debrief" render "$name" --view board --size 80x24
like "the board of the ideas shows it" 'A1 *a quick fix for it.*no cause yet' "$out"
lead action set A1 causes=C1
run "$debrief" render "$name" --view board --size 120x40
like "and which cause it is for" 'A1 *a quick fix for it.*C1 cold keys' "$out"
stage_ticked ideas
lead stage next
lead action set A1 status=accepted owner=ops due=2026-08-19 done_when="no second holds more than 3 %"
stage_ticked actions
lead_says <<END
stage next
event set E2 phase=detected
event add 15:21 "clear" phase=resolved
draft
END
moss rate useful 4
kit rate again 5
kit plus "the timeline"
moss delta "start on time"
moss kudos "support, for calling"
kit park "the rota export"
lead set symptoms=5xx share=platform look_again=2026-10-15 audience=company
lead tick read-aloud
stage_ticked close
lead close
is "closed, with its thanks and its parking lot" "closed Delta,Kudos,Parking lot,Plus" \
	"$(json | jq -r '"\(.status) \([.columns[].name] | sort | map(select(. != "Helped us" and . != "Lucky" and . != "Surprised us")) | join(","))"')"
is "nothing of the check-in and of the prompts is kept" "" "$(json | grep -E 'curious|on your screen')"
is "the ratings have no names" "0" "$(json | jq '[.ratings[] | has("by")] | map(select(.)) | length')"

# The gate passed on purpose: the reason stays.
meeting "Search behind" incident 30
lead stage causes
run "$debrief" do "$name" stage actions
lead override "out of time"
lead action add "a smaller index"
for size in 80x24 120x40; do
	run "$debrief" render "$name" --view agenda --size $size
	like "review says which gate was passed, at $size" 'out of time' "$out"
done
is "an override is kept" "actions: out of time" "$(json | jq -r '.overrides[0]' | sed 's/^.*\(actions: .*\)$/\1/')"
lead action add "cut the feed" kind=mitigate urgent=yes
lead later 14d
is "a safety fix does not soak" "soaking accepted" "$(json | jq -r '[.actions[].status] | join(" ")')"
is "put off, with a date" "true" "$(json | jq 'has("look_again")')"

# Half an hour for a near miss.
meeting "Nearly deleted a bucket" near-miss 30
lead stage next
moss event add 10:00 "the wrong name was typed"
lead stage next
kit card add "Nearly happened" "the bucket was nearly gone"
moss card add "Caught it" "a question of the tool"
kit card add "Luck or design" "luck: it was empty"
lead reveal
lead stage next
kit action add "ask for the name again"
lead stage next
is "a near miss has its cards" 3 "$(json | jq '.cards | length')"

# A sprint: written hidden, grouped, voted, discussed.
meeting "Sprint 12" sprint 60
lead stage next
moss card add Start "pairing on Mondays"
moss card add Start "pairing, more of it"
kit card add Stop "meetings at noon"
lead stage next
lead reveal
lead_says <<END
card group "$(card 0)" "$(card 1)" under="$(card 1)" name=Pairing
stage next
votes open 2
END
moss vote "$(card 0)"
kit vote "$(card 2)"
kit vote "$(card 2)"
lead_says <<END
votes close
stage next
event add 12:00 "the noon meeting ran over"
question add "who needs the noon slot?"
votes open 1
END
moss vote E1
kit vote "$(json | jq -r '.questions[0].id')"
lead votes close
is "anything is voted on" "1 1" "$(json | jq -r '"\(.events[0].votes) \(.questions[0].votes)"')"
lead ask topic
moss answer yes # alone here at that moment: it is counted
is "the answers are in no file" "" "$(json | grep -E '"answers"|"asked"')"
lead_says <<END
card set "$(card 0)" notes="try it for two weeks"
spread
stage next
action add "pair on Mondays" owner=team
stage next
END
is "votes are counted" 3 "$(json | jq '[.cards[].votes // 0] | add')"

# A game day, stopped by one of those who take part.
meeting "Cold keys" game-day 30
lead experiment add "the origin stays under twice its load" steady_state="origin 400 to 480 RPS" method="flush half" \
	blast_radius=staging abort_when="errors over 2 %" rollback="flag off"
experiment=$(json | jq -r '.experiments[0].id')
stage_ticked plan
lead stage run
lead experiment start "$experiment"
kit event add now "origin 690 RPS"
run "$debrief" render "$name" --view run --size 120x40
like "the signs to stop at are on the screen" 'errors over 2 %' "$out"
run "$debrief" do "$name" --as moss --role observer abort "errors over 2 %"
is "anybody stops it" 0 "$status"
is "it was stopped" aborted "$(json | jq -r '.experiments[0].result')"
for view in agenda timeline fishbone actions run; do
	run "$debrief" render "$name" --view $view --size 80x24
	is "$view is an exact picture" 24 "$(wc -l <"$tmp/out")"
done
lead stage compare
lead experiment set "$experiment" observed="1,160 RPS at the second flush" surprised="the alarm was first" again=2026-09-03
is "when to run it again" 2026-09-03 "$(json | jq -r '.experiments[0].again')"

# Alone, in ten minutes.
meeting "Alone with it" incident 10
for stage in 1 2 3; do lead stage next; done
lead cause add Technical "one key for both"
lead action add "two keys" owner=me
run "$debrief" do "$name" close
is "alone there is no gate" 0 "$status"
