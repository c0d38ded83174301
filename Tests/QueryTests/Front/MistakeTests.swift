import Query
import Testing

/// Mistakes are explained where they are, with a remedy.
struct MistakeTests {
  private static let refusals: [(sql: String, position: Int, message: String)] = [
    (
      "select i from flights", 14,
      #"relation "flights" does not exist; a query reads only input: FROM input"#
    ),
    (
      "select i from input, string_to_table(t,t) a", 39,
      "the delimiter must be a text constant, such as ' '"
    ),
    (
      "select i from input, string_to_table(t,null) a", 39,
      "the delimiter must be a text constant, such as ' '"
    ),
    (
      "select lowr(t) from input", 7,
      "function lowr(text) does not exist; did you mean lower?"
    ),
    (
      "select cuont(*) from input", 7,
      "function cuont() does not exist; did you mean count?"
    ),
    (
      "select carier from input", 7,
      #"column "carier" does not exist; did you mean "Carrier"?"#
    ),
    (
      "select 1 from input; select 2 from input", 21,
      "a stage has one SQL statement, this text has 2; make a stage of each, or remove all but one"
    ),
    (
      "select from input", 12,
      "the select list is empty; name a column, or write *"
    ),
    (
      "select i from input where", 25,
      "syntax error at end of input"
    ),
    (
      "select 'abc from input", 7,
      #"unterminated quoted string at or near "'abc from input""#
    ),
    (
      "select é é é from input", 13,
      #"syntax error at or near "é""#
    ),
    (
      #"select "I" from input"#, 7,
      #"column "I" does not exist; names are taken in lower case unless quoted: write i"#
    ),
    (
      "select i as n2 from input where n2 > 1", 32,
      #"column "n2" does not exist; a name given in the select list can be used in GROUP BY and ORDER BY only, elsewhere repeat the expression"#
    ),
    (
      "select count(distinct *) from input", 22,
      #"syntax error at or near "*""#
    ),
    (
      "select input from input", 7,
      #"column "input" does not exist; the input has i, b, n, d, t, f, dt, ts, tz, "Carrier""#
    ),
    (
      "select not i from input", 11,
      "argument of NOT must be type boolean, not type integer; compare it with something, such as … <> 0 or … IS NOT NULL"
    ),
    (
      "select f = 1 from input", 9,
      "operator does not exist: boolean = integer; add a cast, such as CAST(… AS integer)"
    ),
    (
      "select i from input limit 1.5", 26,
      "LIMIT must be a constant whole number, such as 10"
    ),
    (
      "select i from input limit '10'", 26,
      "LIMIT must be a constant whole number, such as 10"
    ),
    (
      "select i from input limit 1+1", 27,
      "LIMIT must be a constant whole number, such as 10"
    ),
    (
      "select i from input limit 99999999999999999999", 26,
      "LIMIT must be a constant whole number, such as 10"
    ),
    (
      "select i from input order by 2", 29,
      "ORDER BY position 2 is not in select list; it has 1 to 1"
    ),
    (
      "select d like 'x' from input", 9,
      "operator does not exist: double precision LIKE unknown; cast to text, CAST(… AS text)"
    ),
    (
      "select case when f then 1 else 'x' end from input", 31,
      #"invalid input syntax for type integer: "x"; write a whole number such as 42"#
    ),
    (
      "select case when f then dt else 'x' end from input", 32,
      #"invalid input syntax for type date: "x"; write a day such as 2013-01-31"#
    ),
    (
      "select t like 'x' escape 'ab' from input", 25,
      "invalid escape string; it must be empty or one character"
    ),
    (
      "select dt = '2020-13-45' from input", 12,
      #"date/time field value out of range: "2020-13-45"; there is no such day"#
    ),
    (
      "select lower(*) from input", 7,
      "lower(*) specified, but lower is not an aggregate function"
    ),
    (
      "select sum(*) from input", 7,
      "function sum() does not exist; only count takes *"
    ),
    (
      "select lower(t) filter (where f) from input", 7,
      "FILTER specified, but lower is not an aggregate function"
    ),
    (
      "select least(i, t) from input", 16,
      "LEAST types integer and text cannot be matched; add a cast, such as CAST(… AS integer)"
    ),
    (
      "select 1 + 'a' from input", 11,
      #"invalid input syntax for type integer: "a"; write a whole number such as 42"#
    ),
    (
      "select count(*), i from input order by i", 17,
      #"column "input.i" must appear in the GROUP BY clause or be used in an aggregate function; add it to GROUP BY, or write for example min(i)"#
    ),
    (
      "select f from input where f and t", 32,
      "argument of AND must be type boolean, not type text; compare it with something, such as … <> 0 or … IS NOT NULL"
    ),
    (
      "select date_trunc(t, ts) from input", 18,
      "the unit of date_trunc must be a constant, such as 'month'"
    ),
    (
      "select i from input where i = '12x'", 30,
      #"invalid input syntax for type integer: "12x"; write a whole number such as 42"#
    ),
    (
      "select merge from input", 7,
      #"column "merge" does not exist; the input has i, b, n, d, t, f, dt, ts, tz, "Carrier""#
    ),
    (
      "select coalesce() from input", 16,
      #"syntax error at or near ")""#
    ),
    (
      "select i from input group by i having b > 1", 38,
      #"column "input.b" must appear in the GROUP BY clause or be used in an aggregate function; add it to GROUP BY, or write for example min(b)"#
    ),
    (
      "select i from input group by all", 32,
      "syntax error at end of input"
    ),
    (
      "/* c */ select nope from input", 15,
      #"column "nope" does not exist; the input has i, b, n, d, t, f, dt, ts, tz, "Carrier""#
    ),
    (
      "select 'a' 'b' from input", 11,
      #"syntax error at or near "'b'""#
    ),
    (
      ";", 0,
      "there is no SQL statement; write SELECT … FROM input"
    ),
    (
      "select concat(t) filter (where f) from input", 7,
      "FILTER specified, but concat is not an aggregate function"
    ),
    (
      "select text(distinct t) from input", 7,
      "DISTINCT specified, but text is not an aggregate function"
    ),
    (
      "select unnest(distinct string_to_array(t, ' ')) from input", 7,
      "DISTINCT specified, but unnest is not an aggregate function"
    ),
    (
      "select -'1' from input", 7,
      "operator is not unique: - unknown; give the constant a type, such as '…'::integer"
    ),
    (
      "select i from input order by 'x'", 29,
      "non-integer constant in ORDER BY; write a column, or its position in the select list"
    ),
    (
      "select i from input where i", 26,
      "argument of WHERE must be type boolean, not type integer; compare it with something, such as … <> 0 or … IS NOT NULL"
    ),
    (
      "select i in (1,'a') from input", 15,
      #"invalid input syntax for type integer: "a"; write a whole number such as 42"#
    ),
    (
      "select t = 1 from input", 9,
      "operator does not exist: text = integer; cast the text, CAST(… AS integer), or write the constant in quotes"
    ),
    (
      "select foo(i) from input", 7,
      "function foo(integer) does not exist; see the documentation for the functions there are"
    ),
    (
      "select sum(t) from input", 7,
      "function sum(text) does not exist; add a cast, such as CAST(… AS double precision)"
    ),
    (
      "select sum('1') from input", 7,
      "function sum(unknown) is not unique; give the constant a type, such as '…'::integer"
    ),
    (
      "select count() from input", 7,
      "count(*) must be used to call a parameterless aggregate function"
    ),
    (
      "select i, count(*) from input", 7,
      #"column "input.i" must appear in the GROUP BY clause or be used in an aggregate function; add it to GROUP BY, or write for example min(i)"#
    ),
    (
      "select sum(sum(i)) from input", 11,
      "aggregate function calls cannot be nested; make a stage of the inner one"
    ),
    (
      "select i from input where sum(i)>1", 26,
      "aggregate functions are not allowed in WHERE; put the condition into HAVING"
    ),
    (
      "select lower(distinct t) from input", 7,
      "DISTINCT specified, but lower is not an aggregate function"
    ),
    (
      "select coalesce(i, t) from input", 19,
      "COALESCE types integer and text cannot be matched; add a cast, such as CAST(… AS integer)"
    ),
    (
      "select case when i then 1 end from input", 17,
      "argument of CASE/WHEN must be type boolean, not type integer; compare it with something, such as … <> 0 or … IS NOT NULL"
    ),
    (
      "select case when true then i else t end from input", 27,
      "CASE types text and integer cannot be matched; add a cast, such as CAST(… AS text)"
    ),
    (
      "select i::boolean, b::boolean from input", 20,
      "cannot cast type bigint to boolean"
    ),
    (
      "select cast(dt as integer) from input", 7,
      "cannot cast type date to integer"
    ),
    (
      "select round(d,2) from input", 7,
      "function round(double precision, integer) does not exist; round to digits in numeric: round(CAST(… AS numeric), …)"
    ),
    (
      "select distinct i from input order by b", 38,
      "for SELECT DISTINCT, ORDER BY expressions must appear in select list"
    ),
    (
      "select i as x, b as x from input order by x", 42,
      #"ORDER BY "x" is ambiguous; the select list has it twice, rename one"#
    ),
    (
      "select i from input group by 5", 29,
      "GROUP BY position 5 is not in select list; it has 1 to 1"
    ),
    (
      "select i from input order by 0", 29,
      "ORDER BY position 0 is not in select list; it has 1 to 1"
    ),
    (
      "select i.x from input i", 7,
      "column i.x does not exist; did you mean i?"
    ),
    (
      "select input.i from input z", 7,
      #"missing FROM-clause entry for table "input"; the query calls it z"#
    ),
    (
      "select w.i from input z", 7,
      #"missing FROM-clause entry for table "w"; a query reads only z"#
    ),
    (
      "select dt + b from input", 10,
      "operator does not exist: date + bigint; dates take integer days, CAST(… AS integer)"
    ),
    (
      "select i and f from input", 7,
      "argument of AND must be type boolean, not type integer; compare it with something, such as … <> 0 or … IS NOT NULL"
    ),
    (
      "select i like 'x' from input", 9,
      "operator does not exist: integer LIKE unknown; cast to text, CAST(… AS text)"
    ),
    (
      "select i || b from input", 9,
      "operator does not exist: integer || bigint; add a cast, such as CAST(… AS bigint)"
    ),
    (
      "select count(*) from input group by count(*)", 36,
      "aggregate functions are not allowed in GROUP BY"
    ),
    (
      "select -t from input", 7,
      "operator does not exist: - text; add a cast, such as CAST(… AS double precision)"
    ),
    (
      "select extract(foo from dt) from input", 15,
      #"field "foo" not recognized for type date; there are microseconds, milliseconds, second, minute, hour, day, week, month, quarter, year, decade, century, millennium, dow, isodow, doy, isoyear, epoch, julian, timezone, timezone_hour, timezone_minute"#
    ),
    (
      "select date_trunc('foo', ts) from input", 18,
      #"unit "foo" not recognized for type timestamp; there are microseconds, milliseconds, second, minute, hour, day, week, month, quarter, year, decade, century, millennium"#
    ),
    (
      "select 'abc'::int from input", 7,
      #"invalid input syntax for type integer: "abc"; write a whole number such as 42"#
    ),
    (
      "select i from input limit -1", 26,
      "LIMIT must not be negative"
    ),
    (
      "select i from input limit i", 26,
      "LIMIT must be a constant whole number, such as 10"
    ),
    (
      "select f > 1 from input", 9,
      "operator does not exist: boolean > integer; add a cast, such as CAST(… AS integer)"
    ),
    (
      "select max(f) from input", 7,
      "function max(boolean) does not exist; use bool_or(…)"
    ),
    (
      "select * from input where t between 1 and 2", 28,
      "operator does not exist: text >= integer; cast the text, CAST(… AS integer), or write the constant in quotes"
    ),
    (
      "select length(i) from input", 7,
      "function length(integer) does not exist; there is length(text); add a cast where one fits"
    ),
    (
      "select count(unnest(string_to_array(t,' '))) from input", 13,
      "aggregate function calls cannot contain set-returning function calls; put it into FROM: FROM input, string_to_table(text, ' ') AS word"
    ),
    (
      "select case when f then unnest(string_to_array(t,' ')) end from input", 24,
      "set-returning functions are not allowed in CASE; put it into FROM: FROM input, string_to_table(text, ' ') AS word"
    ),
    (
      "select i from input where unnest(string_to_array(t,' ')) = 'a'", 26,
      "set-returning functions are not allowed in WHERE; put it into FROM: FROM input, string_to_table(text, ' ') AS word"
    ),
    (
      "select 1 from input where 'x'", 26,
      #"invalid input syntax for type boolean: "x"; write true or false"#
    ),
    (
      "select sum(i) filter (where count(*) > 1) from input", 28,
      "aggregate functions are not allowed in FILTER"
    ),
    (
      "select i from input group by 'x'", 29,
      "non-integer constant in GROUP BY; write a column, or its position in the select list"
    ),
    (
      "select i as b, count(*) from input group by b", 7,
      #"column "input.i" must appear in the GROUP BY clause or be used in an aggregate function; add it to GROUP BY, or write for example min(i)"#
    ),
    (
      "select i from input order by null", 29,
      "non-integer constant in ORDER BY; write a column, or its position in the select list"
    ),
    (
      "select i from input having true", 7,
      #"column "input.i" must appear in the GROUP BY clause or be used in an aggregate function; add it to GROUP BY, or write for example min(i)"#
    ),
    (
      "select foo from input where bar = 1 order by baz", 7,
      #"column "foo" does not exist; the input has i, b, n, d, t, f, dt, ts, tz, "Carrier""#
    ),
    (
      "select i < '1.5' from input", 11,
      #"invalid input syntax for type integer: "1.5"; write a whole number such as 42"#
    ),
    (
      "select null + null from input", 12,
      "operator is not unique: unknown + unknown; give the constants a type, such as '…'::integer"
    ),
    (
      "select upper(i) from input", 7,
      "function upper(integer) does not exist; there is upper(text); add a cast where one fits"
    ),
    (
      "select d % 2 from input", 9,
      "operator does not exist: double precision % integer; add a cast, such as CAST(… AS numeric)"
    ),
    (
      "select t in (1,2) from input", 9,
      "operator does not exist: text = integer; cast the text, CAST(… AS integer), or write the constant in quotes"
    ),
    (
      "select substr(i, 1) from input", 7,
      "function substr(integer, integer) does not exist; there is substr(text, integer), substr(text, integer, integer); add a cast where one fits"
    ),
    (
      "select greatest(i, 'x') from input", 19,
      #"invalid input syntax for type integer: "x"; write a whole number such as 42"#
    ),
    (
      "select case i when 'x' then 1 end from input", 19,
      #"invalid input syntax for type integer: "x"; write a whole number such as 42"#
    ),
    (
      "select f = 'maybe' from input", 11,
      #"invalid input syntax for type boolean: "maybe"; write true or false"#
    ),
    (
      "select i::foo from input", 10,
      #"type "foo" does not exist; there are boolean, integer, bigint, double precision, numeric, text, date, timestamp, timestamptz, interval"#
    ),
    (
      "select i::double from input", 10,
      #"type "double" does not exist; there are boolean, integer, bigint, double precision, numeric, text, date, timestamp, timestamptz, interval"#
    ),
    (
      "select bool_and(i) from input", 7,
      "function bool_and(integer) does not exist; it takes a condition, such as … > 0"
    ),
    (
      "select count(distinct i, b) from input", 7,
      "function count(integer, bigint) does not exist; count takes one argument"
    ),
    (
      "select t as i, count(*) from input group by i", 7,
      #"column "input.t" must appear in the GROUP BY clause or be used in an aggregate function; add it to GROUP BY, or write for example min(t)"#
    ),
    (
      "select -5, - 5, -(5), -(-(5)), - /* 3 */ 5, -0, -2147483648, -2147483649, +5, 9223372036854775808, 1e3, .5, 123456789012345678901234567890123456789012 from input",
      108,
      "the number 123456789012345678901234567890123456789012 has more than the 38 digits of numeric; write it in quotes as double precision: '123456789012345678901234567890123456789012'::double precision"
    ),
    (
      "select ts + 1 from input", 10,
      "operator does not exist: timestamp + integer; add a cast, such as CAST(… AS integer)"
    ),
  ]

  @Test(arguments: refusals.indices)
  func isExplained(_ index: Int) {
    let (sql, position, message) = Self.refusals[index]
    #expect(
      FrontFixture.refusal(sql) == SQLError(position: position, message), "\(sql)")
  }
}
