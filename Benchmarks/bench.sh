#!/bin/sh
# Measures what a run costs, three times each, and prints the median:
# no-op partitions a second with each durability, bytes a second, rows a second of a GROUP BY,
# peak memory.
#
#   sh Benchmarks/bench.sh MILLRACE TEMPERATURES.csv
set -eu
millrace=$1
data=$(cd "$(dirname "$2")" && pwd)/$(basename "$2")
here=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
# Results are stored on the disk of the data, which is what a flush is measured on.
MILLRACE_RUNS=$(mktemp -d "$(dirname "$data")/runs.XXXXXX")
export MILLRACE_RUNS
trap 'rm -rf "$work" "$MILLRACE_RUNS"' EXIT

cat >"$work/bytes.yaml" <<YAML
topology: bytes
source: { files: "$data", format: bytes, partition: 1MiB }
stages: [{ name: nothing, operator: noop }]
workers: 2
sink: { discard: true }
YAML

# runs ARGUMENT…: three runs, whose summaries the medians below are taken from
runs() {
  # Files are read from memory, not from the disk.
  cat "$data" >/dev/null
  : >"$work/summaries"
  for _ in 1 2 3; do
    # Not a pipe, which would hide a run that failed.
    "$millrace" run "$@" --json >"$work/objects"
    tail -n 1 "$work/objects" >>"$work/summaries"
  done
}

# median LABEL FIELD UNIT DIVISOR
median() {
  sed -n "s/.*\"$2\":\([0-9.e+]*\).*/\1/p" "$work/summaries" | sort -g | sed -n 2p |
    awk -v label="$1" -v unit="$3" -v divisor="$4" \
      '{ printf "%-48s %10.2f %s\n", label, $1 / divisor, unit }'
}

for durability in machine process off; do
  runs "$here/Topologies/tasks.yaml" --set "durability=$durability"
  median "no-op partitions of 64 bytes, durability $durability" partitions_per_second "million/s" 1e6
done
runs "$work/bytes.yaml" --set source.deliver=inline
median "1 MiB partitions, inline" bytes_per_second "GB/s" 1e9
for way in reference inline; do
  runs "$here/Topologies/temperatures.yaml" --set "source.files=$data" \
    --set "source.deliver=$way" --set "sink={ file: \"$work/out.csv\" }"
  median "temperatures, $way" rows_per_second "million rows/s" 1e6
  median "  peak memory of the coordinator" coordinator_peak_memory MB 1e6
  median "  peak memory of the largest worker" worker_peak_memory MB 1e6
done
runs "$here/Topologies/quickstart.yaml"
median "quickstart, whole command" wall_seconds "ms" 1e-3
