#!/usr/bin/python3
"""What holders of a listed key may send and no node sends: refused, counted, and of no effect."""

import json
import random
import unittest

import wire
import zmq
from localcluster import COMMANDS, ClusterTest, Peer, worker_that_repeats
from millrace_pb2 import Beat, Request, Response, Roster
from network import options
from processes import expect, wait_for

FLOOD = 3000
HIGHEST = 2**32 - 1


def supervisor_of(test):
    """What `millrace status` tells of the supervisor."""
    lines = map(json.loads, test.ask("status", "--json").splitlines())
    return next(line for line in lines if line["event"] == "supervisor")


class OtherVersions(ClusterTest):
    """Peers of a release that speaks another wire version."""

    VERSION = wire.MAJOR + 1
    WORDS = f"wire version {VERSION}, this is {wire.MAJOR}: run the same release on both"

    def other(self, frame):
        return bytes([self.VERSION]) + frame[1:]

    def test_are_refused_in_words_and_counted(self):
        self.start_all()
        self.submit()
        with Peer(self) as peer:
            roster = peer.roster()
            me = (1234, 5678)
            beat = Beat(roles=wire.WORKER, name="other", process_id=1, sequence=1, run=roster.run.id,
                        interval_nanoseconds=10**9, working=Beat.Working())
            beat.sender.node, beat.sender.incarnation = me
            answer = wire.Answer(0, 1, wire.RESULT, b"0\n", 1, 1, 1)
            results, payload = wire.encode_results(roster.run.id, 0, me, [answer])
            ports = peer.all_ports()
            for role, socket in ports:
                is_control = socket.type == zmq.PUB or role == "ventilator" and socket is ports[2][1]
                if is_control:
                    # What PUB sends before its connection stands is lost.
                    wait_for(lambda: self.sends(socket, self.other(wire.encode_beat(beat)), role),
                             f"{role} to refuse a beat")
                else:
                    socket.send_multipart([self.other(results), payload])
                    self.expect_told(role, "refused", self.WORDS)
            with peer.supervisor(zmq.REQ, COMMANDS) as asks:
                request = Request(status=Request.Status())
                asks.send(bytes([self.VERSION, 0, 68, 0]) + request.SerializeToString())
                response = Response.FromString(asks.recv()[4:])
                expect(self.WORDS in response.refused.message, str(response))
            expect(supervisor_of(self)["other_versions"] >= 3, str(supervisor_of(self)))
        self.expect_output()

    def sends(self, socket, frame, role):
        socket.send(frame)
        return self.WORDS in self.roles[role].text()

    def test_a_supervisor_of_another_version_is_told_apart(self):
        self.roles = {}
        with zmq.Context() as context:
            beats, rosters = context.socket(zmq.SUB), context.socket(zmq.PUB)
            beats.subscribe(b"")
            for offset, socket in enumerate((beats, rosters)):
                options(socket, data=False).bind(f"tcp://127.0.0.1:{self.port + offset}")
            self.start("worker", "--to", self.to)
            roster = Roster(sequence=1, interval_nanoseconds=10**9)
            roster.supervisor.node, roster.supervisor.incarnation = 1, 1
            frame = bytes([self.VERSION, 0, wire.ROSTER, 0]) + roster.SerializeToString()
            wait_for(lambda: self.sends(rosters, frame, "worker"), "the worker to refuse a roster")
            beats.close()
            rosters.close()
        self.expect_told("worker", "refused", self.WORDS)


class Repeated(ClusterTest):
    """Messages that are in order and come again."""

    def test_results_and_beats_count_once(self):
        self.start_all()
        repeats = worker_that_repeats(self)
        repeats.wait_to_say("joined")
        self.submit()
        repeats.wait_to_say("answered")
        self.expect_output()
        summary = self.submitted.text()
        expect("arrived twice and counted once" in summary, summary)
        self.expect_told("supervisor", "refused", "beats that came before")
        expect(supervisor_of(self)["replayed_beats"] > 0, str(supervisor_of(self)))
        expect("refused" not in self.roles["sink"].text(), self.roles["sink"].text())


class Noise(ClusterTest):
    """Messages that are no messages, or that claim too much."""

    def test_noise_at_every_port(self):
        self.start_all()
        self.submit()
        numbers = random.Random(4)
        with Peer(self) as peer:
            roster = peer.roster()
            answer = wire.Answer(0, 1, wire.RESULT, b"0\n", 1, 1, 1)
            results, payload = wire.encode_results(roster.run.id, 0, (1234, 5678), [answer])
            for role, socket in peer.all_ports():
                socket.sndhwm = FLOOD
                if socket.type == zmq.PUB:
                    wait_for(lambda: self.is_told_of(socket, role), f"{role} to refuse noise")
                for number in range(FLOOD):
                    socket.send_multipart(self.message(numbers, results, payload, number))
                self.expect_told(role, "refused", "were not understood")
        self.expect_output()
        self.expect_few_lines()
        expect(supervisor_of(self)["refused_messages"] >= FLOOD, str(supervisor_of(self)))

    def is_told_of(self, socket, role):
        socket.send(bytes([wire.MAJOR]))
        return "not understood" in self.roles[role].text()

    def message(self, numbers, results, payload, number):
        """Random bytes, a valid header with a wrong length, and what has too many frames."""
        kinds = [[numbers.randbytes(number % 300)], [numbers.randbytes(64), numbers.randbytes(9)],
                 [results, payload + b"x"], [results[:-40], payload], [results + bytes(40), payload],
                 [results, payload, payload]]
        return kinds[number % len(kinds)]

    def test_a_partition_that_cannot_be(self):
        self.start_all()
        self.submit()
        with Peer(self) as peer:
            roster = peer.roster()
            sink = peer.to_member(wire.SINK, "results")
            before = self.memory("sink")
            for index in [self.PARTITIONS, 2**24, *range(2**24, HIGHEST, 2**24), HIGHEST]:
                answer = wire.Answer(index, 1, wire.RESULT, b"?\n", 1, 1, 1)
                sink.send_multipart(
                    wire.encode_results(roster.run.id, 0, (1234, 5678), [answer]))
            self.expect_told("sink", "refused", f"partition {HIGHEST} is beyond the last")
            grown = self.memory("sink") - before
        expect(grown < 64 << 20, f"the sink has grown by {grown} bytes")
        self.expect_output()

    def memory(self, role):
        pid = self.roles[role].pid
        with open(f"/proc/{pid}/statm", encoding="ascii") as file:
            return int(file.read().split()[1]) * 4096


if __name__ == "__main__":
    unittest.main(verbosity=2)
