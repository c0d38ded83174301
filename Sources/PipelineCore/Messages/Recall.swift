/// Partitions that a ventilator calls back from a worker, to give them to one that is idle: consecutive
/// ones, and the same attempt at each.
///
/// What the worker has begun goes on; its result counts as any other.
package struct Recall: Sendable, Equatable {
  package var indexes: ClosedRange<UInt32>
  package var attempt: UInt16

  package init(indexes: ClosedRange<UInt32>, attempt: UInt16) {
    self.indexes = indexes
    self.attempt = attempt
  }

  /// Takes in the partition that follows, where it is the same attempt.
  ///
  /// - Returns: whether it did; else that takes a recall of its own.
  package mutating func extend(_ index: UInt32, attempt: UInt16) -> Bool {
    guard attempt == self.attempt, indexes.upperBound < index, index - indexes.upperBound == 1
    else {
      return false
    }
    indexes = indexes.lowerBound...index
    return true
  }
}

/// What was called back from a worker and may still lie there.
package struct RecalledPartitions: Sendable, Equatable {
  private var recalls: [Recall] = []

  /// At most this many recalls are remembered, the latest. What is forgotten is computed in vain.
  package static let maximumRecalls = 256

  package init() {}

  package var isEmpty: Bool { recalls.isEmpty }

  /// Remembers what is called back.
  package mutating func add(_ more: [Recall]) {
    recalls += more
    recalls.removeFirst(max(0, recalls.count - Self.maximumRecalls))
  }

  /// Whether this attempt is not to be begun.
  package func contains(_ index: UInt32, attempt: UInt16) -> Bool {
    recalls.contains { $0.attempt == attempt && $0.indexes.contains(index) }
  }

  /// Nothing lies at the worker any more.
  package mutating func removeAll() { recalls.removeAll() }
}
