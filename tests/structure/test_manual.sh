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
exit $bad
