#!/usr/bin/python3
"""Workers in Python and in Swift beside each other: `make test-interop`.

Takes the command from MILLRACE, and what protoc made of millrace.proto from PYTHONPATH.
"""

import os
import pathlib
import random
import re
import signal
import sys
import tempfile
import unittest

import wire
import zmq
from processes import Processes, expect, wait_for

HERE = pathlib.Path(__file__).resolve().parent
MILLRACE = os.environ.get("MILLRACE", str(HERE.parent.parent / ".build/release/millrace"))
PYTHON_NODE = 1000


class InteropTest(unittest.TestCase):
    """A directory with data, a run in it, and Python workers that join the run."""

    def setUp(self):
        # Short, since paths of sockets are.
        temporary = tempfile.TemporaryDirectory(prefix="mr", dir="/tmp")
        self.addCleanup(temporary.cleanup)
        self.directory = pathlib.Path(temporary.name)
        self.processes = Processes(self.directory)
        self.addCleanup(self.processes.__exit__)
        (self.directory / "t").mkdir()
        self.python_workers = 0

    def topology(self, source, operator, workers=1, settings=""):
        (self.directory / "topology.yaml").write_text(
            f"topology: interop\nsource: {source}\n"
            f"stages: [{{ name: stage, operator: {operator} }}]\nworkers: {workers}\n"
            f"sink: {{ file: out.txt }}\n{settings}")

    def make_lines(self, count):
        """A file of lines of different lengths."""
        numbers = random.Random(1)
        data = b"".join(b"%d" % numbers.getrandbits(300) + b"\n" for _ in range(count))
        (self.directory / "lines.txt").write_bytes(data)
        return data

    def start_run(self, stopped=False):
        """Starts `millrace run`; with `stopped`, its own workers sleep until `let_go`."""
        self.run_ = self.processes.start(
            "run", [MILLRACE, "run", "topology.yaml"],
            {"TMPDIR": f"{self.directory}/t", "MILLRACE_RUNS": f"{self.directory}/runs"})
        self.swift = wait_for(self.workers_of_run, "the run's workers")
        if stopped:
            for pid in self.swift:
                os.kill(pid, signal.SIGSTOP)
        sockets = wait_for(
            lambda: list(self.directory.glob("t/millrace-*/supervisor.roster")),
            "the run's sockets")
        self.sockets = sockets[0].parent

    def workers_of_run(self):
        expect(self.run_.process.poll() is None, f"the run has ended:\n{self.run_.text()}")
        return self.run_.children()

    def let_go(self):
        for pid in self.swift:
            os.kill(pid, signal.SIGCONT)

    def start_python(self):
        self.python_workers += 1
        node = PYTHON_NODE + self.python_workers
        return self.processes.start(
            f"python-{node}", [sys.executable, HERE / "worker.py", "--verbose",
                               "--directory", self.sockets, "--node", node])

    def expect_output(self, data):
        self.run_.succeed()
        output = (self.directory / "out.txt").read_bytes()
        expect(output == data, f"{len(output)} bytes instead of {len(data)}, or not the same")


class Shares(InteropTest):
    """A Python worker does its part of the work."""

    LIVELINESS = "liveness: { interval: 250ms, missed: 100 }\n"

    def share(self, data):
        self.start_run(stopped=True)
        python = []
        for _ in range(2):
            worker = self.start_python()
            worker.wait_to_say("answered")
            # So that something is left for the others.
            worker.signal(signal.SIGSTOP)
            python.append(worker)
        for worker in python:
            worker.signal(signal.SIGCONT)
        self.let_go()
        self.expect_output(data)
        for worker in python:
            worker.succeed()
            expect("the run is over" in worker.text(), worker.text())

    def test_echo_inline(self):
        data = self.make_lines(200_000)
        self.topology("{ files: lines.txt, format: bytes, partition: 64KiB, deliver: inline }",
                      "echo", settings=self.LIVELINESS)
        self.share(data)

    def test_echo_by_reference(self):
        data = self.make_lines(200_000)
        self.topology("{ files: lines.txt, format: bytes, partition: 64KiB, deliver: reference }",
                      "echo", settings=self.LIVELINESS)
        self.share(data)

    def test_echo_of_a_range(self):
        self.topology("{ range: { from: -7, to: 60000 }, partition: 7, payload: 64 }", "echo",
                      settings=self.LIVELINESS)
        self.share(bytes(64 * 60_007))

    def test_noop(self):
        self.topology("{ range: { from: 0, to: 200000 }, partition: 3, payload: 64 }", "noop",
                      settings=self.LIVELINESS)
        self.share(b"")

    def test_empty_and_large_partitions(self):
        data = self.make_lines(500_000)
        self.topology("{ files: lines.txt, format: bytes, partition: 16MiB, deliver: inline }",
                      "echo", settings=self.LIVELINESS)
        self.share(data)


