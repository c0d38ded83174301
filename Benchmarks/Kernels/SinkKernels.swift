import Operators
import Query

/// What the sink does with the partial groups of partitions.
enum SinkKernels {
  private static let partitions = 16

  static func all(_ rows: SampleRows) throws -> [Kernel] {
    try [
      merging("groups of 16 partitions merged: text, 413", "station", rows),
      merging("groups of 16 partitions merged: integer, 10,000", "thousands", rows),
      merging("groups of 16 partitions merged: text, 260,000", "word", rows),
    ]
  }

  private static func merging(_ name: String, _ key: String, _ rows: SampleRows) throws -> Kernel {
    let query = try SampleQuery(
      "SELECT \(key), count(*), min(x), avg(x), max(x) FROM input GROUP BY \(key)", rows)
    let consumer = try query.consumer()
    let share = query.batches.count / partitions
    var results: [[UInt8]] = []
    var groups = 0
    for partition in 0..<partitions {
      var result = ResultBuffer()
      consumer.begin(&result)
      for batch in query.batches[partition * share..<(partition + 1) * share] {
        _ = try consumer.take(batch, &result)
      }
      groups += consumer.finish(&result)
      results.append(Array(result.bytes))
    }
    let sink = try query.sql.makeSinkPart()
    return Kernel(name, rows: groups, bytes: results.reduce(0) { $0 + $1.count }) {
      var states = try results.map { try $0.withUnsafeBytes { try sink.decode($0) } }
      // Pairwise, as the results of a run are.
      while states.count > 1 {
        for index in 0..<states.count / 2 { try states[2 * index].merge(states[2 * index + 1]) }
        states = stride(from: 0, to: states.count, by: 2).map { states[$0] }
      }
    }
  }
}
