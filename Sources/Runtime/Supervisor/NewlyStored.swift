/// A partition of which a supervisor has heard that its result is stored.
package struct NewlyStored: Sendable, Equatable {
  /// Position in the stage's input.
  package var index: UInt32
  /// The result's digest; `nil` where the sink's word on all that it holds told of it.
  package var digest: UInt64?

  package init(index: UInt32, digest: UInt64?) {
    self.index = index
    self.digest = digest
  }
}
