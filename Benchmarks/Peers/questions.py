"""The questions in SQL, for the systems that are asked in it."""


def sql(question, table, words):
    """The query of a question.

    `table` gives what stands after FROM for `temperatures`, `groups`, `objects` or `lines`; `words` is
    what makes of a line, in a SELECT list, a row for each of its words.
    """
    if question in ("temperatures", "start"):
        return f"""
            SELECT c1 AS station, count(*) AS measurements, min(c2) AS least, avg(c2) AS mean,
                   max(c2) AS greatest
            FROM {table('temperatures')} GROUP BY c1 ORDER BY c1"""
    if question == "words":
        return f"""
            SELECT word, count(*) AS times
            FROM (SELECT {words} AS word FROM {table('lines')})
            GROUP BY word ORDER BY times DESC, word LIMIT 20"""
    if question == "json":
        return f"""
            SELECT id1, sum(v1) AS v1, avg(v3) AS v3 FROM {table('objects')} GROUP BY id1"""
    return {
        "q1": "SELECT id1, sum(v1) AS v1 FROM {} GROUP BY id1",
        "q2": "SELECT id1, id2, sum(v1) AS v1 FROM {} GROUP BY id1, id2",
        "q3": "SELECT id3, sum(v1) AS v1, avg(v3) AS v3 FROM {} GROUP BY id3",
        "q5": "SELECT id6, sum(v1) AS v1, sum(v2) AS v2, sum(v3) AS v3 FROM {} GROUP BY id6",
        "export": "SELECT id1, id3, v1 + v2 AS total, v3 FROM {} WHERE v3 < 10",
    }[question].format(table("groups"))
