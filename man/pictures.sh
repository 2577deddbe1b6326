#!/bin/sh
# The pictures of the README and the manual, drawn from the demo's incident, each on a dark and on a light ground:
# sh man/pictures.sh [DIR]. None shows the board: a reveal shuffles it, and each run would draw another one.
set -eu
cd "$(dirname "$0")/.."
to=${1:-man/pictures}
work=$(mktemp -d "${TMPDIR:-/tmp}/debrief-pictures.XXXXXX")
trap 'rm -rf "$work"' EXIT
export HOME="$work" XDG_RUNTIME_DIR="$work" XDG_DATA_HOME="$work" XDG_CACHE_HOME="$work" LC_ALL=C.UTF-8
export GIT_AUTHOR_NAME=debrief GIT_COMMITTER_NAME=debrief EMAIL=debrief@example.org GIT_CONFIG_NOSYSTEM=1
mkdir -p "$to"
./debrief demo --keep "$work/demo" >/dev/null
name=$(./debrief list --repo "$work/demo" | awk 'NR == 1 { print $1 }')
picture() { # NAME OPTION...
	as=$1
	shift
	for ground in dark light; do
		theme=default
		[ $ground = light ] && theme=light
		./debrief render "$name" --repo "$work/demo" --to svg --theme $theme --now 2017-02-02T12:00:00Z "$@" \
			>"$to/$as-$ground.svg"
	done
}
picture wall --view wall --size 200x50
picture fishbone --view fishbone --size 120x40
picture whys --view fishbone --layout vertical --size 80x24
picture timeline --view timeline --layout list --size 120x40
picture lanes --view timeline --layout lanes --size 120x28
picture actions --view actions --size 120x40
picture agenda --view agenda --size 120x40
