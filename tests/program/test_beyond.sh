#!/bin/sh
# Beyond the first cause and at every level: what is asked for by the length of the meeting, and what is asked about.
. "$(dirname "$0")/lib.sh"
begin --minutes 30 "Checkout 5xx"
checks() { "$debrief" show "$1" --json | jq -r '.stages[] | select(.name == "causes") | .checks | join(" ")'; }
open_at() { "$debrief" do "$1" stage actions 2>&1 >/dev/null | grep -o -E 'each level looked at|each level has a cause|two deep|three deep|no branch ends'; }
hour=$("$debrief" new --no-open --minutes 60 "Checkout again" 2>/dev/null)
long=$("$debrief" new --no-open --minutes 90 "Checkout thrice" 2>/dev/null)
is "30 minutes" "levels-looked-at" "$(checks "$name")"
is "60 minutes" "levels-looked-at why-two-deep" "$(checks "$hour")"
is "90 minutes" "level-causes why-three-deep no-person-end" "$(checks "$long")"

for which in "$name" "$hour" "$long"; do
	"$debrief" do "$which" <<'END' >/dev/null
stage causes
cause add Technical "cold keys all at once"
cause add Process "nothing found"
cause add Organization "Nothing found"
END
done
run "$debrief" do "$name" stage actions
is "30: a look at each level is enough" 0 "$status"
is "60: and one why two deep" "two deep" "$(open_at "$hour")"
"$debrief" do "$hour" why C1 "all keys end in one second" >/dev/null
is "60: one deep is not two" "two deep" "$(open_at "$hour")"
run "$debrief" render "$hour" --view fishbone --size 120x40 --select C4
like "one level up is asked" 'one level up: which way of working' "$out"
like "only technical ones" 'only technical' "$out"
"$debrief" do "$hour" why C4 "the operator set it so" >/dev/null
run "$debrief" render "$hour" --view fishbone --size 80x24 --select C5
like "and asked about" 'ends at a person' "$out"
"$debrief" do "$hour" why C5 "the tool offers no other value" >/dev/null
"$debrief" do "$hour" cause set C6 level=process >/dev/null
run "$debrief" render "$hour" --view fishbone --size 80x24 --select C6
is "a branch on two levels is not asked" "" "$(printf '%s' "$out" | grep 'one level up')"
is "nor is the fish only technical" "" "$(printf '%s' "$out" | grep 'only technical')"
run "$debrief" do "$hour" stage actions
is "60: open no more" 0 "$status"
is "90: nothing found is no cause" "each level has a cause
three deep" "$(open_at "$long")"
"$debrief" do "$long" <<'END' >/dev/null
cause set C2 text="one flag for all regions"
cause set C3 text="two teams, one rota"
why C1 "all keys end in one second"
why C4 "set once, at deploy"
why C5 "Lena had no time"
END
is "90: a name is a person" "no branch ends" "$(open_at "$long")"
run "$debrief" render "$long" --view agenda --size 120x40
like "the agenda names it" 'C6 .Lena had no time' "$out"
"$debrief" do "$long" why C6 "three launches in one week" >/dev/null
run "$debrief" do "$long" stage actions
is "90: open no more" 0 "$status"
