#!/bin/sh
# Without a user.name: work goes on under the login, only a commit asks for it.
. "$(dirname "$0")/lib.sh"
run "$debrief" init "$repo"
is "init without a user.name" 0 "$status"
export DEBRIEF_REPO="$repo"
run "$debrief" new "No name yet"
is "new without a user.name" 0 "$status"
name=$(printf '%s\n' "$out" | tail -n 1)
is "the facilitator is the login" "$(id -un)" "$("$debrief" show --json "$name" | jq -r '.people[] | select(.role == "facilitator") | .name')"
run "$debrief" do "$name" event add 2026-07-14T12:00 "an event"
is "commands work" 0 "$status"
run "$debrief" save "$name"
is "save is refused" 1 "$status"
like "and says what to run" 'git config --global user.name' "$err"
identity
run "$debrief" save "$name"
is "with one it saves" 0 "$status"
is "by that name" "Lena Test" "$(git -C "$repo" log -1 --format=%an)"
is "the event was kept" "an event" "$("$debrief" show --json "$name@HEAD" | jq -r '.events[0].text')"

# On a terminal it is asked for, with the login as the answer that enter gives.
if command -v script >/dev/null; then
	git config --global --unset user.name
	"$debrief" do "$name" event add 2026-07-14T13:00 "another" >/dev/null
	printf '\n' | script -qec "$debrief save $name" /dev/null >"$tmp/asked" 2>&1
	like "asks for the name" "your name\? \\[$(id -un)\\]" "$(cat "$tmp/asked")"
	is "and saves by it" "$(id -un)" "$(git -C "$repo" log -1 --format=%an)"
	is "once" "$(id -un)" "$(git -C "$repo" config user.name)"
	printf 'q' | script -qec "$debrief" /dev/null >"$tmp/home.out" 2>&1
	like "at home the newest are listed" 'No name yet' "$(cat "$tmp/home.out")"
	printf 'q' | DEBRIEF_REPO= script -qec "$debrief" /dev/null >"$tmp/first.out" 2>&1
	like "at first the demo is offered" 'Try.*the.*demo' "$(cat "$tmp/first.out")"
fi
