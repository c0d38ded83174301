import Query
import Testing

/// What `millrace plan` shows of a query.
struct PlanDescriptionTests {
  private func description(_ sql: String) throws -> String {
    PlanDescription(
      try QueryPlan(sql: sql, schema: FrontFixture.schema), schema: FrontFixture.schema
    ).description
  }

  @Test func grouping() throws {
    #expect(
      try description(
        """
        SELECT "Carrier", count(*) AS flights, avg(d) AS mean FROM input
        WHERE d IS NOT NULL AND dt >= '2013-01-01' GROUP BY "Carrier" HAVING count(*) > 10
        ORDER BY mean DESC, sum(i) NULLS FIRST LIMIT 5
        """) == """
          reads:
            i integer
            d double precision
            dt date
            "Carrier" text
          worker:
            scan the partition
            filter (d IS NOT NULL AND (dt >= '2013-01-01'))
            partial aggregate by "Carrier": count(*), avg(d), sum(i)
          sink:
            merge groups in partition order
            filter (count(*) > 10)
            project "Carrier", count(*), avg(d), sum(i)
            sort by mean DESC, sum(i) NULLS FIRST
            limit to 5 rows
          output:
            "Carrier" text
            flights bigint
            mean double precision
          """)
  }

  @Test func rows() throws {
    #expect(
      try description("SELECT lower(t) AS name, i + 1 AS n FROM input") == """
        reads:
          i integer
          t text
        worker:
          scan the partition
          project lower(t), (i + 1)
        sink:
          append the results in partition order
        output:
          name text
          n integer
        """)
  }

  @Test func topRowsOfPieces() throws {
    #expect(
      try description(
        "SELECT DISTINCT w FROM input, string_to_table(t, '''') w ORDER BY w LIMIT 3 OFFSET 2")
          == """
          reads:
            t text
          worker:
            scan the partition
            for each piece of t between ''''
            project piece
            distinct rows
            top 5 by w
          sink:
            distinct rows
            sort by w
            leave out the first 2 rows
            limit to 3 rows
          output:
            w text
          """)
  }

  @Test func countingRows() throws {
    #expect(
      try description("SELECT count(*) FROM input").hasPrefix(
        "reads:\n  no column, only rows are counted\n"))
  }
}
