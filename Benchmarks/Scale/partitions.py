"""How a run does with more and more partitions: of one number each, with an operator that does nothing."""

import pathlib
import sys

import runs

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "Dispatch"))

from dispatch import TOPOLOGY  # noqa: E402

DEMANDED = 10_000_000
MEMORY = 200e6
LEDGER = 20e6


def measure(options, folder, partitions):
    topology = folder / f"partitions-{partitions}.yaml"
    topology.write_text(
        TOPOLOGY.format(source=f"range: {{ from: 0, to: {partitions} }}, partition: 1"))
    row = runs.measure(options, folder, topology)
    if row["partitions"] != partitions:
        raise SystemExit(f"error: {row['partitions']:,} partitions, not {partitions:,}")
    return row


def demands(rows):
    """What must hold, as text and whether it does."""
    for row in rows:
        if row["partitions"] == DEMANDED:
            name = f"{DEMANDED:,} partitions"
            yield (f"{name}: the coordinator's memory stays below {MEMORY / 1e6:.0f} MB",
                   row["coordinator_bytes"] < MEMORY)
            yield (f"{name}: the ledger stays below {LEDGER / 1e6:.0f} MB",
                   row["ledger_bytes"] < LEDGER)


HEAD = ("partitions", "seconds", "partitions/s", "coordinator's memory", "a worker's",
        "processor seconds, coordinator / workers", "ledger", "segments")


def cells(row):
    return (
        f"{row['partitions']:,}", f"{row['seconds']:.2f}", f"{row['partitions_per_second']:,.0f}",
        f"{row['coordinator_bytes'] / 1e6:.0f} MB", f"{row['worker_bytes'] / 1e6:.0f} MB",
        f"{row['coordinator_processor_seconds']:.2f} / {row['workers_processor_seconds']:.2f}",
        f"{row['ledger_bytes'] / 1e6:.2f} MB", f"{row['segments_bytes'] / 1e6:.2f} MB")
