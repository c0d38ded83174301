import Query
import Testing

/// Mistakes in aggregates and grouping sets are pointed at, in PostgreSQL's words where it has some.
struct AggregateMistakeTests {
  private static let mistakes: [(sql: String, position: Int, message: String)] = [
    (
      "select mode() from input", 7,
      "WITHIN GROUP is required for ordered-set aggregate mode; write mode() WITHIN GROUP (ORDER BY …)"
    ),
    (
      "select sum(i) within group (order by i) from input", 7,
      "sum is not an ordered-set aggregate, so it cannot have WITHIN GROUP"
    ),
    (
      "select percentile_cont(1.5) within group (order by i) from input", 23,
      "percentile value 1.5 is not between 0 and 1"
    ),
    (
      "select percentile_cont(d) within group (order by i) from input", 23,
      "this argument of percentile_cont must be a constant; it is the same for all rows"
    ),
    (
      "select percentile_cont(0.5) within group (order by t) from input", 7,
      "function percentile_cont(numeric, text) does not exist; add a cast, such as CAST(… AS double precision)"
    ),
    (
      "select string_agg(distinct t, ',' order by i) from input", 43,
      "in an aggregate with DISTINCT, ORDER BY expressions must appear in argument list"
    ),
    (
      "select string_agg(distinct 'a', ',' order by 'a') from input", 45,
      "in an aggregate with DISTINCT, ORDER BY expressions must appear in argument list"
    ),
    (
      "select string_agg(i, ',') from input", 7,
      "function string_agg(integer, unknown) does not exist; it takes texts; add a cast, such as CAST(… AS text)"
    ),
    (
      "select corr(i) from input", 7,
      "function corr(integer) does not exist; corr takes two arguments"
    ),
    (
      "select lower(t order by i) from input", 7,
      "ORDER BY specified, but lower is not an aggregate function"
    ),
    (
      "select array_agg('x') from input", 17,
      "could not determine polymorphic type because input has type unknown; give the constant a type, such as '…'::text"
    ),
    (
      "select bit_or('1') from input", 7,
      "function bit_or(unknown) is not unique; give the constant a type, such as '…'::integer"
    ),
    (
      "select approx_top_k(t, 0) from input", 23,
      "approx_top_k gives 1 to 1000 values"
    ),
    (
      "select histogram(d, 5, 5, 3) from input", 7,
      "lower bound must be below upper bound in histogram"
    ),
    (
      "select grouping(i) from input", 16,
      "arguments to GROUPING must be grouping expressions of the associated query level; write one as GROUP BY has it"
    ),
    (
      "select t from input where grouping(t) = 0 group by t", 26,
      "grouping operations are not allowed in WHERE; put the condition into HAVING"
    ),
    (
      "select sum(grouping(i)) from input group by i", 11,
      "aggregate function calls cannot be nested; GROUPING is known after grouping only"
    ),
    (
      "select sum(i order by sum(b)) from input", 22,
      "aggregate function calls cannot be nested; make a stage of the inner one"
    ),
    (
      "select count(*) from input group by cube(i,b,n,d,t,f,dt,ts,tz,i,b,n,d)", 36,
      "CUBE is limited to 12 elements"
    ),
    (
      "select count(*) from input group by rollup (sum(i))", 44,
      "aggregate functions are not allowed in GROUP BY"
    ),
    (
      "select t, b from input group by rollup (t)", 10,
      #"column "input.b" must appear in the GROUP BY clause or be used in an aggregate function; add it to GROUP BY, or write for example min(b)"#
    ),
  ]

  @Test(arguments: mistakes)
  func refused(sql: String, position: Int, message: String) throws {
    let error = try #require(FrontFixture.refusal(sql), "accepted: \(sql)")
    #expect(error.message == message)
    #expect(error.position == position)
  }
}
