"""One question answered by DataFusion:  with_datafusion.py QUESTION DATA OUT"""

import sys

import datafusion
import pyarrow as pa

question, data, out = sys.argv[1:]

TEMPERATURES = pa.schema([("c1", pa.string()), ("c2", pa.float64())])
GROUPS = pa.schema([(name, pa.string()) for name in ("id1", "id2", "id3")]
                   + [(name, pa.int32()) for name in ("id4", "id5", "id6", "v1", "v2")]
                   + [("v3", pa.float64())])
LINES = pa.schema([("line", pa.string())])
QUESTIONS = {
    "temperatures": (TEMPERATURES, ";", False, """
        SELECT c1 AS station, count(*) AS measurements, min(c2) AS least, avg(c2) AS mean,
               max(c2) AS greatest
        FROM input GROUP BY c1 ORDER BY c1"""),
    "q1": (GROUPS, ",", True, "SELECT id1, sum(v1) AS v1 FROM input GROUP BY id1"),
    "q2": (GROUPS, ",", True, "SELECT id1, id2, sum(v1) AS v1 FROM input GROUP BY id1, id2"),
    "q3": (GROUPS, ",", True, "SELECT id3, sum(v1) AS v1, avg(v3) AS v3 FROM input GROUP BY id3"),
    "q5": (GROUPS, ",", True,
           "SELECT id6, sum(v1) AS v1, sum(v2) AS v2, sum(v3) AS v3 FROM input GROUP BY id6"),
    "export": (GROUPS, ",", True,
               "SELECT id1, id3, v1 + v2 AS total, v3 FROM input WHERE v3 < 10"),
    "json": (GROUPS, None, None,
             "SELECT id1, sum(v1) AS v1, avg(v3) AS v3 FROM input GROUP BY id1"),
    "words": (LINES, "\t", False, """
        SELECT word, count(*) AS times
        FROM (SELECT unnest(string_to_array(line, ' ')) AS word FROM input)
        GROUP BY word ORDER BY times DESC, word LIMIT 20"""),
}
QUESTIONS["start"] = QUESTIONS["temperatures"]

schema, delimiter, has_header, sql = QUESTIONS[question]
context = datafusion.SessionContext(datafusion.SessionConfig().with_target_partitions(2))
if delimiter is None:
    context.register_json("input", data, schema=schema, file_extension="")
else:
    context.register_csv("input", data, schema=schema, delimiter=delimiter, has_header=has_header,
                         file_extension="")
context.sql(f"COPY ({sql}) TO '{out}' STORED AS CSV OPTIONS ('format.has_header' 'true')").collect()
