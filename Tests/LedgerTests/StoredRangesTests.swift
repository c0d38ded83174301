import PipelineCore
import Testing

@testable import Ledger

struct StoredRangesTests {
  /// A set of partitions, kept the simple way.
  private struct Model {
    var digests: [UInt32: UInt64] = [:]

    mutating func insert(_ results: [(index: UInt32, digest: UInt64)]) {
      for (index, digest) in results where digests[index] == nil { digests[index] = digest }
    }

    var ranges: [StoredRange] {
      var ranges: [StoredRange] = []
      for (index, digest) in digests.sorted(by: { $0.key < $1.key }) {
        if let last = ranges.last, last.last < index, last.last + 1 == index {
          ranges[ranges.count - 1].last = index
          ranges[ranges.count - 1].digest ^= digest
        } else {
          ranges.append(StoredRange(stage: 0, first: index, last: index, digest: digest))
        }
      }
      return ranges
    }
  }

  @Test(arguments: 0..<40 as Range<UInt64>)
  func areThoseOfASimpleModel(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    var model = Model()
    var ranges = StoredRanges(stage: 0)
    var table: [UInt32: StoredRange] = [:]
    let base: UInt32 = Bool.random(using: &random) ? 0 : 100_000
    for _ in 0..<60 {
      let start = UInt32.random(in: 0...380, using: &random)
      let batch = (0..<UInt32.random(in: 0...20, using: &random)).compactMap { offset in
        Int.random(in: 0..<4, using: &random) == 0
          ? nil
          : (index: base + start + offset, digest: UInt64.random(in: 0 ... .max, using: &random))
      }
      model.insert(batch)
      ranges.insert(batch)
      for (first, range) in ranges.takeChanges() { table[first] = range }
      if Int.random(in: 0..<10, using: &random) == 0 {
        // As after a restart.
        ranges = StoredRanges(stage: 0, recorded: table.values.sorted { $0.first < $1.first })
      }
      #expect(table.values.sorted { $0.first < $1.first } == model.ranges)
      #expect(ranges.count == model.ranges.count)
      #expect(ranges.takeChanges().isEmpty)
    }
    for index in base...base + 400 {
      #expect(ranges.contains(index) == (model.digests[index] != nil))
    }
  }

  @Test func ofTwoResultsTheFirstCounts() {
    var ranges = StoredRanges(stage: 0)
    ranges.insert([(index: 3, digest: 1), (index: 3, digest: 2)])
    ranges.insert([(index: 3, digest: 4)])
    #expect(
      ranges.takeChanges().map(\.range) == [StoredRange(stage: 0, first: 3, last: 3, digest: 1)])
  }

  @Test func aRangeNeverEndsBeforeItBegins() async {
    await #expect(processExitsWith: .failure) {
      _ = StoredRange(stage: 0, first: 2, last: 1, digest: 0)
    }
  }

  /// Partitions arrive in packs, out of order within what lanes hold.
  @Test func aMillionPartitionsStaySmall() throws {
    let workspace = try Workspace()
    let ledger = try workspace.ledger()
    let writer = try LedgerWriter(ledger, session: 1) { _ in }
    var random = SplitMix64(seed: 5)
    let window: UInt32 = 1 << 16
    for base in stride(from: 0, to: 1_048_576 as UInt32, by: Int(window)) {
      for pack in stride(from: base, to: base + window, by: 64).shuffled(using: &random) {
        writer.post(stage: 0, stored: results(pack..<pack + 64))
      }
    }
    try writer.finish()
    let whole = (0..<1_048_576 as Range<UInt32>).reduce(UInt64(0)) { $0 ^ digest($1) }
    #expect(
      try ledger.stored() == [StoredRange(stage: 0, first: 0, last: 1_048_575, digest: whole)])
    #expect(try ledger.storedCount() == 1_048_576)
    try ledger.close()
    #expect(try workspace.sizeOfLedger() < 200_000)
  }
}
