#!/bin/sh
# The pictures of the README, drawn from the demo's incident: sh man/pictures.sh
set -eu
cd "$(dirname "$0")/.."
work=$(mktemp -d "${TMPDIR:-/tmp}/debrief-pictures.XXXXXX")
trap 'rm -rf "$work"' EXIT
export HOME="$work" XDG_RUNTIME_DIR="$work" XDG_DATA_HOME="$work" XDG_CACHE_HOME="$work" LC_ALL=C.UTF-8
export GIT_AUTHOR_NAME=debrief GIT_COMMITTER_NAME=debrief EMAIL=debrief@example.org GIT_CONFIG_NOSYSTEM=1
mkdir -p man/pictures
./debrief demo --keep "$work/demo" >/dev/null
name=$(./debrief list --repo "$work/demo" | awk 'NR == 1 { print $1 }')
for view in fishbone timeline actions agenda; do
	./debrief render "$name" --repo "$work/demo" --view "$view" --size 120x40 --to svg --now 2017-02-02T12:00:00Z \
		>"man/pictures/$view.svg"
done
