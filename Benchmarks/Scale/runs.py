"""What a `millrace run` takes: time, processor time, memory, and room in its directory."""

import json
import os
import select
import shutil
import statistics
import subprocess
import time

from processes import children, children_processor_seconds, memory, processor_seconds, size, started

SAMPLES = 0.02
LIMIT = 300
BYTES = ("coordinator_bytes", "worker_bytes", "ledger_bytes", "segments_bytes")


def measure(options, folder, topology):
    """Some runs of a topology, one after the other: the median of each figure, and the most of bytes."""
    rows = [run(options.millrace, folder, topology) for _ in range(options.runs)]
    return {name: (max if name in BYTES else statistics.median)(row[name] for row in rows)
            for name in rows[0]}


def run(millrace, folder, topology):
    """One run.

    `seconds` are of the whole command; `rows`, `partitions` and `partitions_per_second` are what its
    summary says. Bytes are the most that there were at a time: memory of the coordinator and of the
    largest worker, the ledger with its write-ahead log, the segments.
    """
    state, output, errors = (folder / name for name in ("runs", "output", "errors"))
    row = dict.fromkeys(BYTES, 0)
    with open(output, "wb") as out, open(errors, "wb") as error:
        begun = time.monotonic()
        with started([millrace, "run", topology, "--json"], stdin=subprocess.DEVNULL, stdout=out,
                     stderr=error, env={**os.environ, "MILLRACE_RUNS": str(state)}) as process:
            descriptor = os.pidfd_open(process.pid)
            try:
                while not select.select([descriptor], [], [], SAMPLES)[0]:
                    sample(process.pid, state, row)
                    if time.monotonic() - begun > LIMIT:
                        raise SystemExit(f"error: {topology.name}: not done within {LIMIT} s")
            finally:
                os.close(descriptor)
            row["seconds"] = time.monotonic() - begun
            # It has ended but is not waited for yet, so this is all that it took and all that its
            # workers did, for which it has waited.
            row["coordinator_processor_seconds"] = processor_seconds(process.pid)
            row["workers_processor_seconds"] = children_processor_seconds(process.pid)
    if process.returncode:
        raise SystemExit(
            f"error: {topology.name} ended with {process.returncode}: {errors.read_text()}")
    summary = json.loads(output.read_text().splitlines()[-1])
    shutil.rmtree(state)
    return row | {name: summary[name] for name in ("rows", "partitions", "partitions_per_second")}


def sample(coordinator, state, row):
    found = (
        memory(coordinator), max(map(memory, children(coordinator)), default=0),
        sum(map(size, [*state.glob("*/ledger.sqlite"), *state.glob("*/ledger.sqlite-wal")])),
        sum(map(size, state.glob("*/results/*.segment"))))
    for name, number in zip(BYTES, found):
        row[name] = max(row[name], number)
