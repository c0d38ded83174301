#!/usr/bin/python3
"""Proves the network of the tests: bytes arrive, late, not at all, and again."""

import pathlib
import subprocess
import sys
import unittest

from hosts import NAMED, NAMESPACES, Network, command
from probe import __file__ as probe_file

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "Interop"))
from processes import wait_for  # noqa: E402

ECHO = """
import socket, sys, threading
def serve(peer):
    while peer.recv(1 << 20): pass
    peer.sendall(b"+"); peer.close()
family = socket.AF_INET6 if ":" in sys.argv[1] else socket.AF_INET
listening = socket.socket(family)
listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
listening.bind((sys.argv[1], 7)); listening.listen(); print("+", flush=True)
while True: threading.Thread(target=serve, args=(listening.accept()[0],), daemon=True).start()
"""
ASK = """
import socket, sys, time
address, size, timeout = sys.argv[1], int(sys.argv[2]), float(sys.argv[3])
start = time.monotonic()
try:
    with socket.create_connection((address, 7), timeout) as peer:
        begun = time.monotonic()
        peer.sendall(bytes(size)); peer.shutdown(socket.SHUT_WR)
        while peer.recv(1 << 20): pass
    print(time.monotonic() - begun, begun - start)
except OSError as error:
    print("failed", error)
"""
DOORS = """
import sys, time, zmq
context = zmq.Context()
closed, opened = context.socket(zmq.PUB), context.socket(zmq.PUB)
closed.curve_publickey, closed.curve_secretkey = zmq.curve_keypair()
closed.curve_server = True
closed.bind(f"tcp://{sys.argv[1]}:5701"); opened.bind(f"tcp://{sys.argv[1]}:5709")
print("+", flush=True)
while True:
    closed.send(b"content"); opened.send(b"content"); time.sleep(0.1)
"""


class NetworkTest(unittest.TestCase):
    def setUp(self):
        self.children = []
        self.addCleanup(self.end)

    def end(self):
        for child in self.children:
            child.kill()
            child.wait()
            child.stdout.close()

    def serve(self, host):
        child = subprocess.Popen(host.inside(sys.executable, "-c", ECHO, host.address),
                                 stdout=subprocess.PIPE)
        self.children.append(child)
        self.assertEqual(child.stdout.readline(), b"+\n")

    def ask(self, host, other, size=1, timeout=2.0):
        """Seconds that it took, or None if there was no answer."""
        said = host.run(sys.executable, "-c", ASK, other.address, size, timeout)
        return None if said.startswith("failed") else float(said.split()[0])

    def test_hosts_reach_each_other(self):
        for is_v6 in (False, True):
            with self.subTest(is_v6=is_v6), Network(["one", "two"], is_v6) as network:
                self.serve(network["two"])
                self.assertIsNotNone(self.ask(network["one"], network["two"]))
                self.assertEqual(network["one"].run("hostname").strip(), "one")
                self.end()
                self.children = []

    def test_a_cut_and_its_healing(self):
        with Network(["one", "two"]) as network:
            self.serve(network["two"])
            network["two"].cut_off()
            self.assertIsNone(self.ask(network["one"], network["two"]))
            network["two"].heal()
            self.assertIsNotNone(self.ask(network["one"], network["two"]))

    def test_delay_and_loss(self):
        with Network(["one", "two"]) as network:
            network.spoil(network["two"], delay=0.05, loss=0)
            self.serve(network["two"])
            took = self.ask(network["one"], network["two"])
            self.assertTrue(0.1 <= took < 0.5, took)
        with Network(["one", "two"]) as network:
            network.spoil(network["two"], delay=0.01, loss=0.05)
            self.serve(network["two"])
            self.assertIsNotNone(self.ask(network["one"], network["two"], 2_000_000, 60))

    def test_the_link_carries_as_much_as_a_test_needs(self):
        with Network(["one", "two"]) as network:
            network.spoil(network["two"], delay=0, loss=0)
            self.serve(network["two"])
            size = 100_000_000
            took = self.ask(network["one"], network["two"], size, 60)
            print(f"{size / took / 1e6:.0f} MB/s through link.py", file=sys.stderr)
            self.assertGreater(size / took, 20e6)

    def test_a_name_that_is_known_later(self):
        program = "import socket, sys, time\n" \
                  "print('+', flush=True); sys.stdin.readline()\n" \
                  "print(socket.gethostbyname('late.test'))"
        with Network(["one"]) as network:
            child = subprocess.Popen(
                network["one"].inside(sys.executable, "-c", program), text=True,
                stdin=subprocess.PIPE, stdout=subprocess.PIPE)
            self.assertEqual(child.stdout.readline(), "+\n")
            network["one"].knows("late.test", "10.77.0.9")
            self.assertEqual(child.communicate("\n")[0], "10.77.0.9\n")

    def test_a_probe_tells_an_open_door_from_a_closed_one(self):
        with Network(["one", "two"]) as network:
            child = subprocess.Popen(network["two"].inside(
                sys.executable, "-c", DOORS, network["two"].address), stdout=subprocess.PIPE)
            self.children.append(child)
            self.assertEqual(child.stdout.readline(), b"+\n")
            found = network["one"].run(
                sys.executable, probe_file, network["two"].address).splitlines()
        opened = [line.split()[2] for line in found if line.startswith("open")]
        answered = {line.split()[2] for line in found if line.startswith("answered")}
        self.assertEqual(opened, ["5701", "5709"])
        self.assertEqual(answered, {"5709"}, found)

    def test_nothing_is_left(self):
        with Network(["one"]) as network:
            name = network["one"].namespace
            self.assertTrue((NAMESPACES / name).exists())
            sleeper = subprocess.Popen(network["one"].inside("sleep", "1000"))
            wait_for(lambda: command("ip", "netns", "pids", name), "the sleeper to be on its host")
        self.assertEqual(sleeper.wait(), -9)
        self.assertFalse((NAMESPACES / name).exists() or (NAMED / name).exists())


if __name__ == "__main__":
    unittest.main(verbosity=2)
