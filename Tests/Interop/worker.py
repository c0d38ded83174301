#!/usr/bin/python3
"""A Millrace worker in Python: pyzmq, xxhash, protobuf and the wire specification, nothing else.

    worker.py --directory DIR           joins a run on this host, in its private directory
    worker.py --to HOST[:PORT]          serves a cluster, run after run, until SIGTERM drains it
"""

import os
import secrets
import signal
import sys
import threading
import time
from collections import deque

import wire
import zmq
from arguments import arguments, network
from beats import Beats
from computing import COMPUTED, Computing, Pack
from keys import KeyProblem
from millrace_pb2 import RUN_PHASE_ABANDONED, RUN_PHASE_FINISHED, StageSpecification
from network import options

UNLISTED_INTERVALS = 8
DRAIN_INTERVALS = 8
REMEMBERED = 64
LINGER = 5000

def log(text):
    print(f"{time.strftime('%H:%M:%S')} {text}", file=sys.stderr, flush=True)


class Worker:
    """What a worker decides: when it counts as joined, what it processes, when it is void."""

    def __init__(self, network, node, name, interval, patience, is_verbose):
        self.network, self.node, self.patience = network, node, patience
        self.is_verbose = is_verbose
        self.context = zmq.Context()
        network.start(self.context)
        self.beats = Beats(self.context, network, name, interval)
        self.computing = Computing(self.context, self.beats)
        self.computed = self.context.socket(zmq.PAIR)
        self.computed.bind(COMPUTED)
        self.roster_socket = options(self.context.socket(zmq.SUB), data=False)
        self.roster_socket.subscribe(b"")
        network.to_supervisor(self.roster_socket)
        self.roster_socket.connect(network.roster)
        self.poller, self.receivers = zmq.Poller(), {}
        self.listen(self.roster_socket, self.receive_roster)
        self.listen(self.computed, self.receive_results)
        if network.gate:
            self.listen(network.gate.socket, lambda _: network.gate.answer())
        self.roster, self.superseded = None, deque(maxlen=REMEMBERED)
        self.ventilator, self.past_ventilators = None, deque(maxlen=REMEMBERED)
        self.sinks = {}
        self.lane = None
        self.heard = time.monotonic()
        self.is_told_to_end, self.draining_since = False, None
        self.exit_code = None
        self.begin(run=0)

    def listen(self, socket, receiver):
        self.receivers[socket] = receiver
        self.poller.register(socket, zmq.POLLIN)

    # One incarnation after the other.

    def begin(self, run):
        """Goes on as a new incarnation: nothing that the last one held is this one's."""
        if self.lane:
            self.poller.unregister(self.lane)
            del self.receivers[self.lane]
            self.close_lane()
        self.me, self.run = (self.node, secrets.randbits(64) or 1), run
        self.computing.current = self.me
        self.lane = options(self.context.socket(zmq.PULL), data=True)
        self.endpoint = self.network.bind_lane(self.lane, self.me)
        self.listen(self.lane, self.receive_lane)
        self.is_joined, self.unlisted_since, self.has_stage = False, None, False
        self.waiting, self.under_way, self.unsent = deque(), None, deque()
        self.answered = 0
        self.beats.restart(self.me, run, self.endpoint)

    def serve(self):
        """Works until the run is over or it is told to leave; returns the exit code."""
        signal.signal(signal.SIGTERM, self.end)
        self.beats.start()
        self.computing.start()
        while self.exit_code is None:
            for socket, _ in self.poller.poll(100):
                try:
                    # One that was closed by what came before it has no receiver any more.
                    self.receivers.get(socket, lambda _: None)(socket)
                except wire.Refused as refused:
                    log(f"a message was refused: {refused}")
            self.look_at_the_clock()
            self.beats.hold(self.held())
        self.leave()
        return self.exit_code

    def leave(self):
        """Gives what a drained worker sent some time to go; all else is wanted by nobody."""
        is_drained = self.draining_since is not None
        self.beats.stop(has_left=is_drained)
        self.computing.jobs.put(None)
        for socket in self.sinks.values():
            socket.close(linger=LINGER if is_drained else 0)
        for socket in (self.roster_socket, self.computed):
            socket.close()
        if self.network.gate:
            self.network.gate.socket.close()
        self.close_lane()
        closing = threading.Thread(target=self.context.term, daemon=True)
        closing.start()
        closing.join(2 * LINGER / 1000 if is_drained else 1)

    def close_lane(self):
        self.lane.close()
        self.network.unbind_lane(self.endpoint)

    def receive_roster(self, socket):
        self.take_roster(wire.decode_roster(socket.recv()))

    def receive_lane(self, socket):
        frames = socket.recv_multipart(copy=False)
        wire.require(self.network.admits(frames[0]), "its sender is not on the roster any more")
        self.take_lane(*wire.decode_lane([frame.buffer for frame in frames]))

    def receive_results(self, socket):
        socket.recv()
        self.take_results(*self.computing.done.get())

    def look_at_the_clock(self):
        now = time.monotonic()
        if not self.network.stays and now - self.heard > self.patience:
            log(f"heard nothing from the supervisor for {self.patience} s; leaving")
            self.exit_code = 1
        if self.is_told_to_end and self.draining_since is None:
            self.drain(now)
        if self.draining_since is None or self.under_way:
            return
        interval = self.roster.interval_nanoseconds / 1e9 if self.roster else 0
        if not self.unsent or now - self.draining_since > DRAIN_INTERVALS * interval:
            self.exit_code = 0

    def held(self):
        packs = [*self.waiting, *([self.under_way] if self.under_way else [])]
        return sum(len(p.entries) for p in packs) + sum(len(p.entries) for p, _ in self.unsent)

    def end(self, *_):
        self.is_told_to_end = True

    def drain(self, now):
        """Finishes what is under way and hands back the rest by leaving."""
        log("draining")
        self.draining_since = now
        self.waiting.clear()
        self.beats.tell(draining=True)

    # Rosters.

    def take_roster(self, roster):
        supervisor = identity(roster.supervisor)
        is_same = self.roster is not None and identity(self.roster.supervisor) == supervisor
        if is_same and roster.sequence <= self.roster.sequence or supervisor in self.superseded:
            return
        if self.roster is not None and not is_same:
            self.superseded.append(identity(self.roster.supervisor))
        is_first, self.roster, self.heard = self.roster is None, roster, time.monotonic()
        self.network.follow(roster)
        if is_first:
            self.run = roster.run.id
            self.beats.tell(run=self.run)
        elif roster.run.id != self.run:
            log(f"on to run {roster.run.id:016x}" if roster.run.id else "no run is going on")
            self.begin(roster.run.id)
        if roster.run.phase in (RUN_PHASE_FINISHED, RUN_PHASE_ABANDONED):
            self.end_run(roster.run.phase)
            return
        self.join(roster, is_same)
        self.follow_ventilator(roster)
        self.follow_sinks(roster)

    def end_run(self, phase):
        if not self.network.stays:
            log("the run is over" if phase == RUN_PHASE_FINISHED else "the run was abandoned")
            self.exit_code = 0
        else:
            # Whatever is done of it is wanted by nobody.
            self.waiting.clear()
            self.unsent.clear()
            self.under_way = self.computing.current = None

    def join(self, roster, is_same_supervisor):
        if any(identity(member.node) == self.me for member in roster.members):
            if not self.is_joined:
                log(f"joined as node {self.me[0]}, incarnation {self.me[1]:016x}")
            self.is_joined, self.unlisted_since = True, None
        elif self.is_joined and is_same_supervisor:
            log("this incarnation was declared dead; starting a new one")
            self.begin(self.run)
        else:
            self.is_joined, now = False, time.monotonic()
            self.unlisted_since = self.unlisted_since or now
            if now - self.unlisted_since > UNLISTED_INTERVALS * roster.interval_nanoseconds / 1e9:
                self.begin(self.run)
        self.beats.tell(joined=self.is_joined)

    def follow_ventilator(self, roster):
        """What a ventilator sent that another took the place of is sent again by that one."""
        listed = [identity(m.node) for m in roster.members if m.roles & wire.VENTILATOR]
        if not listed or self.ventilator in listed:
            return
        if listed[0] in self.past_ventilators:
            self.past_ventilators.remove(listed[0])
        if self.ventilator:
            self.past_ventilators.append(self.ventilator)
            self.waiting = deque(p for p in self.waiting if p.header.sender != self.ventilator)
        self.ventilator = listed[0]

    def follow_sinks(self, roster):
        listed = {identity(m.node): m for m in roster.members
                  if m.roles & wire.SINK and m.endpoints.results}
        if not listed:
            return  # Perhaps between two incarnations of the sink: the one known may have it yet.
        for node in [node for node in self.sinks if node not in listed]:
            self.sinks.pop(node).close()
        for node, member in listed.items():
            if node not in self.sinks:
                socket = options(self.context.socket(zmq.PUSH), data=True)
                self.network.to_member(socket, member)
                socket.connect(member.endpoints.results)
                self.sinks[node] = socket
        while self.unsent:
            self.send(self.unsent.popleft()[1])

    # Work.

    def take_lane(self, header, content):
        if header.subject != self.me or content == []:
            return
        if isinstance(content, StageSpecification):
            self.has_stage = True
            self.computing.jobs.put((self.me, content))
            return
        if (self.has_stage and header.run == self.run and self.draining_since is None
                and header.sender not in self.past_ventilators):
            self.waiting.append(Pack(self.me, header, content))
            self.start_next()

    def start_next(self):
        if self.under_way is None and self.waiting:
            self.under_way = self.waiting.popleft()
            self.computing.jobs.put(self.under_way)

    def take_results(self, pack, messages):
        # A void incarnation's pack is not the one that is under way.
        if pack is self.under_way:
            self.under_way = None
            self.answered += len(pack.entries)
            if self.is_verbose:
                log(f"answered {self.answered} partitions of run {self.run:016x}")
            if self.sinks:
                self.send(messages)
            else:
                self.unsent.append((pack, messages))
        self.start_next()

    def send(self, messages):
        for message in messages:
            for socket in self.sinks.values():
                # Credit bounds what is on the way far below the high-water mark.
                socket.send_multipart(message, flags=zmq.NOBLOCK, copy=False)


def identity(node):
    return node.node, node.incarnation


def main():
    given = arguments(__doc__.splitlines()[0])
    node = given.node or secrets.randbits(63) or 1
    try:
        worker = Worker(network(given), node, given.name or f"python-{node}", given.interval,
                        given.patience, given.verbose)
    except (KeyProblem, OSError, zmq.ZMQError) as problem:
        log(f"error: {problem}")
        return 2
    return worker.serve()


if __name__ == "__main__":
    code = main()
    sys.stderr.flush()
    # The compute thread may be in the middle of a partition that nobody waits for any more.
    os._exit(code)
