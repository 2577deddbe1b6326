#!/bin/sh
# Run test programs and scripts two at a time, print what failed, end with "N passed, N failed".
# run.sh TEST...    a TEST is a cmocka program or a script that prints "ok ..." and "not ok ..." lines
set -u

run_one() { # TEST OUT
	log=$2/$(echo "$1" | tr / _)
	case $1 in
	*.sh) sh "$1" >"$log.log" 2>&1 </dev/null ;;
	*) "$1" >"$log.log" 2>&1 </dev/null ;;
	esac
	status=$?
	passed=$(grep -c -E '^(\[       OK \]|ok( |$))' "$log.log")
	failed=$(grep -c -E '^not ok' "$log.log")
	cmocka=$(sed -n 's/^\[  FAILED  \] \([0-9]*\) test(s).*/\1/p' "$log.log" | tail -n 1)
	failed=$((failed + ${cmocka:-0}))
	if [ $status -ne 0 ] && [ $failed = 0 ]; then failed=1; fi
	if [ "$passed" = 0 ] && [ $failed = 0 ]; then failed=1; fi
	echo "$passed $failed" >"$log.count"
	if [ $failed != 0 ]; then
		{
			echo "FAILED $1 (exit status $status)"
			grep -v -E '^\[ (RUN  |      OK)|^ok ' "$log.log" | tail -n 60 | sed 's/^/    /'
		} >"$log.failed"
		cat "$log.failed"
	fi
}

if [ "${1-}" = --one ]; then
	run_one "$3" "$2"
	exit 0
fi

out=$(mktemp -d "${TMPDIR:-/tmp}/debrief-tests.XXXXXX") || exit 1
trap 'rm -rf "$out"' EXIT
export LSAN_OPTIONS="suppressions=$PWD/tests/lsan.supp:print_suppressions=0"
unset LINES COLUMNS NO_COLOR DEBRIEF_REPO GIT_DIR GIT_WORK_TREE GIT_INDEX_FILE TZ
printf '%s\n' "$@" | xargs -P 2 -I '{}' sh "$0" --one "$out" '{}'
cat "$out"/*.count | awk '{ p += $1; f += $2 } END { printf "%d passed, %d failed\n", p, f; exit f > 0 }'
