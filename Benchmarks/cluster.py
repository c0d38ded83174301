"""A cluster on this host, for what is measured over tcp. Needs Linux, for its /proc."""

import json
import os
import pathlib
import subprocess
import time

TICK = os.sysconf("SC_CLK_TCK")


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
