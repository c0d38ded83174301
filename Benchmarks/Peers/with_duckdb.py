"""One question answered by DuckDB:  with_duckdb.py QUESTION DATA OUT"""

import sys

import duckdb

question, data, out = sys.argv[1:]

TEMPERATURES = (f"read_csv('{data}', header = false, delim = ';', quote = '', auto_detect = false,"
                " columns = {'c1': 'VARCHAR', 'c2': 'DOUBLE'})")
GROUPS = (f"read_csv('{data}', header = true, delim = ',', quote = '\"', auto_detect = false,"
          " columns = {'id1': 'VARCHAR', 'id2': 'VARCHAR', 'id3': 'VARCHAR', 'id4': 'INTEGER',"
          " 'id5': 'INTEGER', 'id6': 'INTEGER', 'v1': 'INTEGER', 'v2': 'INTEGER', 'v3': 'DOUBLE'})")
OBJECTS = (f"read_json('{data}', format = 'newline_delimited', columns = {{'id1': 'VARCHAR',"
           " 'v1': 'INTEGER', 'v3': 'DOUBLE'})")
LINES = (f"read_csv('{data}', header = false, delim = '\\t', quote = '', escape = '',"
         " auto_detect = false, columns = {'line': 'VARCHAR'})")
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
        SELECT word, count(*) AS times
        FROM (SELECT unnest(string_split(line, ' ')) AS word FROM {LINES})
        GROUP BY word ORDER BY times DESC, word LIMIT 20""",
}
QUESTIONS["start"] = QUESTIONS["temperatures"]

connection = duckdb.connect(config={"threads": 2})
connection.execute(f"COPY ({QUESTIONS[question]}) TO '{out}' (FORMAT csv, HEADER true)")
