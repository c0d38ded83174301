"""The thread that tells the supervisor that this worker lives, whatever the others do."""

import os
import socket as sockets
import threading
import time

import millrace_pb2 as pb
import wire
import zmq
from network import options

JOINING_INTERVAL = 0.01


class Beats(threading.Thread):
    """Sends the beats of one incarnation after the other; all its methods are for other threads."""

    def __init__(self, context, network, name, interval):
        super().__init__(name="beats", daemon=True)
        self.context, self.network = context, network
        self.changed = threading.Condition()
        self.is_urgent = self.is_over = False
        self.under_way = None
        self.interval = interval
        self.beat = pb.Beat(
            roles=wire.WORKER, name=name, host=sockets.gethostname(), process_id=os.getpid(),
            interval_nanoseconds=round(interval * 1e9), working=pb.Beat.Working(),
            endpoints=pb.Endpoints(key=network.key))

    def restart(self, me, run, endpoint):
        """Goes on as another incarnation, which has joined nothing and done nothing."""
        with self.changed:
            self.beat.sender.node, self.beat.sender.incarnation = me
            self.beat.run, self.beat.endpoints.lane = run, endpoint
            self.beat.sequence, self.beat.joined, self.beat.sees_files = 0, False, False
            self.beat.ClearField("progress")
            self.hurry()

    def tell(self, **fields):
        """Changes what beats say; one is sent at once, for others may wait for it."""
        with self.changed:
            before = [getattr(self.beat, name) for name in fields]
            for name, value in fields.items():
                setattr(self.beat, name, value)
            if before != list(fields.values()):
                self.hurry()

    def hold(self, partitions):
        with self.changed:
            self.beat.progress.held = partitions

    def begin(self, stage, index):
        with self.changed:
            self.under_way = (stage, index, time.monotonic())

    def finish(self, me, entry, answer):
        """Counts a partition for the incarnation that did it."""
        with self.changed:
            self.under_way = None
            if me == (self.beat.sender.node, self.beat.sender.incarnation):
                self.beat.progress.partitions += 1
                self.beat.progress.bytes += entry.length
                self.beat.progress.rows += answer.rows

    def stop(self, has_left):
        """Sends a last beat and ends the thread."""
        with self.changed:
            if has_left:
                self.beat.left.SetInParent()
            self.is_over = True
            self.hurry()
        self.join()

    def hurry(self):
        self.is_urgent = True
        self.changed.notify()

    def run(self):
        socket = options(self.context.socket(zmq.PUB), data=False)
        socket.linger = 1000
        self.network.to_supervisor(socket)
        socket.connect(self.network.beats)
        joining = 0
        with self.changed:
            while True:
                socket.send(wire.encode_beat(self.next()))
                if self.is_over:
                    break
                # Quick at first, since what PUB sends before the connection stands is lost.
                joining = 0 if self.beat.joined else joining + 1
                quick = JOINING_INTERVAL * (1 + joining / 64)
                self.is_urgent = False
                self.changed.wait_for(
                    lambda: self.is_urgent,
                    self.interval if self.beat.joined else min(quick, self.interval))
        socket.close()

    def next(self):
        self.beat.sequence += 1
        if self.under_way is None:
            self.beat.ClearField("under_way")
        else:
            stage, index, since = self.under_way
            self.beat.under_way.partition.stage = stage
            self.beat.under_way.partition.index = index
            self.beat.under_way.elapsed_nanoseconds = round((time.monotonic() - since) * 1e9)
        return self.beat
