# Shared by the tests of the built program: an own HOME and history in a folder that goes at the end, and lines that
# say "ok - what" or "not ok - what". Nothing here sleeps without a fact to wait for.
set -u
root=$(cd "$(dirname "$0")/../.." && pwd)
debrief=${DEBRIEF:-$root/debrief}
tmp=$(mktemp -d "${TMPDIR:-/tmp}/debrief-t.XXXXXX") || exit 1
bad=0

HOME=$tmp/home
XDG_DATA_HOME=$tmp/data XDG_CONFIG_HOME=$tmp/config XDG_CACHE_HOME=$tmp/cache XDG_RUNTIME_DIR=$tmp/run
XDG_STATE_HOME=$tmp/state
LC_ALL=C.UTF-8 TERM=xterm-256color TZ=UTC GIT_CONFIG_NOSYSTEM=1 GIT_CONFIG_GLOBAL=$tmp/home/.gitconfig
export HOME XDG_DATA_HOME XDG_CONFIG_HOME XDG_CACHE_HOME XDG_RUNTIME_DIR XDG_STATE_HOME LC_ALL TERM TZ GIT_CONFIG_NOSYSTEM \
	GIT_CONFIG_GLOBAL
LSAN_OPTIONS=suppressions=$root/tests/lsan.supp:print_suppressions=0
export LSAN_OPTIONS
unset DEBRIEF_REPO NO_COLOR LINES COLUMNS LANG LC_CTYPE GIT_DIR GIT_WORK_TREE GIT_INDEX_FILE GIT_AUTHOR_NAME \
	GIT_AUTHOR_EMAIL GIT_COMMITTER_NAME GIT_COMMITTER_EMAIL EMAIL 2>/dev/null
mkdir -p "$HOME" "$XDG_DATA_HOME" "$XDG_CONFIG_HOME" "$XDG_CACHE_HOME" "$XDG_RUNTIME_DIR"
chmod 700 "$XDG_RUNTIME_DIR"
repo=$tmp/repo

host_pid() { # LOCK: the process that its first line names, if it is a host of this test
	pid=$(sed -n '1s/[^0-9].*//p;1s/^\([0-9]*\)$/\1/p' "$1" 2>/dev/null | head -n 1)
	[ -n "$pid" ] && [ "$(readlink "/proc/$pid/exe" 2>/dev/null)" = "$(readlink -f "$debrief")" ] && echo "$pid"
}

finish() {
	find "$tmp" -name '*.host' 2>/dev/null | while read -r lock; do
		pid=$(host_pid "$lock") && kill "$pid" 2>/dev/null
	done
	chmod -R u+rwx "$tmp" 2>/dev/null
	rm -rf "$tmp"
	exit $bad
}
trap finish EXIT
trap 'exit 1' INT TERM HUP

identity() {
	git config --global user.name "Lena Test"
	git config --global user.email lena@example.org
}

# run COMMAND...: its standard output in $out, its standard error in $err, its status in $status
run() {
	"$@" >"$tmp/out" 2>"$tmp/err" </dev/null
	status=$?
	out=$(cat "$tmp/out")
	err=$(cat "$tmp/err")
}

# feed COMMAND...: the same with the caller's standard input
feed() {
	"$@" >"$tmp/out" 2>"$tmp/err"
	status=$?
	out=$(cat "$tmp/out")
	err=$(cat "$tmp/err")
}

good() { echo "ok - $1"; }
wrong() { # WHAT DETAILS
	echo "not ok - $1"
	echo "    $2"
	echo "    status ${status-}; out: ${out-}; err: ${err-}" | head -c 2000
	echo
	bad=1
}
is() { # WHAT WANTED GOT
	if [ "$2" = "$3" ]; then good "$1"; else wrong "$1" "wanted '$2', got '$3'"; fi
}
like() { # WHAT PATTERN TEXT
	if printf '%s\n' "$3" | grep -q -E -- "$2"; then good "$1"; else wrong "$1" "nothing like /$2/ in '$3'"; fi
}
same() { # WHAT FILE FILE
	if cmp -s "$2" "$3"; then good "$1"; else wrong "$1" "$(diff "$2" "$3" | head -n 5)"; fi
}
try() { # WHAT COMMAND...
	what=$1
	shift
	if "$@" >"$tmp/try" 2>&1; then good "$what"; else wrong "$what" "$(head -n 5 "$tmp/try")"; fi
}

# refuses WHAT STATUS PATTERN COMMAND...: that status, an empty standard output, "debrief: what: kept: do" on the other
refuses() {
	what=$1 wanted=$2 pattern=$3
	shift 3
	run "$@"
	if [ "$status" != "$wanted" ]; then
		wrong "$what" "status $status, wanted $wanted"
	elif [ -n "$out" ]; then
		wrong "$what" "something on standard output"
	elif ! printf '%s\n' "$err" | grep -q -E -- "^debrief: .*$pattern"; then
		wrong "$what" "standard error is not like /^debrief: .*$pattern/"
	elif [ "$(printf '%s\n' "$err" | grep -c '^debrief: ')" != 1 ]; then
		wrong "$what" "more than one reason"
	else
		good "$what"
	fi
}

# wait_for COMMAND...: until it succeeds, at most 30 seconds
wait_for() {
	tries=0
	until "$@" >/dev/null 2>&1; do
		tries=$((tries + 1))
		[ $tries -ge 1200 ] && return 1
		sleep 0.025
	done
}

# begin TITLE...: a history with one debrief, its name in $name
begin() {
	identity
	"$debrief" init "$repo" >/dev/null 2>"$tmp/err" || wrong "init" "$(cat "$tmp/err")"
	DEBRIEF_REPO=$repo
	export DEBRIEF_REPO
	name=$("$debrief" new --no-open "$@" 2>"$tmp/err") || wrong "new" "$(cat "$tmp/err")"
}
