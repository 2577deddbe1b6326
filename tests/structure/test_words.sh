#!/bin/sh
# Every sentence on the screen is in the table of words (views/words.c) or of keys (bindings.c, modal.c): a literal of
# several words in a file that draws or answers is refused. Lines of the session's grammar are no words.
set -u
cd "$(dirname "$0")/../.." || exit 1
bad=0

# Words in a row, or words beside a format's directive.
prose() {
	awk '
	{ line = $0; sub(/^[[:space:]]*\/\*.*\*\/[[:space:]]*$/, "", line); gsub(/\/\*[^*]*\*\//, "", line) }
	line ~ /^[[:space:]]*(\*|\/\*)/ { next }
	line ~ /^#include/ { next }
	{
		while (match(line, /"([^"\\]|\\.)*"/)) {
			text = substr(line, RSTART + 1, RLENGTH - 2)
			line = substr(line, RSTART + RLENGTH)
			bare = text
			gsub(/%[-0-9.*]*(ll|z)?[a-z]/, "", bare)
			if (bare ~ /[A-Za-z][,:;.?]? +[A-Za-z]/ || (text ~ /%/ && bare ~ /[a-z][a-z]/ && bare ~ / /)) print FILENAME ":" FNR ": " text
		}
	}' "$@"
}

# What the grammar of the session, and the names of verbs in it, begin with.
grammar='(set|person|event|category|cause|why|card|column|action|experiment|question|stage|redact|confirm|agree|doubt|vote|unvote|votes|seat|reveal|override|timer|focus|hand|ready|rate|pass|abort|lock|unlock|leave|pause|give|mute|undo|redo|save|close|reopen|answer|prompt|projector|jot|curtain|ask|spread|account|plus|delta|arrive|new|move)( |$)'
tables='^views/(words|words_put|bindings|modal|possible|own_words)\.c$'
# shellcheck disable=SC2046 # names without blanks
found=$(prose $(ls views/*.c | grep -v -E "$tables") |
	grep -v -E "^[^:]*:[0-9]*: (\\\\n)? *$grammar| set | remove |nothing was sent|says what there is|are used up|: +(about|causes|under|evidence|kind)=")
if [ -n "$found" ]; then
	echo "not ok - every sentence is in the table of words"
	echo "$found"
	bad=1
else
	echo "ok - every sentence is in the table of words"
fi

# What is said in answer to a key, and of the home screen, is said somewhere (others are reached by counting).
unused=$(sed -n 's/^\t\[\(WORD_\(SAY\|HOME\|FIRST\)_[A-Z0-9_]*\)\].*/\1/p' views/words.c | sort -u | while read -r w; do
	base=${w%_N}
	grep -q -w -e "$w" -e "${base}_1" views/[a-v]*.c views/w[a-np-z]*.c cli/*.c || echo "$w"
done)
known=$(echo "$unused" | grep -v -E '_(SHORT|N|[2-9]|10)$|^WORD_NONE$')
if [ -n "$known" ]; then
	echo "not ok - every word is used"
	echo "$known"
	bad=1
else
	echo "ok - every word is used"
fi
exit $bad
