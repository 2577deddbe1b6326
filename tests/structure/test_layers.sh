#!/bin/sh
# The arrows between the folders, and the one home of each library. A wrong include fails here.
set -u
cd "$(dirname "$0")/../.." || exit 1
bad=0

# layer: what it may include besides itself
allowed() {
	case $1 in
	base) echo "base" ;;
	model) echo "base model" ;;
	tui) echo "base tui" ;;
	formats) echo "base model formats" ;;
	storage) echo "base model storage" ;;
	commands) echo "base model commands" ;;
	live) echo "base model storage live" ;;
	views) echo "base model tui commands views" ;;
	cli) echo "base model tui formats storage commands live views cli" ;;
	esac
}

for layer in base model tui formats storage commands live views cli; do
	wrong=$(grep -n -E '^#[[:space:]]*include "' "$layer"/*.[ch] 2>/dev/null |
		awk -v may=" $(allowed $layer) " '
			{ split($0, part, "\""); folder = part[2]; sub("/.*", "", folder)
			  if (index(may, " " folder " ") == 0) print }')
	if [ -n "$wrong" ]; then
		echo "not ok - $layer includes only what is below it"
		echo "$wrong"
		bad=1
	else
		echo "ok - $layer includes only what is below it"
	fi
done

home() { # HEADER_PATTERN WHAT ALLOWED_PATTERN
	wrong=$(grep -l -E "^#[[:space:]]*include <$1" ./*/*.[ch] | sed 's|^\./||' | grep -v -E "^($3)\$" |
		grep -v '^bench/')
	if [ -n "$wrong" ]; then
		echo "not ok - $2 stays at home"
		echo "$wrong"
		bad=1
	else
		echo "ok - $2 stays at home"
	fi
}
home '(n?curses|term)\.h|<ncurses' ncurses 'tui/screen\.c'
home 'git2' libgit2 'storage/repo[a-z_]*\.[ch]'
home 'sqlite3' sqlite3 'storage/(journal|index)\.c'
home 'cjson' cJSON 'base/json[a-z_]*\.[ch]'
home 'utf8proc' utf8proc 'storage/history\.c|base/text[a-z_]*\.c|tui/(canvas|ascii)\.c'

# Whoever includes base/json.h may read trees; nobody else.
wrong=$(grep -l '"base/json\.h"' ./*/*.[ch] | sed 's|^\./||' |
	grep -v -E '^(base/json[a-z_]*\.[ch]|storage/(json[a-z_]*|template[a-z_]*)\.[ch]|formats/[a-z_]*\.[ch]|live/wire[a-z_]*\.c)$')
if [ -n "$wrong" ]; then
	echo "not ok - JSON trees are read in their homes"
	echo "$wrong"
	bad=1
else
	echo "ok - JSON trees are read in their homes"
fi

# model/ does no I/O, reads no clock, draws no random number.
wrong=$(grep -n -E '\b(fopen|open|read|write|printf|fprintf|time|clock_gettime|clock_now_ns|rand_bits|rand_bytes|id_random|getenv)\(' \
	model/*.c | grep -v -E ':[[:space:]]*\*|//')
if [ -n "$wrong" ]; then
	echo "not ok - the model is pure"
	echo "$wrong"
	bad=1
else
	echo "ok - the model is pure"
fi
exit $bad
