#!/bin/sh
# make bench: each row ours, theirs, the ratio, n and p99, both measured in this run, one after the other.
set -u
cd "$(dirname "$0")/.." || exit 1
B=${B:-build}
work=$(mktemp -d "${TMPDIR:-/tmp}/debrief-bench.XXXXXX") || exit 1
trap 'rm -rf "$work"' EXIT
export HOME="$work" XDG_RUNTIME_DIR="$work" XDG_DATA_HOME="$work" XDG_CACHE_HOME="$work" LC_ALL=C.UTF-8
export GIT_CONFIG_NOSYSTEM=1
git config --global user.name bench
git config --global user.email bench@example.org
git config --global init.defaultBranch main
debrief=$PWD/$B/debrief
echo "load $(cut -d' ' -f1-3 /proc/loadavg), $(nproc) cores, $(uname -r)"

median() { sort -n | awk '{ v[NR] = $1 } END { if (NR) printf "%.4f %.4f %d", v[int((NR + 1) / 2)], v[int(NR * 0.99 + 0.5)], NR }'; }
row() { # WHAT OURS_FILE THEIRS_FILE AGAINST
	o=$(median <"$2") t=$(median <"$3")
	echo "$o $t" | awk -v what="$1" -v peer="$4" '{ printf "%-44s %10.4f %10.4f %7.2f  n=%d  p99 %.4f / %.4f ms  against %s\n",
		what, $1, $4, $1 / $4, $3, $2, $5, peer }'
}

"$B/bench/model"

# A history with N other debriefs, made by one git import.
history() { # DIR N
	"$debrief" init "$1" >/dev/null
	"$debrief" new --repo "$1" --no-open "Checkout 5xx" >"$work/name"
	name=$(tail -n 1 "$work/name")
	i=0
	while [ $i -lt 200 ]; do
		echo "event add 2026-07-14T14:$((10 + i / 60)):$((10 + i % 50)) \"the queue of payments grows again, $i\""
		i=$((i + 1))
	done | "$debrief" do --repo "$1" "$name" >/dev/null
	"$debrief" save --repo "$1" "$name" >/dev/null
	git -C "$1" show HEAD:"$(git -C "$1" ls-tree -r --name-only HEAD | grep json)" >"$work/one.json"
	awk -v n="$2" -v size="$(wc -c <"$work/one.json")" -v file="$work/one.json" 'BEGIN {
		while ((getline line < file) > 0) text = text line "\n"
		print "commit refs/heads/main\ncommitter b <b@example.org> 1784206000 +0000\ndata 4\nmore\nfrom refs/heads/main^0"
		for (i = 0; i < n; i++) {
			id = sprintf("%012d", 100000 + i); t = text
			sub(/"id": "[0-9a-z]*"/, "\"id\": \"" id "\"", t)
			printf "M 644 inline debriefs/%d/%02d/%d-%02d-01-made-up-%s.json\ndata %d\n%s\n", 2017 + i % 9, 1 + i % 12, 2017 + i % 9, 1 + i % 12, id, length(t), t
		}
	}' | git -C "$1" fast-import --quiet
	git -C "$1" reset -q --hard
}

pair_commit() { # DIR WHAT
	: >"$work/ours"
	: >"$work/theirs"
	path=$(git -C "$1" ls-files | grep checkout)
	for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15; do
		"$debrief" do --repo "$1" "$name" set "impact=try $i" >/dev/null
		"$B/bench/clock" "$debrief" save --repo "$1" "$name" >>"$work/ours" 2>"$work/said"
		echo "$i" >>"$1/other.txt"
		"$B/bench/clock" sh -c 'cd "$1" && git -c core.fsync=all add other.txt && git -c core.fsync=all commit -qm other' sh "$1" >>"$work/theirs"
	done
	row "one commit, $2" "$work/ours" "$work/theirs" "git add and git commit, fsync on"
}

for n in 100 10000; do
	history "$work/h$n" $n
	pair_commit "$work/h$n" "$n debriefs"
done

# In a terminal: start to the first frame, key to the first byte, bytes a key as they would cross an ssh connection.
in_terminal() { # ROWS COLS KEYS SETTLE_TEXT OUT COMMAND...
	keys=$3 rows=$1 cols=$2 text=$4 to=$5
	shift 5
	"$B/bench/pty" "$keys" "$rows" "$cols" 400 "$text" "$@" >"$to"
	sed -n 's/^start //p' "$to" >"$to.start"
	sed -n 's/^key //p' "$to" >"$to.key"
}
against() { # SIZE PEER
	row "start to first frame, 10,000 debriefs, $1" "$work/ours.start" "$work/theirs.start" "$2"
	row "key to first byte, 200 events, $1" "$work/ours.key" "$work/theirs.key" "$2"
	echo "    bytes a key: $(sed -n 's/^bytes //p' "$work/ours") against $(sed -n 's/^bytes //p' "$work/theirs")"
}
awk 'BEGIN { for (i = 0; i < 400; i++) print "the queue of the payments service grows again, line", i }' >"$work/text"
for size in "40 120" "50 200" "80 300"; do
	# shellcheck disable=SC2086
	set -- $size
	in_terminal "$1" "$2" jjjjkkkk "Timeline" "$work/ours" "$debrief" open --repo "$work/h10000" "$name"
	in_terminal "$1" "$2" jjjjkkkk "a" "$work/theirs" "$B/bench/bare"
	against "$2x$1" "a bare ncurses program"
	in_terminal "$1" "$2" jjjjkkkk "line 0" "$work/theirs" vim.tiny -u NONE "$work/text"
	against "$2x$1" "vim"
	in_terminal "$1" "$2" jjjjkkkk "more" "$work/theirs" tig -C "$work/h10000"
	against "$2x$1" "tig"
done
# Last: it adds thousands of events to the debrief.
"$B/bench/ops" "$work/h10000" "$name" 1500
