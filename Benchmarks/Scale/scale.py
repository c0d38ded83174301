#!/usr/bin/env python3
"""How Millrace grows: with partitions, files and workers.

    scale.py --millrace PATH --messages FOLDER [--only partitions,files,workers] [--record FILE.json]

- partitions: `millrace run` of partitions of one number each, with an operator that does nothing.
- files: `millrace run` of a small query over small files.
- workers: a real `millrace supervisor` and simulated nodes, each with a connection of its own, that
  beat once a second.

Prints a table for each, and whether what is demanded holds; the exit code is 1 where it does not.
FOLDER has millrace_pb2.py, which protoc makes from Sources/Wire/millrace.proto; plot.py draws what
`--record` writes, in which parts that are not measured stay as they were. Needs Linux, pyzmq and
protobuf.
"""

import argparse
import json
import os
import pathlib
import signal
import sys
import tempfile

import files
import partitions
import workers

PARTS = {"partitions": partitions, "files": files, "workers": workers}


def numbers(text):
    return [int(number.replace("_", "")) for number in text.split(",") if number]


def table(head, rows, is_markdown):
    if is_markdown:
        lines = [head, ["---"] * len(head), *rows]
        return "\n".join("| " + " | ".join(line) + " |" for line in lines)
    widths = [max(map(len, column)) for column in zip(head, *rows)]
    return "\n".join(
        "  ".join(cell.rjust(width) for cell, width in zip(line, widths)) for line in [head, *rows])


def show(name, rows, is_markdown):
    part = PARTS[name]
    print(f"\n{table(part.HEAD, [part.cells(row) for row in rows], is_markdown)}\n", flush=True)


def check(figures):
    """Says of each demand whether it holds; returns whether all do."""
    found = [demand for name, rows in figures.items() for demand in PARTS[name].demands(rows)]
    for text, holds in found:
        print(f"{'holds' if holds else 'DOES NOT HOLD'}: {text}", flush=True)
    return all(holds for _, holds in found)


def arguments():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--millrace", type=pathlib.Path, required=True)
    parser.add_argument("--messages", type=pathlib.Path, default=pathlib.Path("."))
    parser.add_argument("--only", default=",".join(PARTS))
    parser.add_argument("--record", type=pathlib.Path, help="where the figures are written, as JSON")
    parser.add_argument("--show", type=pathlib.Path, help="show what was recorded; measure nothing")
    parser.add_argument("--markdown", action="store_true")
    parser.add_argument("--partitions", type=numbers,
                        default=[10_000, 100_000, 1_000_000, 10_000_000])
    parser.add_argument("--files", type=numbers, default=[1, 10, 100, 1_000])
    parser.add_argument("--workers", type=numbers, default=[10, 100, 1_000, 10_000])
    parser.add_argument("--runs", type=int, default=3,
                        help="of each number of partitions and of files")
    parser.add_argument("--seconds", type=float, default=20, help="that a supervisor is measured")
    parser.add_argument("--processes", type=int, default=2, help="that simulated nodes share")
    parser.add_argument("--join-rate", type=float, default=1_000, help="nodes that start a second")
    parser.add_argument("--patience", type=float, default=60,
                        help="seconds that the last node may take to be listed")
    parser.add_argument("--port", type=int, default=10_000 + os.getpid() % 10_000,
                        help="the first of four for each number of workers")
    options = parser.parse_args()
    options.only = [name for name in options.only.split(",") if name]
    for name in options.only:
        if name not in PARTS:
            parser.error(f"no part {name}; there are {', '.join(PARTS)}")
    options.millrace, options.messages = (
        pathlib.Path(os.path.abspath(path)) for path in (options.millrace, options.messages))
    return options


def main():
    options = arguments()
    if options.show:
        figures = json.loads(options.show.read_text())
        for name, rows in figures.items():
            show(name, rows, options.markdown)
        sys.exit(not check(figures))
    # As Ctrl-C does, these leave `with` blocks in order.
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda number, _: sys.exit(128 + number))
    figures, record = {}, options.record
    recorded = json.loads(record.read_text()) if record and record.exists() else {}
    with tempfile.TemporaryDirectory() as temporary:
        folder = pathlib.Path(temporary)
        for name in options.only:
            rows = figures[name] = []
            for size in getattr(options, name):
                print(f"{size:,} {name} …", file=sys.stderr, flush=True)
                rows.append(PARTS[name].measure(options, folder, size))
                if record:
                    record.write_text(json.dumps(recorded | figures, indent=1) + "\n")
            show(name, rows, options.markdown)
    sys.exit(not check(figures))


if __name__ == "__main__":
    main()
