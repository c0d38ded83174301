"""One question answered by DataFusion:  with_datafusion.py QUESTION DATA OUT"""

import sys

import datafusion
import pyarrow as pa

import questions

question, data, out = sys.argv[1:]

TEMPERATURES = pa.schema([("c1", pa.string()), ("c2", pa.float64())])
GROUPS = pa.schema([(name, pa.string()) for name in ("id1", "id2", "id3")]
                   + [(name, pa.int32()) for name in ("id4", "id5", "id6", "v1", "v2")]
                   + [("v3", pa.float64())])
LINES = pa.schema([("line", pa.string())])
context = datafusion.SessionContext(datafusion.SessionConfig().with_target_partitions(2))


def table(name):
    """Registers the data as a table of its own name."""
    if name == "objects":
        context.register_json(name, data, schema=GROUPS, file_extension="")
    else:
        schema, delimiter, has_header = {
            "temperatures": (TEMPERATURES, ";", False), "groups": (GROUPS, ",", True),
            "lines": (LINES, "\t", False)}[name]
        context.register_csv(name, data, schema=schema, delimiter=delimiter, has_header=has_header,
                             file_extension="")
    return name


query = questions.sql(question, table, "unnest(string_to_array(line, ' '))")
context.sql(
    f"COPY ({query}) TO '{out}' STORED AS CSV OPTIONS ('format.has_header' 'true')").collect()
