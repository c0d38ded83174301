"""A cluster across the hosts of a test, and what the same topology gives on one host."""

import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
sys.path.insert(0, str(ROOT / "Tests/Interop"))

from processes import Processes, expect  # noqa: E402

MILLRACE = os.environ.get("MILLRACE", str(ROOT / ".build/release/millrace"))
FLIGHTS = sorted((ROOT / "Topologies/data").glob("flights-2013-*.csv"))
PORT = 5700
BEAT = 1.0
HOSTS = ["supervisor", "ventilator", "sink", "one", "two"]

# Bytes that matter: each host's share of them has to arrive.
DELAYS = """topology: delays
source:
  {{ files: "{data}/flights-2013-*.csv", format: csv, nulls: [NA, ""], partition: {partition} }}
stages:
  - name: report
    sql: |
      SELECT carrier, count(*) AS flights, avg(dep_delay) AS mean, stddev(arr_delay) AS spread,
             max(tailnum) AS last
      FROM input WHERE dep_delay IS NOT NULL GROUP BY carrier ORDER BY carrier
workers: 2
patience: 120s
sink: {{ file: "{out}" }}
"""
# Time that matters: something has to be going on when something happens.
TASKS = """topology: tasks
source: {{ files: "{data}/flights-2013-*.csv", format: text, partition: {partition} }}
stages:
  - name: wait
    operator: {{ name: sleep, configuration: {{ milliseconds: {milliseconds} }} }}
workers: 2
patience: 120s
sink: {{ file: "{out}", format: text }}
"""


class Cluster:
    """Roles on the hosts of a network; use within a `with` block."""

    def __init__(self, network, keys=True):
        self.network = network
        self.temporary = tempfile.TemporaryDirectory(prefix="mrh", dir="/tmp")
        self.directory = pathlib.Path(self.temporary.name)
        self.processes = Processes(self.directory)
        self.keys = self.directory / "keys" if keys else None
        self.data = self.directory / "data"
        self.data.mkdir()
        for path in FLIGHTS:
            shutil.copy(path, self.data)
        self.address = network["supervisor"].address
        self.to = f"[{self.address}]:{PORT}" if ":" in self.address else f"{self.address}:{PORT}"
        if keys:
            self.run("keys", "init", self.keys, "--nodes", "ventilator,sink,one,two,client")
        # Only two of the hosts have the files: the others get their bytes over the network.
        for name in ("one", "two"):
            network[name].hidden.append(self.data)

    def __enter__(self):
        return self

    def __exit__(self, kind, *_):
        self.processes.__exit__()
        if kind is not None:
            for running in self.processes.started:
                print(f"--- {running.name}\n{running.tail()}", file=sys.stderr)
        self.temporary.cleanup()

    def run(self, *arguments):
        """A millrace command on no host in particular."""
        done = subprocess.run([MILLRACE, *map(str, arguments)], capture_output=True, text=True,
                              cwd=self.directory)
        expect(done.returncode == 0, f"millrace {arguments}: {done.stderr}")
        return done.stdout

    def access(self, name):
        return ["--key-file", self.keys / f"{name}.key"] if self.keys else ["--insecure"]

    # Roles.

    def start(self, name, host, *arguments, prefix=()):
        """Starts a millrace command on a host, after the words of `prefix`."""
        return self.processes.start(
            name, self.network[host].inside(*prefix, MILLRACE, *arguments),
            {"MILLRACE_RUNS": str(self.directory / "runs")})

    def start_supervisor(self, prefix=(), name="supervisor", state="supervisor"):
        return self.start(
            name, "supervisor", "supervisor", "--listen", self.to, "--state",
            self.directory / state, *(["--keys", self.keys] if self.keys else ["--insecure"]),
            prefix=prefix)

    def start_ventilator(self, prefix=()):
        return self.start("ventilator", "ventilator", "ventilator", "--to", self.to,
                          *self.access("ventilator"), prefix=prefix)

    def start_sink(self, prefix=()):
        return self.start("sink", "sink", "sink", "--to", self.to, "--state",
                          self.directory / "sink", *self.access("sink"), prefix=prefix)

    def start_worker(self, host, number=1, *arguments, to=None, prefix=()):
        name = f"{host}-{number}"
        return self.start(name, host, "worker", "--to", to or self.to, "--name", name,
                          *self.access(host), *arguments, prefix=prefix)

    def start_python(self, host, number=1):
        name = f"python-{host}-{number}"
        key = self.access(host) if self.keys else []
        return self.processes.start(name, self.network[host].inside(
            sys.executable, ROOT / "Tests/Interop/worker.py", "--to", self.to, "--name", name,
            "--verbose", "--interval", 1, *key))

    def start_all(self, workers=2):
        """All roles, with so many workers on each of the two hosts for them."""
        self.supervisor = self.start_supervisor()
        self.ventilator, self.sink = self.start_ventilator(), self.start_sink()
        self.workers = [self.start_worker(host, number)
                        for host in ("one", "two") for number in range(1, workers + 1)]

    # Runs.

    def topology(self, text, name="topology", **values):
        """A topology's file, and where its output will be."""
        values.setdefault("partition", "64KiB")
        out = self.directory / f"{name}.{'txt' if text is TASKS else 'csv'}"
        path = self.directory / f"{name}.yaml"
        path.write_text(text.format(data=self.data, out=out, **values))
        return path, out

    def submit(self, path, host="ventilator"):
        return self.start("submit", host, "submit", path, "--to", self.to, "--wait",
                          *self.access("client"))

    def status(self):
        return self.network["ventilator"].run(
            MILLRACE, "status", "--to", self.to, *self.access("client"))

    def expected(self, text, **values):
        """What `millrace run` gives, without any network and without waiting."""
        if "milliseconds" in values:
            values["milliseconds"] = 0
        path, out = self.topology(text, "expected", **values)
        with tempfile.TemporaryDirectory(prefix="mr", dir="/tmp") as sockets:
            subprocess.run([MILLRACE, "run", "--quiet", path], check=True, cwd=self.directory,
                           env={**os.environ, "TMPDIR": sockets,
                                "MILLRACE_RUNS": str(self.directory / "runs")})
        return out.read_bytes()


def lines_with(running, *words):
    """Lines of a process's log that have all of these words."""
    return [line for line in running.text().splitlines()
            if all(re.search(word, line) for word in words)]
