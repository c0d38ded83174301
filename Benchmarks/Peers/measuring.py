"""What a command costs: seconds, processor time and memory, of all its processes together."""

import os
import pathlib
import re
import subprocess
import threading
import time

SAMPLE_SECONDS = 0.01


def run(command, environment):
    """Seconds of the clock and of processors, from the start of the command to its end.

    Processor time is that of all processes that the command and its children waited for.
    """
    begun = time.monotonic()
    process = _start(command, environment)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.monotonic() - begun
    process.returncode = os.waitstatus_to_exitcode(status)
    _check(process, command)
    return seconds, usage.ru_utime + usage.ru_stime


def peak_memory(command, environment):
    """The most bytes at once: the sum of the PSS of all processes of the command (shared pages count
    once, divided between those that share them), sampled every 10 ms. That takes time of its own, so
    it is done in a run that is not timed."""
    process = _start(command, environment)
    peak = 0
    waiter = threading.Thread(target=process.wait)
    waiter.start()
    while process.returncode is None:
        peak = max(peak, sum(map(_memory, _family(process.pid))))
        waiter.join(SAMPLE_SECONDS)
    _check(process, command)
    return peak


def _start(command, environment):
    return subprocess.Popen(command, env={**os.environ, **environment}, stdin=subprocess.DEVNULL,
                            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)


def _check(process, command):
    errors = process.stderr.read()
    process.stderr.close()
    if process.returncode != 0:
        raise SystemExit(f"error: {' '.join(map(str, command))} ended with {process.returncode}:\n"
                         + errors)


def _family(root):
    """The process and all that descend from it."""
    children = {}
    for entry in pathlib.Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
            except OSError:  # It has ended.
                continue
            children.setdefault(int(fields[1]), []).append(int(entry.name))
    family, fresh = [], [root]
    while fresh:
        family += fresh
        fresh = [child for parent in fresh for child in children.get(parent, [])]
    return family


def _memory(process):
    try:
        text = pathlib.Path(f"/proc/{process}/smaps_rollup").read_text()
    except OSError:  # It has ended.
        return 0
    found = re.search(r"^Pss:\s+(\d+) kB", text, re.MULTILINE)
    return int(found[1]) * 1024 if found else 0
