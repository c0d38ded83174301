"""How a run does with more and more files, each of them small, that one glob finds."""

import random
import shutil

import runs

LINES = 2_500
CARRIERS = ("AA", "B6", "DL", "EV", "UA")
TOPOLOGY = """
topology: files
source: {{ files: "{folder}/data/*.csv", format: csv }}
stages:
  - name: report
    sql: |
      SELECT carrier, count(*) AS flights, avg(delay) AS mean, max(delay) AS worst
      FROM input GROUP BY carrier ORDER BY carrier
workers: 2
sink: {{ file: "{folder}/out.csv" }}
"""


def measure(options, folder, files):
    below = folder / f"files-{files}"
    (below / "data").mkdir(parents=True)
    random.seed(files)
    size = 0
    for number in range(files):
        text = "flight,carrier,delay,distance\n" + "".join(
            f"{number * LINES + line},{random.choice(CARRIERS)},{random.randint(-30, 300)}"
            f",{random.randint(100, 3_000)}\n" for line in range(LINES))
        (below / "data" / f"{number:06}.csv").write_text(text)
        size += len(text)
    topology = below / "files.yaml"
    topology.write_text(TOPOLOGY.format(folder=below))
    row = runs.measure(options, folder, topology)
    if row["rows"] != files * LINES:
        raise SystemExit(f"error: {row['rows']:,} rows, not {files * LINES:,}")
    shutil.rmtree(below)
    return {"files": files, "source_bytes": size} | row


def demands(rows):
    """What must hold: nothing but that each run gives its result."""
    return ()


HEAD = ("files", "their size", "seconds", "coordinator's memory", "a worker's",
        "processor seconds, coordinator / workers")


def cells(row):
    return (
        f"{row['files']:,}", f"{row['source_bytes'] / 1e6:.2f} MB", f"{row['seconds']:.2f}",
        f"{row['coordinator_bytes'] / 1e6:.0f} MB", f"{row['worker_bytes'] / 1e6:.0f} MB",
        f"{row['coordinator_processor_seconds']:.2f} / {row['workers_processor_seconds']:.2f}")
