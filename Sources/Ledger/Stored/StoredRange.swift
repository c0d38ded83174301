/// Partitions of a stage, one after the other, that are all stored.
package struct StoredRange: Sendable, Equatable {
  package var stage: UInt32
  package var first: UInt32
  /// Not less than `first`.
  package var last: UInt32
  /// The digests of the partitions' results, combined by exclusive or.
  package var digest: UInt64

  package init(stage: UInt32, first: UInt32, last: UInt32, digest: UInt64) {
    precondition(first <= last, "a range that ends before it begins")
    self.stage = stage
    self.first = first
    self.last = last
    self.digest = digest
  }

  /// Partitions in it.
  package var count: Int { Int(last - first) + 1 }
}
