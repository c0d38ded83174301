import Columnar
import Formats
import Query
import Testing

/// What the clauses of a SELECT become.
struct PlanShapeTests {
  @Test func readsOnlyTheColumnsThatAreNamed() throws {
    let plan = try FrontFixture.plan("SELECT t FROM input WHERE d > 1 ORDER BY b")
    #expect(plan.columns == [1, 3, 4])
    #expect(
      plan.output.map(\.expression) == [
        .column(slot: 2, type: .text), .column(slot: 0, type: .bigint),
      ])
    #expect(plan.output.map(\.hidden) == [false, true])
    #expect(plan.order == [OrderKey(column: 1, descending: false, nullsFirst: false)])
    #expect(!plan.isRowWise)
  }

  @Test func countingRowsReadsNoColumn() throws {
    let plan = try FrontFixture.plan("SELECT count(*) FROM input")
    #expect(plan.columns.isEmpty)
    #expect(plan.grouping?.keys.isEmpty == true)
    #expect(plan.grouping?.aggregates.map(\.function) == [.countStar])
    #expect(plan.output.map(\.expression) == [.column(slot: 0, type: .bigint)])
  }

  @Test func starGivesAllColumns() throws {
    let plan = try FrontFixture.plan("SELECT * FROM input")
    #expect(plan.columns == Array(0..<10))
    #expect(plan.output.map(\.name) == FrontFixture.schema.columns.map(\.name))
    #expect(plan.isRowWise)
  }

  @Test func groupsComeBeforeAggregatesInSlots() throws {
    let plan = try FrontFixture.plan(
      """
      SELECT t, upper(t) || 'x' AS u, sum(i) + 1, avg(d) FILTER (WHERE f) FROM input
      GROUP BY upper(t), t HAVING sum(i) > 3 ORDER BY count(DISTINCT b) DESC
      """)
    let grouping = try #require(plan.grouping)
    #expect(
      grouping.keys.map(\.withoutPositions) == [
        .call(.upper, [.column(slot: 3, type: .text)], type: .text, position: 0),
        .column(slot: 3, type: .text),
      ])
    #expect(grouping.aggregates.map(\.function) == [.sum, .avg, .count])
    #expect(grouping.aggregates.map(\.type) == [.bigint, .double, .bigint])
    #expect(grouping.aggregates.map(\.distinct) == [false, false, true])
    #expect(grouping.aggregates[1].filter == .column(slot: 4, type: .boolean))
    #expect(
      plan.output.map(\.expression.withoutPositions) == [
        .column(slot: 1, type: .text),
        .call(
          .concatenate, [.column(slot: 0, type: .text), FrontFixture.text("x")], type: .text,
          position: 0),
        .call(
          .add,
          [.column(slot: 2, type: .bigint), .literal(.integer(1), type: .bigint)],
          type: .bigint, position: 0),
        .column(slot: 3, type: .double), .column(slot: 4, type: .bigint),
      ])
    #expect(plan.order == [OrderKey(column: 4, descending: true, nullsFirst: true)])
  }

  @Test func anAggregateWrittenTwiceIsComputedOnce() throws {
    let plan = try FrontFixture.plan(
      "SELECT sum(i), sum( i ) * 2, sum(DISTINCT i), sum(i) FILTER (WHERE f) FROM input")
    #expect(plan.grouping?.aggregates.count == 3)
  }

  @Test(arguments: [
    "SELECT t AS word, count(*) FROM input GROUP BY word",
    "SELECT t AS word, count(*) FROM input GROUP BY 1",
    "SELECT t AS word, count(*) FROM input GROUP BY t",
    "SELECT t AS word, count(*) FROM input GROUP BY input.t, 1",
  ])
  func groupKeysAreFoundByNameAndPosition(_ sql: String) throws {
    #expect(try FrontFixture.plan(sql).grouping?.keys == [.column(slot: 0, type: .text)])
  }

  @Test func groupByPrefersTheInputAndOrderByTheResult() throws {
    let plan = try FrontFixture.plan("SELECT -i AS i FROM input GROUP BY i ORDER BY i")
    #expect(plan.grouping?.keys == [.column(slot: 0, type: .integer)])
    #expect(plan.order.map(\.column) == [0])
    #expect(plan.output.count == 1)
  }

  @Test(arguments: [
    ("i", false, false), ("i DESC", true, true), ("i ASC NULLS FIRST", false, true),
    ("i DESC NULLS LAST", true, false),
  ])
  func nullsAreLargestByDefault(_ order: String, _ descending: Bool, _ nullsFirst: Bool) throws {
    let plan = try FrontFixture.plan("SELECT i FROM input ORDER BY \(order)")
    #expect(
      plan.order == [
        OrderKey(column: 0, descending: descending, nullsFirst: nullsFirst)
      ])
  }

  @Test func limitAndOffset() throws {
    let plan = try FrontFixture.plan("SELECT i FROM input LIMIT 5000000000 OFFSET 2")
    #expect(plan.limit == 5_000_000_000)
    #expect(plan.offset == 2)
    let all = try FrontFixture.plan("SELECT i FROM input LIMIT ALL OFFSET NULL")
    #expect(all.limit == nil)
    #expect(all.offset == 0)
  }

  @Test func havingAloneMakesOneGroup() throws {
    #expect(try FrontFixture.plan("SELECT 1 FROM input HAVING true").grouping?.keys == [])
  }

  @Test(arguments: [
    "SELECT w, count(*) FROM input, string_to_table(t, ' ') AS w GROUP BY w",
    "SELECT w.w, count(*) FROM input CROSS JOIN string_to_table(t, ' ') AS w GROUP BY 1",
    "SELECT w, count(*) FROM input i CROSS JOIN LATERAL string_to_table(i.t, ' ') x(w) GROUP BY w",
    "SELECT w, count(*) FROM input, unnest(string_to_array(t, ' ')) w GROUP BY w",
    "SELECT string_to_table(t, ' ') AS w, count(*) FROM input GROUP BY w",
    "SELECT unnest(string_to_array(t, ' ')) AS w, count(*) FROM input GROUP BY 1",
    "SELECT unnest(string_to_array(t, ' ')) w, count(*) FROM input "
      + "GROUP BY unnest(string_to_array(t, ' '))",
  ])
  func wordsAreCounted(_ sql: String) throws {
    let plan = try FrontFixture.plan(sql)
    #expect(plan.columns == [4])
    #expect(
      plan.expansion
        == Expansion(kind: .split(delimiter: " "), argument: .column(slot: 0, type: .text)))
    #expect(plan.grouping?.keys == [.column(slot: 1, type: .text)])
    #expect(plan.output.map(\.name) == ["w", "count"])
  }

  @Test func starIncludesTheFunctionInFrom() throws {
    let plan = try FrontFixture.plan("SELECT *, w.* FROM input, string_to_table(t, ',') w")
    #expect(plan.output.map(\.name).suffix(2) == ["w", "w"])
    #expect(plan.output.last?.expression == .column(slot: 10, type: .text))
  }

  @Test func varianceOfExactNumbersIsNumeric() throws {
    let plan = try FrontFixture.plan("SELECT stddev(i) FROM input")
    let call = try #require(plan.grouping?.aggregates.first)
    #expect(call.type == .numeric)
    #expect(call.arguments == [.column(slot: 0, type: .integer)])
  }

  @Test func groupingSetsMultiply() throws {
    let plan = try FrontFixture.plan(
      "SELECT t, i, grouping(i, t) FROM input GROUP BY t, GROUPING SETS (ROLLUP (i, b), ())")
    let grouping = try #require(plan.grouping)
    #expect(grouping.keys.count == 3)
    #expect(grouping.sets == [[0, 1, 2], [0, 1], [0], [0]])
    #expect(grouping.markers == [[1, 0]])
    #expect(grouping.value(of: [1, 0], in: [0]) == 2)
  }

  @Test func orderThatChangesNothingIsLeftOut() throws {
    let plan = try FrontFixture.plan(
      "SELECT count(i ORDER BY b), sum(i ORDER BY b), sum(d ORDER BY b) FROM input")
    let calls = try #require(plan.grouping?.aggregates)
    #expect(calls.map(\.order.count) == [0, 0, 1])
    #expect(calls.map(\.arguments.count) == [1, 1, 2])
  }

  @Test func theSamePlanEachTime() throws {
    let sql = "SELECT t, sum(i), max(d) FROM input WHERE b IN (1, 2) GROUP BY t ORDER BY 2, t"
    let plan = try FrontFixture.plan(sql)
    for _ in 0..<5 { #expect(try FrontFixture.plan(sql) == plan) }
  }

  @Test func columnsOfOneNameAreAmbiguousButStarGivesBoth() throws {
    let schema = InputSchema(columns: [
      InputColumn(name: "a", type: .integer), InputColumn(name: "a", type: .text),
    ])
    #expect(try QueryPlan(sql: "SELECT * FROM input", schema: schema).columns.count == 2)
    let error = #expect(throws: SQLError.self) {
      try QueryPlan(sql: "SELECT a FROM input", schema: schema)
    }
    #expect(error?.position == 7)
    #expect(error?.message.hasPrefix("column reference \"a\" is ambiguous") == true)
  }
}
