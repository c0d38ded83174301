import Columnar
import Formats
import Testing

@testable import Query

@Suite("Queries over columns of intervals")
struct IntervalQueryTests {
  private static let schema = InputSchema(columns: [
    InputColumn(name: "k", type: .text), InputColumn(name: "v", type: .interval),
  ])
  private static let partitions = [
    "k,v\na,1 mon\na,30 days\nb,-1 day\nb,\n", "a,720:00:00\nb,1 day 01:00\nc,P1Y2M\n",
  ]

  private func rows(_ sql: String, _ output: OutputFormat = .csv) throws -> String {
    var input = InputFormat.csv
    input.kind = .delimited(CSVOptions(header: false))
    let partitions = Self.partitions.map { part in
      part.hasPrefix("k,v\n") ? String(part.dropFirst(4)) : part
    }
    return try QueryRun(sql: sql, input: input, schema: Self.schema, output: output)
      .output(partitions)
  }

  @Test("a month is 30 days for GROUP BY, DISTINCT, ORDER BY and count(DISTINCT …)")
  func equality() throws {
    #expect(
      try rows("SELECT v, count(*) AS n FROM input GROUP BY v ORDER BY v")
        == "v,n\n-1 days,1\n1 day 01:00:00,1\n1 mon,3\n1 year 2 mons,1\n,1\n")
    #expect(
      try rows("SELECT DISTINCT v FROM input WHERE k = 'a'") == "v\n1 mon\n")
    #expect(
      try rows("SELECT count(DISTINCT v) AS n FROM input") == "n\n4\n")
    #expect(
      try rows("SELECT v FROM input WHERE v >= '30 days' ORDER BY v DESC LIMIT 2")
        == "v\n1 year 2 mons\n1 mon\n")
  }

  @Test("sum, avg, min and max")
  func aggregates() throws {
    #expect(
      try rows(
        """
        SELECT k, sum(v) AS s, avg(v) AS a, min(v) AS low, max(v) AS high FROM input
        GROUP BY k ORDER BY k
        """)
          == """
          k,s,a,low,high
          a,1 mon 30 days 720:00:00,20 days 240:00:00,1 mon,1 mon
          b,01:00:00,00:30:00,-1 days,1 day 01:00:00
          c,1 year 2 mons,1 year 2 mons,1 year 2 mons,1 year 2 mons

          """)
  }

  @Test("as JSON they are strings")
  func json() throws {
    #expect(
      try rows("SELECT v FROM input WHERE k = 'b'", .jsonLines)
        == "{\"v\":\"-1 days\"}\n{\"v\":null}\n{\"v\":\"1 day 01:00:00\"}\n")
  }

  @Test("in every place where rows are chosen and moved")
  func conditionals() throws {
    #expect(
      try rows(
        """
        SELECT CASE WHEN k = 'a' THEN v * 2 WHEN k = 'b' THEN coalesce(v, '5 s') END AS x,
          v IN ('30 days', '1 year 2 mons') AS y, greatest(v, '2 days') AS z
        FROM input WHERE k <> 'c' OR v > '1 year' ORDER BY k, x LIMIT 4
        """)
          == """
          x,y,z
          2 mons,true,1 mon
          60 days,true,30 days
          1440:00:00,true,720:00:00
          -1 days,false,2 days

          """)
  }

  @Test("the plan shows them as SQL")
  func planText() throws {
    let plan = try QueryPlan(
      sql: "SELECT ts + interval '1 day' AS x FROM input WHERE tz - ts > '2:00'",
      schema: FrontFixture.schema)
    let text = PlanDescription(plan, schema: FrontFixture.schema).description
    #expect(text.contains("(ts + '1 day')"))
    #expect(text.contains("'02:00:00'"))
  }

  @Test("no pattern and no text traps", arguments: 0..<20)
  func anyText(_ seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let words = [
      "YYYY", "Y,YYY", "MM", "Month", "RM", "DD", "DDD", "D", "ID", "IW", "IYYY", "IDDD", "J", "CC",
      "BC", "HH", "AM", "HH24", "MI", "SS", "MS", "US", "FF3", "SSSS", "TZH", "TZM", "FM", "FX",
      "TH", "th", "\"x\"", "\"", "\\", "-", " ", "1", "99999999999", "-5", "12", "January", "XII",
      "p.m.", "ä", ",", "+", ":", ".", "P", "T", "1-2", "1:2", "days", "ago", "2147483647", "e9",
    ]
    for _ in 0..<300 {
      func text() -> String {
        (0..<Int.random(in: 0...6, using: &generator)).map { _ in
          words.randomElement(using: &generator) ?? ""
        }.joined()
      }
      let pattern = TimePattern(text())
      var written: [UInt8] = []
      pattern.write(
        TimeParts(
          timestamp: Int64.random(in: Calendar.timestamps, using: &generator), hasZone: true),
        to: &written)
      pattern.write(
        TimeParts(Interval(months: .min, days: .max, microseconds: .min)), to: &written)
      let arena = ByteArena()
      let source = arena.copy(text())
      _ = ValueParser.interval(source.start, Int(source.length))
      _ = ZoneOffset.posix(source.string)
      _ = ZoneOffset.signed(source.string)
      do {
        let reading = try TimeReader.read(source, by: pattern)
        _ = try reading.dayAndTime(source)
        _ = try reading.zone(source)
      } catch {
        #expect(error.row == 0)
      }
    }
  }
}
