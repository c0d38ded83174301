"""One question answered by chDB, which is ClickHouse in the process:  with_chdb.py QUESTION DATA OUT"""

import pathlib
import sys

import chdb

question, data, out = sys.argv[1:]

TEMPERATURES = f"file('{data}', CustomSeparated, 'c1 String, c2 Float64')"
GROUPS = (f"file('{data}', CSVWithNames, 'id1 String, id2 String, id3 String, id4 Int32, id5 Int32,"
          " id6 Int32, v1 Int32, v2 Int32, v3 Float64')")
OBJECTS = f"file('{data}', JSONEachRow, 'id1 String, v1 Int32, v3 Float64')"
LINES = f"file('{data}', LineAsString, 'line String')"
QUESTIONS = {
    "temperatures": f"""
        SELECT c1 AS station, count(*) AS measurements, min(c2) AS least, avg(c2) AS mean,
               max(c2) AS greatest
        FROM {TEMPERATURES} GROUP BY c1 ORDER BY c1""",
    "q1": f"SELECT id1, sum(v1) AS v1 FROM {GROUPS} GROUP BY id1",
    "q2": f"SELECT id1, id2, sum(v1) AS v1 FROM {GROUPS} GROUP BY id1, id2",
    "q3": f"SELECT id3, sum(v1) AS v1, avg(v3) AS v3 FROM {GROUPS} GROUP BY id3",
    "q5": f"SELECT id6, sum(v1) AS v1, sum(v2) AS v2, sum(v3) AS v3 FROM {GROUPS} GROUP BY id6",
    "export": f"SELECT id1, id3, v1 + v2 AS total, v3 FROM {GROUPS} WHERE v3 < 10",
    "json": f"SELECT id1, sum(v1) AS v1, avg(v3) AS v3 FROM {OBJECTS} GROUP BY id1",
    "words": f"""
        SELECT arrayJoin(splitByChar(' ', line)) AS word, count(*) AS times
        FROM {LINES} GROUP BY word ORDER BY times DESC, word LIMIT 20""",
}
QUESTIONS["start"] = QUESTIONS["temperatures"]

answer = chdb.query(
    f"{QUESTIONS[question]} SETTINGS max_threads = 2, format_custom_field_delimiter = ';',"
    " format_custom_escaping_rule = 'CSV'",
    "CSVWithNames")
pathlib.Path(out).write_bytes(answer.bytes())
