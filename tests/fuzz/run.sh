#!/bin/sh
# Run every fuzz target of BUILD for SECONDS. Ends with "N passed, N failed".
set -u
build=$1 seconds=$2 passed=0 failed=0
for target in "$build"/fuzz/fuzz_*; do
	case $target in *.d | *.o) continue ;; esac
	corpus=$(mktemp -d)
	cp tests/fuzz/seeds/"$(basename "$target")"/* "$corpus" 2>/dev/null
	words=
	case $target in *_host | *_client | *_wire) words=-dict=tests/fuzz/wire.dict ;; esac
	echo "$(basename "$target"), $seconds s"
	if "$target" -max_total_time="$seconds" -rss_limit_mb=1024 -max_len=65536 -verbosity=0 $words \
		-artifact_prefix="$build/" "$corpus"; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
	fi
	rm -rf "$corpus"
done
echo "$passed passed, $failed failed"
[ $failed = 0 ]
