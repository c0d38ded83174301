"""What processes take, from Linux's /proc: processor time, memory and its peak."""

import contextlib
import os
import pathlib
import signal
import subprocess
import threading
import time

TICK = os.sysconf("SC_CLK_TCK")
SAMPLES = 0.05


def processor_seconds(pid):
    """User and system time of a process so far; `None` when it is gone."""
    fields = statistics_of(pid)
    return fields and (int(fields[11]) + int(fields[12])) / TICK


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


def folder_size(folder):
    """Bytes of the files in a folder and below it, some of which may go meanwhile."""
    size = 0
    for path in pathlib.Path(folder).rglob("*"):
        with contextlib.suppress(OSError):
            if path.is_file():
                size += path.stat().st_size
    return size


class Watch:
    """Samples a process and its children while they run; use within a `with` block."""

    def __init__(self, pid, also=lambda: None):
        self.pid, self.also = pid, also
        self.peaks, self.seconds = {}, {}
        self.over = threading.Event()
        self.thread = threading.Thread(target=self.run, daemon=True)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.over.set()
        self.thread.join()

    def run(self):
        while not self.over.wait(SAMPLES):
            self.sample()
            self.also()

    def sample(self):
        for pid in [self.pid, *children(self.pid)]:
            self.peaks[pid] = max(self.peaks.get(pid, 0), memory(pid))
            self.seconds[pid] = processor_seconds(pid) or self.seconds.get(pid, 0)

    def own_peak(self):
        return self.peaks.get(self.pid, 0)

    def children_peak(self):
        return max((peak for pid, peak in self.peaks.items() if pid != self.pid), default=0)

    def children_seconds(self):
        return sum(seconds for pid, seconds in self.seconds.items() if pid != self.pid)


@contextlib.contextmanager
def started(command, **options):
    """A process in a group of its own, of which nothing is left behind."""
    process = subprocess.Popen(list(map(str, command)), start_new_session=True, **options)
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
