"""How a supervisor does with more and more workers, which beat and do nothing else (nodes.py)."""

import contextlib
import json
import os
import pathlib
import queue
import statistics
import subprocess
import sys
import threading
import time

from processes import memory, processor_seconds, started, wait_for

HERE = pathlib.Path(__file__).resolve().parent
HOST = "127.0.0.1"
# What three missed beats of a second allow, with the time that a roster may take.
EVICTION = (3.0, 4.5)
SHARE = 0.25
DEMANDED = 10_000


class Beaters:
    """The processes of nodes.py; a command goes to all of them, and their answers come back."""

    def __init__(self, options, stack, port, nodes):
        count = min(options.processes, nodes)
        self.processes, self.answers = [], []
        environment = {**os.environ, "PYTHONPATH": str(options.messages)}
        for first in range(count):
            process = stack.enter_context(started(
                [sys.executable, "-B", HERE / "nodes.py", "--host", HOST, "--port", port, "--nodes",
                 nodes, "--first", first, "--step", count, "--rate", options.join_rate],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment))
            answers = queue.Queue()
            threading.Thread(target=self.read, args=(process, answers), daemon=True).start()
            self.processes.append(process)
            self.answers.append(answers)

    @staticmethod
    def read(process, answers):
        for line in process.stdout:
            answers.put(json.loads(line))
        answers.put(None)

    def tell(self, command, seconds):
        """The answers to a command that takes so long at most."""
        for process in self.processes:
            with contextlib.suppress(BrokenPipeError):
                process.stdin.write(command + "\n")
                process.stdin.flush()
        deadline = time.monotonic() + seconds + 30
        found = []
        for answers in self.answers:
            try:
                found.append(answers.get(timeout=max(deadline - time.monotonic(), 0.1)))
            except queue.Empty:
                found.append(None)
        if None in found:
            raise SystemExit(f"error: no answer of the nodes to: {command}")
        return found


def measure(options, folder, nodes):
    """One supervisor and so many nodes."""
    # Each has ports of its own, since those of the one before may not be free yet.
    port = options.port + 4 * options.workers.index(nodes)
    log = open(folder / f"supervisor-{nodes}.log", "wb")
    with log, contextlib.ExitStack() as stack:
        supervisor = stack.enter_context(started(
            [options.millrace, "supervisor", "--listen", f"{HOST}:{port}", "--state",
             folder / f"supervisor-{nodes}"], stdin=subprocess.DEVNULL, stdout=log, stderr=log))
        wait_for(lambda: status(options, port), 30, "the supervisor answers")
        begun, used = time.monotonic(), processor_seconds(supervisor.pid)
        beaters = Beaters(options, stack, port, nodes)
        limit = nodes / options.join_rate + options.patience
        joined = sum(answer["joined"] for answer in beaters.tell(f"joined {limit}", limit))
        row = {"workers": nodes, "joined": joined, "join_seconds": time.monotonic() - begun,
               "join_processor_seconds": processor_seconds(supervisor.pid) - used}
        time.sleep(2)
        begun, used = time.monotonic(), processor_seconds(supervisor.pid)
        answers = beaters.tell(f"measure {options.seconds}", options.seconds)
        row["supervisor_share"] = (
            (processor_seconds(supervisor.pid) - used) / (time.monotonic() - begun))
        row["supervisor_memory"] = memory(supervisor.pid, "VmRSS")
        row["supervisor_peak_memory"] = memory(supervisor.pid)
        row["beats_per_second"] = sum(answer["beats"] / answer["seconds"] for answer in answers)
        row["beaters_share"] = sum(answer["processor"] / answer["seconds"] for answer in answers)
        # All of them hear the same.
        heard = max(answers, key=lambda answer: answer["rosters"])
        row["rosters_per_second"] = heard["rosters"] / heard["seconds"]
        row["roster_bytes"] = heard["bytes"] / max(heard["rosters"], 1)
        row["roster_bytes_per_second"] = heard["bytes"] / heard["seconds"]
        row["roster_bytes_per_second_to_all"] = row["roster_bytes_per_second"] * nodes
        # A hundredth of them, but of each process one at least.
        answers = beaters.tell("silence 100 15", 15)
        times = sorted(time for answer in answers for time in answer["times"])
        row["silenced"] = len(times) + sum(answer["still_listed"] for answer in answers)
        row["evicted"] = len(times)
        row["eviction_seconds"] = (
            [times[0], statistics.median(times), times[-1]] if times else None)
        answers = beaters.tell("listed 10", 10)
        row["beating"] = sum(answer["beating"] for answer in answers)
        row["beating_and_listed"] = sum(answer["listed"] for answer in answers)
        # Where this is long it is the nodes that were late, not the supervisor.
        row["longest_between_beats"] = max(answer["longest"] for answer in answers)
        return row


def status(options, port):
    return subprocess.run(
        [options.millrace, "status", "--to", f"{HOST}:{port}"], capture_output=True,
        timeout=30).returncode == 0


def demands(rows):
    """What must hold, as text and whether it does."""
    for row in rows:
        name = f"{row['workers']:,} workers"
        if row["workers"] == DEMANDED:
            yield (f"{name}: the supervisor takes less than {SHARE} of a core",
                   row["supervisor_share"] < SHARE)
        yield f"{name}: all join and none that beats is evicted", (
            row["joined"] == row["workers"] and row["beating"] == row["beating_and_listed"])
        yield (f"{name}: the nodes themselves are never late by more than a second",
               row["longest_between_beats"] < 2)
        times = row["eviction_seconds"]
        yield f"{name}: who falls silent is evicted after {EVICTION[0]} to {EVICTION[1]} s", bool(
            times and row["evicted"] == row["silenced"]
            and EVICTION[0] <= times[0] and times[2] <= EVICTION[1])


HEAD = ("workers", "all joined after", "supervisor's share of a core", "its memory", "a roster",
        "rosters to each worker", "rosters to all workers", "evicted after, least / median / most")


def cells(row):
    times = row["eviction_seconds"]
    joined = f"{row['join_seconds']:.1f} s"
    if row["joined"] < row["workers"]:
        joined = f"{row['joined']:,} after {joined}"
    return (
        f"{row['workers']:,}", joined, f"{row['supervisor_share']:.3f}",
        f"{row['supervisor_memory'] / 1e6:.0f} MB", f"{row['roster_bytes'] / 1e3:.1f} kB",
        f"{row['roster_bytes_per_second'] / 1e3:.1f} kB/s",
        f"{row['roster_bytes_per_second_to_all'] / 1e6:,.2f} MB/s",
        " / ".join(f"{time:.2f}" for time in times) + " s" if times else "never")
