import Columnar
import Query
import Testing

/// Names and types of results; the expectations are PostgreSQL 15's own, but for `log(10, 100)`,
/// which it computes in numeric.
struct OutputTypeTests {
  private static let results: [(sql: String, columns: String)] = [
    (
      "select true, null, 1=1, 'x'::text, cast(1 as int), case when true then 1 end, case when true then 1 else i end from input",
      "?column?:boolean|?column?:text|?column?:boolean|text:text|int4:integer|case:integer|i:integer"
    ),
    (
      "select nullif(1, 2.5), 2^3, round(5), mod(5,2.5), date_trunc('month', date '2020-01-01') from input",
      "nullif:numeric|?column?:double precision|round:double precision|mod:numeric|date_trunc:timestamptz"
    ),
    (
      "select i || t, t || i, 'a' || 'b', f || 'x', i || 'x' from input",
      "?column?:text|?column?:text|?column?:text|?column?:text|?column?:text"
    ),
    (
      "select t::varchar, greatest(1,2.5) from input",
      "t:text|greatest:numeric"
    ),
    (
      "select strpos(t,'a'), position('a' in t) from input",
      "strpos:integer|position:integer"
    ),
    (
      "select i+1, count(*) from input group by i",
      "?column?:integer|count:bigint"
    ),
    (
      "select abs('1'), round('1.5'), length(null), coalesce(null,null) from input",
      "abs:double precision|round:double precision|length:integer|coalesce:text"
    ),
    (
      "select 1 from input having true",
      "?column?:integer"
    ),
    (
      "select 'a' as x from input group by x order by x",
      "x:text"
    ),
    (
      "select t || true from input",
      "?column?:text"
    ),
    (
      "select 5 in (null), i in (null) from input",
      "?column?:boolean|?column?:boolean"
    ),
    (
      "select ts - ts, dt + interval '1 day', '1 day' + ts, tz - '2020-01-01', dt - tz, -interval '1 day' from input",
      "?column?:interval|?column?:timestamp|?column?:timestamp|?column?:interval|?column?:interval|?column?:interval"
    ),
    (
      "select interval '1 day', ts at time zone 'UTC', tz at time zone '+02', to_char(dt, 'YYYY'), (dt, dt) overlaps (ts, ts) from input",
      "interval:interval|timezone:timestamptz|timezone:timestamp|to_char:text|overlaps:boolean"
    ),
    (
      "select sum(ts - tz), avg(ts - tz), min(ts - tz), date_trunc('day', ts - tz), date_trunc('day', tz, '+02') from input group by ts, tz",
      "sum:interval|avg:interval|min:interval|date_trunc:interval|date_trunc:timestamptz"
    ),
    (
      "select int4(d), date(ts), text(i), float8(i) from input",
      "int4:integer|date:date|text:text|float8:double precision"
    ),
    (
      "select round(i,2), trunc(i,1), mod(i,b), abs(i), ceil(n), sign(i), ln(i), dt = ts, dt-dt, dt-1 from input",
      "round:numeric|trunc:numeric|mod:bigint|abs:integer|ceil:numeric|sign:double precision|ln:double precision|?column?:boolean|?column?:integer|?column?:date"
    ),
    (
      "select date_part('year',dt), extract(year from dt), avg(i), sum(n), sum(b), sum(i), sum(d), avg(d), count(*), count(t), min(t), max(dt) from input group by dt",
      "date_part:double precision|extract:numeric|avg:numeric|sum:numeric|sum:numeric|sum:bigint|sum:double precision|avg:double precision|count:bigint|count:bigint|min:text|max:date"
    ),
    (
      "select make_date(1,2,3), nullif(i,b), least(i,d), coalesce(i,n), coalesce(dt,tz), nullif('a', 'b'), nullif(null, 1) from input",
      "make_date:date|nullif:integer|least:double precision|coalesce:numeric|coalesce:timestamptz|nullif:text|nullif:integer"
    ),
    (
      "select i + b, i + n, i + d, b * n, n / d, i / 2, i % 2, -i, +d, @i, i + 1.5, i * 3000000000 from input",
      "?column?:bigint|?column?:numeric|?column?:double precision|?column?:numeric|?column?:double precision|?column?:integer|?column?:integer|?column?:integer|?column?:double precision|?column?:integer|?column?:numeric|?column?:bigint"
    ),
    (
      "select distinct t from input order by t desc nulls first limit 5 offset 2",
      "t:text"
    ),
    (
      "select word, count(*) from input, string_to_table(t, ' ') as w(word) group by word",
      "word:text|count:bigint"
    ),
    (
      "select word from input cross join lateral string_to_table(t, ' ') as word",
      "word:text"
    ),
    (
      "select lower(unnest(string_to_array(t,' '))) as w, count(*) from input group by w order by 2 desc",
      "w:text|count:bigint"
    ),
    (
      "select count(*) filter (where f), count(distinct t), bool_or(f), every(f) from input",
      "count:bigint|count:bigint|bool_or:boolean|every:boolean"
    ),
    (
      "select case i when 1 then 'a' when 2 then 'b' end, case when f then 1 else 2.5 end from input",
      "case:text|case:numeric"
    ),
    (
      "select i is null, f is true, f is not unknown, i is distinct from b, not f, f and i > 0 or d < 1 from input",
      "?column?:boolean|?column?:boolean|?column?:boolean|?column?:boolean|?column?:boolean|?column?:boolean"
    ),
    (
      "select substring(t from 2 for 3), trim(t), trim(both 'x' from t), trim(leading t), ltrim(t, 'a'), lpad(t, 3), split_part(t, ',', 1) from input",
      "substring:text|btrim:text|btrim:text|ltrim:text|ltrim:text|lpad:text|split_part:text"
    ),
    (
      "select ts > '2013-01-01', dt >= '2013-01-01', tz < '2013-01-01 00:00:00+00', dt < ts from input",
      "?column?:boolean|?column?:boolean|?column?:boolean|?column?:boolean"
    ),
    (
      "select concat(t, i, f), concat_ws(',', t, 1), t like 'a%' escape '!', t not ilike 'x' from input",
      "concat:text|concat_ws:text|?column?:boolean|?column?:boolean"
    ),
    (
      "select dt between '2013-01-01' and date '2013-02-01', i not between symmetric 1 and b from input",
      "?column?:boolean|?column?:boolean"
    ),
    (
      "select 1 as a, 2 as a from input",
      "a:integer|a:integer"
    ),
    (
      "select i from input order by b desc, i + 1",
      "i:integer"
    ),
    (
      "select count(*) + 1 as n from input having count(*) > 1 order by count(*)",
      "n:bigint"
    ),
    (
      "select sum(i), sum(i) + 1, avg(d) from input group by f having avg(d) > 1.5",
      "sum:bigint|?column?:bigint|avg:double precision"
    ),
    (
      "select t, t from input group by 1, 2",
      "t:text|t:text"
    ),
    (
      "select i from input offset null limit all",
      "i:integer"
    ),
    (
      "select round(n), round(n, 1), trunc(d), floor(i), sqrt(i), power(i, 2), ln(2), log(10, 100), log(100), exp(1), pi(), atan2(1, 2) from input",
      "round:numeric|round:numeric|trunc:double precision|floor:double precision|sqrt:double precision|power:double precision|ln:double precision|log:double precision|log:double precision|exp:double precision|pi:double precision|atan2:double precision"
    ),
  ]

  @Test(arguments: results.indices)
  func namesAndTypes(_ index: Int) throws {
    let (sql, columns) = Self.results[index]
    let shown = try FrontFixture.plan(sql).output.filter { !$0.hidden }
      .map { "\($0.name):\($0.expression.type.name)" }
    #expect(shown.joined(separator: "|") == columns, "\(sql)")
  }
}
