import Testing

@testable import Query

/// Aggregates and grouping sets against what PostgreSQL answers.
@Suite("Aggregates as PostgreSQL has them")
struct PostgresAggregateTests {
  @Test("One partition gives the very same text", arguments: AggregateExamples.examples)
  func onePartition(example: AggregateExamples.Example) throws {
    let actual = try Self.run(example.sql, [AggregateExamples.lines.joined()])
    #expect(actual == example.expected.split(separator: "\n").map(String.init))
  }

  @Test(
    "Several partitions give the same but for the last bits of doubles",
    arguments: AggregateExamples.examples)
  func severalPartitions(example: AggregateExamples.Example) throws {
    let lines = AggregateExamples.lines
    for cuts in [[9, 17], [1, 2, 3, 20], [0, 13, 13]] {
      let bounds = [0] + cuts + [lines.count]
      let partitions = zip(bounds, bounds.dropFirst()).map { lines[$0..<$1].joined() }
      let actual = try Self.run(example.sql, partitions)
      let expected = example.expected.split(separator: "\n").map(String.init)
      #expect(actual.count == expected.count)
      for (actual, expected) in zip(actual, expected) {
        #expect(Self.isClose(actual, expected), "\(actual) and not \(expected)")
      }
    }
  }

  @Test("Without any partition a set without keys has its group")
  func noPartitions() throws {
    let sql = "SELECT g, count(*), GROUPING(g), array_agg(i) FROM input GROUP BY ROLLUP (g)"
    #expect(try Self.run(sql, []) == ["g,count,grouping,array_agg", ",0,1,"])
    #expect(try Self.run("SELECT count(*) FROM input GROUP BY g", []) == ["count"])
  }

  @Test("Ties of min_by and max_by go to the first row, and NULL keys are passed over")
  func extremesBy() throws {
    let sql = """
      SELECT min_by(g, i), max_by(g, i), min_by(i, s), max_by(x, b) FILTER (WHERE h = 2),
        min_by(g, i ORDER BY b DESC) FROM input
      """
    let rows = [
      "a,2,5,1,,,,zz,,,\n", "b,2,1,2,,1.5,,,,,\n", "c,2,1,3,,,,aa,,,\n", ",2,,9,,7.25,,b,,,\n",
      "d,1,5,10,,1,,aa,,,\n",
    ]
    let expected = ["min_by,max_by,min_by,max_by,min_by", "b,a,1,7.25,c"]
    #expect(try Self.run(sql, [rows.joined()]) == expected)
    #expect(try Self.run(sql, rows) == expected)
  }

  private static func run(_ sql: String, _ partitions: [String]) throws -> [String] {
    try QueryRun(sql: sql, schema: AggregateExamples.schema).output(partitions)
      .split(separator: "\n").map(String.init)
  }

  private static func isClose(_ line: String, _ other: String) -> Bool {
    if line == other { return true }
    let fields = zip(line.split(separator: ","), other.split(separator: ","))
    return fields.allSatisfy { left, right in
      if left == right { return true }
      guard let left = Double(left), let right = Double(right) else { return false }
      return abs(left - right) <= 1e-10 * max(1, abs(right))
    }
  }
}
