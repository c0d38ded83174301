#!/usr/bin/env python3
"""What encryption costs: the same runs over tcp with keys and without, in turn.

    python3 Benchmarks/curve.py MILLRACE TEMPERATURES.csv

Two clusters stand side by side on this host, each a coordinator and two workers that are sent 1 MiB
partitions inline; one of them has keys. Each run goes to one, then to the other, and so on, so that
whatever else the machine does weighs on both. Prints the median of each, their ratio, and the processor
time that a MiB takes at the coordinator and at the workers. Needs Linux, for its /proc.

All of both ends shares this machine's processors: between hosts each end has its own.
"""

import os
import pathlib
import statistics
import sys
import tempfile

from cluster import Cluster

PAIRS = 5
MIB = 1 << 20
CASES = {
    "SQL over CSV": """
source:
  {{ files: "{data}", format: csv, delimiter: ";", header: false, quote: none, partition: 1MiB,
    deliver: inline, columns: {{ c1: text, c2: double }} }}
stages:
  - name: stations
    sql: |
      SELECT c1 AS station, count(*) AS measurements, min(c2) AS least, avg(c2) AS mean,
             max(c2) AS greatest
      FROM input GROUP BY c1 ORDER BY c1
""",
    "no-op": """
source: {{ files: "{data}", format: bytes, partition: 1MiB, deliver: inline }}
stages: [{{ name: nothing, operator: noop }}]
""",
}


def measure(clusters, topology, size):
    """Runs in turn; prints what came out."""
    results = {name: [] for name in clusters}
    for cluster in clusters.values():
        cluster.run(topology)  # Connections stand and memory is there from now on.
    for _ in range(PAIRS):
        for name, cluster in clusters.items():
            results[name].append(cluster.run(topology))
    rates = {}
    for name, runs in results.items():
        rates[name], coordinator, workers = map(statistics.median, zip(*runs))
        share = 1000 * MIB / size
        print(f"  {name:16}{rates[name] / 1e6:10.0f} MB/s {coordinator * share:9.2f} ms"
              f" {workers * share:9.2f} ms")
    pairs = [keys[0] / plain[0] for plain, keys in zip(*results.values())]
    print(f"  ratio {statistics.median(pairs):.2f}, from {min(pairs):.2f} to {max(pairs):.2f}")


def main():
    if len(sys.argv) != 3:
        raise SystemExit(__doc__)
    millrace, data = (str(pathlib.Path(path).resolve()) for path in sys.argv[1:])
    size = os.path.getsize(data)
    with tempfile.TemporaryDirectory() as temporary:
        folder = pathlib.Path(temporary)
        port = 10_000 + os.getpid() % 10_000 * 2
        with Cluster(millrace, folder / "plain", port, keys=False) as plain, \
                Cluster(millrace, folder / "keys", port + 20_000, keys=True) as encrypted:
            print(f"{size / 1e6:.0f} MB in partitions of 1 MiB, {PAIRS} runs each"
                  "\n                        rate       coordinator   workers, for each MiB")
            for name, text in CASES.items():
                path = folder / "topology.yaml"
                path.write_text("topology: curve\n" + text.format(data=data)
                                + "workers: 2\nsink: { discard: true }\n")
                pathlib.Path(data).read_bytes()  # From memory, not from the disk.
                print(name)
                measure({"without keys": plain, "with keys": encrypted}, path, size)


if __name__ == "__main__":
    main()
