import Foundation
import Testing

/// A topology that keeps two workers busy for a second or more, to be killed and gone on with.
enum SlowRun: String, CaseIterable, Sendable {
  /// A row of output for each row of input, one after the other.
  case concatenation
  /// Groups, with sums and means of floating-point numbers, merged in a tree.
  case aggregation
  /// Numbers over which workers sleep.
  case sleeping

  /// Partitions of a run.
  static let partitions = 48

  /// Rows of the input.
  var rows: Int { self == .sleeping ? Self.partitions : 2 * Self.partitions }

  /// The bytes that an undisturbed run writes; none where results are discarded.
  func expected() throws -> Data? {
    switch self {
    case .concatenation: Data(Workspace.slowResult(rows: rows).utf8)
    case .aggregation: try Self.aggregated.get()
    case .sleeping: nil
    }
  }

  /// An undisturbed run's bytes, made once.
  private static let aggregated = Result {
    let workspace = try Workspace()
    let result = try workspace.run("run", try workspace.write(.aggregation), "--workers", "3")
    try #require(result.status == 0, "\(result.standardError)")
    return try workspace.read("out.csv")
  }
}

extension Workspace {
  /// Writes a slow run's topology and input.
  ///
  /// - Parameter rest: more lines of the topology.
  /// - Returns: the topology's path.
  @discardableResult
  func write(_ run: SlowRun, rest: String = "") throws -> String {
    switch run {
    case .concatenation: return try slowTopology(rows: run.rows, rest: rest)
    case .aggregation:
      var text = "g,x,b\n"
      for row in 0..<run.rows {
        let filler = String(repeating: "x", count: 900 + row % 100)
        text += "\(row % 7),\(Double(row) / 10),\(filler)\n"
      }
      try write("in.csv", text)
      return try topology(
        partition: "1KiB",
        sql: "SELECT g, count(*) AS n, avg(x) AS mean, sum(x / 3) AS third, "
          + "sum(octet_length(repeat(repeat(b, 20), 1000))) AS size FROM input GROUP BY g ORDER BY g",
        rest: rest)
    case .sleeping:
      return try sleepTopology(partitions: SlowRun.partitions, milliseconds: 40, rest: rest)
    }
  }

  /// Writes a topology whose workers sleep over each number of a range.
  ///
  /// - Returns: the topology's path.
  @discardableResult
  func sleepTopology(
    partitions: Int, milliseconds: Int = 50, rest: String = ""
  ) throws -> String {
    try write(
      "t.yaml",
      """
      topology: test
      source:
        range: { from: 0, to: \(partitions) }
        partition: 1
      stages:
        - name: only
          operator: { name: sleep, configuration: { milliseconds: \(milliseconds) } }
      workers: 2
      sink:
        discard: true
      \(rest)

      """)
  }

  /// Checks that a run, told as `--json`, ended with the bytes of an undisturbed one.
  ///
  /// - Returns: the summary.
  @discardableResult
  func expectResult(
    of run: SlowRun, _ result: CommandResult, sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> [String: Any] {
    #expect(result.status == 0, "\(result.standardError)", sourceLocation: sourceLocation)
    let summary = try #require(try result.objects().last, sourceLocation: sourceLocation)
    #expect(summary["event"] as? String == "summary", sourceLocation: sourceLocation)
    #expect(summary["rows"] as? Int == run.rows, sourceLocation: sourceLocation)
    #expect(
      summary["partitions"] as? Int == SlowRun.partitions, sourceLocation: sourceLocation)
    try expectOutput(of: run, sourceLocation: sourceLocation)
    return summary
  }

  /// Checks that the output is an undisturbed run's, and that nothing else is left.
  func expectOutput(of run: SlowRun, sourceLocation: SourceLocation = #_sourceLocation) throws {
    if let expected = try run.expected() {
      try #require(has("out.csv"), "no output", sourceLocation: sourceLocation)
      #expect(
        try read("out.csv") == expected, "other bytes than an undisturbed run",
        sourceLocation: sourceLocation)
    }
    try expectNothingLeft(sourceLocation: sourceLocation)
  }
}
