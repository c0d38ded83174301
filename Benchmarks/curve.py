#!/usr/bin/env python3
"""What encryption costs: the same runs over tcp with keys and without, in turn.

    python3 Benchmarks/curve.py MILLRACE TEMPERATURES.csv

Two clusters stand side by side on this host, each a coordinator and two workers that are sent 1 MiB
partitions inline; one of them has keys. Each run goes to one, then to the other, and so on, so that
whatever else the machine does weighs on both. Prints the median of each, their ratio, and the processor
time that a MiB takes at the coordinator and at the workers. Needs Linux, for its /proc.

All of both ends shares this machine's processors: between hosts each end has its own.
"""

import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

PAIRS = 5
MIB = 1 << 20
TICK = os.sysconf("SC_CLK_TCK")
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


class Cluster:
    """A coordinator and two workers on 127.0.0.1, with keys or without; use within a `with` block."""

    def __init__(self, millrace, folder, port, keys):
        self.millrace, self.folder, self.to = millrace, folder, f"127.0.0.1:{port}"
        self.folder.mkdir()
        self.keys = folder / "keys" if keys else None
        self.processes = []

    def __enter__(self):
        if self.keys:
            subprocess.run([self.millrace, "keys", "init", self.keys, "--nodes", "worker,client"],
                           check=True, stdout=subprocess.DEVNULL)
        keys = ["--keys", self.keys] if self.keys else []
        self.start("coordinator", "--listen", self.to, "--state", self.folder / "state", *keys)
        for _ in range(2):
            self.start("worker", "--to", self.to, *self.key("worker"))
        deadline = time.monotonic() + 30
        while self.status().count('"roles":["worker"]') < 2:
            if time.monotonic() > deadline:
                raise SystemExit(f"error: no two workers have joined at {self.to}")
            time.sleep(0.1)
        return self

    def __exit__(self, *_):
        for process in self.processes[::-1]:
            process.terminate()
            process.wait()

    def key(self, name):
        return ["--key-file", self.keys / f"{name}.key"] if self.keys else []

    def start(self, role, *arguments):
        with open(self.folder / f"{role}.log", "ab") as log:
            self.processes.append(subprocess.Popen(
                [self.millrace, role, *arguments], stdin=subprocess.DEVNULL, stdout=log, stderr=log))

    def status(self):
        return subprocess.run(
            [self.millrace, "status", "--json", "--to", self.to, *self.key("client")],
            capture_output=True, text=True).stdout

    def run(self, topology):
        """Bytes a second, and seconds of processor time of the coordinator and of the workers."""
        before = self.processor_times()
        done = subprocess.run(
            [self.millrace, "submit", topology, "--wait", "--json", "--to", self.to,
             *self.key("client")], capture_output=True, text=True)
        if done.returncode:
            raise SystemExit(f"error: {done.stderr}")
        summary = json.loads(done.stdout.splitlines()[-1])
        used = [after - time for after, time in zip(self.processor_times(), before)]
        return summary["bytes_per_second"], used[0], sum(used[1:])

    def processor_times(self):
        times = []
        for process in self.processes:
            fields = pathlib.Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()
            times.append((int(fields[11]) + int(fields[12])) / TICK)
        return times


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
