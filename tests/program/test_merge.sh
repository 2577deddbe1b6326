#!/bin/sh
# git's merge driver: two clones, both edited, one result.
. "$(dirname "$0")/lib.sh"
begin "Two clones"
"$debrief" do "$name" set day=2026-07-14 timezone=UTC >/dev/null
"$debrief" do "$name" event add 14:00 "the first" >/dev/null
"$debrief" do "$name" save >/dev/null
path=$(git -C "$repo" ls-files debriefs)
git -C "$repo" show "HEAD:$path" >"$tmp/base.json"
jq '.events[0].text = "the first, put better"' "$tmp/base.json" >"$tmp/ours.json"
jq '.events += [{"id": "0000000000zz", "number": 2, "order": "h0a0k3", "at": "2026-07-14T15:00:00Z", "text": "theirs",
	"changed": "2026-07-14T16:00:00Z"}]' "$tmp/base.json" >"$tmp/theirs.json"
cp "$tmp/ours.json" "$tmp/o.json"
run "$debrief" merge-file "$tmp/base.json" "$tmp/o.json" "$tmp/theirs.json"
is "merge-file" 0 "$status"
is "both sides are in it" "the first, put better;theirs" "$(jq -r '[.events[].text] | join(";")' "$tmp/o.json")"
cp "$tmp/theirs.json" "$tmp/t.json"
run "$debrief" merge-file "$tmp/base.json" "$tmp/t.json" "$tmp/ours.json"
same "the other way round gives the same bytes" "$tmp/o.json" "$tmp/t.json"
: >"$tmp/empty"
cp "$tmp/ours.json" "$tmp/o.json"
run "$debrief" merge-file "$tmp/empty" "$tmp/o.json" "$tmp/theirs.json"
is "an empty base is fine" 0 "$status"
echo nonsense >"$tmp/broken"
cp "$tmp/ours.json" "$tmp/o.json"
run "$debrief" merge-file "$tmp/base.json" "$tmp/o.json" "$tmp/broken"
is "a side that cannot be read" 1 "$status"
same "leaves ours alone" "$tmp/ours.json" "$tmp/o.json"
jq '.id = "0000000000zz"' "$tmp/theirs.json" >"$tmp/other.json"
run "$debrief" merge-file "$tmp/base.json" "$tmp/o.json" "$tmp/other.json"
is "two different debriefs are refused" 1 "$status"
same "and ours is left alone" "$tmp/ours.json" "$tmp/o.json"

# Through git itself.
PATH=$tmp/bin:$PATH
mkdir "$tmp/bin"
ln -s "$debrief" "$tmp/bin/debrief"
git clone -q "$repo" "$tmp/clone" 2>/dev/null
"$debrief" init "$tmp/clone" >/dev/null
DEBRIEF_REPO=$tmp/clone "$debrief" do "$name" event add 2026-07-14T16:00 "in the clone" >/dev/null
DEBRIEF_REPO=$tmp/clone "$debrief" do "$name" save >/dev/null
"$debrief" do "$name" event add 2026-07-14T17:00 "in the first" >/dev/null
"$debrief" do "$name" save >/dev/null
git -C "$tmp/clone" pull -q --no-rebase --no-edit >"$tmp/pull" 2>&1
is "git pull merges" 0 "$?"
is "and has both" "in the clone;in the first" "$(jq -r '[.events[].text | select(startswith("in "))] | join(";")' "$tmp/clone/$path")"
export DEBRIEF_REPO="$tmp/clone"
run "$debrief" do "$name" save
run "$debrief" show --json "$name"
is "the running host takes it in before it saves" 3 "$(printf '%s' "$out" | jq '.events | length')"
is "and overwrites nothing" "in the clone;in the first" "$(git -C "$tmp/clone" show "HEAD:$path" | jq -r '[.events[].text | select(startswith("in "))] | join(";")')"
