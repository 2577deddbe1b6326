#!/bin/sh
# The manual's pages from man/*.in and the program's tables. generate.sh DEBRIEF [OUT_FOLDER]
set -eu
cd "$(dirname "$0")/.."
debrief=$1 out=${2:-man}
fill() { # IN MARK COMMAND...
	in=$1 mark=$2
	shift 2
	"$@" >"$out/.part"
	awk -v mark="@$mark@" -v part="$out/.part" '
		$0 == mark { while ((getline line < part) > 0) print line; next } { print }' "$in"
	rm -f "$out/.part"
}
fill man/debrief.1.in COMMANDS "$debrief" help --mdoc >"$out/debrief.1"
fill man/debrief-format.5.in FIELDS "$debrief" help --mdoc fields >"$out/debrief-format.5"
fill man/debrief-wire.5.in WIRE "$debrief" help --mdoc wire >"$out/debrief-wire.5"
"$debrief" help --schema >"$out/debrief-1.schema.json"
