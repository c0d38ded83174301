#!/usr/bin/env python3
"""Millrace side by side with DuckDB, Polars, DataFusion, chDB and GNU parallel with awk, on the same
files.

    peers.py --millrace PATH --generate PATH --python PATH --folder FOLDER [--questions q1,q2 …]

Every system answers each question with two threads or two worker processes and writes its answer to a
CSV file. Measured is the whole command, from its start to its end; systems take turns, so that
whatever else the machine does weighs on all. Files are in memory when they are read. Answers are
compared before anything is printed, and Millrace's own must be the same bytes with 1, 2, 3 and 7
workers. Needs Linux, for its /proc.
"""

import argparse
import math
import os
import pathlib
import shutil
import statistics
import subprocess
import tempfile

import answers
import measuring

HERE = pathlib.Path(__file__).resolve().parent
START_ROWS = 75
SQL = ("duckdb", "polars", "datafusion", "chdb")
# What each question is asked of, whether the order of the answer's rows counts, and who answers.
QUESTIONS = {
    "temperatures": ("temperatures", True, SQL),
    "q1": ("groups", False, SQL),
    "q2": ("groups", False, SQL),
    "q3": ("groups", False, SQL),
    "q5": ("groups", False, SQL),
    "export": ("groups", True, SQL),
    "words": ("words", True, (*SQL, "parallel")),
    "json": ("objects", False, SQL),
    "start": ("start", True, SQL),
}
# Whose rows have no order where none is asked for, also when they are only filtered.
WITHOUT_ORDER = {("chdb", "export"), ("datafusion", "export")}
OTHER_WORKERS = (1, 3, 7)
NAMES = {"millrace": "Millrace", "duckdb": "DuckDB", "polars": "Polars", "datafusion": "DataFusion",
         "chdb": "chDB", "parallel": "parallel, awk"}


def command(system, question, data, out, options):
    """The command and what it finds in its environment."""
    if system == "millrace":
        topology = HERE / f"{'temperatures' if question == 'start' else question}.yaml"
        return ([options.millrace, "run", topology, "--quiet"],
                {"PEERS_DATA": str(data), "PEERS_OUT": str(out),
                 "MILLRACE_RUNS": str(out.parent / "runs")})
    if system == "parallel":
        return ["sh", HERE / "with_parallel.sh", question, data, out], {}
    return [options.python, "-B", HERE / f"with_{system}.py", question, data, out], {}


def make_data(kind, options):
    """The path of the data, which is made if it is not there."""
    count = START_ROWS if kind == "start" else getattr(options, kind)
    path = options.folder / "data" / f"{kind}-{count}"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        partial = path.with_suffix(".partial")
        with open(partial, "wb") as file:
            subprocess.run([options.generate, "temperatures" if kind == "start" else kind,
                            str(count)], stdout=file, check=True)
        partial.rename(path)
    return path


def read_once(path):
    """Has the system keep the file in memory."""
    with open(path, "rb", buffering=0) as file:
        while file.read(1 << 22):
            pass


def check_workers(question, command, out):
    """Ends with an error unless other numbers of workers give the bytes that are in `out`."""
    expected = out.read_bytes()
    for workers in OTHER_WORKERS:
        words, environment = command
        measuring.run([*words, "--workers", str(workers)], environment)
        if out.read_bytes() != expected:
            raise SystemExit(f"error: {question}: {workers} workers give other bytes than two")


def ask(question, folder, options):
    """Measures all systems and prints their lines; the ratio of the fastest peer to Millrace."""
    kind, is_ordered, peers = QUESTIONS[question]
    systems = ["millrace", *(peer for peer in peers if peer in options.systems)]
    data = make_data(kind, options)
    read_once(data)
    outs = {system: folder / f"{question}-{system}.csv" for system in systems}
    commands = {system: command(system, question, data, outs[system], options)
                for system in systems}
    memory = {system: measuring.peak_memory(*commands[system]) for system in systems}
    check_workers(question, commands["millrace"], outs["millrace"])
    for system in systems[1:]:
        keeps_order = is_ordered and (system, question) not in WITHOUT_ORDER
        found = answers.difference(answers.read(outs["millrace"], keeps_order),
                                   answers.read(outs[system], keeps_order))
        if found:
            raise SystemExit(f"error: {question}: Millrace and {NAMES[system]} differ: {found}")
    runs = {system: [] for system in systems}
    for _ in range(options.runs):
        for system in systems:
            outs[system].unlink()
            runs[system].append(measuring.run(*commands[system]))
    seconds = {}
    for system in systems:
        times, processors = zip(*runs[system])
        seconds[system] = statistics.median(times)
        print(f"{question:13}{NAMES[system]:15}{seconds[system]:8.3f}"
              f"{min(times):9.3f} -{max(times):7.3f}{seconds[system] / seconds['millrace']:8.2f}"
              f"{statistics.median(processors):9.2f}{memory[system] / (1 << 20):9.0f} MiB",
              flush=True)
    for out in outs.values():
        out.unlink()
    return min((seconds[peer] for peer in systems[1:]), default=math.nan) / seconds["millrace"]


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("--millrace", "--generate", "--python", "--folder"):
        parser.add_argument(name, type=pathlib.Path, required=True)
    parser.add_argument("--temperatures", type=int, default=50_000_000, help="rows")
    parser.add_argument("--groups", type=int, default=10_000_000, help="rows")
    parser.add_argument("--objects", type=int, default=3_000_000, help="rows")
    parser.add_argument("--words", type=int, default=500_000_000, help="bytes")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--questions", type=lambda text: text.split(","), default=list(QUESTIONS))
    parser.add_argument("--systems", type=lambda text: text.split(","),
                        default=[*SQL, "parallel"])
    options = parser.parse_args()
    for question in options.questions:
        if question not in QUESTIONS:
            parser.error(f"no question {question}; there are {', '.join(QUESTIONS)}")
    # Not resolved: the interpreter of a virtual environment is a link.
    for name in ("millrace", "generate", "python", "folder"):
        setattr(options, name, pathlib.Path(os.path.abspath(getattr(options, name))))
    options.folder.mkdir(parents=True, exist_ok=True)
    if "parallel" in options.systems and not shutil.which("parallel"):
        raise SystemExit("error: GNU parallel is not installed")
    print("question     system          median s   least -greatest   ratio    CPU s      memory")
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        ratios = {question: ask(question, pathlib.Path(folder), options)
                  for question in options.questions}
    print("\nthe fastest peer takes, for each second of Millrace:")
    for question, ratio in ratios.items():
        print(f"  {question:13}{ratio:6.2f} s")
    product = math.prod(ratios.values())
    print(f"  {'geometric mean':14}{product ** (1 / len(ratios)):5.2f} s")


if __name__ == "__main__":
    main()
