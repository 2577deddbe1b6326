#!/bin/sh
# Files and functions stay short, nothing mutable is global, no two functions of the tables of keys collide.
set -u
cd "$(dirname "$0")/../.." || exit 1
bad=0
say() { # STATUS TEXT DETAILS
	if [ -n "$3" ]; then
		echo "not ok - $2"
		echo "$3"
		bad=1
	else
		echo "ok - $2"
	fi
}

code="base model tui formats storage commands live views cli"
# views/words.c is a table alone, and one file so that a translation is one.
long=$(for folder in $code; do wc -l "$folder"/*.[ch] 2>/dev/null; done |
	awk '$2 != "total" && $2 != "views/words.c" && $1 > 900')
say "" "no file is over 900 lines" "$long"

lengths=$(for folder in $code; do
	ctags -x --_xformat='%F %N %n %e' --c-kinds=f --fields=+ne "$folder"/*.c 2>/dev/null
done | awk '{ print $4 - $3 + 1, $1 ":" $3, $2 }')
say "" "no function is over 80 lines" "$(echo "$lengths" | awk '$1 > 80')"
share=$(echo "$lengths" | awk '{ n++; if ($1 < 50) s++ } END { if (n && s * 100 / n < 95) print s, "of", n, "functions are under 50 lines" }')
say "" "95 of 100 functions are under 50 lines" "$share"

# Data that can change: initialized (d, D) or zero (b, B, C) in an archive. Named ones are a signal handler's, which
# can reach nothing else.
build=${BUILD:-build}
globals=$(for folder in $code; do
	[ -f "$build/lib$folder.a" ] && nm -A -f sysv "$build/lib$folder.a" 2>/dev/null
done | awk -F'|' '$4 ~ /OBJECT|TLS/ && $7 ~ /^\.(data|bss|tdata|tbss)/ && $7 !~ /rel\.ro/ { gsub(/ +$/, "", $1); print $1 }' |
	grep -v -E ':(crash_[a-z_]*|signal_pipe) *$')
case ${BUILD:-build} in
*asan* | *cov* | *fuzz*) globals= ;; # the instruments have their own
esac
say "" "no mutable global" "$globals"
exit $bad
