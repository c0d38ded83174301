#!/bin/sh
# Measures what a run costs, three times each, and prints the median:
# no-op partitions a second, bytes a second, rows a second of a GROUP BY, peak memory.
#
#   sh Benchmarks/bench.sh MILLRACE TEMPERATURES.csv
set -eu
millrace=$1
data=$(cd "$(dirname "$2")" && pwd)/$(basename "$2")
here=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cat >"$work/bytes.yaml" <<YAML
topology: bytes
source: { files: "$data", format: bytes, partition: 1MiB }
stages: [{ name: nothing, operator: noop }]
workers: 2
sink: { discard: true }
YAML

# measure LABEL FIELD UNIT DIVISOR ARGUMENT…
measure() {
  label=$1 field=$2 unit=$3 divisor=$4
  shift 4
  : >"$work/values"
  # Files are read from memory, not from the disk.
  cat "$data" >/dev/null
  for _ in 1 2 3; do
    "$millrace" run "$@" --json | tail -n 1 |
      sed -n "s/.*\"$field\":\([0-9.e+]*\).*/\1/p" >>"$work/values"
  done
  sort -g "$work/values" | sed -n 2p |
    awk -v label="$label" -v unit="$unit" -v divisor="$divisor" \
      '{ printf "%-48s %10.2f %s\n", label, $1 / divisor, unit }'
}

measure "no-op partitions of 64 bytes" partitions_per_second "million/s" 1e6 \
  "$here/Topologies/tasks.yaml"
measure "1 MiB partitions, inline" bytes_per_second "GB/s" 1e9 \
  "$work/bytes.yaml" --set source.deliver=inline
measure "temperatures, by reference" rows_per_second "million rows/s" 1e6 \
  "$here/Topologies/temperatures.yaml" --set "source.files=$data" \
  --set "sink={ file: \"$work/out.csv\" }"
measure "temperatures, inline" rows_per_second "million rows/s" 1e6 \
  "$here/Topologies/temperatures.yaml" --set "source.files=$data" \
  --set source.deliver=inline --set "sink={ file: \"$work/out.csv\" }"
for way in reference inline; do
  measure "peak memory of the coordinator, $way" coordinator_peak_memory MB 1e6 \
    "$here/Topologies/temperatures.yaml" --set "source.files=$data" \
    --set "source.deliver=$way" --set "sink={ file: \"$work/out.csv\" }"
  measure "peak memory of the largest worker, $way" worker_peak_memory MB 1e6 \
    "$here/Topologies/temperatures.yaml" --set "source.files=$data" \
    --set "source.deliver=$way" --set "sink={ file: \"$work/out.csv\" }"
done
measure "quickstart, whole command" wall_seconds "ms" 1e-3 \
  "$here/Topologies/quickstart.yaml"
