#!/usr/bin/python3
"""A bad cable between two network interfaces: frames come late, or not at all.

    link.py ONE OTHER --delay 0.05 --loss 0.05

Stands for `tc netem` where the kernel has no such thing. Sends a byte to standard output when it
carries, and ends on SIGTERM with a line of what it did on standard error.
"""

import argparse
import collections
import random
import select
import signal
import socket
import sys
import time

ALL_PROTOCOLS = 3
PACKET_OUTGOING = 4
LARGEST_FRAME = 65_536
MOST_UNDER_WAY = 20_000
BUFFER = 64 << 20
# Beyond the system's limit for everybody.
SO_SNDBUFFORCE, SO_RCVBUFFORCE = 32, 33


class Direction:
    """Frames on their way from one interface to another, in order."""

    def __init__(self, source, target, delay, loss, numbers):
        self.source, self.target = source, target
        self.delay, self.loss, self.numbers = delay, loss, numbers
        self.under_way = collections.deque()
        self.carried = self.lost = 0

    def take(self, now):
        """Takes all that has arrived."""
        while True:
            try:
                frame, address = self.source.recvfrom(LARGEST_FRAME)
            except BlockingIOError:
                return
            except OSError:
                return  # The interface is going away, and so is this link.
            if address[2] == PACKET_OUTGOING:
                continue  # What this program sent itself.
            if self.numbers.random() < self.loss or len(self.under_way) == MOST_UNDER_WAY:
                self.lost += 1
            else:
                self.under_way.append((now + self.delay, frame))

    def give(self, now):
        """Hands over all that is due; returns when the next is, if any."""
        while self.under_way and self.under_way[0][0] <= now:
            try:
                self.target.send(self.under_way.popleft()[1])
                self.carried += 1
            except OSError:
                self.lost += 1
        return self.under_way[0][0] if self.under_way else None


def interface(name):
    found = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(ALL_PROTOCOLS))
    for option in (SO_RCVBUFFORCE, SO_SNDBUFFORCE):
        found.setsockopt(socket.SOL_SOCKET, option, BUFFER)
    found.bind((name, 0))
    found.setblocking(False)
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("one")
    parser.add_argument("other")
    parser.add_argument("--delay", type=float, default=0, help="seconds, in each direction")
    parser.add_argument("--loss", type=float, default=0, help="share of frames, in each direction")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    numbers = random.Random(given.seed)
    one, other = interface(given.one), interface(given.other)
    directions = [Direction(one, other, given.delay, given.loss, numbers),
                  Direction(other, one, given.delay, given.loss, numbers)]
    told = []
    signal.signal(signal.SIGTERM, lambda *_: told.append(True))
    sys.stdout.write("+")
    sys.stdout.flush()
    while not told:
        now = time.monotonic()
        due = [at for at in (direction.give(now) for direction in directions) if at is not None]
        wait = min(due) - time.monotonic() if due else 0.2
        ready = select.select([one, other], [], [], max(0, wait))[0]
        now = time.monotonic()
        for direction in directions:
            if direction.source in ready:
                direction.take(now)
    print(f"carried {sum(d.carried for d in directions)} frames, "
          f"lost {sum(d.lost for d in directions)}", file=sys.stderr)


if __name__ == "__main__":
    main()
