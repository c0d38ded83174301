import Foundation

extension Workspace {
  /// Writes `t.yaml`: a SQL stage over `in.csv` into `out.csv`.
  ///
  /// - Parameters:
  ///   - files: the source's files.
  ///   - source: more lines of the source.
  ///   - sql: the query, on one line.
  ///   - sink: the path of the output.
  ///   - rest: more lines at the end.
  /// - Returns: the topology's path.
  @discardableResult
  func topology(
    files: String = "in.csv", format: String = "csv", partition: String = "64KiB",
    source: String = "", sql: String = "SELECT a, b FROM input", sink: String = "out.csv",
    rest: String = ""
  ) throws -> String {
    var lines = [
      "topology: test", "source:", "  files: \(files)", "  format: \(format)",
      "  partition: \(partition)",
    ]
    if !source.isEmpty { lines.append("  \(source)") }
    lines += ["stages:", "  - name: only", "    sql: |", "      \(sql)", "workers: 2"]
    lines += ["sink:", "  file: \(sink)"]
    if !rest.isEmpty { lines.append(rest) }
    return try write("t.yaml", lines.joined(separator: "\n") + "\n")
  }

  /// Writes a topology and its input that keep two workers busy for one to three seconds, in a debug
  /// build and in a release build alike: each row makes tens of megabytes of text and counts them.
  ///
  /// - Parameters:
  ///   - rows: partitions of two rows each take some 30 ms.
  ///   - rest: more lines at the end.
  /// - Returns: the topology's path.
  func slowTopology(rows: Int = 160, rest: String = "") throws -> String {
    var text = "a,b\n"
    for row in 0..<rows {
      text += "\(row),\(String(repeating: "x", count: 900 + row % 100))\n"
    }
    try write("in.csv", text)
    return try topology(
      partition: "1KiB",
      sql: "SELECT a, octet_length(repeat(repeat(b, 20), 1000)) AS size FROM input",
      rest: rest)
  }

  /// What a run of ``slowTopology(rows:rest:)`` writes.
  static func slowResult(rows: Int = 160) -> String {
    "a,size\n" + (0..<rows).map { "\($0),\((900 + $0 % 100) * 20_000)\n" }.joined()
  }
}
