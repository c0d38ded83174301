"""Processes of a test: started with their output in files, watched with deadlines, all ended."""

import os
import pathlib
import signal
import subprocess
import time

DEADLINE = 60


class TestFailure(Exception):
    """A promise that does not hold, and what was seen instead."""


def wait_for(condition, what, deadline=DEADLINE):
    """Waits until `condition()` is true and returns what it returned.

    `what` is waited for: words, or a function that finds them when it has not come.
    """
    end = time.monotonic() + deadline
    while time.monotonic() < end:
        found = condition()
        if found:
            return found
        time.sleep(0.005)
    raise TestFailure(f"waited {deadline} s in vain for {what() if callable(what) else what}")


def expect(condition, what):
    if not condition:
        raise TestFailure(what)


class Running:
    """A process whose standard output and error are in files."""

    def __init__(self, name, arguments, directory, environment=None):
        self.name = name
        number = len(list(pathlib.Path(directory).glob(f"{name}*.err")))
        self.output = pathlib.Path(directory, f"{name}.{number}.out")
        self.log = pathlib.Path(directory, f"{name}.{number}.err")
        with open(self.output, "wb") as output, open(self.log, "wb") as log:
            self.process = subprocess.Popen(
                arguments, stdin=subprocess.DEVNULL, stdout=output, stderr=log, cwd=directory,
                env={**os.environ, **(environment or {})})

    @property
    def pid(self):
        return self.process.pid

    def text(self):
        """What it has said so far on standard error."""
        return self.log.read_text(errors="replace")

    def wait_to_say(self, words, deadline=DEADLINE, times=1):
        """Waits until standard error has these words so many times."""
        def has_said():
            if self.text().count(words) >= times:
                return True
            if self.process.poll() is not None and self.text().count(words) < times:
                raise TestFailure(f"{self.name} ended with {self.process.returncode} and did not "
                                  f"say '{words}' but:\n{self.text()}")
            return False
        wait_for(has_said, lambda: f"'{words}' from {self.name}, which said:\n{self.tail()}",
                 deadline)

    def tail(self):
        return "\n".join(self.text().splitlines()[-20:])

    def signal(self, number):
        self.process.send_signal(number)

    def kill(self):
        self.signal(signal.SIGKILL)
        self.process.wait()

    def wait(self, deadline=DEADLINE):
        """Waits for the end and returns the exit code."""
        try:
            return self.process.wait(deadline)
        except subprocess.TimeoutExpired:
            raise TestFailure(f"{self.name} has not ended after {deadline} s; it said:\n"
                              f"{self.tail()}") from None

    def succeed(self, deadline=DEADLINE):
        code = self.wait(deadline)
        expect(code == 0, f"{self.name} ended with {code}:\n{self.text()}")

    def children(self):
        """Its child processes' ids, whichever of its threads started them."""
        found = []
        for path in pathlib.Path(f"/proc/{self.pid}/task").glob("*/children"):
            try:
                found += [int(pid) for pid in path.read_text().split()]
            except (FileNotFoundError, ProcessLookupError):
                pass  # The thread has just ended.
        return found


class Processes:
    """All processes of a test; none outlives the `with` block."""

    def __init__(self, directory):
        self.directory, self.started = directory, []

    def start(self, name, arguments, environment=None):
        running = Running(name, [str(a) for a in arguments], self.directory, environment)
        self.started.append(running)
        return running

    def __enter__(self):
        return self

    def __exit__(self, *_):
        alive = [running for running in self.started if running.process.poll() is None]
        pids = [running.pid for running in alive] + [c for r in alive for c in r.children()]
        for pid in pids:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
        for running in alive:
            running.process.wait()
