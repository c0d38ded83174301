/// Why bytes are not a batch.
package struct BatchCodecError: Error, Sendable, Equatable, CustomStringConvertible {
  /// What is wrong.
  package var what: String
  /// The byte of the input at which it was found.
  package var offset: Int

  /// Describes a failure.
  package init(_ what: String, offset: Int) {
    self.what = what
    self.offset = offset
  }

  /// What is wrong and where.
  package var description: String { "not a batch of columns: \(what) at byte \(offset)" }
}
