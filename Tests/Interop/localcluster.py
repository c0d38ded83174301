"""A cluster of separate processes on this host, and peers that hold a key of one of its nodes."""

import os
import pathlib
import random
import re
import subprocess
import sys
import tempfile
import unittest

import wire
import zmq
from keys import NodeKey
from processes import Processes, expect, wait_for
from zmq.utils import z85

HERE = pathlib.Path(__file__).resolve().parent
MILLRACE = os.environ.get("MILLRACE", str(HERE.parent.parent / ".build/release/millrace"))
NODES = "ventilator,sink,worker,client"
BEATS, ROSTER, COMMANDS, RECEIPTS = range(4)


class ClusterTest(unittest.TestCase):
    """Four roles with keys on 127.0.0.1; what is left of them goes with the test."""

    PARTITIONS = 400
    MILLISECONDS = 20

    def setUp(self):
        temporary = tempfile.TemporaryDirectory(prefix="mr", dir="/tmp")
        self.addCleanup(temporary.cleanup)
        self.directory = pathlib.Path(temporary.name)
        self.processes = Processes(self.directory)
        self.addCleanup(self.processes.__exit__)
        # Below the ports that the system gives out by itself.
        self.port = random.randrange(2_500, 7_900) * 4
        self.to = f"127.0.0.1:{self.port}"
        self.millrace("keys", "init", self.directory / "keys", "--nodes", NODES)

    def start_all(self):
        self.roles = {}
        keys = self.directory / "keys"
        self.start("supervisor", "--listen", self.to, "--keys", keys, "--state",
                   self.directory / "supervisor")
        for role, more in (("ventilator", []), ("sink", ["--state", self.directory / "sink"]),
                           ("worker", [])):
            self.start(role, "--to", self.to, "--key-file", keys / f"{role}.key", *more)

    def start(self, role, *arguments):
        self.roles[role] = self.processes.start(role, [MILLRACE, role, *arguments])

    def millrace(self, *arguments):
        done = subprocess.run([MILLRACE, *map(str, arguments)], capture_output=True, text=True,
                              cwd=self.directory)
        expect(done.returncode == 0, f"millrace {arguments}: {done.stderr}")
        return done.stdout

    def ask(self, *arguments):
        return self.millrace(*arguments, "--to", self.to, "--key-file",
                             self.directory / "keys/client.key")

    def submit(self):
        """Submits a run of some seconds."""
        (self.directory / "topology.yaml").write_text(
            f"topology: peers\nsource: {{ range: {{ from: 0, to: {self.PARTITIONS} }}, "
            f"partition: 1 }}\nstages: [{{ name: stage, operator: {{ name: sleep, "
            f"configuration: {{ milliseconds: {self.MILLISECONDS} }} }} }}]\nworkers: 1\n"
            f"sink: {{ file: out.txt }}\n")
        self.submitted = self.processes.start(
            "submit", [MILLRACE, "submit", "topology.yaml", "--wait", "--to", self.to,
                       "--key-file", self.directory / "keys/client.key"])

    def expect_output(self):
        self.submitted.succeed()
        output = (self.directory / "out.txt").read_bytes()
        wanted = b"".join(b"%d\n" % number for number in range(self.PARTITIONS))
        expect(output == wanted, f"{len(output)} bytes instead of {len(wanted)}, or not the same")
        for name, role in self.roles.items():
            expect(role.process.poll() is None, f"{name} has ended:\n{role.text()}")

    def expect_told(self, role, *words):
        """Waits until one line of a role's log has all of these words."""
        def lines():
            return [line for line in self.roles[role].text().splitlines()
                    if all(re.search(word, line) for word in words)]
        return wait_for(lines, lambda: f"a line with {words} of {role}:\n{self.roles[role].tail()}")

    def expect_few_lines(self, most=60):
        """Who is pestered does not fill its log."""
        for name, role in self.roles.items():
            lines = len(role.text().splitlines())
            expect(lines < most, f"{name} has written {lines} lines:\n{role.tail()}")


class Peer:
    """Sockets with the key of a worker that takes part; use within a `with` block."""

    def __init__(self, test):
        self.test = test
        self.key = NodeKey.load(test.directory / "keys/worker.key")
        self.context, self.sockets = zmq.Context(), []

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for socket in self.sockets:
            socket.close(linger=2000)
        self.context.term()

    def socket(self, kind, endpoint, server):
        socket = self.context.socket(kind)
        self.sockets.append(socket)
        socket.rcvtimeo = socket.sndtimeo = 20_000
        if kind == zmq.SUB:
            socket.subscribe(b"")
        self.key.connect(socket, server)
        socket.connect(endpoint)
        return socket

    def supervisor(self, kind, channel):
        return self.socket(kind, f"tcp://127.0.0.1:{self.test.port + channel}",
                           self.key.supervisor)

    def roster(self):
        """A roster of a run that goes on, with all four roles."""
        socket = self.supervisor(zmq.SUB, ROSTER)
        while True:
            roster = wire.decode_roster(socket.recv())
            roles = {member.roles for member in roster.members}
            if roster.run.id and {wire.VENTILATOR, wire.SINK, wire.WORKER} <= roles:
                self.members = {member.roles: member for member in roster.members}
                ends = [self.members[wire.VENTILATOR].endpoints.orders,
                        self.members[wire.SINK].endpoints.results,
                        self.members[wire.WORKER].endpoints.lane]
                if all(ends):
                    return roster

    def to_member(self, roles, endpoint):
        """A PUSH to an endpoint of the member with these roles."""
        member = self.members[roles]
        return self.socket(zmq.PUSH, getattr(member.endpoints, endpoint),
                           z85.encode(member.endpoints.key))

    def all_ports(self):
        """A socket to each port at which a node takes messages, and whose port it is."""
        return [("supervisor", self.supervisor(zmq.PUB, BEATS)),
                ("supervisor", self.supervisor(zmq.PUSH, RECEIPTS)),
                ("ventilator", self.to_member(wire.VENTILATOR, "orders")),
                ("ventilator", self.to_member(wire.VENTILATOR, "receipts")),
                ("sink", self.to_member(wire.SINK, "results")),
                ("worker", self.to_member(wire.WORKER, "lane"))]


def worker_that_repeats(test):
    """A worker in Python whose every message is sent again, in new order and over a new connection."""
    return test.processes.start("repeats", [
        sys.executable, HERE / "repeating.py", "--to", test.to, "--verbose", "--interval", 1,
        "--key-file", test.directory / "keys/worker.key"])
