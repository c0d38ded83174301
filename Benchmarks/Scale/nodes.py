#!/usr/bin/env python3
"""Many worker nodes in one process, which beat and do nothing else, for workers.py.

    nodes.py --host HOST --port PORT --nodes N --first I --step S --rate R

Of N nodes it is those of numbers I, I + S, I + 2 S and so on. Each has an identity, endpoints and a tcp
connection of its own and beats once a second. 16 of them are on one host, whose nodes beat at the same
moments; hosts are spread evenly over the second. R of the N start each second. Commands on standard input, an answer to each as a JSON object on a line of its own:

    joined SECONDS     waits until the roster lists all of them
    measure SECONDS    counts rosters and their bytes
    silence STEP SECONDS    the first and each further STEP-th node falls silent; tells the time from
                            the last beat of each to the first roster without it
    listed SECONDS     how many of those that beat the next roster lists, and the longest time that
                       there was between two beats of a node

It ends when its standard input does. Needs pyzmq, and millrace_pb2.py, which protoc makes from
Sources/Wire/millrace.proto.
"""

import argparse
import json
import os
import resource
import secrets
import socket
import struct
import sys
import threading
import time
from collections import deque

import millrace_pb2 as pb
import zmq

BEAT = bytes([1, 2, 65, 0])  # Wire version, kind.
WORKER = 2
NODES_OF_HOST = 16
INTERVAL = 1.0
# ZMTP 3.1 (RFC 37), without encryption: all that a PUB socket says before its first message.
GREETING = (b"\xff" + bytes(8) + b"\x7f\x03\x01" + b"NULL".ljust(20, b"\0") + bytes(32))
READY = b"\x05READY\x0bSocket-Type" + struct.pack(">I", 3) + b"PUB"
HANDSHAKE = GREETING + bytes([4, len(READY)]) + READY


def varint(number):
    encoded = bytearray()
    while number > 127:
        encoded.append(number & 127 | 128)
        number >>= 7
    return bytes(encoded) + bytes([number])


class Node:
    """One worker: its beat is made once, but for the sequence and whether it has joined."""

    def __init__(self, index):
        self.node, self.incarnation = 1_000 + index, secrets.randbits(64) or 1
        beat = pb.Beat(
            sender=pb.NodeIncarnation(node=self.node, incarnation=self.incarnation), roles=WORKER,
            name=f"worker-{index}", host=f"host-{index // NODES_OF_HOST}", process_id=1_000 + index % 30_000,
            interval_nanoseconds=round(INTERVAL * 1e9), working=pb.Beat.Working(),
            endpoints=pb.Endpoints(
                lane=f"tcp://10.{index >> 16 & 255}.{index >> 8 & 255}.{index & 255}:40000"),
            progress=pb.Progress())
        self.fixed = BEAT + beat.SerializeToString()
        # As a member of a roster begins.
        self.mark = struct.pack("<BQBQ", 9, self.node, 17, self.incarnation)
        self.sequence, self.is_listed, self.is_silent = 0, False, False
        self.connection, self.last, self.longest = None, None, 0.0

    def connect(self, host, port):
        self.connection = socket.create_connection((host, port), timeout=10)
        self.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.connection.sendall(HANDSHAKE)
        # libzmq 4.3.4 ends connections on which a message comes before it has answered.
        answer = b""
        while b"READY" not in answer:
            if not (part := self.connection.recv(256)):
                raise ConnectionError("the supervisor ended a connection")
            answer += part

    def beat(self):
        self.sequence += 1
        message = b"%b\x30%b%b" % (
            self.fixed, varint(self.sequence), b"\x40\x01" if self.is_listed else b"")
        size = len(message)
        head = bytes([0, size]) if size < 256 else b"\x02" + struct.pack(">Q", size)
        now = time.monotonic()
        self.longest = max(self.longest, now - (self.last or now))
        self.last = now
        self.connection.sendall(head + message)


