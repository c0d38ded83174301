import Operators
import ResultStore
import Testing
import Wire

@testable import Runtime

@Suite struct MergerTests {
  /// Merges results that arrive in an order made of the seed; what is absent does not arrive.
  ///
  /// - Parameter durability: kept results are put at a place before they are merged.
  private func merged(
    _ part: any SinkPart, _ results: [String], rows: [Int] = [], without absent: Set<Int> = [],
    durability: RunStorage.Durability = .off, seed: UInt64
  ) throws -> (output: String, rows: UInt64) {
    var outcome = (output: "", rows: UInt64(0))
    try withDirectory { directory in
      var random = Seeded(seed)
      let writer = try OutputWriter(.capture, tag: "t")
      let keeper = try keeper(directory, durability)
      let merger = try Merger(part: part, output: writer, keeper: keeper)
      for index in results.indices.shuffled(using: &random) where !absent.contains(index) {
        try withResults(
          [(UInt32(index), results[index])], rows: rows.isEmpty ? 1 : rows[index]
        ) { list in
          let place = keeper.isDurable ? try keeper.keep(list)[0] : nil
          try merger.add(list[0], at: place)
        }
      }
      let written = try merger.finish(
        total: UInt32(results.count), without: absent.sorted().map { UInt32($0) })
      #expect(written.bytes == UInt64(writer.captured.count))
      // Where nothing is durable, nothing is left; what is durable stays.
      if durability == .off { #expect(try names(in: directory).isEmpty) }
      outcome = (text(writer.captured), written.rows)
    }
    return outcome
  }

  /// A keeper that is ready.
  private func keeper(
    _ directory: String, _ durability: RunStorage.Durability
  ) throws -> ResultKeeper {
    let keeper = try ResultKeeper(
      StorageBook().storage(durability, in: directory), run: .test, stage: 0)
    try keeper.recover { _ in }
    return keeper
  }

  @Test(arguments: 0..<20 as Range<UInt64>)
  func joinedResultsStandInPartitionOrder(seed: UInt64) throws {
    var random = Seeded(seed)
    let results = (0..<40).map { index in
      String(repeating: "\(index),", count: Int.random(in: 0...50, using: &random))
    }
    for durability in [RunStorage.Durability.off, .process, .machine] {
      let outcome = try merged(
        ConcatenatingSinkPart(), results, durability: durability, seed: seed)
      #expect(outcome.output == results.joined())
      #expect(outcome.rows == 40)
    }
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

  @Test(arguments: 0..<20 as Range<UInt64>)
  func joinedResultsCloseUpWhereSomeAreAbsent(seed: UInt64) throws {
    var random = Seeded(seed)
    let results = (0..<24).map { "\($0)\n" }
    let absent = Set((0..<24).filter { _ in Int.random(in: 0..<3, using: &random) == 0 })
    let present = results.indices.filter { !absent.contains($0) }.map { results[$0] }
    let all = try merged(ConcatenatingSinkPart(), results, without: absent, seed: seed)
    #expect(all == (present.joined(), UInt64(present.count)))
    let limit = Int.random(in: 0...24, using: &random)
    let first = try merged(
      FirstLinesSinkPart(rows: limit), results, without: absent, seed: seed)
    #expect(first.output == "line\n" + present.prefix(limit).joined())
    #expect(first.rows == UInt64(min(limit, present.count)))
  }

  /// The tree over all partitions, with nothing in the place of those that are absent.
  private func shape(_ start: Int, _ count: Int, without absent: Set<Int>) -> String {
    if count == 1 { return absent.contains(start) ? "" : "\(start)" }
    var left = 1
    while left * 2 < count { left *= 2 }
    let (first, second) = (
      shape(start, left, without: absent),
      shape(start + left, count - left, without: absent)
    )
    return first.isEmpty || second.isEmpty ? first + second : "(\(first)\(second))"
  }

  @Test(arguments: [1, 2, 3, 5, 8, 13, 16], 0..<6 as Range<UInt64>)
  func theTreeKeepsItsShapeWhereStatesAreAbsent(count: Int, seed: UInt64) throws {
    var random = Seeded(seed)
    let absent = Set((0..<count).filter { _ in Bool.random(using: &random) })
    let outcome = try merged(
      TreeSinkPart(title: "tree:"), (0..<count).map { "\($0)" }, without: absent, seed: seed)
    #expect(outcome.output == "tree:" + shape(0, count, without: absent))
    #expect(outcome.rows == (absent.count == count ? 0 : 1))
  }

  @Test func withoutAnyPartitionThereIsTheHeaderAlone() throws {
    #expect(
      try merged(TreeSinkPart(title: "h\n"), ["a", "b", "c"], without: [0, 1, 2], seed: 0)
        == ("h\n", 0))
    #expect(
      try merged(ConcatenatingSinkPart(), ["a", "b"], without: [0, 1], seed: 0) == ("", 0))
  }

  @Test func anEarlyResultLargerThanAPieceIsWhole() throws {
    let large = String(repeating: "0123456789abcdef", count: 150_000)
    try withDirectory { directory in
      let writer = try OutputWriter(.capture, tag: "t")
      let merger = try Merger(
        part: ConcatenatingSinkPart(), output: writer, keeper: try keeper(directory, .off))
      try withResults([(1, large)], rows: 2) { try merger.add($0[0], at: nil) }
      try withResults([(0, "first")]) { try merger.add($0[0], at: nil) }
      let written = try merger.finish(total: 2, without: [])
      #expect(writer.captured == bytes("first" + large))
      #expect(written.rows == 3)
    }
  }

  /// More than are handed over at a time, in an order with gaps that are closed while others are
  /// still being read.
  @Test(arguments: [true, false], 0..<2 as Range<UInt64>)
  func whatAnEarlierSessionStoredIsMerged(asTree: Bool, seed: UInt64) throws {
    let count = 10_000
    try withDirectory { directory in
      var random = Seeded(seed)
      let order = Array(0..<UInt32(count)).shuffled(using: &random)
      let stored = Set(order.prefix(count - 10))
      let first = try keeper(directory, .process)
      for start in stride(from: 0, to: stored.count, by: 1000) {
        let part = order[start..<min(start + 1000, stored.count)].sorted()
        _ = try withResults(part.map { ($0, "\($0),") }) { try first.keep($0) }
      }

      let writer = try OutputWriter(.capture, tag: "t")
      let second = try ResultKeeper(
        StorageBook().storage(.process, in: directory), run: .test, stage: 0)
      let merger = try Merger(
        part: asTree ? TreeSinkPart() : ConcatenatingSinkPart(), output: writer, keeper: second)
      var recovered: [UInt32] = []
      try second.recover { results in
        for result in results {
          recovered.append(result.index)
          try merger.add(recovered: result)
        }
      }
      #expect(Set(recovered) == stored)
      #expect(recovered.count == stored.count)
      for index in order.suffix(10) {
        try withResults([(index, "\(index),")]) {
          try merger.add($0[0], at: try second.keep($0)[0])
        }
      }
      _ = try merger.finish(total: UInt32(count), without: [])
      let output = text(writer.captured).filter { !"()".contains($0) }
      #expect(output == (0..<count).map { "\($0)," }.joined())
    }
  }
}
