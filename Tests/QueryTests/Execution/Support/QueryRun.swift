import Columnar
import Formats
import Operators

@testable import Query

/// Runs a query over text as workers and a sink would, in one process.
struct QueryRun {
  var sql: String
  var input = InputFormat.csv
  var schema: InputSchema
  var output = OutputFormat.csv
  var tables: [SQLTable] = []

  /// The output over these partitions.
  ///
  /// - Parameter arrival: the order in which results reach the sink; that of the partitions if `nil`.
  func output(_ partitions: [String], arrival: [Int]? = nil) throws -> String {
    let sql = try SQLOperator(
      SQLConfiguration(
        sql: sql, input: input, schema: schema, output: output, tables: tables))
    var results = [[UInt8]](repeating: [], count: partitions.count)
    var rows = [Int](repeating: 0, count: partitions.count)
    let worker = try sql.makeWorkerPart()
    var buffer = ResultBuffer()
    for index in arrival ?? Array(partitions.indices) {
      buffer.removeAll()
      let counts = try Self.process(partitions[index], worker, &buffer)
      results[index] = Array(buffer.bytes)
      rows[index] = counts.outputRows
    }
    return String(decoding: try Self.join(results, rows, try sql.makeSinkPart()), as: UTF8.self)
  }

  /// Processes one partition of text.
  static func process(
    _ partition: String, _ worker: any WorkerPart, _ buffer: inout ResultBuffer
  ) throws -> PartitionCounts {
    var counts = PartitionCounts(rows: 0)
    let bytes = Array(partition.utf8)
    try bytes.withUnsafeBytes {
      counts = try worker.process(
        PartitionInput(content: .bytes($0), file: 0, offset: 0), into: &buffer)
    }
    return counts
  }

  private static func join(
    _ results: [[UInt8]], _ rows: [Int], _ sink: any SinkPart
  ) throws -> [UInt8] {
    var output = try sink.header()
    switch sink.merge {
    case .concatenate: output += results.joined()
    case .concatenateFirst(let limit):
      var left = limit
      for (result, count) in zip(results, rows) {
        guard let trimmer = sink as? any ResultTrimmer else { break }
        let kept = min(left, count)
        let length = try result.withUnsafeBytes { try trimmer.prefixLength(of: $0, rows: kept) }
        output += result[..<length]
        left -= kept
      }
    case .tree:
      var states = try results.map { try $0.withUnsafeBytes { try sink.decode($0) } }
      while states.count > 1 {
        var merged: [any MergeState] = []
        for index in stride(from: 0, to: states.count, by: 2) {
          if index + 1 < states.count { try states[index].merge(states[index + 1]) }
          merged.append(states[index])
        }
        states = merged
      }
      _ = try sink.finish(states.first) { output += $0 }
    }
    return output
  }
}