class Rosters(threading.Thread):
    """Hears rosters, with the time at which each came."""

    def __init__(self, host, port, nodes):
        super().__init__(daemon=True)
        self.socket = zmq.Context().socket(zmq.SUB)
        self.socket.subscribe(b"")
        self.socket.rcvhwm = 0
        self.socket.connect(f"tcp://{host}:{port + 1}")
        self.nodes = {node.node: node for node in nodes}
        self.is_joining = True
        self.count = self.bytes = 0
        self.kept = None
        self.changed = threading.Condition()

    def run(self):
        looked = 0.0
        while True:
            frame = self.socket.recv()
            now = time.monotonic()
            with self.changed:
                self.count += 1
                self.bytes += len(frame)
                if self.kept is not None:
                    self.kept.append((now, frame))
                self.changed.notify_all()
            if self.is_joining and now - looked > 0.25 and not self.socket.poll(0):
                self.look(frame)
                looked = time.monotonic()

    def look(self, frame):
        for member in pb.Roster.FromString(frame[4:]).members:
            node = self.nodes.get(member.node.node)
            if node and node.incarnation == member.node.incarnation:
                node.is_listed = True

    def keep(self):
        """Keeps rosters from now on, for `next` to give."""
        with self.changed:
            self.kept = deque()

    def next(self, deadline):
        """The next roster that was kept, with its time, or `None` when the deadline has passed."""
        with self.changed:
            self.changed.wait_for(lambda: self.kept, max(deadline - time.monotonic(), 0))
            return self.kept.popleft() if self.kept else None

    def stop_keeping(self):
        with self.changed:
            self.kept = None


class Commands(threading.Thread):
    """Does what standard input says."""

    def __init__(self, nodes, rosters):
        super().__init__(daemon=True)
        self.nodes, self.rosters = nodes, rosters

    def run(self):
        for line in sys.stdin:
            name, *numbers = line.split()
            answer = getattr(self, name)(*map(float, numbers))
            print(json.dumps(answer), flush=True)
        os._exit(0)

    def joined(self, seconds):
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if all(node.is_listed for node in self.nodes):
                self.rosters.is_joining = False
                break
            time.sleep(0.02)
        return {"joined": sum(node.is_listed for node in self.nodes)}

    def measure(self, seconds):
        begun, rosters, size = time.monotonic(), self.rosters.count, self.rosters.bytes
        beats, processor = self.beats(), time.process_time()
        time.sleep(seconds)
        took = time.monotonic() - begun
        return {"rosters": self.rosters.count - rosters, "bytes": self.rosters.bytes - size,
                "beats": self.beats() - beats, "seconds": took,
                "processor": time.process_time() - processor}

    def beats(self):
        return sum(node.sequence for node in self.nodes)

    def silence(self, step, seconds):
        gone = self.nodes[::int(step)]
        self.rosters.keep()
        for node in gone:
            node.is_silent = True
        times, deadline = [], time.monotonic() + seconds
        while gone and (found := self.rosters.next(deadline)):
            when, frame = found
            times += [when - node.last for node in gone if node.mark not in frame]
            gone = [node for node in gone if node.mark in frame]
        self.rosters.stop_keeping()
        return {"times": times, "still_listed": len(gone)}

    def listed(self, seconds):
        self.rosters.keep()
        found = self.rosters.next(time.monotonic() + seconds)
        self.rosters.stop_keeping()
        beating = [node for node in self.nodes if not node.is_silent]
        listed = {member.node.incarnation
                  for member in pb.Roster.FromString(found[1][4:]).members} if found else set()
        return {"beating": len(beating),
                "listed": sum(node.incarnation in listed for node in beating),
                "longest": max(node.longest for node in self.nodes)}


def beat_for_ever(options, nodes):
    """Host I of N beats at I / N of each interval; node I starts I / R seconds after the first."""
    begun = time.monotonic()
    starts = deque(nodes)
    while True:
        round_began = time.monotonic()
        for node in nodes:
            wait = round_began + node.offset - time.monotonic()
            if wait > 0:
                time.sleep(wait)
            while starts and starts[0].start <= time.monotonic() - begun:
                starting = starts.popleft()
                starting.connect(options.host, options.port)
                starting.beat()
            if node.connection and not node.is_silent and time.monotonic() - node.last > INTERVAL / 2:
                node.beat()
        time.sleep(max(round_began + INTERVAL - time.monotonic(), 0))


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--host", required=True)
    for name in ("--port", "--nodes", "--first", "--step"):
        parser.add_argument(name, type=int, required=True)
    parser.add_argument("--rate", type=float, required=True)
    options = parser.parse_args()
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    nodes = []
    for index in range(options.first, options.nodes, options.step):
        node = Node(index)
        node.offset = index // NODES_OF_HOST * NODES_OF_HOST / options.nodes * INTERVAL
        node.start = index / options.rate
        nodes.append(node)
    rosters = Rosters(options.host, options.port, nodes)
    rosters.start()
    Commands(nodes, rosters).start()
    try:
        beat_for_ever(options, nodes)
    except OSError as error:
        print(f"error: a node cannot beat: {error}", file=sys.stderr, flush=True)
        os._exit(1)


if __name__ == "__main__":
    main()
