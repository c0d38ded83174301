/// A result that is in a store.
package struct StoredResult: Sendable, Equatable {
  /// Position of the partition in the stage's input, from 0.
  package var index: UInt32
  /// The digest that the result came with.
  package var digest: UInt64
  /// Records read.
  package var rows: UInt32
  /// Bad records left out.
  package var skipped: UInt32
  /// Rows in the result.
  package var outputRows: UInt32
  /// Where the payload is.
  package var place: ResultPlace

  /// Describes a result.
  package init(
    index: UInt32, digest: UInt64, rows: UInt32, skipped: UInt32, outputRows: UInt32,
    place: ResultPlace
  ) {
    self.index = index
    self.digest = digest
    self.rows = rows
    self.skipped = skipped
    self.outputRows = outputRows
    self.place = place
  }
}
