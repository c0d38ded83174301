"""One question answered by Polars:  with_polars.py QUESTION DATA OUT"""

import os
import sys

os.environ["POLARS_MAX_THREADS"] = "2"
import polars as pl  # noqa: E402 - it reads the environment once, when it is imported

question, data, out = sys.argv[1:]
V = {name: pl.col(name) for name in ("v1", "v2", "v3")}


def temperatures():
    value = pl.col("c2")
    return (
        pl.scan_csv(data, has_header=False, separator=";", quote_char=None,
                    schema={"c1": pl.String, "c2": pl.Float64})
        .group_by("c1").agg(pl.len(), value.min().alias("least"), value.mean().alias("mean"),
                            value.max().alias("greatest"))
        .sort("c1"))


def groups():
    return pl.scan_csv(data, schema={
        "id1": pl.String, "id2": pl.String, "id3": pl.String, "id4": pl.Int32, "id5": pl.Int32,
        "id6": pl.Int32, "v1": pl.Int32, "v2": pl.Int32, "v3": pl.Float64})


def objects():
    return pl.scan_ndjson(data, schema={"id1": pl.String, "v1": pl.Int32, "v3": pl.Float64})


def words():
    return (
        pl.scan_csv(data, has_header=False, separator="\t", quote_char=None,
                    schema={"line": pl.String})
        .select(pl.col("line").str.split(" ").alias("word")).explode("word")
        .group_by("word").agg(pl.len().alias("times"))
        .sort(["times", "word"], descending=[True, False]).head(20))


QUESTIONS = {
    "temperatures": temperatures,
    "start": temperatures,
    "q1": lambda: groups().group_by("id1").agg(V["v1"].sum()),
    "q2": lambda: groups().group_by("id1", "id2").agg(V["v1"].sum()),
    "q3": lambda: groups().group_by("id3").agg(V["v1"].sum(), V["v3"].mean()),
    "q5": lambda: groups().group_by("id6").agg(V["v1"].sum(), V["v2"].sum(), V["v3"].sum()),
    "export": lambda: groups().filter(V["v3"] < 10).select(
        "id1", "id3", (V["v1"] + V["v2"]).alias("total"), "v3"),
    "words": words,
    "json": lambda: objects().group_by("id1").agg(V["v1"].sum(), V["v3"].mean()),
}

QUESTIONS[question]().sink_csv(out, engine="streaming")
