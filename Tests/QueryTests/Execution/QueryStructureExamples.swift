/// Queries with what PostgreSQL 15 answers over the same rows; booleans are written as words.
extension QueryStructureTests {
  static let examples: [Example] = [
    Example(
      sql: """
        SELECT carrier, n FROM (SELECT carrier, count(*) AS n FROM input GROUP BY carrier)
        AS t WHERE n > 1 ORDER BY n DESC, carrier
        """,
      expected: """
        carrier,n
        UA,3
        AA,2
        """),
    Example(
      sql: """
        SELECT max(n), avg(n) FROM (SELECT carrier, count(*) AS n FROM input GROUP BY
        carrier) AS t
        """,
      expected: """
        max,avg
        3,1.7500000000000000
        """),
    Example(
      sql: """
        WITH busy AS (SELECT carrier, count(*) AS n FROM input GROUP BY carrier HAVING
        count(*) > 1) SELECT carrier FROM busy ORDER BY n DESC, carrier LIMIT 2
        """,
      expected: """
        carrier
        UA
        AA
        """),
    Example(
      sql: """
        WITH a AS (SELECT carrier, delay * 2 AS twice FROM input WHERE delay > 0), b AS
        (SELECT carrier, twice + 1 AS more FROM a WHERE twice > 20) SELECT carrier,
        sum(more) AS total FROM b GROUP BY carrier ORDER BY carrier
        """,
      expected: """
        carrier,total
        AA,31
        B6,61
        UA,41
        """),
    Example(
      sql: "SELECT t.x FROM (SELECT delay + 1 FROM input) AS t(x) WHERE t.x > 5 ORDER BY x",
      expected: """
        x
        11
        16
        21
        31
        """),
    Example(
      sql: """
        SELECT carrier FROM input WHERE delay > 10 UNION ALL SELECT 'none' FROM input WHERE
        delay IS NULL
        """,
      expected: """
        carrier
        B6
        AA
        UA
        none
        """),
    Example(
      sql: """
        SELECT delay AS v FROM input UNION ALL SELECT air FROM input ORDER BY v NULLS FIRST
        LIMIT 6
        """,
      expected: """
        v


        -5
        0
        0.25
        1
        """),
    Example(
      sql: "SELECT carrier FROM input UNION SELECT upper(carrier) FROM input ORDER BY 1",
      expected: """
        carrier
        AA
        B6
        "O,O"
        UA
        """),
    Example(
      sql: """
        SELECT kind, sum(v) AS total FROM (SELECT 'delay' AS kind, delay AS v FROM input
        UNION ALL SELECT 'twice', delay * 2 FROM input) AS u GROUP BY kind ORDER BY kind
        """,
      expected: """
        kind,total
        delay,70
        twice,140
        """),
    Example(
      sql: "SELECT count(*) FROM (SELECT DISTINCT carrier FROM input) AS d",
      expected: """
        count
        4
        """),
    Example(
      sql: """
        SELECT carrier, delay FROM (SELECT carrier, delay FROM input ORDER BY delay DESC
        NULLS LAST LIMIT 3) AS top ORDER BY carrier, delay
        """,
      expected: """
        carrier,delay
        AA,15
        B6,30
        UA,20
        """),
    Example(
      sql: """
        SELECT DISTINCT ON (carrier) carrier, delay, day FROM input ORDER BY carrier, delay
        DESC NULLS LAST
        """,
      expected: """
        carrier,delay,day
        AA,15,2013-02-01
        B6,30,2013-01-02
        "O,O",0,2013-02-02
        UA,20,2013-02-03
        """),
    Example(
      sql: """
        SELECT DISTINCT ON (carrier) carrier, delay FROM input ORDER BY carrier, day DESC,
        air LIMIT 2
        """,
      expected: """
        carrier,delay
        AA,15
        B6,30
        """),
    Example(
      sql: """
        SELECT DISTINCT ON (n) n, carrier FROM (SELECT carrier, count(*) AS n FROM input
        GROUP BY carrier) AS t ORDER BY n, carrier
        """,
      expected: """
        n,carrier
        1,B6
        2,AA
        3,UA
        """),
    Example(
      sql: """
        SELECT carrier, delay, row_number() OVER (PARTITION BY carrier ORDER BY delay DESC,
        day, air) AS nr FROM input ORDER BY carrier, nr
        """,
      expected: """
        carrier,delay,nr
        AA,15,1
        AA,-5,2
        B6,30,1
        "O,O",0,1
        UA,,1
        UA,20,2
        UA,10,3
        """),
    Example(
      sql: """
        SELECT carrier, delay, rank() OVER w AS r, dense_rank() OVER w AS d, percent_rank()
        OVER w AS p, cume_dist() OVER w AS c FROM input WINDOW w AS (ORDER BY delay) ORDER
        BY delay, carrier
        """,
      expected: """
        carrier,delay,r,d,p,c
        AA,-5,1,1,0,0.14285714285714285
        "O,O",0,2,2,0.16666666666666666,0.2857142857142857
        UA,10,3,3,0.3333333333333333,0.42857142857142855
        AA,15,4,4,0.5,0.5714285714285714
        UA,20,5,5,0.6666666666666666,0.7142857142857143
        B6,30,6,6,0.8333333333333334,0.8571428571428571
        UA,,7,7,1,1
        """),
    Example(
      sql: """
        SELECT carrier, day, air, sum(air) OVER (PARTITION BY carrier ORDER BY day, air) AS
        running, count(*) OVER (PARTITION BY carrier) AS n FROM input ORDER BY carrier, day,
        air
        """,
      expected: """
        carrier,day,air,running,n
        AA,2013-01-01,2.5,2.5,2
        AA,2013-02-01,4,6.5,2
        B6,2013-01-02,,,1
        "O,O",2013-02-02,1,1,1
        UA,2013-01-01,1.5,1.5,3
        UA,2013-01-02,0.25,1.75,3
        UA,2013-02-03,8,9.75,3
        """),
    Example(
      sql: """
        SELECT day, air, lag(air) OVER (ORDER BY day, air) AS before, lead(air, 2, -1) OVER
        (ORDER BY day, air) AS later FROM input ORDER BY day, air
        """,
      expected: """
        day,air,before,later
        2013-01-01,1.5,,0.25
        2013-01-01,2.5,1.5,
        2013-01-02,0.25,2.5,4
        2013-01-02,,0.25,1
        2013-02-01,4,,8
        2013-02-02,1,4,-1
        2013-02-03,8,1,-1
        """),
    Example(
      sql: """
        SELECT day, air, first_value(carrier) OVER (ORDER BY day, air) AS f,
        last_value(carrier) OVER (ORDER BY day, air) AS l, nth_value(carrier, 2) OVER (ORDER
        BY day, air) AS n FROM input ORDER BY day, air
        """,
      expected: """
        day,air,f,l,n
        2013-01-01,1.5,UA,UA,
        2013-01-01,2.5,UA,AA,AA
        2013-01-02,0.25,UA,UA,AA
        2013-01-02,,UA,B6,AA
        2013-02-01,4,UA,AA,AA
        2013-02-02,1,UA,"O,O",AA
        2013-02-03,8,UA,UA,AA
        """),
    Example(
      sql: """
        SELECT delay, sum(delay) OVER (ORDER BY delay ROWS BETWEEN 1 PRECEDING AND 1
        FOLLOWING) AS near, min(delay) OVER (ORDER BY delay ROWS BETWEEN CURRENT ROW AND
        UNBOUNDED FOLLOWING) AS least FROM input WHERE delay IS NOT NULL ORDER BY delay
        """,
      expected: """
        delay,near,least
        -5,-5,-5
        0,5,0
        10,25,10
        15,45,15
        20,65,20
        30,50,30
        """),
    Example(
      sql: """
        SELECT delay, count(*) OVER (ORDER BY delay RANGE BETWEEN 5 PRECEDING AND 5
        FOLLOWING) AS near FROM input ORDER BY delay, near
        """,
      expected: """
        delay,near
        -5,2
        0,2
        10,2
        15,3
        20,2
        30,1
        ,1
        """),
    Example(
      sql: """
        SELECT delay, count(*) OVER (ORDER BY delay DESC NULLS LAST RANGE BETWEEN 10
        PRECEDING AND CURRENT ROW) AS near FROM input ORDER BY delay, near
        """,
      expected: """
        delay,near
        -5,2
        0,2
        10,3
        15,2
        20,2
        30,1
        ,1
        """),
    Example(
      sql: """
        SELECT day, air, sum(air) OVER (ORDER BY day GROUPS BETWEEN 1 PRECEDING AND CURRENT
        ROW EXCLUDE TIES) AS g FROM input ORDER BY day, air
        """,
      expected: """
        day,air,g
        2013-01-01,1.5,1.5
        2013-01-01,2.5,2.5
        2013-01-02,0.25,4.25
        2013-01-02,,4
        2013-02-01,4,4.25
        2013-02-02,1,5
        2013-02-03,8,9
        """),
    Example(
      sql: """
        SELECT carrier, count(*) AS n, sum(count(*)) OVER () AS total, rank() OVER (ORDER BY
        count(*) DESC) AS r FROM input GROUP BY carrier ORDER BY carrier
        """,
      expected: """
        carrier,n,total,r
        AA,2,7,2
        B6,1,7,3
        "O,O",1,7,3
        UA,3,7,1
        """),
    Example(
      sql: """
        SELECT carrier, ntile(3) OVER (ORDER BY day, air) AS bucket FROM input ORDER BY
        bucket, carrier
        """,
      expected: """
        carrier,bucket
        AA,1
        UA,1
        UA,1
        AA,2
        B6,2
        "O,O",3
        UA,3
        """),
    Example(
      sql: """
        SELECT carrier, delay FROM (SELECT carrier, delay, row_number() OVER (PARTITION BY
        carrier ORDER BY delay DESC NULLS LAST) AS nr FROM input) AS t WHERE nr = 1 ORDER BY
        carrier
        """,
      expected: """
        carrier,delay
        AA,15
        B6,30
        "O,O",0
        UA,20
        """),
    Example(
      sql: """
        SELECT a.name, count(*) AS n FROM input JOIN airlines AS a ON input.carrier = a.code
        GROUP BY a.name ORDER BY a.name
        """,
      expected: """
        name,n
        American,2
        United,3
        United Again,3
        """),
    Example(
      sql: """
        SELECT carrier, name FROM input LEFT JOIN airlines ON carrier = code ORDER BY
        carrier, delay NULLS FIRST, day
        """,
      expected: """
        carrier,name
        AA,American
        AA,American
        B6,
        "O,O",
        UA,United
        UA,United Again
        UA,United
        UA,United Again
        UA,United
        UA,United Again
        """),
    Example(
      sql: """
        SELECT carrier, name, region FROM input LEFT JOIN airlines ON carrier = code AND
        region = 'US' AND delay > 0 ORDER BY carrier, delay, day
        """,
      expected: """
        carrier,name,region
        AA,,
        AA,American,US
        B6,,
        "O,O",,
        UA,United,US
        UA,United,US
        UA,,
        """),
    Example(
      sql: """
        SELECT carrier, name FROM input, airlines WHERE carrier = code AND delay > 5 ORDER
        BY carrier, delay
        """,
      expected: """
        carrier,name
        AA,American
        UA,United
        UA,United Again
        UA,United
        UA,United Again
        """),
    Example(
      sql: """
        SELECT code, delay FROM airlines JOIN input ON code = carrier AND delay < 12 ORDER
        BY code, delay
        """,
      expected: """
        code,delay
        AA,-5
        UA,10
        UA,10
        """),
    Example(
      sql: """
        SELECT carrier, delay, low FROM input JOIN bands ON delay >= low AND delay < high
        ORDER BY delay, low, carrier
        """,
      expected: """
        carrier,delay,low
        AA,-5,-10
        "O,O",0,-10
        "O,O",0,0
        UA,10,0
        AA,15,0
        """),
    Example(
      sql: """
        SELECT carrier, low FROM input LEFT JOIN bands ON delay >= low AND delay < high AND
        carrier <> 'UA' ORDER BY delay, low, carrier
        """,
      expected: """
        carrier,low
        AA,-10
        "O,O",-10
        "O,O",0
        UA,
        AA,0
        UA,
        B6,
        UA,
        """),
    Example(
      sql: """
        SELECT a.region, b.low, count(*) FROM input JOIN airlines a ON carrier = a.code LEFT
        JOIN bands b ON delay >= b.low AND delay < b.high GROUP BY a.region, b.low ORDER BY
        1, 2
        """,
      expected: """
        region,low,count
        US,-10,1
        US,0,2
        US,,2
        ,0,1
        ,,2
        """),
    Example(
      sql: """
        SELECT carrier, delay FROM input WHERE carrier IN (SELECT code FROM airlines WHERE
        region = 'US') ORDER BY carrier, delay, day
        """,
      expected: """
        carrier,delay
        AA,-5
        AA,15
        UA,10
        UA,20
        UA,
        """),
    Example(
      sql: """
        SELECT carrier, delay FROM input WHERE carrier NOT IN (SELECT code FROM airlines
        WHERE region = 'US') ORDER BY carrier, delay, day
        """,
      expected: """
        carrier,delay
        B6,30
        "O,O",0
        """),
    Example(
      sql: """
        SELECT carrier FROM input WHERE delay NOT IN (SELECT low FROM bands UNION ALL SELECT
        NULL FROM bands) ORDER BY 1
        """,
      expected: """
        carrier
        """),
    Example(
      sql: """
        SELECT delay, delay IN (SELECT low FROM bands UNION ALL SELECT NULL FROM bands) AS x
        FROM input ORDER BY delay, carrier
        """,
      expected: """
        delay,x
        -5,
        0,true
        10,
        15,true
        20,
        30,
        ,
        """),
    Example(
      sql: """
        SELECT carrier, EXISTS (SELECT 1 FROM airlines WHERE code = input.carrier AND region
        = 'US') AS us FROM input ORDER BY carrier, us
        """,
      expected: """
        carrier,us
        AA,true
        AA,true
        B6,false
        "O,O",false
        UA,true
        UA,true
        UA,true
        """),
    Example(
      sql: """
        SELECT carrier FROM input WHERE NOT EXISTS (SELECT * FROM airlines a WHERE a.code =
        carrier) ORDER BY carrier
        """,
      expected: """
        carrier
        B6
        "O,O"
        """),
    Example(
      sql: """
        SELECT carrier FROM input WHERE EXISTS (SELECT 1 FROM bands WHERE low > 1000) ORDER
        BY carrier
        """,
      expected: """
        carrier
        """),
    Example(
      sql: """
        SELECT carrier, delay > (SELECT max(low) FROM bands) AS late FROM input ORDER BY
        carrier, delay
        """,
      expected: """
        carrier,late
        AA,false
        AA,false
        B6,true
        "O,O",false
        UA,false
        UA,true
        UA,
        """),
    Example(
      sql: """
        SELECT n.name, t.n FROM (SELECT carrier, count(*) AS n FROM input GROUP BY carrier)
        AS t LEFT JOIN airlines AS n ON n.code = t.carrier ORDER BY t.n DESC, n.name
        """,
      expected: """
        name,n
        United,3
        United Again,3
        American,2
        ,1
        ,1
        """),
    Example(
      sql: "SELECT code, name FROM input JOIN airlines ON true WHERE delay = 20 ORDER BY code",
      expected: """
        code,name
        AA,American
        LH,Lufthansa
        UA,United
        UA,United Again
        """),
    Example(
      sql: """
        SELECT * FROM (SELECT carrier AS code, delay FROM input) AS i JOIN airlines USING
        (code) ORDER BY code, delay NULLS FIRST
        """,
      expected: """
        code,delay,name,region
        AA,-5,American,US
        AA,15,American,US
        UA,,United,US
        UA,,United Again,
        UA,10,United,US
        UA,10,United Again,
        UA,20,United,US
        UA,20,United Again,
        """),
    Example(
      sql: """
        SELECT * FROM (SELECT carrier AS code, delay FROM input) AS i NATURAL JOIN airlines
        WHERE delay > 0 ORDER BY code, delay
        """,
      expected: """
        code,delay,name,region
        AA,15,American,US
        UA,10,United,US
        UA,10,United Again,
        UA,20,United,US
        UA,20,United Again,
        """),
    Example(
      sql: """
        SELECT word, count(*) FROM (SELECT carrier || ' x' AS text FROM input) AS t,
        string_to_table(text, ' ') AS word GROUP BY word ORDER BY word
        """,
      expected: """
        word,count
        AA,2
        B6,1
        "O,O",1
        UA,3
        x,7
        """),
    Example(
      sql: """
        SELECT nr FROM (SELECT row_number() OVER (ORDER BY day, air, carrier) AS nr, delay
        FROM input) AS t WHERE delay > 5 AND nr > 2 ORDER BY nr
        """,
      expected: """
        nr
        4
        5
        7
        """),
    Example(
      sql: """
        SELECT day, sum(n) OVER (ORDER BY day) AS running FROM (SELECT day, count(*) AS n
        FROM input GROUP BY day) AS d ORDER BY day
        """,
      expected: """
        day,running
        2013-01-01,2
        2013-01-02,4
        2013-02-01,5
        2013-02-02,6
        2013-02-03,7
        """),
    Example(
      sql: """
        SELECT carrier, word FROM input JOIN airlines ON carrier = code,
        string_to_table(name || ' ' || region, ' ') AS word
        WHERE delay = 15 AND word <> carrier AND length(word) > length(code) - 1 ORDER BY word
        """,
      expected: """
        carrier,word
        AA,American
        AA,US
        """),
    Example(
      sql: """
        SELECT delay, b.low, o.low AS other FROM input LEFT JOIN bands AS b ON low = 0
        LEFT JOIN bands AS o ON o.low = delay + b.low WHERE delay > 10 ORDER BY delay
        """,
      expected: """
        delay,low,other
        15,0,15
        20,0,
        30,0,
        """),
    Example(
      sql: "SELECT regr_count(air, '1e308'::float8 + delay) FROM input", expected: "regr_count\n5"),
    Example(
      sql: "SELECT sum(1 / delay) FROM input HAVING coalesce(false, sum(1 / delay) > 0)",
      expected: "sum"),
    Example(
      sql: """
        SELECT delay, ntile(nullif(delay, 30)) OVER (ORDER BY delay DESC) AS bucket FROM input
        WHERE delay > 10 ORDER BY delay
        """,
      expected: """
        delay,bucket
        15,2
        20,1
        30,
        """),
    Example(
      sql: """
        SELECT DISTINCT (SELECT min('-1'::bigint) FROM airlines)::text, EXISTS (SELECT 1 FROM bands)
        FROM input
        """,
      expected: """
        min,exists
        -1,true
        """),
    Example(
      sql: """
        SELECT n FROM (SELECT carrier, count(*) AS n, 1 / min(delay) AS unread FROM input
        GROUP BY carrier) AS t WHERE carrier = 'O,O'
        """,
      expected: """
        n
        1
        """),
    Example(
      sql: """
        SELECT delay, lag(delay, 1, 0.5) OVER (ORDER BY delay) AS before FROM input WHERE delay > 10
        """,
      expected: """
        delay,before
        30,20
        15,0.5
        20,15
        """),
  ]

