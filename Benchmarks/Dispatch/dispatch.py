#!/usr/bin/env python3
"""What it costs to hand out work and to account for it, side by side with bare libzmq and with others.

    dispatch.py --millrace PATH --pipeline PATH --python PATH [--systems pyzmq,ray …]

Two worker processes do nothing with tasks of 64 bytes, then with partitions of 1 MiB. Bare libzmq is
pipeline.c, which keeps no accounts; Millrace keeps its ledger on disk, with leases, receipts and
liveness. Times are from the first task sent to the last result there, with everything started before;
systems take turns, so that whatever else the machine does weighs on all. Needs Linux.
"""

import argparse
import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from cluster import Cluster  # noqa: E402

MIB = 1 << 20
# How many tasks each system of others is given: some seconds' worth.
TASKS = {"pyzmq": 200_000, "multiprocessing": 40_000, "ray-actors": 20_000, "ray-tasks": 6_000,
         "parsl": 4_000, "celery": 2_000, "dask": 2_000}
TOPOLOGY = """
topology: dispatch
source: {{ {source} }}
stages: [{{ name: nothing, operator: noop }}]
workers: 2
sink: {{ discard: true }}
"""


def last_object(command, **options):
    """The last line of what a command prints, read as JSON."""
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, **options)
    if done.returncode:
        raise SystemExit(f"error: {' '.join(map(str, command))}: {done.stderr}")
    return json.loads(done.stdout.splitlines()[-1])


class Bench:
    def __init__(self, options, folder):
        self.options, self.folder = options, folder

    def topology(self, name, source):
        path = self.folder / f"{name}.yaml"
        path.write_text(TOPOLOGY.format(source=source))
        return path

    def bare(self, transport, messages, size, field):
        return last_object([self.options.pipeline, transport, messages, size])[field]

    def millrace(self, topology, field):
        runs = {**os.environ, "MILLRACE_RUNS": str(self.folder / "runs")}
        return last_object([self.options.millrace, "run", topology, "--json"], env=runs)[field]

    def other(self, system):
        command = [self.options.python, "-B", HERE / "others.py", system, TASKS[system]]
        return last_object(command, cwd=self.folder)["tasks_per_second"]

    def compare(self, title, unit, divisor, systems):
        """Measures `systems` in turn; prints medians and the median ratio of each to the first."""
        rates = {name: [] for name in systems}
        for _ in range(self.options.runs):
            for name, measure in systems.items():
                rates[name].append(measure())
        print(f"{title}\n{'':34}{unit:>14}  least -greatest   Millrace to it", flush=True)
        own = next(iter(rates.values()))
        for name, values in rates.items():
            ratio = statistics.median(mine / theirs for mine, theirs in zip(own, values))
            print(f"  {name:32}{statistics.median(values) / divisor:14.3f}"
                  f"{min(values) / divisor:9.3f} -{max(values) / divisor:8.3f}{ratio:12.2f}",
                  flush=True)

    def tasks(self):
        count = self.options.tasks
        topology = self.topology("tasks", f"range: {{ from: 0, to: {count} }}, partition: 1, payload: 64")
        systems = {
            "Millrace, ledger on disk": lambda: self.millrace(topology, "partitions_per_second"),
            "libzmq in C": lambda: self.bare("ipc", count, 64, "messages_per_second")}
        for system in self.options.systems:
            systems[system] = lambda system=system: self.other(system)
        self.compare("tasks of 64 bytes, ipc", "thousands/s", 1e3, systems)

    def bytes(self):
        size = self.options.megabytes * 1_000_000
        data = self.folder / "data"
        with open(data, "wb") as file:
            block = os.urandom(MIB)
            while file.tell() < size:
                file.write(block)
        topology = self.topology(
            "bytes", f'files: "{data}", format: bytes, partition: 1MiB, deliver: inline')
        messages = size // MIB
        self.compare("1 MiB, ipc", "GB/s", 1e9, {
            "Millrace, inline": lambda: self.millrace(topology, "bytes_per_second"),
            "libzmq in C": lambda: self.bare("ipc", messages, MIB, "bytes_per_second")})
        with Cluster(self.options.millrace, self.folder / "cluster", self.options.port,
                     keys=False) as cluster:
            cluster.run(topology)  # Connections stand from now on.
            self.compare("1 MiB, tcp", "GB/s", 1e9, {
                "Millrace, inline": lambda: cluster.run(topology)[0],
                "libzmq in C": lambda: self.bare("tcp", messages, MIB, "bytes_per_second")})


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("--millrace", "--pipeline", "--python"):
        parser.add_argument(name, type=pathlib.Path, required=True)
    parser.add_argument("--tasks", type=int, default=2_000_000)
    parser.add_argument("--megabytes", type=int, default=2_000)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--port", type=int, default=10_000 + os.getpid() % 10_000)
    parser.add_argument("--systems", type=lambda text: [name for name in text.split(",") if name],
                        default=[])
    options = parser.parse_args()
    unknown = [name for name in options.systems if name not in TASKS]
    if unknown:
        parser.error(f"no system {unknown[0]}; there are {', '.join(TASKS)}")
    # Not resolved: the interpreter of a virtual environment is a link.
    for name in ("millrace", "pipeline", "python"):
        setattr(options, name, pathlib.Path(os.path.abspath(getattr(options, name))))
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(options, pathlib.Path(folder))
        bench.tasks()
        bench.bytes()


if __name__ == "__main__":
    main()
