#!/bin/sh
# Adding a field is one line in the schema (and its member): the same tree with one more field finds it in the grammar,
# in JSON, undo, difference and merge.
set -u
cd "$(dirname "$0")/../.." || exit 1
case ${BUILD:-build} in
build) ;;
*)
	echo "ok - adding a field is tried in the plain build"
	exit 0
	;;
esac
work=$(mktemp -d "${TMPDIR:-/tmp}/debrief-field.XXXXXX") || exit 1
trap 'rm -rf "$work"' EXIT
bad=0
is() { # WHAT PATTERN TEXT
	if printf '%s\n' "$3" | grep -q -e "$2"; then
		echo "ok - $1"
	else
		echo "not ok - $1"
		printf '%s\n' "$3" | head -n 20
		bad=1
	fi
}

tar cf - --exclude='./build*' --exclude=./.git --exclude=./debrief . | tar xf - -C "$work"
sed -i 's|^	int64_t done_at_ns, votes;|	int64_t budget;\n&|' "$work/model/debrief.h"
sed -i 's|^	LINE(action, link, .*|	F(action, "budget", budget, INT, "how much it may cost", .max = 1000000),\n&|' \
	"$work/model/schema_fields.c"
if ! make -C "$work" -j2 OPT=-O0 HARDEN= debrief >"$work/log" 2>&1; then
	echo "not ok - it builds with one more field"
	tail -n 20 "$work/log"
	exit 1
fi
echo "ok - it builds with one more field"

export HOME="$work/home" XDG_RUNTIME_DIR="$work/run" XDG_DATA_HOME="$work/data" XDG_CACHE_HOME="$work/cache"
export GIT_CONFIG_NOSYSTEM=1 GIT_AUTHOR_NAME=lena GIT_AUTHOR_EMAIL=l@example.org
export GIT_COMMITTER_NAME=lena GIT_COMMITTER_EMAIL=l@example.org
mkdir -p "$HOME" "$XDG_RUNTIME_DIR"
chmod 700 "$XDG_RUNTIME_DIR"
git config --global user.name lena
git config --global user.email l@example.org
debrief="$work/debrief --repo $work/history"
$debrief init "$work/history" >/dev/null
name=$($debrief new --no-open "One more field" | tail -n 1)
$debrief do "$name" action add "jitter the cache" >/dev/null
$debrief save "$name" >/dev/null
is "the grammar takes it" '^ok$' "$($debrief do "$name" action set A1 budget=500)"
is "JSON holds it" '"budget": 500' "$($debrief show "$name" --json)"
$debrief do "$name" undo >/dev/null
is "undo takes it back" '^0$' "$($debrief show "$name" --json | grep -c budget)"
$debrief do "$name" redo >/dev/null
$debrief save "$name" >/dev/null
is "the difference names it" 'budget' "$($debrief diff "$name" HEAD~1 HEAD 2>&1)"
is "a wrong value is refused" 'budget' "$($debrief do "$name" action set A1 budget=lots 2>&1)"
path=$(git -C "$work/history" ls-files | grep '\.json$')
git -C "$work/history" show "HEAD:$path" >"$work/base.json"
sed 's/"budget": 500/"budget": 700/' "$work/base.json" >"$work/theirs"
sed 's/jitter the cache/jitter every cache/' "$work/base.json" >"$work/ours"
$debrief merge-file "$work/base.json" "$work/ours" "$work/theirs"
is "a merge keeps both sides" '"budget": 700' "$(cat "$work/ours")"
is "a merge keeps both sides' other fields" 'jitter every cache' "$(cat "$work/ours")"
exit $bad
