#!/usr/bin/python3
"""A worker that is in order but for one thing: all that it has sent, it sends again."""

import sys

import worker
import zmq
from beats import Beats
from network import options

# Beats that are sent again after each, oldest first.
REMEMBERED = 5


class RepeatingSocket(zmq.Socket):
    """A socket that sends each message and then the last ones once more."""

    sent = []

    def send(self, message, *arguments, **more):
        self.sent = [*self.sent, message][-REMEMBERED:]
        for one in [message, *self.sent]:
            super().send(one, *arguments, **more)


class RepeatingContext:
    """A context whose PUB sockets repeat themselves."""

    def __init__(self, context):
        self.context = context

    def socket(self, kind):
        return (RepeatingSocket if kind == zmq.PUB else zmq.Socket)(self.context, kind)


class RepeatingBeats(Beats):
    def __init__(self, context, *arguments):
        super().__init__(RepeatingContext(context), *arguments)


class RepeatingWorker(worker.Worker):
    """Sends its results at once, once more the other way round, and over another connection."""

    def send(self, messages):
        super().send(messages)
        super().send(messages[::-1])
        for member in self.roster.members:
            if member.node.node in {node for node, _ in self.sinks}:
                other = options(self.context.socket(zmq.PUSH), data=True)
                self.network.to_member(other, member)
                other.connect(member.endpoints.results)
                for message in messages:
                    other.send_multipart(message)
                other.close(linger=worker.LINGER)


if __name__ == "__main__":
    worker.Beats, worker.Worker = RepeatingBeats, RepeatingWorker
    sys.exit(worker.main())
