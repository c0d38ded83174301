import Columnar
import Formats
import Testing

@testable import Query

/// The approximate aggregates keep the errors that they state.
@Suite("Approximate aggregates")
struct ApproximateAggregateTests {
  static let schema = InputSchema(columns: [
    InputColumn(name: "k", type: .integer), InputColumn(name: "x", type: .double),
    InputColumn(name: "t", type: .text),
  ])

  @Test(
    "Distinct counts are exact when small and close when large", arguments: [1, 500, 5_000, 60_000])
  func distinctCounts(distinct: Int) throws {
    let partitions = (0..<3).map { part in
      stride(from: part, to: max(2 * distinct, 3), by: 3).map { "1,,v\($0 % distinct)\n" }.joined()
    }
    let count = try #require(
      Int(try value("SELECT approx_count_distinct(t) FROM input", partitions)))
    let allowed = distinct <= DistinctSketch.exactLimit ? 0 : 0.04 * Double(distinct)
    #expect(abs(Double(count - distinct)) <= allowed, "\(count) and not \(distinct)")
  }

  @Test(
    "Percentiles are within one percent of the ranks", arguments: [0, 0.01, 0.5, 0.9, 0.999, 1])
  func percentiles(fraction: Double) throws {
    var random = SeededGenerator(seed: 3)
    let values = (0..<40_000).map { _ in
      let unit = Double.random(in: 0..<1, using: &random)
      return unit * unit * unit * 1000
    }
    let partitions = stride(from: 0, to: values.count, by: 7_000).map { start in
      values[start..<min(start + 7_000, values.count)].map { "1,\($0),\n" }.joined()
    }
    let estimate = try #require(
      Double(try value("SELECT approx_percentile(x, \(fraction)) FROM input", partitions)))
    let rank = Double(values.count { $0 <= estimate }) / Double(values.count)
    #expect(abs(rank - fraction) <= 0.01, "rank \(rank) of \(estimate)")
    if fraction == 0 { #expect(estimate == values.min()) }
    if fraction == 1 { #expect(estimate == values.max()) }
  }

  @Test("Percentiles of few values are those of percentile_cont")
  func fewValues() throws {
    let rows = ["1,3,\n1,Infinity,\n", "1,NaN,\n1,-Infinity,\n", "1,7.5,\n1,,\n1,4,\n"]
    for fraction in [0.2, 0.3, 0.4, 0.45, 0.55] {
      let approximate = try value("SELECT approx_percentile(x, \(fraction)) FROM input", rows)
      let exact = try value(
        "SELECT percentile_cont(\(fraction)) WITHIN GROUP (ORDER BY x) FROM input", rows)
      #expect(approximate == exact)
    }
    #expect(try value("SELECT approx_percentile(x, 0) FROM input", rows) == "-Infinity")
    #expect(try value("SELECT approx_percentile(x, 1) FROM input", rows) == "NaN")
  }

  @Test("Histograms count as width_bucket does")
  func histograms() throws {
    let rows = ["1,-1,\n1,0,\n1,0.99,\n", "1,9.99,\n1,10,\n1,Infinity,\n1,5,\n1,,\n"]
    let sql = "SELECT histogram(x, 0, 10, 4) FROM input"
    #expect(try value(sql, rows) == "\"{1,2,0,1,1,2}\"")
    #expect(try value(sql + " WHERE k = 2", rows) == "")
  }

  @Test("Frequent values are found, with counts that are at most n / 256 too low")
  func frequentValues() throws {
    var random = SeededGenerator(seed: 11)
    var counts: [Int: Int] = [:]
    let rows = (0..<20_000).map { _ in
      let value = random.oneIn(3) ? Int(random.next() % 4) : 10 + Int(random.next() % 9_000)
      counts[value, default: 0] += 1
      return "1,,\(value)\n"
    }
    let partitions = stride(from: 0, to: rows.count, by: 6_000).map { start in
      rows[start..<min(start + 6_000, rows.count)].joined()
    }
    let sql = "SELECT approx_top_k(t, 4) FROM input"
    let text = try value(sql, partitions)
    for value in 0..<4 {
      let found = text.split(separator: "{").first { $0.contains("\"\"\(value)\"\"") }
      let digits = found?.split(separator: ":").last?.filter(\.isNumber)
      let count = try #require(digits.flatMap { Int($0) })
      let exact = try #require(counts[value])
      #expect(count <= exact && count >= exact - rows.count / 256)
    }
    #expect(try value(sql, partitions) == text)
    #expect(
      try value("SELECT approx_top_k(k, 2) FROM input", ["7,,\n8,,\n", "8,,\n,,\n"])
        == #""[{""value"":""8"",""count"":2},{""value"":""7"",""count"":1}]""#)
  }

  /// The one value that a query gives.
  private func value(_ sql: String, _ partitions: [String]) throws -> String {
    let output = try QueryRun(sql: sql, schema: Self.schema).output(partitions)
    let lines = output.split(separator: "\n", omittingEmptySubsequences: false)
    return String(try #require(lines.dropFirst().first))
  }
}
