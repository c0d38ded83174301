/// Compares the ranges of a ledger with what the segments have. Takes partitions in any order and
/// memory for the ranges only.
package struct StoredVerification: Sendable {
  private let ranges: [StoredRange]
  private var found: [Int]
  private var digests: [UInt64]
  private var latest = 0

  /// - Parameter ranges: of one stage, ascending, none overlapping another.
  init(_ ranges: [StoredRange]) {
    self.ranges = ranges
    found = Array(repeating: 0, count: ranges.count)
    digests = Array(repeating: 0, count: ranges.count)
  }

  /// The segments have this partition. Each is told once. One that the ledger does not know is passed
  /// over: it is of the moments before the run was interrupted.
  package mutating func add(_ index: UInt32, digest: UInt64) {
    guard let position = position(of: index) else { return }
    latest = position
    found[position] += 1
    digests[position] ^= digest
  }

  /// The ranges that the segments do not confirm, ascending.
  package func mismatches() -> [StoredMismatch] {
    ranges.indices.compactMap { position in
      let range = ranges[position]
      guard found[position] != range.count || digests[position] != range.digest else { return nil }
      return StoredMismatch(range: range, found: found[position])
    }
  }

  private func position(of index: UInt32) -> Int? {
    // Results come mostly in order: the range of the one before is the likeliest.
    if latest < ranges.count, ranges[latest].first <= index, index <= ranges[latest].last {
      return latest
    }
    var low = 0
    var high = ranges.count
    while low < high {
      let middle = (low + high) / 2
      if ranges[middle].last < index { low = middle + 1 } else { high = middle }
    }
    return low < ranges.count && ranges[low].first <= index ? low : nil
  }
}
