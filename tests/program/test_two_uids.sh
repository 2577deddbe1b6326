#!/bin/sh
# Two accounts of one group share a debrief: who is who, who may do what, and who starts the host. Needs root, to make
# accounts that go at the end.
. "$(dirname "$0")/lib.sh"
if [ "$(id -u)" != 0 ] || ! command -v useradd >/dev/null || ! command -v runuser >/dev/null; then
	echo "ok - # skipped: only root can make two accounts"
	exit 0
fi

team=dbt$$ anna=dba$$ bert=dbb$$ carl=dbc$$
remove_accounts() {
	for pid in $(cat "$tmp/started" 2>/dev/null); do kill "$pid" 2>/dev/null; done
	for one in $anna $bert $carl; do
		n=0
		until userdel "$one" >/dev/null 2>&1 || [ $n = 40 ] || ! id "$one" >/dev/null 2>&1; do
			n=$((n + 1))
			sleep 0.05
		done
	done
	groupdel $team 2>/dev/null
}
trap 'pids=$(find "$tmp" -name "*.host" -exec cat {} + 2>/dev/null | grep -x "[0-9]*"); for p in $pids; do
	[ "$(readlink /proc/$p/exe 2>/dev/null)" = "$tmp/bin/debrief" ] && kill $p; done; remove_accounts; finish' EXIT

groupadd $team && useradd -M -G $team $anna && useradd -M -G $team $bert && useradd -M $carl || {
	wrong "accounts" "cannot be made"
	exit 1
}
chmod 755 "$tmp"
mkdir "$tmp/bin" && cp "$debrief" "$tmp/bin/debrief" && chmod 755 "$tmp/bin" "$tmp/bin/debrief"
debrief=$tmp/bin/debrief
shared=$tmp/shared
mkdir "$shared" && chown $anna:$team "$shared" && chmod 2750 "$shared"
for one in $anna $bert $carl; do
	mkdir -p "$tmp/$one/run" "$tmp/$one/state" && chown -R "$one" "$tmp/$one" && chmod -R go= "$tmp/$one"
done

# as ACCOUNT COMMAND...
as() {
	one=$1
	shift
	runuser -u "$one" -- env -i PATH="$PATH" HOME="$tmp/$one" LC_ALL=C.UTF-8 TERM=xterm-256color TZ=UTC \
		XDG_RUNTIME_DIR="$tmp/$one/run" XDG_STATE_HOME="$tmp/$one/state" GIT_CONFIG_NOSYSTEM=1 \
		GIT_CONFIG_GLOBAL="$tmp/$one/gitconfig" LSAN_OPTIONS="$LSAN_OPTIONS" "$@"
}
shows() { as $anna "$debrief" show --json "$name" | jq -r "$1"; }

as $anna git config --global user.name "Anna Test"
as $anna git config --global user.email anna@example.org
as $anna git config --global debrief.repo "$tmp/$anna/history"
for one in $anna $bert $carl; do as $one git config --global debrief.rundir "$shared"; done
cd "$tmp" || exit 1
as $anna "$debrief" init "$tmp/$anna/history" >/dev/null 2>&1
name=$(as $anna "$debrief" new --no-open "Shared by two" 2>"$tmp/err") || wrong "new" "$(cat "$tmp/err")"
as $anna "$debrief" do "$name" set day=2026-07-14 timezone=UTC >/dev/null
refuses "what is not shared is nobody else's" 3 '' as $bert "$debrief" do "$name" event add 14:00 x

# A host in the foreground that a group may reach.
as $anna "$debrief" host "$name" --share $team >"$tmp/host.out" 2>"$tmp/host.err" &
echo $! >"$tmp/started"
try "a shared host runs" wait_for grep -q ready "$tmp/host.err"
socket=$(find "$shared" -name '*.sock') live=$(find "$shared" -name '*.live')
is "its socket is the group's" "660 $anna $team" "$(stat -c '%a %U %G' "$socket")"
is "so is the note" "640 $anna $team" "$(stat -c '%a %U %G' "$live")"
is "which names it" "$name" "$(sed -n 2p "$live")"

