#!/usr/bin/env python3
"""Draws what scale.py has recorded:  plot.py FIGURES.json PICTURE.svg

A panel for each part, of those there are. The same figures give the same bytes. Needs matplotlib.
"""

import json
import math
import pathlib
import sys

import matplotlib

matplotlib.use("svg")

import matplotlib.pyplot as pyplot  # noqa: E402
from matplotlib.ticker import FuncFormatter, LogLocator, NullLocator  # noqa: E402

LEFT, RIGHT = "#1f5fa8", "#c2410c"
MEGA = 1e6
# For each part what it grows with; then for each axis its title, its unit and where it is in a row.
PANELS = {
    "partitions": ("partitions", ("seconds", 1, "seconds"),
                   ("coordinator's memory, MB", MEGA, "coordinator_bytes")),
    "files": ("files", ("seconds", 1, "seconds"),
              ("coordinator's memory, MB", MEGA, "coordinator_bytes")),
    "workers": ("workers", ("supervisor's share of a core", 1, "supervisor_share"),
                ("rosters to all, MB/s", MEGA, "roster_bytes_per_second_to_all")),
}
SETTINGS = {"svg.hashsalt": "millrace", "svg.fonttype": "path", "font.size": 8,
            "axes.spines.top": False, "axes.linewidth": 0.6}


def draw(axes, sizes, rows, color, marker, title, unit, name):
    """One line, on an axis of its own that reaches to powers of ten."""
    values = [row[name] / unit for row in rows]
    axes.plot(sizes, values, color=color, marker=marker, markersize=3.5, linewidth=1.2)
    axes.set_xscale("log")
    axes.set_yscale("log")
    low, high = powers(values)
    axes.set_ylim(low * 0.8, high * 1.25)
    axes.set_ylabel(title, color=color)
    axes.tick_params(axis="y", colors=color)
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_locator(LogLocator())
        axis.set_minor_locator(NullLocator())
        axis.set_major_formatter(FuncFormatter(plain))


def powers(values):
    """The powers of ten that values lie between; those of 0 have no place on the axis."""
    logarithms = [math.log10(value) for value in values if value > 0] or [0]
    low, high = math.floor(min(logarithms)), math.ceil(max(logarithms))
    return 10.0 ** low, 10.0 ** max(high, low + 1)


def plain(value, _):
    """10,000,000 as 10M, 0.01 as it is."""
    for unit, name in ((1e6, "M"), (1e3, "k")):
        if value >= unit:
            return f"{value / unit:g}{name}"
    return f"{value:g}"


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    figures = json.loads(pathlib.Path(sys.argv[1]).read_text())
    names = [name for name in PANELS if figures.get(name)]
    if not names:
        sys.exit(f"error: {sys.argv[1]} has no figures")
    matplotlib.rcParams.update(SETTINGS)
    picture, panels = pyplot.subplots(
        1, len(names), figsize=(3.6 * len(names), 2.6), squeeze=False, layout="constrained")
    picture.get_layout_engine().set(w_pad=0.12)
    for name, left in zip(names, panels[0]):
        rows, (size, *lines) = figures[name], PANELS[name]
        sizes = [row[name] for row in rows]
        right = left.twinx()
        draw(left, sizes, rows, LEFT, "o", *lines[0])
        draw(right, sizes, rows, RIGHT, "s", *lines[1])
        left.set_xlabel(size)
        left.grid(axis="x", linewidth=0.4, color="#dddddd")
    picture.savefig(sys.argv[2], facecolor="white", metadata={"Date": None})


if __name__ == "__main__":
    main()
