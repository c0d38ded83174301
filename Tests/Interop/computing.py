"""The thread on which partitions are processed."""

import queue
import threading
from collections import namedtuple

import wire
import zmq
from stage import Stage

RESULTS_MESSAGE = 32 << 20
COMPUTED = "inproc://computed"

# A lane message to be processed, and for which incarnation.
Pack = namedtuple("Pack", "me header entries")


class Computing(threading.Thread):
    """Processes packs one after the other, so that the worker goes on listening meanwhile."""

    def __init__(self, context, beats):
        super().__init__(name="compute", daemon=True)
        self.context, self.beats = context, beats
        self.jobs, self.done = queue.SimpleQueue(), queue.SimpleQueue()
        self.current = None  # The incarnation whose work is wanted.

    def run(self):
        stage = None
        with self.context.socket(zmq.PAIR) as socket:
            socket.connect(COMPUTED)
            for job in iter(self.jobs.get, None):
                if isinstance(job, Pack):
                    self.done.put((job, self.process(stage, job)))
                    socket.send(b"")
                else:
                    me, specification = job
                    stage = Stage(specification)
                    sees = stage.sees_files()
                    if me == self.current:
                        self.beats.tell(sees_files=sees)

    def process(self, stage, pack):
        messages, answers, size = [], [], 0
        for entry in pack.entries:
            if pack.me != self.current:
                break  # A void incarnation's: what is done of it is wanted by nobody.
            self.beats.begin(pack.header.stage, entry.index)
            answers.append(stage.answer(entry))
            self.beats.finish(pack.me, entry, answers[-1])
            size += len(answers[-1].payload)
            if size >= RESULTS_MESSAGE:
                messages.append(self.seal(pack, answers))
                answers, size = [], 0
        if answers:
            messages.append(self.seal(pack, answers))
        return messages

    def seal(self, pack, answers):
        return wire.encode_results(pack.header.run, pack.header.stage, pack.me, answers)
