#!/bin/sh
# The committed pages of the manual are what the tables say, and read without a warning.
set -u
cd "$(dirname "$0")/../.." || exit 1
work=$(mktemp -d "${TMPDIR:-/tmp}/debrief-manual.XXXXXX") || exit 1
trap 'rm -rf "$work"' EXIT
bad=0
sh man/generate.sh "${DEBRIEF:-./debrief}" "$work"
if cmp -s man/debrief-1.schema.json "$work/debrief-1.schema.json" && jq -e '.["$schema"]' man/debrief-1.schema.json >/dev/null; then
	echo "ok - the JSON Schema is up to date"
else
	echo "not ok - the JSON Schema is up to date: make manual"
	bad=1
fi
for page in debrief.1 debrief-format.5 debrief-wire.5 debrief-join.7; do
	if [ "$page" = debrief-join.7 ]; then
		: # nothing of it comes from a table
	elif cmp -s "man/$page" "$work/$page"; then
		echo "ok - $page is up to date"
	else
		echo "not ok - $page is up to date: make manual"
		diff "man/$page" "$work/$page" | head -n 10
		bad=1
	fi
	if warnings=$(mandoc -T lint -W warning "man/$page") && [ -z "$warnings" ]; then
		echo "ok - $page reads without a warning"
	else
		echo "not ok - $page reads without a warning"
		echo "$warnings" | head -n 10
		bad=1
	fi
done

# What the program reads beside its tables: words of plain mode, settings, the environment.
missing=$(
	bare=$(sed 's/\\-/-/g; s/\\&//g; s/"//g' man/debrief.1)
	has() { printf '%s\n' "$bare" | grep -q -e "$1" || echo "$2"; }
	sed -n '/^} words_of/,/^};/s/^\t{ "\([a-z ]*\)", do_\([a-z]*\).*/\1\t\2/p' views/plain_line.c |
		while IFS='	' read -r word verb; do
			[ "$verb" = quit ] && word=quit # its other names are for those who try them
			has "^\.It Ic $word\( \|\$\)" "plain mode: $word"
		done
	grep -oh '"debrief\.[a-z-]*"' cli/*.c live/*.c storage/*.c views/*.c | tr -d '"' | sort -u |
		while read -r setting; do has "$setting" "git config $setting"; done
	grep -oh 'getenv("DEBRIEF[A-Z_]*")' cli/*.c live/*.c storage/*.c base/*.c tui/*.c | sed 's/getenv("//; s/")//' | sort -u |
		while read -r variable; do has "$variable" "$variable"; done
)
if [ -z "$missing" ]; then
	echo "ok - the manual has every word, setting and variable"
else
	echo "not ok - the manual has every word, setting and variable"
	echo "$missing"
	bad=1
fi
exit $bad
