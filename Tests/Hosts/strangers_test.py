#!/usr/bin/python3
"""Who is not on the list: learns nothing, takes part in nothing, is cut off."""

import sys
import time
import unittest

from cluster import BEAT, PORT, ROOT, TASKS
from probe import __file__ as probe_file
from processes import expect, wait_for
from scenario import LONG, SHORT, HostsTest

LISTEN = """
import sys, time
sys.path.insert(0, sys.argv[1])
import zmq
from keys import NodeKey
key, seconds = NodeKey.load(sys.argv[2]), float(sys.argv[4])
if len(sys.argv) > 5: key.public, key.secret = zmq.curve_keypair()
socket = zmq.Context().socket(zmq.SUB)
socket.ipv6, socket.linger, socket.rcvtimeo = True, 0, 200
socket.subscribe(b"")
key.connect(socket, key.supervisor)
socket.connect(sys.argv[3])
end = time.monotonic() + seconds
while time.monotonic() < end:
    try: print(time.monotonic(), len(socket.recv()), flush=True)
    except zmq.Again: pass
"""


class Strangers(HostsTest):
    """A host that somebody else has put on the same network."""

    def setUp(self):
        self.cluster = self.build(more=["stranger"])
        self.cluster.start_all(workers=1)

    def listen(self, key, seconds, *more):
        """A subscriber to the rosters on the stranger's host; prints when it heard one."""
        roster = f"tcp://{self.cluster.address}:{PORT + 1}"
        return self.cluster.processes.start("listener", self.network["stranger"].inside(
            sys.executable, "-c", LISTEN, ROOT / "Tests/Interop", key, roster, seconds, *more))

    def heard(self, listener):
        return [float(line.split()[0]) for line in listener.output.read_text().splitlines()]

    def test_ports_say_nothing(self):
        self.begin(TASKS, **LONG)
        self.wait_for_work()
        addresses = [self.network[name].address
                     for name in ("supervisor", "ventilator", "sink", "one", "two")]
        found = self.network["stranger"].run(sys.executable, probe_file, *addresses).splitlines()
        opened = [line for line in found if line.startswith("open")]
        answered = [line for line in found if not line.startswith("open")]
        for offset in range(4):
            expect(f"open {self.cluster.address} {PORT + offset}" in opened, "\n".join(opened))
        expect(len(opened) >= 8, f"too few ports are open to be a cluster: {opened}")
        expect(not answered, "\n".join(answered))
        self.expect_bytes()
        self.expect_told("refused")

    def test_a_wrong_key(self):
        listener = self.listen(self.cluster.keys / "one.key", 4 * BEAT, "wrong")
        listener.succeed()
        expect(self.heard(listener) == [], "a wrong key has heard rosters")
        self.expect_told("refused", "connections with keys that are not on the list")
        self.complete(TASKS, **SHORT)

    def test_a_revoked_key(self):
        listener = self.listen(self.cluster.keys / "two.key", 60)
        wait_for(lambda: len(self.heard(listener)) > 2, "rosters")
        self.begin(TASKS, **LONG)
        self.wait_for_work()
        self.cluster.run("keys", "revoke", "two", "--keys", self.cluster.keys)
        revoked = time.monotonic()
        self.expect_told("two-1", "revoked|not on the list")
        wait_for(lambda: time.monotonic() > revoked + 4 * BEAT, "beats to pass")
        late = max(self.heard(listener)) - revoked
        expect(late < 2 * BEAT, f"heard a roster {late:.1f} s after its key was revoked")
        self.expect_bytes()

    def test_a_flood_of_connections(self):
        program = f"import sys; sys.path.insert(0, {str(ROOT / 'Tests/Hosts')!r}); import probe; " \
                  f"print(probe.flood({self.cluster.address!r}, {PORT}, 3000))"
        self.begin(TASKS, **LONG)
        self.wait_for_work()
        self.network["stranger"].run("sh", "-c", "ulimit -n 4096; exec \"$@\"", "sh",
                                     sys.executable, "-c", program)
        self.expect_bytes()


if __name__ == "__main__":
    unittest.main(verbosity=2)