run as $bert "$debrief" join
is "join alone lists it" "$name  (of $anna)" "$out"
run as $carl "$debrief" join
is "not for who is not in the group" "3 " "$status $out"
run as $bert "$debrief" do "$name" event add 14:00 "seen by bert"
is "the other takes part" 0 "$status"
is "under its login" "$bert" "$(shows '.people[].name' | grep "$bert")"
refuses "not under another's name" 1 'that is your name here' as $bert "$debrief" do "$name" --as "Anna Test" set severity=SEV1
refuses "nor any other" 1 'that is your name here' as $bert "$debrief" do "$name" --as moss event add 14:01 x
refuses "nor as facilitator" 1 'comes as participant' as $bert "$debrief" do "$name" --role facilitator stage next
refuses "a participant does not move the stage" 1 '' as $bert "$debrief" do "$name" stage next
refuses "an observer changes nothing" 1 '' as $bert "$debrief" do "$name" --role observer event add 14:01 x
refuses "another account's name is no seat" 1 'belongs to somebody' as $anna "$debrief" do "$name" --as $bert event add 14:01 x
refuses "who is not in the group stays outside" 3 '' as $carl "$debrief" do "$name" event add 14:01 x
is "nothing of that was kept" 1 "$(shows '.events | length')"
as $anna "$debrief" do "$name" give scribe $bert >/dev/null 2>"$tmp/err" || wrong "give" "$(cat "$tmp/err")"
run as $bert "$debrief" do "$name" --role scribe timer 5m
is "a role that was given holds" 0 "$status"
try "the journal is the owner's alone" sh -c "! runuser -u $bert -- ls '$tmp/$anna/history/.git/debrief'"

# Swept away underneath.
rm -f "$socket" "$live"
try "it is bound again" wait_for test -S "$socket" -a -f "$live"
run as $bert "$debrief" do "$name" event add 14:02 "after the sweep"
is "and reached" 0 "$status"

# The host is killed: the owner's next command starts it, shared as it was; the other waits and comes back.
mkfifo "$tmp/lines" && chmod 666 "$tmp/lines"
as $bert "$debrief" do "$name" <"$tmp/lines" >"$tmp/bert.out" 2>"$tmp/bert.err" &
waits=$!
exec 7>"$tmp/lines"
echo 'event add 14:03 "before it was killed"' >&7
try "one is in the room" wait_for test -s "$tmp/bert.out"
pid=$(sed -n 1p "$live")
is "the note has its process" "$debrief" "$(readlink "/proc/$pid/exe")"
kill -9 "$pid"
wait_for sh -c "! kill -0 $pid 2>/dev/null"
refuses "a newcomer is told whose host is gone" 3 "only the account $anna can start it" as $bert "$debrief" do "$name" event add 14:09 x
echo 'event add 14:04 "said while it was gone"' >&7
run as $anna "$debrief" do "$name" event add 14:05 "the owner starts it"
is "the owner starts it" 0 "$status"
is "another process" 1 "$([ "$(sed -n 1p "$live")" != "$pid" ] && echo 1)"
try "who waited comes back" wait_for sh -c "[ \$(wc -l <'$tmp/bert.out') = 2 ]"
exec 7>&-
wait $waits
is "and ends well" 0 "$?"
is "all of it is there, once" "after the sweep,before it was killed,said while it was gone,seen by bert,the owner starts it" \
	"$(shows '.events[].text' | sort | paste -sd,)"

# Settings that would let others swap the socket.
pid=$(sed -n 1p "$live")
chmod 2770 "$shared"
refuses "not into a folder where others could swap it" 1 'others could swap' as $anna "$debrief" host "$name" --share $team
refuses "nor is it looked at" 1 'others could swap' as $bert "$debrief" join
chmod 2750 "$shared"
refuses "not with a group one is not in" 1 'you are not in the group' as $anna "$debrief" host "$name" --share daemon
as $anna git config --global debrief.rundir /run/user/none
refuses "not where there is no folder" 4 'is not there' as $anna "$debrief" host "$name" --share $team
as $anna git config --global debrief.rundir "$shared"

# By the settings alone.
kill "$pid"
wait_for sh -c "! kill -0 $pid 2>/dev/null"
try "a host that ends takes socket and note along" wait_for test ! -e "$socket" -a ! -e "$live"
as $anna git config --global debrief.share $team
second=$(as $anna "$debrief" new --no-open "A second one" 2>"$tmp/err") || wrong "new" "$(cat "$tmp/err")"
as $anna "$debrief" do "$second" event add 2026-07-14T10:00 x >/dev/null 2>&1
run as $bert "$debrief" join
is "shared by the settings" "$second  (of $anna)" "$out"
