import PipelineCore

/// The stored partitions of a stage as the fewest ranges, and which rows of the table differ from them.
///
/// Takes partitions in any order, each in constant time.
struct StoredRanges {
  let stage: UInt32
  private var members = PartitionBitmap()
  private var byFirst: [UInt32: StoredRange] = [:]
  private var firstByLast: [UInt32: UInt32] = [:]
  private var touched: Set<UInt32> = []

  init(stage: UInt32) { self.stage = stage }

  /// What the table has: ranges of this stage, none overlapping another.
  init(stage: UInt32, recorded: [StoredRange]) {
    self.init(stage: stage)
    for range in recorded {
      members.insert(range.first...range.last)
      byFirst[range.first] = range
      firstByLast[range.last] = range.first
    }
  }

  /// Ranges that there are.
  var count: Int { byFirst.count }

  /// Whether a partition is stored.
  func contains(_ index: UInt32) -> Bool { members.contains(index) }

  /// Takes partitions in; those that are members stay what they were, for the first result counts.
  ///
  /// - Parameter results: ascending; of several of one index the first counts.
  mutating func insert(_ results: some Sequence<(index: UInt32, digest: UInt64)>) {
    var run: StoredRange?
    for (index, digest) in results where members.insert(index) {
      if var open = run {
        if open.last < index, open.last + 1 == index {
          open.last = index
          open.digest ^= digest
          run = open
          continue
        }
        join(open)
      }
      run = StoredRange(stage: stage, first: index, last: index, digest: digest)
    }
    if let run { join(run) }
  }

  /// What the rows of the table are to become, by their first partition: a range, or `nil` for none.
  /// Ascending; forgotten by the call.
  mutating func takeChanges() -> [(first: UInt32, range: StoredRange?)] {
    defer { touched.removeAll(keepingCapacity: true) }
    return touched.sorted().map { ($0, byFirst[$0]) }
  }

  /// Adds a range whose partitions were in none, and joins it with its neighbours.
  private mutating func join(_ added: StoredRange) {
    var range = added
    if range.first > 0, let first = firstByLast.removeValue(forKey: range.first - 1),
      let before = byFirst.removeValue(forKey: first)
    {
      range.first = before.first
      range.digest ^= before.digest
    }
    if range.last < .max, let after = byFirst.removeValue(forKey: range.last + 1) {
      touched.insert(after.first)
      range.last = after.last
      range.digest ^= after.digest
    }
    byFirst[range.first] = range
    firstByLast[range.last] = range.first
    touched.insert(range.first)
  }
}
