#!/bin/sh
# Feeds a decoder with inputs that grow out of valid messages, as fast as it goes.
#   fuzz.sh PROGRAM TARGET SECONDS
# What it learns stays in .build/fuzz/inputs/TARGET for the next time. An input that breaks something
# is put into .build/fuzz/findings, and this ends with a status other than 0.
set -eu
program=$1
target=$2
seconds=$3
work=.build/fuzz
tests=$(dirname "$0")
mkdir -p "$work/seeds/$target" "$work/inputs/$target" "$work/findings"
"$program" --target="$target" --seeds="$work/seeds/$target"
if [ "$target" = topology ]; then cp Topologies/*.yaml "$work/seeds/$target/"; fi
# Messages and topologies may be long. A block of a store is short and may hold 65,536 equal results,
# so that a long file takes its time rightly.
length=65536
if [ "$target" = segments ]; then length=2048; fi
# Time is watched over by the program itself, in processor time; -timeout is for what never ends. The
# address sanitizer keeps freed memory for a while, which is not to count.
export ASAN_OPTIONS="quarantine_size_mb=16:malloc_context_size=8:${ASAN_OPTIONS:-}"
export SWIFT_BACKTRACE=enable=no
exec "$program" --target="$target" "$work/inputs/$target" "$work/seeds/$target" \
  -dict="$tests/Dictionaries/$target.dict" -artifact_prefix="$work/findings/$target-" \
  -max_total_time="$seconds" -timeout=30 -rss_limit_mb=512 -malloc_limit_mb=64 -max_len="$length" \
  -print_final_stats=1