class Deaths(InteropTest):
    """Whatever becomes of a Python worker, the bytes are the same."""

    NUMBERS = 1200

    def setUp(self):
        super().setUp()
        self.topology(f"{{ range: {{ from: 0, to: {self.NUMBERS} }}, partition: 1 }}",
                      "{ name: sleep, configuration: { milliseconds: 10 } }")
        self.expected = b"".join(b"%d\n" % number for number in range(self.NUMBERS))
        self.start_run()
        self.python = self.start_python()
        self.python.wait_to_say("answered")

    def expect_lost(self, times=1):
        self.expect_output(self.expected)
        lost = [line for line in self.run_.text().splitlines()
                if f"python-{PYTHON_NODE + 1}" in line and "last beat" in line]
        expect(len(lost) >= times, self.run_.text())

    def test_killed(self):
        self.python.kill()
        second = self.start_python()
        second.wait_to_say("answered")
        self.expect_lost()
        second.succeed()

    def test_stopped_and_continued(self):
        self.python.signal(signal.SIGSTOP)
        self.run_.wait_to_say(f"python-{PYTHON_NODE + 1}")
        self.python.signal(signal.SIGCONT)
        self.python.wait_to_say("declared dead")
        self.python.wait_to_say("joined", times=2)
        self.expect_lost()
        self.python.succeed()

    def test_goes_on_alone(self):
        for pid in self.run_.children():
            os.kill(pid, signal.SIGKILL)
        self.expect_output(self.expected)
        self.python.succeed()

    def test_drains(self):
        self.python.signal(signal.SIGTERM)
        self.python.succeed()
        self.expect_output(self.expected)
        text = self.run_.text()
        expect("lost:" not in text, f"who leaves in good order is not lost:\n{text}")

    def test_the_coordinator_dies(self):
        self.run_.kill()
        # Nobody says anything any more; the patience of a test is shorter than 30 s.
        self.python.signal(signal.SIGTERM)
        self.python.succeed()


class Refusals(InteropTest):
    """What a Python worker does not know, it says."""

    def test_unknown_operator(self):
        self.make_lines(1000)
        (self.directory / "topology.yaml").write_text(
            "topology: interop\nsource: { files: lines.txt, format: text }\n"
            "stages: [{ name: stage, sql: SELECT line FROM input }]\nworkers: 1\n"
            "sink: { file: out.txt }\nliveness: { interval: 250ms, missed: 100 }\n")
        self.start_run(stopped=True)
        python = self.start_python()
        expect(self.run_.wait() == 1, self.run_.text())
        expect("unknown operator" in self.run_.text(), self.run_.text())
        python.succeed()


class Specification(unittest.TestCase):
    """The pages of the specification are what the worker does."""

    PAGES = HERE.parent.parent / "Sources/Wire/Wire.docc"

    def blocks(self, page, language):
        text = (self.PAGES / page).read_text()
        return re.findall(rf"```{language}\n(.*?)```", text, re.DOTALL)

    def bytes(self, page):
        return [bytes.fromhex("".join(line.split("|")[1] for line in block.splitlines()))
                for block in self.blocks(page, "hex")]

    def test_the_data_planes_example(self):
        lane, payload = self.bytes("DataPlane.md")[:2]
        header, entries = wire.decode_lane([memoryview(lane), memoryview(payload)])
        self.assertEqual(header.subject, (2, 0xb1b2b3b4b5b6b7b8))
        self.assertEqual([entry.index for entry in entries], [7, 8, 9])
        self.assertEqual([bytes(entry.payload) for entry in entries],
                         [b"a\nb", b"", bytes([1, 2, 3, 4])])
        self.assertEqual([entry.place for entry in entries], [4096, 2**32, -5])
        self.assertEqual([wire.xxh3(entry.payload) == entry.digest for entry in entries],
                         [True, False, True])

    def test_whatever_is_damaged_is_refused(self):
        lane, payload = self.bytes("DataPlane.md")[:2]
        for position in range(len(lane)):
            damaged = bytearray(lane)
            damaged[position] ^= 4
            with self.assertRaises(wire.Refused, msg=f"byte {position}"):
                wire.decode_lane([memoryview(damaged), memoryview(payload)])
        for frames in ([lane], [lane, payload[1:]], [lane, payload + b"x"], [lane[:-40], payload]):
            with self.assertRaises(wire.Refused):
                wire.decode_lane([memoryview(frame) for frame in frames])

    def test_the_control_planes_example(self):
        beat, = self.bytes("ControlPlane.md")
        message = wire.parse(wire.pb.Beat, beat[4:])
        self.assertEqual(message.name, "worker-2")
        self.assertEqual(wire.encode_beat(message), beat)

    def test_the_python_on_the_page_is_the_workers(self):
        code = [path.read_text() for path in HERE.glob("*.py")]
        blocks = self.blocks("PythonWorker.md", "python")
        self.assertGreater(len(blocks), 5)
        for block in blocks:
            self.assertTrue(any(block.rstrip() in text for text in code), block)


class Strangers(InteropTest):
    """Messages that no Millrace sends do a worker no harm."""

    def test_garbage_on_the_lane(self):
        self.topology("{ range: { from: 0, to: 600 }, partition: 1 }",
                      "{ name: sleep, configuration: { milliseconds: 10 } }")
        self.start_run()
        python = self.start_python()
        python.wait_to_say("answered")
        lane = next(self.sockets.glob(f"lane-{PYTHON_NODE + 1}-*"))
        numbers = random.Random(2)
        with zmq.Context() as context, context.socket(zmq.PUSH) as socket:
            socket.connect(f"ipc://{lane}")
            for length in range(200):
                socket.send_multipart(
                    [numbers.randbytes(length) for _ in range(numbers.randint(1, 3))])
            python.wait_to_say("refused", times=200)
        self.expect_output(b"".join(b"%d\n" % number for number in range(600)))
        python.succeed()


if __name__ == "__main__":
    unittest.main(verbosity=2)