  /// What is refused, with the words for it.
  static let refusals: [Example] = [
    Example(
      sql: "WITH RECURSIVE t AS (SELECT 1) SELECT * FROM t",
      expected: "WITH RECURSIVE is not supported"),
    Example(
      sql: "SELECT * FROM input JOIN input AS other ON true",
      expected:
        "a join of the input with itself is not supported; the input is joined with tables of "
        + "the topology"),
    Example(
      sql: "SELECT carrier FROM input RIGHT JOIN airlines ON true",
      expected: "RIGHT JOIN is not supported; turn it around: … LEFT JOIN …"),
    Example(
      sql: "SELECT (SELECT max(delay) FROM input) FROM input",
      expected:
        "a sub-query over input inside an expression is not supported; sub-queries in "
        + "expressions read the topology's tables; in FROM they read input too"),
    Example(
      sql: "SELECT row_number() OVER () FROM input WHERE row_number() OVER () > 1",
      expected: "window functions are not allowed in WHERE; make the query a sub-query in FROM"),
    Example(
      sql: """
        SELECT sum(delay) OVER (ORDER BY carrier RANGE BETWEEN 1 PRECEDING AND CURRENT ROW)
        FROM input
        """,
      expected: "RANGE with a distance over text is not supported; order by a number, or use ROWS"),
    Example(
      sql: "SELECT DISTINCT ON (carrier) carrier FROM input ORDER BY delay",
      expected: "SELECT DISTINCT ON expressions must match initial ORDER BY expressions"),
    Example(
      sql: "SELECT carrier FROM input UNION ALL SELECT delay FROM input",
      expected:
        "UNION types text and integer cannot be matched; add a cast, such as CAST(… AS text)"),
    Example(
      sql: "SELECT x.y FROM (SELECT carrier FROM input) AS x",
      expected: "column x.y does not exist; the input has carrier"),
    Example(
      sql: "SELECT carrier FROM missing",
      expected: "relation \"missing\" does not exist; there are input, airlines, bands"),
    Example(
      sql: "WITH unread AS (SELECT carrier + 1 FROM input) SELECT carrier FROM input",
      expected:
        "operator does not exist: text + integer; cast the text, CAST(… AS integer), or write the "
        + "constant in quotes"),
    Example(
      sql: "SELECT carrier FROM input JOIN bands ON low = code JOIN airlines ON true",
      expected: "column \"code\" does not exist; a JOIN's condition knows only what it joins"),
    Example(
      sql: "SELECT carrier FROM input JOIN bands ON low = airlines.code JOIN airlines ON true",
      expected:
        "invalid reference to FROM-clause entry for table \"airlines\"; a JOIN's condition knows "
        + "only what it joins"),
    Example(
      sql: """
        SELECT lower(carrier) FROM input GROUP BY lower(carrier)
        HAVING EXISTS (SELECT 1 FROM airlines WHERE code = lower(carrier))
        """,
      expected:
        "subquery uses ungrouped column \"input.carrier\" from outer query; add it to GROUP BY"),
    Example(
      sql: "SELECT ntile(2.5) OVER (ORDER BY delay) FROM input",
      expected: "function ntile(numeric) does not exist; there is ntile(integer)"),
    Example(
      sql: "SELECT carrier FROM input EXCEPT SELECT code FROM airlines",
      expected: "INTERSECT and EXCEPT are not supported"),
  ]
}
