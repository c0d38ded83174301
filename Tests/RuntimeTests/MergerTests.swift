import Operators
import Testing

@testable import Runtime

@Suite struct MergerTests {
  /// Merges results that arrive in an order made of the seed.
  private func merged(
    _ part: any SinkPart, _ results: [String], rows: [Int] = [], seed: UInt64
  ) throws -> (output: String, rows: UInt64) {
    var outcome = (output: "", rows: UInt64(0))
    try withDirectory { directory in
      var random = Seeded(seed)
      let writer = try OutputWriter(.capture, tag: "t")
      let merger = try Merger(part: part, output: writer, spoolDirectory: directory)
      for index in results.indices.shuffled(using: &random) {
        try bytes(results[index]).withUnsafeBytes {
          try merger.add(UInt32(index), $0, rows: rows.isEmpty ? 1 : rows[index])
        }
      }
      let written = try merger.finish(total: UInt32(results.count))
      #expect(written.bytes == UInt64(writer.captured.count))
      #expect(try names(in: directory).isEmpty)
      outcome = (text(writer.captured), written.rows)
    }
    return outcome
  }

  @Test(arguments: 0..<20 as Range<UInt64>)
  func joinedResultsStandInPartitionOrder(seed: UInt64) throws {
    var random = Seeded(seed)
    let results = (0..<40).map { index in
      String(repeating: "\(index),", count: Int.random(in: 0...50, using: &random))
    }
    let outcome = try merged(ConcatenatingSinkPart(), results, seed: seed)
    #expect(outcome.output == results.joined())
    #expect(outcome.rows == 40)
  }

  @Test(arguments: 0..<20 as Range<UInt64>)
  func joinedResultsEndAfterTheLimit(seed: UInt64) throws {
    var random = Seeded(seed)
    let rows = (0..<20).map { _ in Int.random(in: 0...5, using: &random) }
    let results = rows.enumerated().map { index, rows in
      (0..<rows).map { "\(index).\($0)\n" }.joined()
    }
    let limit = Int.random(in: 0...60, using: &random)
    let outcome = try merged(
      FirstLinesSinkPart(rows: limit), results, rows: rows, seed: seed)
    let all = results.joined().split(separator: "\n").map { "\($0)\n" }
    #expect(outcome.output == "line\n" + all.prefix(limit).joined())
    #expect(outcome.rows == UInt64(min(limit, all.count)))
  }

  /// The tree over `count` partitions from `start`: as many as a power of two on the left.
  private func shape(_ start: Int, _ count: Int) -> String {
    if count == 1 { return "\(start)" }
    var left = 1
    while left * 2 < count { left *= 2 }
    return "(\(shape(start, left))\(shape(start + left, count - left)))"
  }

  @Test(arguments: [1, 2, 3, 4, 5, 7, 8, 13, 16, 31], 0..<4 as Range<UInt64>)
  func mergedStatesHaveTheSameTreeWhateverTheArrival(count: Int, seed: UInt64) throws {
    let outcome = try merged(
      TreeSinkPart(title: "tree:"), (0..<count).map { "\($0)" }, seed: seed)
    #expect(outcome.output == "tree:" + shape(0, count))
    #expect(outcome.rows == 1)
  }

  @Test func noPartitionsGiveTheHeaderAlone() throws {
    #expect(try merged(TreeSinkPart(title: "h\n"), [], seed: 0) == ("h\n", 0))
    #expect(try merged(FirstLinesSinkPart(rows: 3), [], seed: 0) == ("line\n", 0))
    #expect(try merged(ConcatenatingSinkPart(), [], seed: 0) == ("", 0))
  }

  @Test func anEarlyResultLargerThanTheSpoolsBufferIsWhole() throws {
    let large = String(repeating: "0123456789abcdef", count: 150_000)
    try withDirectory { directory in
      let writer = try OutputWriter(.capture, tag: "t")
      let merger = try Merger(
        part: ConcatenatingSinkPart(), output: writer, spoolDirectory: directory)
      try bytes(large).withUnsafeBytes { try merger.add(1, $0, rows: 2) }
      try bytes("first").withUnsafeBytes { try merger.add(0, $0, rows: 1) }
      let written = try merger.finish(total: 2)
      #expect(writer.captured == bytes("first" + large))
      #expect(written.rows == 3)
    }
  }

  @Test func spooledResultsComeBackInAnyOrder() throws {
    try withDirectory { directory in
      let spool = try ResultSpool(directory: directory)
      #expect(try names(in: directory).isEmpty)
      for _ in 0..<3 {
        let pieces = [pattern(10), [], pattern(3_000_000), pattern(77)]
        let places = try pieces.map { piece in try piece.withUnsafeBytes { try spool.append($0) } }
        // Each round starts at the front again: nothing was left.
        #expect(places[0].offset == 0)
        for index in [2, 0, 3, 1] {
          var got: [UInt8] = []
          try spool.take(places[index]) { got.append(contentsOf: $0) }
          #expect(got == pieces[index])
        }
      }
    }
  }

  @Test func aSpoolThatCannotBeMadeIsNamed() {
    let error = runtimeError { _ = try ResultSpool(directory: "/proc/none") }
    #expect(error?.message.contains("/proc/none") == true)
  }
}
