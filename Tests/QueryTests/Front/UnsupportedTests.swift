import Query
import Testing

/// What PostgreSQL has and the dialect has not is refused by name, where it stands.
struct UnsupportedTests {
  private static let refusals: [(sql: String, position: Int, message: String)] = [
    (
      "select regexp_matches(t, 'a') from input", 7,
      "function regexp_matches is not supported; "
        + "use (regexp_match(text, pattern))[n], or substring(text from pattern)"
    ),
    (
      "select regexp_match(t, 'a') from input", 7,
      "function regexp_match is not supported; "
        + "use (regexp_match(text, pattern))[n], or substring(text from pattern)"
    ),
    (
      #"select t ~ '(a)\1' from input"#, 11,
      #"a back reference (\1) in a regular expression is not supported"#
    ),
    (
      "select t ~* 'a(?=b)' from input", 12,
      "look-ahead ((?=…)) in a regular expression is not supported"
    ),
    (
      "select regexp_replace(t, '(?<!a)b', '') from input", 25,
      "look-behind ((?<!…)) in a regular expression is not supported"
    ),
    (
      #"select substring(t from '\m.*') from input"#, 24,
      #"\m beside what may or may not be a word's character, in a regular expression, is not supported"#
    ),
    (
      "select regexp_count(t, 'a', 1, 'b') from input", 31,
      "basic regular expressions (option b) are not supported"
    ),
    (
      "select to_char(n, '9C') from input", 18,
      "\"C\" in a number pattern is not supported"
    ),
    (
      "select i = any(t) from input", 15,
      "ANY or ALL of anything but an array that is written out is not supported; "
        + "write ARRAY[…], '{…}' or IN (…)"
    ),
    (
      "select sha256(t) from input", 7,
      "function sha256 is not supported"
    ),
    (
      "select percentile_cont(array[0.5]) within group (order by i) from input", 23,
      "arrays are not supported"
    ),
    (
      "select current_date from input", 7,
      "CURRENT_DATE is not supported; a result depends on the input alone; write the value"
    ),
    (
      "select array[1] from input", 7,
      "arrays are not supported"
    ),
    (
      "select t[1] from input", 7,
      "subscripts and fields of composite values are not supported"
    ),
    (
      "select (i).b from input", 8,
      "subscripts and fields of composite values are not supported"
    ),
    (
      "select row(1,2) from input", 7,
      "row values are not supported"
    ),
    (
      "select (1,2) in ((1,2)) from input", 7,
      "row values are not supported"
    ),
    (
      #"select t collate "C" from input"#, 9,
      "COLLATE is not supported"
    ),
    (
      "select ts at time zone 'Europe/Berlin' from input", 23,
      #"time zone "Europe/Berlin" is not supported: zones are UTC and fixed offsets, such as '+02' (west of UTC, as in PostgreSQL) or interval '2 hours' (east)"#
    ),
    (
      "select time '10:00' from input", 7,
      "time of day is not supported; use timestamp, or text"
    ),
    (
      "select $1 from input", 7,
      "parameters ($1) are not supported; write the value, or ${NAME} in the topology for an environment variable"
    ),
    (
      "select f(x=>1) from input", 9,
      "named arguments (=>) are not supported"
    ),
    (
      "select concat(variadic t) from input", 7,
      "VARIADIC is not supported"
    ),
    (
      "select i::int[] from input", 10,
      "array types are not supported"
    ),
    (
      "select i operator(foo.+) b from input", 9,
      "an operator of a schema is not supported"
    ),
    (
      "select a.b.c from input", 7,
      "a name of 3 parts is not supported; write input.column"
    ),
    (
      "select a.b.c.d from input", 7,
      "a name of 4 parts is not supported; write input.column"
    ),
    (
      "select t::char(3) from input", 10,
      "character(n) is not supported; use text"
    ),
    (
      "select to_char(ts - dt, 'DD Month') from input", 24,
      "pattern element Month is not supported for an interval, which is tied to no calendar date"
    ),
    (
      "select to_char(ts, 'DDSP') from input", 19,
      "SP in a pattern is not supported"
    ),
    (
      "select to_timestamp(t, 'YYYY TZ') from input", 23,
      #"formatting field "TZ" is only supported in to_char"#
    ),
    (
      "select age(ts) from input", 7,
      "age of one argument, which depends on the clock, is not supported; write age(end, start)"
    ),
    (
      "select extract(week from ts - dt) from input", 15,
      #"unit "week" not supported for type interval"#
    ),
    (
      "select i from only input", 19,
      "FROM ONLY is not supported; write FROM input"
    ),
    (
      "select * from input order by i using <", 37,
      "ORDER BY … USING is not supported"
    ),
    (
      "select * from input for update", 7,
      "FOR UPDATE and FOR SHARE are not supported"
    ),
    (
      "select * from input order by i fetch first 3 rows with ties", 7,
      "WITH TIES is not supported; use LIMIT"
    ),
    (
      "values (1)", 8,
      "VALUES is not supported"
    ),
    (
      "select i from input tablesample system(10)", 32,
      "TABLESAMPLE is not supported"
    ),
    (
      "select i into b from input", 14,
      "SELECT INTO is not supported"
    ),
    (
      "select 1", 7,
      "SELECT without FROM is not supported; write FROM input"
    ),
    (
      "select i from public.input", 14,
      "a schema name is not supported"
    ),
    (
      "select i from input, generate_series(1,2)", 21,
      "function generate_series in FROM is not supported; there are string_to_table, "
        + "regexp_split_to_table and unnest(string_to_array(…))"
    ),
    (
      "select i from input, string_to_table(t,' ') with ordinality", 21,
      "WITH ORDINALITY is not supported"
    ),
    (
      "select i from input, rows from (string_to_table(t,' '))", 32,
      "ROWS FROM is not supported"
    ),
    (
      "select i from input, string_to_table(t,' ') a, string_to_table(t,',') b", 47,
      "a second set-returning function is not supported; make a stage of each"
    ),
    (
      "select string_to_table(t,' '), string_to_table(t,',') from input", 31,
      "a second set-returning function is not supported; make a stage of each"
    ),
    (
      "select rank(1) within group (order by i) from input", 7,
      "window function rank requires an OVER clause"
    ),
    (
      "select now() from input", 7,
      "function now is not supported; a result depends on the input alone"
    ),
    (
      "select random() from input", 7,
      "function random is not supported; a result depends on the input alone"
    ),
    (
      "insert into input values (1)", 0,
      "INSERT statements are not supported; a stage is one SELECT … FROM input"
    ),
    (
      "delete from input", 0,
      "DELETE statements are not supported; a stage is one SELECT … FROM input"
    ),
    (
      "create table x(i int)", 0,
      "CREATE statements are not supported; a stage is one SELECT … FROM input"
    ),
    (
      "explain select i from input", 0,
      "EXPLAIN statements are not supported; a stage is one SELECT … FROM input"
    ),
    (
      "copy input to stdout", 0,
      "COPY statements are not supported; a stage is one SELECT … FROM input"
    ),
    (
      "select b'101' from input", 7,
      "bit strings (b'…', x'…') are not supported"
    ),
    (
      "select x'1f' from input", 7,
      "bit strings (b'…', x'…') are not supported"
    ),
    (
      "select ", 0,
      "SELECT without FROM is not supported; write FROM input"
    ),
    (
      "select count(input.*) from input", 13,
      "* inside an expression is not supported"
    ),
    (
      "select i is document from input", 9,
      "XML is not supported"
    ),
    (
      "select xmlelement(name foo) from input", 7,
      "XML is not supported"
    ),
    (
      "select t is normalized from input", 9,
      "IS NORMALIZED is not supported"
    ),
    (
      #"select trim(t), "lower"(t), pg_catalog.lower(t), myschema.lower(t) from input"#, 49,
      "a function of a schema is not supported"
    ),
    (
      "select dt + time '10:00' from input", 12,
      "time of day is not supported; use timestamp, or text"
    ),
    (
      "select string_to_array(t, ',') from input", 7,
      "arrays are not supported; use unnest(string_to_array(text, delimiter)) for rows"
    ),
    (
      "select unnest(t) from input", 7,
      "unnest of anything but string_to_array(text, delimiter) is not supported"
    ),
    (
      "select cast(i as smallint) from input", 17,
      "smallint is not supported; use integer"
    ),
    (
      "select i::real from input", 10,
      "real is not supported; use double precision"
    ),
    (
      "select json_agg(i) from input", 7,
      "function json_agg is not supported"
    ),
    (
      "select", 0,
      "SELECT without FROM is not supported; write FROM input"
    ),
    (
      "select i; ", 7,
      "SELECT without FROM is not supported; write FROM input"
    ),
    (
      "select date '2020-01-01' + '1' from input", 25,
      "operator is not unique: date + unknown; give the constants a type, such as '…'::integer"
    ),
    (
      "select extract(hour from dt) from input", 15,
      #"unit "hour" not supported for type date; a date has no time of day"#
    ),
    (
      "select unnest(string_to_array(t,' ')), count(*) from input", 7,
      "a set-returning function after grouping is not supported; group by it, or make a stage of each"
    ),
  ]

  @Test(arguments: refusals.indices)
  func isRefusedByName(_ index: Int) {
    let (sql, position, message) = Self.refusals[index]
    #expect(
      FrontFixture.refusal(sql) == SQLError(position: position, message), "\(sql)")
  }
}
