#!/bin/sh
# What a compiler does not see: cppcheck, the manual, the shell scripts' syntax. Ends with "N passed, N failed".
set -u
cd "$(dirname "$0")/.." || exit 1
passed=0 failed=0
try() { # WHAT COMMAND...
	what=$1
	shift
	if out=$("$@" 2>&1); then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		echo "FAILED $what"
		echo "$out" | tail -n 40
	fi
}
try "cppcheck" cppcheck --quiet --std=c11 --enable=warning,portability --inline-suppr --error-exitcode=1 \
	--suppress=missingIncludeSystem --suppress=uninitMemberVar -I. -j2 base model tui formats storage commands live views cli
for page in man/*.[1-9]; do
	try "mandoc $page" sh -c 'test -z "$(mandoc -T lint -W warning "$1" | tee /dev/stderr)"' sh "$page"
done
for script in setup .ci/run tests/*.sh tests/*/*.sh templates/*.sh man/*.sh bench/*.sh; do
	[ -f "$script" ] && try "sh -n $script" sh -n "$script"
done
try "no control characters or trailing spaces in the sources" sh -c \
	'! grep -n -E "[[:blank:]]+$" base/*.[ch] model/*.[ch] tui/*.[ch] storage/*.[ch] commands/*.[ch] live/*.[ch] views/*.[ch] cli/*.[ch]'
echo "$passed passed, $failed failed"
[ $failed = 0 ]
