"""Processes of which nothing is left behind, and what they take, from Linux's /proc."""

import contextlib
import os
import pathlib
import signal
import subprocess
import time

TICK = os.sysconf("SC_CLK_TCK")


def processor_seconds(pid):
    """User and system time of a process so far; `None` when it is gone."""
    fields = statistics_of(pid)
    return fields and (int(fields[11]) + int(fields[12])) / TICK


def children_processor_seconds(pid):
    """The same of those of its children that it has waited for."""
    fields = statistics_of(pid)
    return fields and (int(fields[13]) + int(fields[14])) / TICK


def statistics_of(pid):
    """The fields of its stat from the third on, its state; `None` when the process is gone."""
    try:
        return pathlib.Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return None


def memory(pid, field="VmHWM"):
    """Bytes, by default the most there ever were; 0 when the process is gone or has ended."""
    try:
        for line in pathlib.Path(f"/proc/{pid}/status").read_text().splitlines():
            if line.startswith(field + ":"):
                return int(line.split()[1]) * 1024
    except (FileNotFoundError, ProcessLookupError):
        pass
    return 0


def children(pid):
    try:
        return [int(child) for task in pathlib.Path(f"/proc/{pid}/task").iterdir()
                for child in (task / "children").read_text().split()]
    except (FileNotFoundError, ProcessLookupError):
        return []


def size(path):
    """Bytes of a file, which may go meanwhile."""
    with contextlib.suppress(FileNotFoundError):
        return path.stat().st_size
    return 0


@contextlib.contextmanager
def started(command, **options):
    """A process in a group of its own, of which nothing is left behind.

    Where this one is killed, so is that one.
    """
    process = subprocess.Popen(["setpriv", "--pdeathsig", "KILL", "--", *map(str, command)],
                               start_new_session=True, **options)
    try:
        yield process
    finally:
        end(process)


def end(process, grace=10):
    """SIGTERM, and SIGKILL for whatever of its group is there after the time of grace."""
    if process.poll() is None:
        process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(grace)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def wait_for(condition, seconds, what):
    """Waits until a condition holds and returns what it gave."""
    deadline = time.monotonic() + seconds
    while not (found := condition()):
        if time.monotonic() > deadline:
            raise SystemExit(f"error: {what}: not within {seconds} s")
        time.sleep(0.05)
    return found
