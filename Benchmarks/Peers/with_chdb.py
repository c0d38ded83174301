"""One question answered by chDB, which is ClickHouse in the process:  with_chdb.py QUESTION DATA OUT"""

import pathlib
import sys

import chdb

import questions

question, data, out = sys.argv[1:]

TABLES = {
    "temperatures": f"file('{data}', CustomSeparated, 'c1 String, c2 Float64')",
    "groups":
        f"file('{data}', CSVWithNames, 'id1 String, id2 String, id3 String, id4 Int32, id5 Int32,"
        " id6 Int32, v1 Int32, v2 Int32, v3 Float64')",
    "objects": f"file('{data}', JSONEachRow, 'id1 String, v1 Int32, v3 Float64')",
    "lines": f"file('{data}', LineAsString, 'line String')",
}
query = questions.sql(question, TABLES.get, "arrayJoin(splitByChar(' ', line))")

answer = chdb.query(
    f"{query} SETTINGS max_threads = 2, format_custom_field_delimiter = ';',"
    " format_custom_escaping_rule = 'CSV'",
    "CSVWithNames")
pathlib.Path(out).write_bytes(answer.bytes())
