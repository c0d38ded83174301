"""What a worker does to partitions: the operators `noop`, `echo` and `sleep`."""

import json
import os
import time

import millrace_pb2 as pb
import wire

DATA, CONFIGURATION, OPERATING = (
    pb.FAILURE_KIND_DATA, pb.FAILURE_KIND_CONFIGURATION, pb.FAILURE_KIND_OPERATING)


class Failure(Exception):
    """Why an attempt at a partition failed; `kind` says whether another can help."""

    def __init__(self, kind, message, file=None):
        super().__init__(message)
        self.kind, self.file = kind, file


def noop(entry, data, _):
    """Answers with nothing. Returns the result, records read and rows in the result."""
    return b"", entry.numbers or 0, 0


def echo(entry, data, _):
    """Answers with the partition's own bytes."""
    return data, entry.numbers or 0, entry.numbers or 0


def sleep(entry, data, configuration):
    """Waits, and answers with the partition's place."""
    time.sleep(configuration["milliseconds"] / 1000)
    if entry.kind == wire.RANGE:
        numbers = range(entry.place, entry.place + entry.numbers)
        return b"".join(b"%d\n" % number for number in numbers), entry.numbers, entry.numbers
    return b"%d,%d,%d\n" % (entry.file, entry.place, len(data)), 0, 1


OPERATORS = {"noop": noop, "echo": echo, "sleep": sleep}


class Stage:
    """A stage as its specification describes it."""

    def __init__(self, specification):
        self.files = specification.files
        self.steps, self.problem = [], None
        for step in specification.steps:
            operator = OPERATORS.get(step.operator)
            if operator is None:
                self.problem = (f"stage '{specification.name}': unknown operator "
                                f"'{step.operator}'; this worker knows: {', '.join(OPERATORS)}")
                return
            self.steps.append((operator, json.loads(step.configuration or b"{}")))

    def sees_files(self):
        """Whether the source's files are the very same here: only then does it say so."""
        try:
            for index in range(len(self.files)):
                with self.open(index):
                    pass
        except Failure:
            return False
        return len(self.files) > 0

    def answer(self, entry):
        """Processes one partition; a failure is an answer, too."""
        start = time.monotonic()
        try:
            if self.problem:
                raise Failure(CONFIGURATION, self.problem)
            data, rows, rows_out = self.input(entry), None, 0
            for operator, configuration in self.steps:
                data, read, rows_out = operator(entry, data, configuration)
                rows = read if rows is None else rows
            return wire.Answer(entry.index, entry.attempt, wire.RESULT, bytes(data), rows, rows_out,
                               round((time.monotonic() - start) * 1e6))
        except Failure as failure:
            content = wire.encode_failure(failure.kind, str(failure), failure.file)
            return wire.Answer(entry.index, entry.attempt, wire.FAILURE, content, 0, 0, 0)

    def input(self, entry):
        """The partition's bytes, wherever they are."""
        if entry.kind == wire.REFERENCE:
            return self.read(entry)
        if wire.xxh3(entry.payload) != entry.digest:
            raise Failure(OPERATING, f"partition {entry.index} was damaged on the way")
        return entry.payload

    def read(self, entry):
        if entry.file >= len(self.files):
            raise Failure(OPERATING, f"a partition names file {entry.file}, which was not told")
        planned = self.files[entry.file]
        if entry.length > wire.MAXIMUM_PARTITION or entry.place + entry.length > planned.size:
            raise Failure(OPERATING, f"a partition lies beyond the end of {planned.path}")
        with self.open(entry.file) as file:
            data = os.pread(file.fileno(), entry.length, entry.place)
        if len(data) != entry.length:
            raise Failure(OPERATING, f"{planned.path} could be read only in part", entry.file)
        return data

    def open(self, index):
        """An open source file, found to be what it was when the run was planned."""
        planned = self.files[index]
        try:
            file = open(planned.path, "rb", buffering=0)
        except OSError as error:
            raise Failure(OPERATING, str(error), index) from None
        found = os.fstat(file.fileno())
        if (found.st_size, found.st_mtime_ns, found.st_ino) != (
                planned.size, planned.modified, planned.inode):
            file.close()
            raise Failure(CONFIGURATION, f"{planned.path} changed while the run was reading it; "
                          "run again when nothing writes to it", index)
        return file
