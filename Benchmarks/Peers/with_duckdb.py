"""One question answered by DuckDB:  with_duckdb.py QUESTION DATA OUT"""

import sys

import duckdb

import questions

question, data, out = sys.argv[1:]

TABLES = {
    "temperatures":
        f"read_csv('{data}', header = false, delim = ';', quote = '', auto_detect = false,"
        " columns = {'c1': 'VARCHAR', 'c2': 'DOUBLE'})",
    "groups":
        f"read_csv('{data}', header = true, delim = ',', quote = '\"', auto_detect = false,"
        " columns = {'id1': 'VARCHAR', 'id2': 'VARCHAR', 'id3': 'VARCHAR', 'id4': 'INTEGER',"
        " 'id5': 'INTEGER', 'id6': 'INTEGER', 'v1': 'INTEGER', 'v2': 'INTEGER', 'v3': 'DOUBLE'})",
    "objects":
        f"read_json('{data}', format = 'newline_delimited',"
        " columns = {'id1': 'VARCHAR', 'v1': 'INTEGER', 'v3': 'DOUBLE'})",
    "lines":
        f"read_csv('{data}', header = false, delim = '\\t', quote = '', escape = '',"
        " auto_detect = false, columns = {'line': 'VARCHAR'})",
}
query = questions.sql(question, TABLES.get, "unnest(string_split(line, ' '))")

connection = duckdb.connect(config={"threads": 2})
connection.execute(f"COPY ({query}) TO '{out}' (FORMAT csv, HEADER true)")
